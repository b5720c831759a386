"""Runs a service until it is told to stop: SIGTERM or SIGINT set an event, the work in hand is finished."""

import asyncio
import contextlib
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
