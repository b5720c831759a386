"""A service runs until it is told to stop, and then finishes what it has in hand."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.chassis import runtime

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_the_work_in_hand_be_finished(number: signal.Signals) -> None:
    done = []

    async def main(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), number)
        await stop.wait()
        await asyncio.sleep(0)
        done.append("flushed")

    async with asyncio.timeout(5):
        await runtime.until_stopped(main)

    assert done == ["flushed"]


async def test_work_that_does_not_end_in_the_grace_period_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "GRACE_S", 0.05)
    cancelled = asyncio.Event()

    async def main(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with asyncio.timeout(5):
        await runtime.until_stopped(main)

    assert cancelled.is_set()


async def test_a_service_that_fails_ends_with_its_error() -> None:
    async def fails(stop: asyncio.Event) -> None:
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        await runtime.until_stopped(fails)


async def test_a_service_that_ends_by_itself_is_not_waited_for() -> None:
    async def main(stop: asyncio.Event) -> None:
        return None

    async with asyncio.timeout(5):
        await runtime.until_stopped(main)


def test_a_service_that_gives_up_says_its_one_line_and_nothing_else() -> None:
    program = """
import asyncio
from services.chassis.runtime import until_stopped

async def main(stop):
    await asyncio.sleep(0)
    raise SystemExit("kafka: no broker answers")

asyncio.run(until_stopped(main))
"""

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False, cwd=ROOT)

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "kafka: no broker answers\n")
