"""Garbage that refers to itself goes by the clock, and the collector's own pace comes back."""

import asyncio
import gc
import weakref

from services.chassis.runtime import collect_cycles


class Ring:
    def __init__(self) -> None:
        self.itself = self


async def test_a_cycle_is_gone_after_a_while_and_the_usual_pace_is_back_in_the_end() -> None:
    usual = gc.get_threshold()
    task = asyncio.ensure_future(collect_cycles(every_s=0.01))
    ring = weakref.ref(Ring())
    async with asyncio.timeout(10):
        while ring() is not None:
            await asyncio.sleep(0.01)

    assert gc.get_threshold() != usual
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert gc.get_threshold() == usual
