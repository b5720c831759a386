"""A service under supervision."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from deploy.processes import Service
from deploy.trouble import Trouble

WAITS = "import sys, time; print('at work', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('at work', flush=True); time.sleep(60)"


class Watched:
    """A service with what was said of it."""

    def __init__(self, folder: Path, code: str) -> None:
        self.said: list[str] = []
        self.pids: asyncio.Queue[int] = asyncio.Queue()
        self.log = folder / "fetcher.log"
        self.service = Service(
            "fetcher", environment=dict(os.environ), logs=folder, say=self.said.append, note=lambda _, pid: self.pids.put_nowait(pid),
            command=(sys.executable, "-c", code),
        )  # fmt: skip

    async def at_work(self, times: int = 1) -> None:
        async with asyncio.timeout(20):
            while not self.log.exists() or self.log.read_text().count("at work") < times:
                await asyncio.sleep(0.02)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_service_that_dies_is_started_again_and_that_is_said(tmp_path: Path) -> None:
    watched = Watched(tmp_path, WAITS)
    running = asyncio.ensure_future(watched.service.run())
    await watched.at_work()
    watched.service.was_ready = True

    os.kill(first := await watched.pids.get(), signal.SIGKILL)
    await watched.at_work(times=2)

    second = await watched.pids.get()
    assert second != first
    assert watched.said[0].startswith("the fetcher died (signal SIGKILL); starting it again in 0.5 s")
    await watched.service.stop()
    await running
    assert not is_there(second)


async def test_a_service_that_never_came_up_is_not_tried_again(tmp_path: Path) -> None:
    watched = Watched(tmp_path, "raise SystemExit('settings: unknown variable FETCHER_X')")

    with pytest.raises(Trouble, match="the fetcher ended while it started: settings: unknown variable FETCHER_X"):
        await watched.service.run()


async def test_a_service_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    watched = Watched(tmp_path, DEAF)
    running = asyncio.ensure_future(watched.service.run())
    await watched.at_work()

    await watched.service.stop(timeout_s=0.2)
    await running

    assert not is_there(await watched.pids.get())


async def test_a_supervisor_that_is_cancelled_leaves_no_process(tmp_path: Path) -> None:
    watched = Watched(tmp_path, DEAF)
    running = asyncio.ensure_future(watched.service.run())
    await watched.at_work()

    running.cancel()
    await asyncio.wait({running})
    await watched.service.stop()

    assert not is_there(await watched.pids.get())
