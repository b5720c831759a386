"""Everything that has to do with hubs in one process: subscriptions kept alive, callbacks listened for."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx

from services.chassis.clock import Clock
from services.fetcher.adapters.websub.request import HubClient
from services.fetcher.adapters.websub.server import CallbackServer
from services.fetcher.adapters.websub.subscriber import FeedDesk, Subscriptions
from services.fetcher.domain.websub.keys import Keys
from services.fetcher.settings import FetcherSettings


class Hubs:
    """Subscriptions and callbacks. ``plan`` is to be called with a feed id whenever anything about the feed has changed."""

    def __init__(self, settings: FetcherSettings, *, desk: FeedDesk, http: httpx.AsyncClient, clock: Clock) -> None:
        """Take settings that name a public address and a secret.

        Raises:
            ValueError: If they do not.
        """
        if settings.public_url is None or settings.websub_secret is None:
            raise ValueError("hubs need a public address and a secret")
        keys = Keys(secret=settings.websub_secret.get_secret_value().encode(), public_url=str(settings.public_url))
        self._subscriptions = Subscriptions(desk, keys=keys, client=HubClient(http, timeout_s=settings.timeout_s), clock=clock)
        self._server = CallbackServer(
            desk,
            keys=keys,
            clock=clock,
            host=settings.websub_host,
            port=settings.websub_port,
            max_body_bytes=settings.max_body_bytes,
        )
        self.plan = self._subscriptions.plan

    @contextlib.asynccontextmanager
    async def at_work(self, stop: asyncio.Event) -> AsyncIterator[None]:
        """Be at work until told to stop; what fails in a way that is not known sets ``stop`` and is raised at the end.

        Raises:
            SystemExit: If the port is taken.
        """
        await self._server.start()
        work = asyncio.ensure_future(self._run(stop))
        try:
            yield
        finally:
            stop.set()
            await work

    async def _run(self, stop: asyncio.Event) -> None:
        """Stop listening as soon as the process stops: what comes after that is for whoever has the feeds next."""
        tasks: list[asyncio.Future[object]] = [asyncio.ensure_future(self._subscriptions.run()), asyncio.ensure_future(stop.wait())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._server.stop()
