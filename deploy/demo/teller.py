"""Moves the story's clock: the file that all services read the time from."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from deploy.demo.story import Story, speed_at
from services.chassis.clock import FileClock

TICK_S = 0.25
LASTS = timedelta(seconds=115)


class Teller:
    """Tells a story once, from where the clock file stands, then lets time pass as everywhere."""

    def __init__(self, story: Story, clock_file: Path, *, lasts: timedelta = LASTS) -> None:
        self._story, self._file, self._lasts = story, clock_file, lasts
        self.over = asyncio.Event()
        """Set once all of it is told."""

    def prepare(self) -> datetime:
        """Return where the story stands; set the clock to its beginning if it has not begun."""
        if not self._file.exists():
            self._write(self._story.starts_at)
        return FileClock(self._file).now()

    async def tell(self) -> None:
        """Move the clock, for ever."""
        now = self.prepare()
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            if now >= self._story.ends_at:
                self.over.set()
            await asyncio.sleep(TICK_S)
            passed, last = loop.time() - last, loop.time()
            now = self._after(now, passed)
            self._write(now)

    def _after(self, now: datetime, passed_s: float) -> datetime:
        """Return the story's time some seconds later; never past the next entry, so that each is seen at its time."""
        later = now + timedelta(seconds=passed_s * speed_at(self._story, now, lasts=self._lasts))
        stop = next((entry.at for entry in self._story.entries if now < entry.at < later), None)
        return stop or later

    def _write(self, now: datetime) -> None:
        # Whoever reads sees the old time or the new one, never half of one.
        fresh = self._file.with_suffix(".new")
        fresh.write_text(now.isoformat())
        os.replace(fresh, self._file)
