"""Runs a service until it is told to stop: SIGTERM or SIGINT set an event, the work in hand is finished."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable

GRACE_S = 8.0


async def _end_of(main: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> SystemExit | None:
    """Return the exit that ``main`` asked for. A task that raises it would have the loop print a traceback beside its one line."""
    try:
        await main(stop)
    except SystemExit as end:
        return end
    return None


async def until_stopped(main: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``main(stop)``; the event is set on SIGTERM or SIGINT. After the grace period what still runs is cancelled.

    Raises:
        SystemExit: If ``main`` did.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    task = asyncio.ensure_future(_end_of(main, stop))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        await asyncio.wait({task}, timeout=GRACE_S)
        task.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        if end := await task:
            raise end


async def collect_cycles(*, every_s: float = 20) -> None:
    """Look for cycles of garbage by the clock instead of by how much was made since, for ever; for a process that holds much that stays.

    The collector goes through all that is held each time. With the states of 5,000 feeds that was a tenth of the processor time at its
    own pace; at a pace too slow by count, what failed polls leave behind (a body in the frame of an exception) piled up.
    """
    usual = gc.get_threshold()
    gc.set_threshold(10_000, 10, 1_000_000)
    try:
        while True:
            await asyncio.sleep(every_s)
            gc.collect()
    finally:
        gc.set_threshold(*usual)
