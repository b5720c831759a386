"""The demo's webhook receiver: verifies each request with the independent ``standardwebhooks`` package, and remembers it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError


@dataclass(frozen=True)
class Delivery:
    """One request as it was received."""

    webhook_id: str
    valid: bool
    """The signature is that of these bytes, and its time is not far off."""
    problem: str
    """Why it is not valid; empty if it is."""
    repeat: bool
    """A valid request with this id was received before."""
    received_at: str
    body: dict[str, Any]


class Receiver:
    """Takes webhooks at ``/hook`` and keeps one JSON line for each in a file."""

    def __init__(self, secret: str, file: Path, *, tell: Callable[[Delivery], None] = lambda _: None) -> None:
        self._webhook = Webhook(secret)
        self._file, self._tell = file, tell
        self._seen = {line["webhook_id"] for line in deliveries_in(file) if line["valid"]}
        self._writing = asyncio.Lock()

    def app(self) -> web.Application:
        """Return the receiver as an application."""
        app = web.Application(client_max_size=4_000_000)
        app.router.add_post("/hook", self._receive)
        app.router.add_get("/deliveries", self._list)
        return app

    async def _receive(self, request: web.Request) -> web.Response:
        delivery = self._check(request.headers.get("webhook-id", ""), dict(request.headers), await request.read())
        async with self._writing:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(delivery)) + "\n")
        if delivery.valid:
            self._seen.add(delivery.webhook_id)
        self._tell(delivery)
        return web.Response(status=204 if delivery.valid else 401)

    def _check(self, webhook_id: str, headers: dict[str, str], body: bytes) -> Delivery:
        content: dict[str, Any] = {}
        problem = ""
        try:
            content = self._webhook.verify(body, headers)
        except (WebhookVerificationError, ValueError) as error:
            problem = str(error)
        received_at = datetime.now(UTC).isoformat()
        return Delivery(webhook_id, not problem, problem, webhook_id in self._seen, received_at, content)

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response(deliveries_in(self._file))


def deliveries_in(file: Path) -> list[dict[str, Any]]:
    """Return what a receiver has kept in its file; a last line that a crash cut off is left out."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.endswith("}")]
