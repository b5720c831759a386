"""Runs a service until it is told to stop: SIGTERM or SIGINT set an event, the work in hand is finished."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable

GRACE_S = 8.0


async def until_stopped(main: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``main(stop)``; the event is set on SIGTERM or SIGINT. After the grace period what still runs is cancelled."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    task = asyncio.ensure_future(main(stop))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        await asyncio.wait({task}, timeout=GRACE_S)
        task.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
