"""What a poll came to, and the state of the feed after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, PollReport, SeenArticle
from schemas.words import PollReason
from services.fetcher.domain.schedule import JITTER, jitter_of, next_poll_at

GOOD = frozenset({PollReason.OK, PollReason.NOT_MODIFIED})
DISTRUST_EVERY = 50
"""Every so many polls the feed is asked for whole, whatever its validators: some servers answer "not modified" for ever."""
MAX_DETAIL_CHARS = 300


@dataclass(frozen=True)
class Validators:
    """What makes a request conditional, as the server sent it. None: not sent."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a poll ended."""

    reason: PollReason
    detail: str = ""
    retry_after: timedelta | None = None
    validators: Validators = Validators()
    body_hash: str | None = None
    entries: int = 0
    published: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    seen: tuple[SeenArticle, ...] | None = None
    """Articles known from now on; None: as before."""


def is_of(state: FeedState | None, source: FeedSource) -> bool:
    """Tell whether the state is of the address that the source names now."""
    return state is not None and state.url == str(source.url)


def validators_for(state: FeedState | None) -> Validators:
    """Return what to send with the next poll: nothing after a failure, which a "not modified" must not clear, nor every so many polls."""
    if state is None or state.last_poll.reason not in GOOD or (state.polls + 1) % DISTRUST_EVERY == 0:
        return Validators()
    return Validators(state.etag, state.last_modified)


def is_same_body(state: FeedState | None, body_hash: str) -> bool:
    """Tell whether these bytes were read, and read well, by the last poll."""
    return state is not None and state.last_poll.reason in GOOD and state.body_hash == body_hash


def due_at(source: FeedSource, state: FeedState | None, *, now: datetime) -> datetime | None:
    """Return when the feed is to be polled next; None if it is paused. A shorter interval takes effect at once."""
    if source.paused:
        return None
    if state is None or not is_of(state, source):
        return now
    if state.failures:
        return state.next_poll_at
    interval = timedelta(seconds=source.poll_interval_s)
    return min(state.next_poll_at, state.last_poll.at + interval * (1 + JITTER * jitter_of(source.feed_id)))


def state_after(source: FeedSource, before: FeedState | None, outcome: Outcome, *, started_at: datetime, ended_at: datetime) -> FeedState:
    """Return the feed's state after a poll.

    Args:
        started_at: Becomes the time of the poll: the document is at least as new as that.
        ended_at: From when on the next poll is counted.
    """
    is_good = outcome.reason in GOOD
    failures = 0 if is_good else (before.failures if before else 0) + 1
    interval = timedelta(seconds=source.poll_interval_s)
    kept = _kept(before, outcome)
    return FeedState(
        feed_id=source.feed_id,
        url=str(source.url),
        etag=kept.validators.etag,
        last_modified=kept.validators.last_modified,
        body_hash=kept.body_hash,
        polls=(before.polls if before else 0) + 1,
        failures=failures,
        next_poll_at=next_poll_at(ended_at, feed_id=source.feed_id, interval=interval, failures=failures, retry_after=outcome.retry_after),
        last_success_at=started_at if is_good else before and before.last_success_at,
        last_poll=PollReport(
            at=started_at,
            reason=outcome.reason,
            detail=outcome.detail[:MAX_DETAIL_CHARS],
            entries=outcome.entries,
            published=outcome.published,
            dropped=dict(outcome.dropped),
        ),
        seen=outcome.seen if outcome.seen is not None else before.seen if before else (),
    )


@dataclass(frozen=True)
class _Kept:
    validators: Validators
    body_hash: str | None


def _kept(before: FeedState | None, outcome: Outcome) -> _Kept:
    """Validators and hash belong to the last document that could be read; a 304 may bring new validators (RFC 9110, 15.4.5)."""
    if outcome.reason is PollReason.OK:
        return _Kept(outcome.validators, outcome.body_hash)
    old = Validators(before.etag, before.last_modified) if before else Validators()
    if outcome.reason is PollReason.NOT_MODIFIED:
        old = Validators(outcome.validators.etag or old.etag, outcome.validators.last_modified or old.last_modified)
    return _Kept(old, before.body_hash if before else None)
