"""The verdict on an answer, and when to try again (behaviour 18)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alerter.domain.deliveries import (
    MAX_RETRY_AFTER,
    RETRY_SCHEDULE_S,
    Answer,
    DeliveryState,
    Reason,
    Verdict,
    judge,
    next_step,
    parse_retry_after,
    reason_for,
    wait_before_retry,
)
from tests.unit.alerter.builders import T0


@pytest.mark.parametrize(
    ("status_code", "reason", "verdict"),
    [
        (200, Reason.OK, Verdict.DELIVERED),
        (204, Reason.OK, Verdict.DELIVERED),
        (299, Reason.OK, Verdict.DELIVERED),
        (301, Reason.REDIRECT, Verdict.GIVE_UP),
        (302, Reason.REDIRECT, Verdict.GIVE_UP),
        (304, Reason.REDIRECT, Verdict.GIVE_UP),
        (308, Reason.REDIRECT, Verdict.GIVE_UP),
        (400, Reason.CLIENT_ERROR, Verdict.GIVE_UP),
        (401, Reason.CLIENT_ERROR, Verdict.GIVE_UP),
        (404, Reason.CLIENT_ERROR, Verdict.GIVE_UP),
        (408, Reason.REQUEST_TIMEOUT, Verdict.RETRY),
        (410, Reason.GONE, Verdict.DISABLE_ENDPOINT),
        (422, Reason.CLIENT_ERROR, Verdict.GIVE_UP),
        (429, Reason.RATE_LIMITED, Verdict.RETRY),
        (500, Reason.SERVER_ERROR, Verdict.RETRY),
        (503, Reason.SERVER_ERROR, Verdict.RETRY),
        (599, Reason.SERVER_ERROR, Verdict.RETRY),
    ],
)
def test_the_status_code_decides_the_verdict(status_code: int, reason: Reason, verdict: Verdict) -> None:
    assert reason_for(status_code) is reason
    assert judge(Answer(reason, 0.1, status_code)) is verdict


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (Reason.TIMEOUT, Verdict.RETRY),
        (Reason.CONNECT, Verdict.RETRY),
        (Reason.DNS, Verdict.RETRY),
        (Reason.TLS, Verdict.RETRY),
        (Reason.NETWORK, Verdict.RETRY),
        (Reason.REFUSED_ADDRESS, Verdict.GIVE_UP),
        (Reason.BAD_URL, Verdict.GIVE_UP),
    ],
)
def test_without_an_answer_the_cause_decides_the_verdict(reason: Reason, verdict: Verdict) -> None:
    assert judge(Answer(reason, 0.1)) is verdict


def test_the_schedule_has_ten_waits_that_grow_and_spans_more_than_a_day() -> None:
    assert len(RETRY_SCHEDULE_S) == 10
    assert list(RETRY_SCHEDULE_S) == sorted(set(RETRY_SCHEDULE_S))
    assert sum(RETRY_SCHEDULE_S) >= 27 * 3600


@given(attempt=st.integers(1, 10), chance=st.floats(0, 1))
def test_jitter_lengthens_a_wait_by_a_quarter_at_most_and_never_shortens_it(attempt: int, chance: float) -> None:
    wait = wait_before_retry(attempt, schedule_s=RETRY_SCHEDULE_S, chance=chance)

    assert wait is not None
    assert RETRY_SCHEDULE_S[attempt - 1] <= wait.total_seconds() <= 1.25 * RETRY_SCHEDULE_S[attempt - 1]


@pytest.mark.parametrize(
    ("attempt", "retry_after", "expected"),
    [
        pytest.param(1, timedelta(seconds=60), timedelta(seconds=60), id="a longer one wins"),
        pytest.param(8, timedelta(seconds=1), timedelta(hours=5), id="a shorter one does not use up the schedule"),
        pytest.param(1, timedelta(days=30), MAX_RETRY_AFTER, id="bounded"),
        pytest.param(1, timedelta(0), timedelta(seconds=5), id="none at all"),
    ],
)
def test_what_the_receiver_asks_for_is_honoured_within_bounds(attempt: int, retry_after: timedelta, expected: timedelta) -> None:
    assert wait_before_retry(attempt, schedule_s=RETRY_SCHEDULE_S, chance=0, retry_after=retry_after) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Sun, 01 Mar 2026 12:01:00 GMT", timedelta(seconds=60)),
        ("Sun, 01 Mar 2026 11:00:00 GMT", timedelta(0)),
        ("99999999999999999999999999", timedelta(seconds=10**8)),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("１２", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str | None, expected: timedelta | None) -> None:
    assert parse_retry_after(value, now=T0) == expected


def test_a_failure_is_tried_again_after_the_first_wait() -> None:
    step = next_step(Answer(Reason.SERVER_ERROR, 0.1, 503), attempt=1, now=T0, schedule_s=RETRY_SCHEDULE_S, chance=0)

    assert (step.state, step.next_attempt_at) == (DeliveryState.PENDING, T0 + timedelta(seconds=5))


def test_after_the_last_wait_the_delivery_is_dead() -> None:
    answer = Answer(Reason.TIMEOUT, 15)

    assert next_step(answer, attempt=10, now=T0, schedule_s=RETRY_SCHEDULE_S, chance=0).state is DeliveryState.PENDING
    assert next_step(answer, attempt=11, now=T0, schedule_s=RETRY_SCHEDULE_S, chance=0).state is DeliveryState.DEAD


def test_gone_gives_up_and_disables_the_endpoint() -> None:
    step = next_step(Answer(Reason.GONE, 0.1, 410), attempt=1, now=T0, schedule_s=RETRY_SCHEDULE_S, chance=0)

    assert step.state is DeliveryState.GIVEN_UP
    assert step.disables_endpoint
