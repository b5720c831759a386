from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.domain.polling.schedule import (
    BACKOFF_CAP,
    GONE_CAP,
    JITTER,
    RETRY_AFTER_CAP,
    back_off,
    jitter_of,
    retry_after,
    waited,
)

NOW = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(("failures", "factor"), [(1, 2), (2, 4), (3, 8)])
def test_each_failure_doubles_the_wait(failures: int, factor: int) -> None:
    assert back_off(QUARTER, failures=failures) == QUARTER * factor


def test_the_back_off_is_capped_and_never_ends() -> None:
    assert back_off(QUARTER, failures=1000) == BACKOFF_CAP
    assert back_off(QUARTER, failures=1000, cap=GONE_CAP) == timedelta(days=1)


def test_an_interval_longer_than_the_cap_is_kept() -> None:
    assert back_off(timedelta(days=3), failures=9) == timedelta(days=3)


@given(st.floats(0.1, 10**6), st.integers(0, 10**4))
def test_the_back_off_never_shrinks_and_has_an_end(interval_s: float, failures: int) -> None:
    interval = timedelta(seconds=interval_s)
    wait = back_off(interval, failures=failures)

    assert interval <= wait <= back_off(interval, failures=failures + 1) <= max(BACKOFF_CAP, interval)


@given(st.integers(0, 10**6), st.text(max_size=10))
def test_jitter_makes_a_wait_longer_and_never_shorter(wait_s: int, feed_id: str) -> None:
    wait = timedelta(seconds=wait_s)

    assert wait <= waited(wait, feed_id=feed_id) <= wait * (1 + JITTER)


def test_jitter_spreads_feeds_and_is_each_feeds_own() -> None:
    values = [jitter_of(f"feed-{number}") for number in range(1000)]

    assert values == [jitter_of(f"feed-{number}") for number in range(1000)]
    assert len({int(value * 10) for value in values}) == 10


RETRY = {
    "seconds": ("120", timedelta(seconds=120)),
    "date": ("Thu, 22 Jun 2017 12:05:00 GMT", timedelta(minutes=5)),
    "date gone by": ("Thu, 22 Jun 2017 11:00:00 GMT", timedelta(0)),
    "huge": ("9" * 40, RETRY_AFTER_CAP),
    "date in years": ("Thu, 22 Jun 2027 12:05:00 GMT", RETRY_AFTER_CAP),
    "seconds in other digits": ("١٢", None),
    "negative": ("-5", None),
    "words": ("soon", None),
    "absent": (None, None),
}


@pytest.mark.parametrize(("header", "expected"), RETRY.values(), ids=RETRY.keys())
def test_retry_after_is_read_in_both_forms(header: str | None, expected: timedelta | None) -> None:
    assert retry_after(header, now=NOW) == expected


def test_a_date_is_meant_by_the_clock_of_its_server_and_never_makes_for_an_earlier_poll() -> None:
    slow, fast = NOW - timedelta(minutes=2), NOW + timedelta(minutes=2)
    header = "Thu, 22 Jun 2017 12:05:00 GMT"

    assert retry_after(header, now=NOW, server_now=slow) == timedelta(minutes=7)
    assert retry_after(header, now=NOW, server_now=fast) == timedelta(minutes=5)


@given(st.text(max_size=40))
def test_any_retry_after_is_survived(header: str) -> None:
    found = retry_after(header, now=NOW)

    assert found is None or found >= timedelta(0)
