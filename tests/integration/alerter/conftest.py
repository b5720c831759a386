"""A receiver that verifies every signature independently, and alerters that run in the test or as a process of their own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import yaml
from aiohttp import web
from standardwebhooks.webhooks import Webhook

from schemas import claims_transition
from schemas.claims_transition import Transition
from schemas.webhooks import StatusChanged
from services.alerter.app import Alerter
from services.alerter.settings import AlerterSettings
from services.chassis.kafka import new_producer
from services.chassis.records import encode, headers_for
from tests.unit.alerter.builders import SECRET

PATIENCE_S = 30
Answer = Callable[[str, int], Awaitable[web.Response]]


async def eventually(check: Callable[[], Awaitable[Any]]) -> Any:
    """Return what the check returns, once that is truthy."""
    async with asyncio.timeout(PATIENCE_S):
        while not (found := await check()):
            await asyncio.sleep(0.02)
        return found


@dataclass
class Receiver:
    """Several endpoints, by path. Each answers 204 unless told otherwise."""

    port: int = 0
    arrivals: list[tuple[str, Transition]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    other_bodies: list[bytes] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def came(self, path: str) -> list[Transition]:
        """Return what came to an endpoint, in order, repetitions included."""
        return [transition for where, transition in self.arrivals if where == path]

    async def receive(self, request: web.Request) -> web.Response:
        body, path = await request.read(), request.path.strip("/")
        Webhook(SECRET).verify(body, dict(request.headers))
        if b"claim.status.changed" not in body:
            self.other_bodies.append(body)
            return web.Response(status=204)
        event = StatusChanged.model_validate_json(body)
        assert request.headers["webhook-id"] == event.data.transition_id
        self.arrivals.append((path, event.data))
        if path in self.answers:
            return await self.answers[path](path, len(self.came(path)))
        return web.Response(status=204)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/{path}", receiver.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.port = runner.addresses[0][1]
    yield receiver
    await runner.cleanup()


@dataclass
class World:
    """One alerter's place: its folder, its subscriptions, its claims."""

    kafka: str
    folder: Path
    receiver: Receiver
    claim: str = field(default_factory=lambda: f"claim-{uuid4().hex[:12]}")
    endpoints: list[dict[str, Any]] = field(default_factory=list)
    subscriptions: list[dict[str, Any]] = field(default_factory=list)
    retries: str = "[0.05, 0.05, 0.05]"

    def subscribe(self, path: str, url: str = "", **filters: Any) -> None:
        """Let an endpoint of the receiver hear of this world's claims; the topic is shared with other tests."""
        self.endpoints.append({"endpoint_id": path, "url": url or self.receiver.url(path), "secret": SECRET})
        self.subscriptions.append({"subscription_id": f"sub-{path}", "endpoint_id": path, "claims": [self.claim], **filters})

    def environment(self) -> dict[str, str]:
        file = self.folder / "subscriptions.yaml"
        file.write_text(yaml.safe_dump({"endpoints": self.endpoints, "subscriptions": self.subscriptions}))
        return {
            "KAFKA_BOOTSTRAP": self.kafka, "ALERTER_DATABASE_URL": f"sqlite:///{self.folder / 'alerter.db'}", "ALERTER_HTTP_PORT": "0",
            "ALERTER_ALLOW": "127.0.0.1", "ALERTER_SUBSCRIPTIONS_FILE": str(file), "ALERTER_RETRY_SCHEDULE_S": self.retries,
        }  # fmt: skip

    async def publish(self, *transitions: Transition) -> None:
        """Write transitions as the classifier does."""
        await self.publish_raw(*((transition.claim_id, encode(transition)) for transition in transitions))

    async def publish_raw(self, *records: tuple[str, bytes | None]) -> None:
        producer = new_producer(self.kafka, client_id="test")
        await producer.start()
        topic = claims_transition.TOPIC
        for key, value in records:
            headers = headers_for(topic, event_id="e", subject=key, source="classifier", at=_now())
            await producer.send_and_wait(topic.name, value=value, key=key.encode(), headers=headers)
        await producer.stop()

    async def arrived(self, path: str, count: int) -> list[Transition]:
        """Return what came to an endpoint, once there are so many."""

        async def check() -> list[Transition]:
            came = self.receiver.came(path)
            return came if len(came) >= count else []

        return await eventually(check)


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


@pytest.fixture
def world(kafka: str, receiver: Receiver, tmp_path: Path) -> World:
    return World(kafka, tmp_path, receiver)


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch):
    """Return a context manager that runs a world's alerter in this process and gives a client of its API."""

    @asynccontextmanager
    async def run(world: World) -> AsyncIterator[httpx.AsyncClient]:
        for name, value in world.environment().items():
            monkeypatch.setenv(name, value)
        alerter, stop = Alerter(AlerterSettings.from_environment()), asyncio.Event()
        task = asyncio.create_task(alerter.run(stop))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{alerter.server.port}", trust_env=False, timeout=20) as client:
            try:
                await eventually(lambda: _is_ready(client, task))
                yield client
            finally:
                stop.set()
                await task

    return run


async def _is_ready(client: httpx.AsyncClient, task: asyncio.Task[None]) -> bool:
    if task.done():
        await task
    return (await client.get("/readyz")).status_code == 200


@dataclass
class Process:
    """An alerter that can be killed."""

    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def started() -> Iterator[Callable[[World], Process]]:
    """Return a function that starts a world's alerter as a process of its own."""
    processes: list[Process] = []

    def start(world: World) -> Process:
        log = (world.folder / "alerter.log").open("ab")
        command = [sys.executable, "-m", "services.alerter"]
        processes.append(Process(subprocess.Popen(command, env=os.environ | world.environment(), stdout=log, stderr=log)))
        log.close()
        return processes[-1]

    yield start
    for one in processes:
        one.kill()
