"""The demo alone, as in a container of its own: ``python -m deploy.demo``.

It shares a folder with the services (``CLOCK_FILE``, ``ALERTER_SUBSCRIPTIONS_FILE``) and begins the story once the alerter is ready.
"""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import httpx

from deploy.demo.stand import Stand
from deploy.demo.teller import LASTS
from deploy.terminal import Terminal
from services.chassis.runtime import until_stopped

FOLDER = "DEMO_FOLDER"


def stand_from(environment: dict[str, str]) -> Stand:
    """Return the stand that the environment asks for (``DEMO_FOLDER``, ``DEMO_HOST``, ``DEMO_NAME``, ``DEMO_*_PORT``, ``DEMO_SECONDS``)."""
    host = environment.get("DEMO_HOST", "127.0.0.1")
    return Stand(
        Path(environment.get(FOLDER, ".")).absolute(),
        site=(host, int(environment.get("DEMO_SITE_PORT", "8090"))),
        receiver=(host, int(environment.get("DEMO_RECEIVER_PORT", "8091"))),
        name=environment.get("DEMO_NAME", "127.0.0.1"),
        lasts=timedelta(seconds=float(environment.get("DEMO_SECONDS", LASTS.total_seconds()))),
    )


async def main(stop: asyncio.Event) -> None:
    """Open the stand, wait for the services named in ``DEMO_WAITS_FOR`` (addresses, by commas), tell the story."""
    terminal = Terminal()
    stand = stand_from(dict(os.environ))
    terminal.say(f"in the story it is {stand.prepare():%d %B %Y}; site at {stand.site_url}")
    await stand.start(terminal.delivery)
    telling = asyncio.ensure_future(_tell(stand, list(filter(None, os.environ.get("DEMO_WAITS_FOR", "").split(",")))))
    try:
        await stop.wait()
    finally:
        telling.cancel()
        await stand.stop()


async def _tell(stand: Stand, waits_for: list[str]) -> None:
    for address in waits_for:
        await _until_ready(address)
    await stand.tell_story()


async def _until_ready(address: str) -> None:
    async with httpx.AsyncClient(timeout=2) as client:
        while True:
            try:
                if (await client.get(address)).is_success:
                    return
            except httpx.HTTPError:
                pass  # not up yet
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(until_stopped(main))
