"""What becomes of a delivery after an attempt: the verdict on an answer, and when to try again. No clock, no chance, no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

RETRY_SCHEDULE_S: tuple[float, ...] = (5, 30, 120, 600, 1800, 3600, 2 * 3600, 5 * 3600, 8 * 3600, 12 * 3600)
"""Ten waits, 28.8 h in all: a receiver that is down overnight and all of the next day misses nothing."""
JITTER = 0.25
"""A wait grows by up to this share, never shrinks, so that the schedule keeps its length and a crowd of retries spreads."""
MAX_RETRY_AFTER = timedelta(hours=6)
"""A receiver may ask for more patience than the schedule has, up to this."""


class DeliveryState(StrEnum):
    """Where a delivery stands. Queued and pending ones are open, the others are settled for good."""

    QUEUED = "queued"
    """An earlier delivery of the same claim to the same endpoint is still open."""
    PENDING = "pending"
    """Its turn: being tried, or waiting for its next try."""
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    """Trying again would not help."""
    DEAD = "dead"
    """Every try of the schedule failed."""


OPEN_STATES = (DeliveryState.QUEUED, DeliveryState.PENDING)


class Reason(StrEnum):
    """How an attempt ended, or why there was none. Serves the log, the metric and the stored record."""

    OK = "ok"
    GONE = "gone"
    REDIRECT = "redirect"
    CLIENT_ERROR = "client_error"
    REQUEST_TIMEOUT = "request_timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    CONNECT = "connect"
    DNS = "dns"
    TLS = "tls"
    NETWORK = "network"
    REFUSED_ADDRESS = "refused_address"
    BAD_URL = "bad_url"
    ENDPOINT_DISABLED = "endpoint_disabled"
    ENDPOINT_DELETED = "endpoint_deleted"


PERMANENT_REFUSALS = frozenset({Reason.REFUSED_ADDRESS, Reason.BAD_URL})
"""We refuse to send, and would refuse again."""


class Verdict(StrEnum):
    """The next step after an attempt."""

    DELIVERED = "delivered"
    RETRY = "retry"
    GIVE_UP = "give_up"
    DISABLE_ENDPOINT = "disable_endpoint"


@dataclass(frozen=True)
class Answer:
    """What one attempt brought.

    Attributes:
        status_code: None where no answer came.
        retry_after: Wait that the receiver asked for; None if it asked for none.
    """

    reason: Reason
    duration_s: float
    status_code: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class NextStep:
    """What an attempt makes of its delivery.

    Attributes:
        next_attempt_at: None once the delivery is settled.
    """

    state: DeliveryState
    next_attempt_at: datetime | None = None
    disables_endpoint: bool = False


def reason_for(status_code: int) -> Reason:
    """Return the reason that stands for a status code."""
    if 200 <= status_code < 300:
        return Reason.OK
    named = {408: Reason.REQUEST_TIMEOUT, 410: Reason.GONE, 429: Reason.RATE_LIMITED}
    if status_code in named:
        return named[status_code]
    if status_code >= 500:
        return Reason.SERVER_ERROR
    return Reason.CLIENT_ERROR if status_code >= 400 else Reason.REDIRECT


def judge(answer: Answer) -> Verdict:
    """Map an attempt to the next step. 2xx and 410 follow Standard Webhooks 1.0.0; the split of the rest is our choice.

    A redirect or a refusal is a mistake in the endpoint's address or key that no repetition mends; time-outs, overload and
    everything below HTTP may pass.
    """
    if answer.reason is Reason.OK:
        return Verdict.DELIVERED
    if answer.reason is Reason.GONE:
        return Verdict.DISABLE_ENDPOINT
    if answer.reason in PERMANENT_REFUSALS or answer.reason in (Reason.REDIRECT, Reason.CLIENT_ERROR):
        return Verdict.GIVE_UP
    return Verdict.RETRY


def wait_before_retry(
    attempt: int, *, schedule_s: Sequence[float], chance: float, retry_after: timedelta | None = None
) -> timedelta | None:
    """Return how long to wait after the attempt with this number (from 1); None where the schedule has ended.

    Args:
        chance: From 0 to 1, for the jitter.
        retry_after: Lengthens a wait within bounds, never shortens one: else an endpoint that always asks for a second
            would use up a day's schedule in ten.
    """
    if attempt > len(schedule_s):
        return None
    wait = timedelta(seconds=schedule_s[attempt - 1] * (1 + JITTER * chance))
    return max(wait, min(retry_after, MAX_RETRY_AFTER)) if retry_after else wait


def next_step(answer: Answer, *, attempt: int, now: datetime, schedule_s: Sequence[float], chance: float) -> NextStep:
    """Return what the attempt with this number (from 1) makes of its delivery."""
    verdict = judge(answer)
    if verdict is Verdict.DELIVERED:
        return NextStep(DeliveryState.DELIVERED)
    if verdict is not Verdict.RETRY:
        return NextStep(DeliveryState.GIVEN_UP, disables_endpoint=verdict is Verdict.DISABLE_ENDPOINT)
    wait = wait_before_retry(attempt, schedule_s=schedule_s, chance=chance, retry_after=answer.retry_after)
    return NextStep(DeliveryState.DEAD) if wait is None else NextStep(DeliveryState.PENDING, next_attempt_at=now + wait)


def parse_retry_after(value: str | None, *, now: datetime) -> timedelta | None:
    """Return the wait in a ``Retry-After`` header (RFC 9110, 10.2.3: seconds or a date); None if there is none that can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:10]), 10**8))
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(aware - now, timedelta(0))
