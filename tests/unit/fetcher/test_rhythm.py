"""How often a feed is asked: between the operator's bounds, whatever the feed and its server say."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds_state import HubState, Rhythm
from schemas.words import PollReason
from services.fetcher.domain.polling.freshness import fresh_for_s
from services.fetcher.domain.polling.polls import Outcome, due_at, state_after
from services.fetcher.domain.polling.rhythm import BEHIND_HUB, Heard, bounds, interval, out_of_rest, planned, rhythm_after, usual_gap_s
from services.fetcher.domain.polling.schedule import JITTER
from tests.unit.fetcher.samples import LATER, NOW, source

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
INTERVALS = {
    "nothing known": (Rhythm(), {}, 900),
    "brings something every minute": (Rhythm(changed_at=NOW, gap_s=MINUTE), {}, 900),
    "brings something every two hours": (Rhythm(changed_at=NOW, gap_s=2 * HOUR), {}, 1800),
    "brings something once a day": (Rhythm(changed_at=NOW, gap_s=DAY), {}, 3600),
    "silent for longer than its gap": (Rhythm(changed_at=NOW - timedelta(hours=3), gap_s=HOUR), {}, 2700),
    "asks to be left alone for half an hour": (Rhythm(changed_at=NOW, asked_s=1800), {}, 1800),
    "asks to be left alone for a year": (Rhythm(changed_at=NOW, asked_s=365 * DAY), {}, 3600),
    "asks to be asked every second": (Rhythm(changed_at=NOW, asked_s=1), {}, 900),
    "operator's upper bound": (Rhythm(gap_s=DAY), {"max_poll_interval_s": 1000}, 1000),
    "an upper bound below the interval": (Rhythm(gap_s=DAY), {"max_poll_interval_s": 60}, 900),
    "a wide upper bound": (Rhythm(changed_at=NOW, gap_s=DAY), {"max_poll_interval_s": 2 * DAY}, DAY / 4),
    "a change to come": (Rhythm(changed_at=LATER, gap_s=1), {}, 900),
}


@pytest.mark.parametrize(("rhythm", "own", "expected_s"), INTERVALS.values(), ids=INTERVALS.keys())
def test_the_interval_follows_the_feed_within_the_operators_bounds(rhythm: Rhythm, own: dict[str, object], expected_s: float) -> None:
    assert interval(source(**own), rhythm, now=NOW).total_seconds() == expected_s


def test_behind_a_hub_all_is_slower_by_a_factor() -> None:
    assert interval(source(), Rhythm(), now=NOW, is_pushed=True) == BEHIND_HUB * interval(source(), Rhythm(), now=NOW)


rhythms = st.builds(
    Rhythm,
    changed_at=st.none() | st.integers(-(10**8), 10**6).map(lambda s: NOW + timedelta(seconds=s)),
    gap_s=st.none() | st.floats(0, 1e12),
    asked_s=st.none() | st.floats(0, 1e12),
    skip_hours=st.lists(st.integers(0, 23), max_size=24).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=7).map(tuple),
)
sources = st.builds(
    lambda shortest, longest: source(poll_interval_s=shortest, max_poll_interval_s=longest),
    st.floats(0.1, 1e6),
    st.none() | st.floats(0.1, 1e7),
)


@given(sources, rhythms, st.floats(0, JITTER), st.booleans())
def test_a_healthy_feed_is_always_polled_within_its_bounds(feed: object, rhythm: Rhythm, jitter: float, is_pushed: bool) -> None:
    shortest, longest = bounds(feed, is_pushed=is_pushed)  # type: ignore[arg-type]
    due = planned(feed, rhythm, now=NOW, jitter=jitter, is_pushed=is_pushed)  # type: ignore[arg-type]

    assert NOW + shortest <= due <= NOW + longest * (1 + JITTER) + timedelta(milliseconds=1)


DATES = {
    "hourly": ([NOW - timedelta(hours=n) for n in range(5)], HOUR),
    "too few": ([NOW, NOW - timedelta(hours=1)], None),
    "all the same": ([NOW] * 9, None),
    "one long pause": ([NOW - timedelta(hours=n) for n in (0, 1, 2, 900)], HOUR),
    "undated": ([None, None, None], None),
    "dates to come": ([LATER, LATER + timedelta(days=1), LATER + timedelta(days=2)], None),
    "only the newest": ([NOW - timedelta(hours=n) for n in range(20)] + [NOW - timedelta(days=400 * n) for n in range(1, 60)], HOUR),
}


@pytest.mark.parametrize(("dates", "expected"), DATES.values(), ids=DATES.keys())
def test_the_usual_gap_is_the_median_of_the_newest_dates(dates: list[datetime | None], expected: float | None) -> None:
    assert usual_gap_s(dates, now=NOW) == expected


def test_without_dates_what_polls_find_makes_the_rhythm() -> None:
    first = rhythm_after(Rhythm(), Heard(), now=NOW, has_changed=True, has_news=True)
    second = rhythm_after(first, Heard(), now=NOW + timedelta(hours=2), has_changed=True, has_news=True)
    third = rhythm_after(second, Heard(), now=NOW + timedelta(hours=12), has_changed=True, has_news=True)

    assert (first.gap_s, second.gap_s) == (None, 2 * HOUR)
    assert third.gap_s == pytest.approx(0.7 * 2 * HOUR + 0.3 * 10 * HOUR)


RESTS = {
    "none": ((), (), NOW, NOW),
    "this hour": ((12,), (), NOW + timedelta(minutes=5), NOW + timedelta(hours=1)),
    "this hour and the next": ((12, 13), (), NOW, NOW + timedelta(hours=2)),
    "another hour": ((14,), (), NOW, NOW),
    "today, a Thursday": ((), (3,), NOW, NOW + timedelta(hours=12)),
    "every hour is not taken seriously": (tuple(range(24)), (), NOW, NOW),
    "every day is not taken seriously": ((), tuple(range(7)), NOW, NOW),
    "longer than may be": ((), (3, 4, 5), NOW, NOW + timedelta(hours=20)),
}


@pytest.mark.parametrize(("hours", "days", "moment", "expected"), RESTS.values(), ids=RESTS.keys())
def test_hours_and_days_of_rest_are_kept(hours: tuple[int, ...], days: tuple[int, ...], moment: datetime, expected: datetime) -> None:
    assert out_of_rest(moment, Rhythm(skip_hours=hours, skip_days=days), until=NOW + timedelta(hours=20)) == expected


def test_rest_ends_at_the_longest_interval_to_the_minute() -> None:
    until = NOW + timedelta(minutes=10)

    assert out_of_rest(NOW, Rhythm(skip_hours=(12, 13)), until=until) == until


FRESH = {
    "max-age": ({"cache_control": "public, max-age=600"}, 600),
    "max-age wins": (
        {"cache_control": "max-age=60", "expires": "Thu, 22 Jun 2017 13:00:00 GMT", "date": "Thu, 22 Jun 2017 12:00:00 GMT"},
        60,
    ),
    "less what has passed": ({"cache_control": "max-age=600", "age": "500"}, 100),
    "stale in the cache": ({"cache_control": "max-age=600", "age": "700"}, None),
    "a date": ({"expires": "Thu, 22 Jun 2017 13:00:00 GMT", "date": "Thu, 22 Jun 2017 12:00:00 GMT"}, 3600),
    "a date gone by": ({"expires": "0"}, None),
    "a date without a clock": ({"expires": "Thu, 22 Jun 2017 13:00:00 GMT"}, None),
    "no cache": ({"cache_control": "no-cache, max-age=600"}, None),
    "for others": ({"cache_control": "s-maxage=600"}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize(("headers", "expected"), FRESH.values(), ids=FRESH.keys())
def test_what_a_server_says_of_freshness_is_read(headers: dict[str, str], expected: float | None) -> None:
    assert fresh_for_s(**headers) == expected


def test_a_shorter_interval_takes_effect_at_once_also_where_the_feed_had_stretched_it() -> None:
    slow = Outcome(PollReason.OK, heard=Heard(asked_s=DAY))
    state = state_after(source(max_poll_interval_s=2 * DAY), None, slow, started_at=NOW, ended_at=NOW)

    assert state.next_poll_at >= NOW + timedelta(days=1)
    due = due_at(source(max_poll_interval_s=1000), state, now=NOW)
    assert due is not None
    assert due <= NOW + timedelta(seconds=1100)


def test_polling_is_slow_while_a_hub_pushes_and_as_usual_when_its_lease_ends_or_it_cannot_be_relied_on() -> None:
    state = state_after(source(), None, Outcome(PollReason.OK), started_at=NOW, ended_at=NOW)
    usual = due_at(source(), state, now=NOW)
    hub = HubState(hub="https://hub.example/", topic="https://news.example/feed", lease_until=NOW + timedelta(days=1))
    pushed = state_after(source(), state.model_copy(update={"hub": hub}), Outcome(PollReason.NOT_MODIFIED), started_at=NOW, ended_at=NOW)

    assert pushed.next_poll_at >= NOW + BEHIND_HUB * timedelta(seconds=900)
    for lost in (hub.model_copy(update={"missed": 9}), hub.model_copy(update={"lease_until": NOW}), None):
        assert due_at(source(), pushed.model_copy(update={"hub": lost}), now=NOW) == usual
    assert due_at(source(websub=False), pushed, now=NOW) == usual
    ending = hub.model_copy(update={"lease_until": NOW + timedelta(minutes=20)})
    assert due_at(source(), pushed.model_copy(update={"hub": ending}), now=NOW) == NOW + timedelta(minutes=20)
