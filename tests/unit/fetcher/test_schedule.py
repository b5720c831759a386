from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.domain.schedule import BACKOFF_CAP, JITTER, RETRY_AFTER_CAP, jitter_of, next_poll_at, retry_after

NOW = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def wait(**more: object) -> timedelta:
    given_ = {"feed_id": "f", "interval": QUARTER, "failures": 0} | more
    return next_poll_at(NOW, **given_) - NOW  # type: ignore[arg-type]


def within(found: timedelta, base: timedelta) -> bool:
    return base <= found <= base * (1 + JITTER)


def test_a_healthy_feed_waits_its_interval() -> None:
    assert within(wait(), QUARTER)


@pytest.mark.parametrize(("failures", "factor"), [(1, 2), (2, 4), (3, 8)])
def test_each_failure_doubles_the_wait(failures: int, factor: int) -> None:
    assert within(wait(failures=failures), QUARTER * factor)


def test_the_back_off_is_capped_and_never_ends() -> None:
    assert within(wait(failures=1000), BACKOFF_CAP)


def test_an_interval_longer_than_the_cap_is_kept() -> None:
    assert within(wait(interval=timedelta(days=3), failures=9), timedelta(days=3))


def test_server_delay_wins_over_a_shorter_interval() -> None:
    assert within(wait(failures=1, retry_after=timedelta(hours=9)), timedelta(hours=9))


def test_a_longer_interval_wins_over_the_server_delay() -> None:
    assert within(wait(failures=1, retry_after=timedelta(seconds=1)), QUARTER * 2)


def test_server_delay_is_capped() -> None:
    assert within(wait(failures=1, retry_after=timedelta(days=400)), RETRY_AFTER_CAP)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_poll_at(datetime(2017, 6, 22), feed_id="f", interval=QUARTER, failures=0)


def test_jitter_spreads_feeds_and_is_each_feeds_own() -> None:
    values = [jitter_of(f"feed-{number}") for number in range(1000)]

    assert values == [jitter_of(f"feed-{number}") for number in range(1000)]
    assert len({int(value * 10) for value in values}) == 10


RETRY = {
    "seconds": ("120", timedelta(seconds=120)),
    "date": ("Thu, 22 Jun 2017 12:05:00 GMT", timedelta(minutes=5)),
    "date gone by": ("Thu, 22 Jun 2017 11:00:00 GMT", timedelta(0)),
    "huge": ("9" * 40, RETRY_AFTER_CAP),
    "negative": ("-5", None),
    "words": ("soon", None),
    "absent": (None, None),
}


@pytest.mark.parametrize(("header", "expected"), RETRY.values(), ids=RETRY.keys())
def test_retry_after_is_read_in_both_forms(header: str | None, expected: timedelta | None) -> None:
    assert retry_after(header, now=NOW) == expected


@given(st.text(max_size=40))
def test_any_retry_after_is_survived(header: str) -> None:
    found = retry_after(header, now=NOW)

    assert found is None or found >= timedelta(0)


@given(st.floats(0.1, 10**6), st.integers(0, 10**4), st.integers(0, 10**6))
def test_a_poll_is_never_earlier_than_interval_and_server_ask_for(interval_s: float, failures: int, asked_s: int) -> None:
    interval, asked = timedelta(seconds=interval_s), timedelta(seconds=asked_s)

    assert wait(interval=interval, failures=failures, retry_after=asked) >= max(interval, min(asked, RETRY_AFTER_CAP))
