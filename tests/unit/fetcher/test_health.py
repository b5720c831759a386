"""Behaviour 26: a feed that is out of sight says so once, says when it is back, and is never confused with one that has no news."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds_state import FeedState, Rhythm
from schemas.words import HealthChange, PollReason
from services.fetcher.domain.polling.health import change, event_id, quiet_limit, stale_since
from services.fetcher.domain.polling.polls import GOOD, Outcome, state_after, validators_for
from services.fetcher.domain.polling.schedule import GONE_CAP, JITTER
from tests.unit.fetcher.samples import NOW, source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def poll(before: FeedState | None, after: timedelta, reason: PollReason = PollReason.OK, body: str = "a", **more: object) -> FeedState:
    """Return the state after a poll at so long after the beginning."""
    own = {name: more.pop(name) for name in ("quiet_after_s", "poll_interval_s", "max_poll_interval_s") if name in more}
    outcome = Outcome(reason, body_hash=body if reason is PollReason.OK else None, **more)  # type: ignore[arg-type]
    return state_after(source(**own), before, outcome, started_at=NOW + after, ended_at=NOW + after)


def failing(*hours: float, before: FeedState | None = None, reason: PollReason = PollReason.DNS) -> FeedState:
    for at in hours:
        before = poll(before, at * HOUR, reason)
    assert before is not None
    return before


UNREAD = {
    "read": (poll(None, 0 * HOUR), None),
    "failed once, long after": (failing(50, before=poll(None, 0 * HOUR)), None),
    "failed twice within the limit": (failing(0.3, 0.7, before=poll(None, 0 * HOUR)), None),
    "failed twice, beyond it": (failing(0.3, 1.3, before=poll(None, 0 * HOUR)), NOW),
    "never read, at first": (failing(0, 0.5), None),
    "never read, for long": (failing(0, 0.5, 1.5), NOW),
    "back again": (poll(failing(0, 0.5, 1.5), 2 * HOUR), None),
    "barred by its server": (poll(poll(None, 0 * HOUR), 2 * HOUR, PollReason.RATE_LIMITED, retry_after=DAY), NOW),
}


@pytest.mark.parametrize(("state", "since"), UNREAD.values(), ids=UNREAD.keys())
def test_a_feed_is_stale_when_it_was_not_read_for_three_intervals_and_an_hour_at_least(state: FeedState, since: datetime | None) -> None:
    assert state.stale_since == since


def test_a_long_interval_gives_a_feed_more_time() -> None:
    daily = {"poll_interval_s": DAY.total_seconds()}
    state = poll(None, 0 * HOUR, **daily)
    for day in (1, 2, 2.9):
        state = poll(state, day * DAY, PollReason.TIMEOUT, **daily)
    assert state.stale_since is None
    assert poll(state, 3.1 * DAY, PollReason.TIMEOUT, **daily).stale_since == NOW


QUIET = {
    "a day": (DAY, {}, None),
    "a week": (7 * DAY, {}, None),
    "longer than a week": (7 * DAY + HOUR, {}, NOW),
    "as the source says": (2 * DAY, {"quiet_after_s": DAY.total_seconds()}, NOW),
    "not yet as the source says": (20 * DAY, {"quiet_after_s": 30 * DAY.total_seconds()}, None),
}


@pytest.mark.parametrize("reason", [PollReason.OK, PollReason.NOT_MODIFIED])
@pytest.mark.parametrize(("after", "own", "since"), QUIET.values(), ids=QUIET.keys())
def test_the_same_bytes_for_too_long_are_seen_and_stale(
    reason: PollReason, after: timedelta, own: dict[str, object], since: datetime | None
) -> None:
    state = poll(poll(None, 0 * HOUR), after, reason, **own)

    assert state.stale_since == since
    assert (state.last_poll.reason is PollReason.UNCHANGED_BYTES) == (since is not None)
    assert (state.failures, state.last_success_at) == (0, NOW + after)


def test_a_frozen_feed_is_asked_as_politely_as_before_and_recovers_with_its_first_new_bytes() -> None:
    frozen = poll(poll(None, 0 * HOUR), 8 * DAY, validators=validators_for(None))
    thawed = poll(frozen, 9 * DAY, body="b")

    assert frozen.last_poll.reason in GOOD
    assert (thawed.last_poll.reason, thawed.stale_since) == (PollReason.OK, None)


@pytest.mark.parametrize(("gap", "limit"), [(None, 7 * DAY), (HOUR, 7 * DAY), (DAY, 20 * DAY)])
def test_a_slow_feed_may_be_silent_for_twenty_of_its_gaps(gap: timedelta | None, limit: timedelta) -> None:
    assert quiet_limit(source(), gap.total_seconds() if gap else None) == limit


def test_a_spell_of_not_seeing_keeps_its_beginning_whatever_its_causes_become() -> None:
    frozen = poll(poll(None, 0 * HOUR), 8 * DAY)
    down = poll(frozen, 9 * DAY, PollReason.DNS)
    frozen_again = poll(down, 10 * DAY)

    assert frozen.stale_since == down.stale_since == frozen_again.stale_since == NOW


def test_a_feed_held_with_its_server_goes_out_of_sight_without_a_poll_of_its_own() -> None:
    state = poll(None, 0 * HOUR)

    assert stale_since(source(), state, NOW + 2 * HOUR, before=None) is None
    assert stale_since(source(), state, NOW + HOUR / 2, before=None, is_held=True) is None
    assert stale_since(source(), state, NOW + 2 * HOUR, before=None, is_held=True) == NOW


def test_a_change_is_told_with_its_cause_and_under_an_id_that_is_its_own() -> None:
    good, stale = poll(None, 0 * HOUR), failing(0.3, 1.3, before=poll(None, 0 * HOUR))
    lost = change(source(), None, stale, failures_before=1, at=NOW + 2 * HOUR)
    found = change(source(), NOW, good, failures_before=2, at=NOW + 3 * HOUR)
    again = change(source(), None, stale, failures_before=1, at=NOW + 5 * HOUR)

    assert lost
    assert found
    assert again
    assert (lost.change, lost.reason, lost.since, lost.failures) == (HealthChange.STALE, PollReason.DNS, NOW, 2)
    assert (found.change, found.reason, found.since, found.failures) == (HealthChange.RECOVERED, PollReason.OK, NOW, 2)
    assert event_id(lost) == event_id(again) != event_id(found)
    assert event_id(lost) != event_id(lost.model_copy(update={"since": NOW + HOUR}))


@pytest.mark.parametrize(("before", "after"), [(None, None), (NOW, NOW)])
def test_no_change_is_not_told(before: datetime | None, after: datetime | None) -> None:
    state = poll(None, 0 * HOUR).model_copy(update={"stale_since": after})

    assert change(source(), before, state, failures_before=0, at=NOW) is None


def test_a_new_address_brings_back_a_feed_that_was_lost_at_the_old_one() -> None:
    state = state_after(source(), None, Outcome(PollReason.OK), started_at=NOW, ended_at=NOW, stale_before=NOW - DAY)
    still = state_after(source(), None, Outcome(PollReason.DNS), started_at=NOW, ended_at=NOW, stale_before=NOW - DAY)

    assert (state.stale_since, still.stale_since) == (None, NOW - DAY)


steps = st.lists(
    st.tuples(st.floats(0.01, 500), st.sampled_from(PollReason), st.sampled_from("ab"), st.none() | st.integers(1, 10**6)), max_size=25
)


@given(steps)
def test_whatever_happens_polls_never_stop_holds_are_kept_and_changes_alternate(
    found: list[tuple[float, PollReason, str, int | None]],
) -> None:
    state: FeedState | None = None
    at, told = NOW, []
    for wait_h, reason, body, asked_s in found:
        at += wait_h * HOUR
        asked = timedelta(seconds=asked_s) if asked_s and reason not in GOOD else None
        before, state = state, state_after(source(), state, Outcome(reason, body_hash=body, retry_after=asked), started_at=at, ended_at=at)

        assert at < state.next_poll_at <= at + GONE_CAP * (1 + JITTER)
        assert state.next_poll_at >= max(state.blocked_until or at, at + min(asked or timedelta(0), GONE_CAP))
        assert (state.failures == 0) == (state.last_poll.reason in GOOD)
        if news := change(source(), before and before.stale_since, state, failures_before=0, at=at):
            told.append(news.change)
    assert told == [(HealthChange.STALE, HealthChange.RECOVERED)[n % 2] for n in range(len(told))]


def test_a_rhythm_of_an_older_state_begins_with_its_last_success() -> None:
    old = poll(None, 0 * HOUR).model_copy(update={"rhythm": Rhythm()})

    assert poll(old, HOUR, PollReason.NOT_MODIFIED).rhythm.changed_at == NOW
