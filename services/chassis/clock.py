"""The clock as a port. Nothing else in the product reads the time."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

REPLAY_TICK_S = 0.02
SETTLED_NS = 100_000_000
"""How old a clock file must be for its time stamp to tell whether it has changed: stamps are as coarse as the kernel's tick."""


class Clock(Protocol):
    """Tells the time and waits for it."""

    def now(self) -> datetime:
        """Return the current time, aware, UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return once ``now()`` is at or past the moment. May return early never, late by scheduling only."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - time is what is waited for
            await asyncio.sleep(min(left, 60))  # in steps, as the machine's clock may be set meanwhile


class FileClock:
    """A clock that stands until somebody writes a later time to its file: for replays and scenarios."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], datetime] | None = None

    def now(self) -> datetime:
        about = os.stat(self._path)  # a service asks several times a poll: a tenth of the cost of reading the file
        stamp = (about.st_ino, about.st_mtime_ns)
        if self._read and self._read[0] == stamp and time.time_ns() - about.st_mtime_ns > SETTLED_NS:
            return self._read[1]
        with open(self._path, "rb", buffering=0) as file:
            moment = datetime.fromisoformat(file.read(100).decode().strip()).astimezone(UTC)
        self._read = (stamp, moment)
        return moment

    async def sleep_until(self, moment: datetime) -> None:
        while self.now() < moment:  # noqa: ASYNC110 - another process moves the file
            await asyncio.sleep(REPLAY_TICK_S)


def clock_from(clock_file: Path | None) -> Clock:
    """Return the clock that the settings ask for."""
    return FileClock(clock_file) if clock_file else SystemClock()
