"""Time is told by a clock that can be replaced: the machine's, or one that stands until it is moved."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.chassis.clock import FileClock, SystemClock, clock_from

MOMENT = datetime(2017, 6, 22, 10, 5, tzinfo=UTC)


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    file = tmp_path / "now"
    file.write_text(f"{MOMENT.isoformat()}\n")
    return file


def test_without_a_file_the_machine_tells_the_time() -> None:
    clock = clock_from(None)

    assert isinstance(clock, SystemClock)
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - time.time()) < 5


def test_with_a_file_the_file_does(clock_file: Path) -> None:
    assert clock_from(clock_file).now() == MOMENT


def test_a_file_clock_is_in_utc_whatever_the_file_says(clock_file: Path) -> None:
    clock_file.write_text("2017-06-22T13:05:00+03:00")

    now = FileClock(clock_file).now()

    assert (now, now.tzinfo) == (MOMENT, UTC)


async def test_the_system_clock_does_not_wait_for_what_is_past() -> None:
    async with asyncio.timeout(1):
        await SystemClock().sleep_until(datetime.now(UTC) - timedelta(hours=1))


async def test_the_system_clock_returns_at_the_moment_and_not_before() -> None:
    moment = datetime.now(UTC) + timedelta(milliseconds=60)

    await SystemClock().sleep_until(moment)

    assert datetime.now(UTC) >= moment


async def test_a_standing_clock_keeps_its_sleepers_until_it_is_moved(clock_file: Path) -> None:
    sleeper = asyncio.create_task(FileClock(clock_file).sleep_until(MOMENT + timedelta(days=30)))

    await asyncio.wait({sleeper}, timeout=0.1)
    slept_on = not sleeper.done()
    clock_file.write_text((MOMENT + timedelta(days=30)).isoformat())

    assert slept_on
    async with asyncio.timeout(5):
        await sleeper
