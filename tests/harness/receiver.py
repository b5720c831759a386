"""A webhook receiver that believes no signature it has not verified with the independent ``standardwebhooks`` package."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from schemas.claims_transition import Transition
from schemas.webhooks import StatusChanged

SECRET = "whsec_" + "c2NlbmFyaW8tcnVubmVyLXNlY3JldC0wMDAwMDAwMA=="


@dataclass
class Receiver:
    """Collects verified events by their webhook id.

    Attributes:
        events: Each event once, in the order of first arrival.
        arrivals: Every webhook id as often as it came.
        forged: Requests whose signature did not verify.
    """

    events: dict[str, Transition] = field(default_factory=dict)
    arrivals: list[str] = field(default_factory=list)
    forged: int = 0
    _runner: web.AppRunner | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    url: str = ""

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback; ``url`` says where."""
        app = web.Application()
        app.router.add_post("/hook", self._receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            Webhook(SECRET).verify(body, dict(request.headers))
        except WebhookVerificationError:
            self.forged += 1
            return web.Response(status=400)
        webhook_id = request.headers["webhook-id"]
        async with self._changed:
            self.arrivals.append(webhook_id)
            self.events.setdefault(webhook_id, StatusChanged.model_validate_json(body).data)
            self._changed.notify_all()
        return web.Response(status=204)

    async def wait_for(self, webhook_ids: set[str], *, timeout_s: float = 30) -> None:
        """Return once all of these have come.

        Raises:
            TimeoutError: If they do not.
        """
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: webhook_ids <= self.events.keys())
