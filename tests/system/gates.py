"""Places where a request is held in the middle: the feed's answer, and the receiver's."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from tests.harness.receiver import Receiver
from tests.scenarios.newsstand_site import NewsstandSite


@dataclass
class Gate:
    """Holds the first that comes until it is opened; later ones pass."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def pass_through(self) -> None:
        """Return at once, or for the first: when opened."""
        if not self.reached.is_set():
            self.reached.set()
            await self.opened.wait()


@dataclass(frozen=True)
class Page:
    """What a feed's address answers instead of a feed."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class GatedSite(NewsstandSite):
    """A news site whose feeds can be held, and be broken."""

    def __init__(self) -> None:
        super().__init__()
        self.gates: dict[str, Gate] = {}
        self.pages: dict[str, Page] = {}

    async def _feed(self, request: web.Request) -> web.Response:
        feed = request.match_info["feed"]
        if gate := self.gates.get(feed):
            await gate.pass_through()
        if page := self.pages.get(feed):
            return web.Response(body=page.body, status=page.status, headers=dict(page.headers))
        return await super()._feed(request)


class GatedReceiver(Receiver):
    """A webhook receiver that can take a request and keep its sender waiting."""

    gate: Gate | None = None
    held: str = ""
    """Webhook id of the request that is held, or was."""

    async def _receive(self, request: web.Request) -> web.Response:
        response = await super()._receive(request)
        if self.gate:
            if not self.gate.reached.is_set():
                self.held = request.headers["webhook-id"]
            await self.gate.pass_through()
        return response

    async def wait_until_held_comes_again(self, *, timeout_s: float) -> None:
        """Return once the request that was held has been sent anew, under its id.

        Raises:
            TimeoutError: If it is not.
        """
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: self.arrivals.count(self.held) > 1)
