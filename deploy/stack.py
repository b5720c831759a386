"""The stack on one machine: Kafka, topics, the three services, and the demo; started in order, stopped in order."""

import asyncio
import contextlib
import hashlib
import os
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from deploy.demo.stand import CLAIMS, Stand, write_subscriptions
from deploy.demo.teller import LASTS
from deploy.kafka_local import LocalKafka
from deploy.layout import ROOT, Layout
from deploy.preflight import Leftovers
from deploy.processes import Service
from deploy.terminal import Terminal, show_transitions
from deploy.topics import ensure_topics
from deploy.trouble import Trouble

SERVICES = ("classifier", "fetcher", "alerter")
READY_TIMEOUT_S = 60.0
KAFKA_STOP_S = 3.0
LOADING_TIMEOUT_S = 60.0


class Stack:
    """Everything that a run consists of."""

    def __init__(self, layout: Layout, terminal: Terminal) -> None:
        self._layout, self._terminal = layout, terminal
        self._leftovers = Leftovers(layout.folder)
        self._kafka = None if layout.bootstrap else LocalKafka(layout.folder / "kafka", port=layout.port("KAFKA_PORT"))
        self._services: dict[str, Service] = {}
        self._stand: Stand | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def bootstrap(self) -> str:
        """Address of Kafka."""
        return self._layout.bootstrap or f"127.0.0.1:{self._layout.port('KAFKA_PORT')}"

    async def start(self) -> None:
        """Bring everything up; return once all of it is at work.

        Raises:
            Trouble: If a part does not come up. Call ``stop`` all the same.
        """
        await self._start_kafka()
        stand = None if self._layout.own else await self._start_demo()
        await self._load()
        self._start_services()
        await self._until_ready()
        self._spawn(show_transitions(self.bootstrap, self._terminal))
        if stand:
            self._spawn(self._tell(stand))

    async def until_failure(self) -> None:
        """Wait for ever.

        Raises:
            Trouble: If something that is not started again fails.
        """
        await asyncio.shield(self._failure)

    async def stop(self) -> None:
        """End everything: the services first, then what they use. Takes at most ten seconds."""
        await asyncio.gather(*(service.stop() for service in self._services.values()))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._failure.done():
            self._failure.exception()  # told already, or of no interest any more
        if self._kafka:
            await asyncio.to_thread(self._kafka.stop, timeout_s=KAFKA_STOP_S)
        if self._stand:
            await self._stand.stop()

    def kill(self) -> None:
        """End every process at once."""
        for service in self._services.values():
            service.kill()
        if self._kafka:
            self._kafka.kill()

    async def _start_kafka(self) -> None:
        if self._kafka:
            self._terminal.say("starting Kafka")
            await self._bring_up(self._kafka)
            self._spawn(self._watch(self._kafka))
        outcome = await ensure_topics(self.bootstrap)
        self._terminal.say(f"Kafka answers at {self.bootstrap}: {len(outcome.created)} topics created, {len(outcome.existing)} were there")
        for difference in outcome.differences:
            self._terminal.say(f"  differs: {difference}")

    async def _bring_up(self, kafka: LocalKafka) -> None:
        starting = asyncio.ensure_future(asyncio.to_thread(kafka.start))
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            kafka.kill()  # ends the thread's waiting as well
            await asyncio.gather(starting, return_exceptions=True)
            raise
        self._leftovers.remember("kafka", kafka.pid or 0)

    async def _watch(self, kafka: LocalKafka) -> None:
        """Start Kafka again when it dies, for ever."""
        while True:
            await asyncio.to_thread(kafka.wait)
            self._terminal.say(f"Kafka died; starting it again, its logs are in {kafka.folder / 'logs'}")
            await self._bring_up(kafka)
            self._terminal.say("Kafka answers again")

    async def _start_demo(self) -> Stand:
        layout = self._layout
        lasts = float(os.environ.get("DEMO_SECONDS") or LASTS.total_seconds())
        ports = layout.port("DEMO_SITE_PORT"), layout.port("DEMO_RECEIVER_PORT")
        self._stand = Stand(layout.folder, site=("127.0.0.1", ports[0]), receiver=("127.0.0.1", ports[1]), lasts=timedelta(seconds=lasts))
        at = self._stand.prepare()
        await self._stand.start(self._terminal.delivery)
        self._terminal.say(f"demo news site at {self._stand.site_url}; in the story it is {at:%d %B %Y}")
        return self._stand

    async def _tell(self, stand: Stand) -> None:
        self._spawn(stand.tell_story())
        await stand.over.wait()
        self._terminal.say("\nThe story is told. Everything goes on running: Ctrl-C stops it, make run-clean tells it again.")

    async def _load(self) -> None:
        """Write feeds and claims to their topics, and the subscriptions to a file."""
        own = self._layout.own
        feeds = own.feeds if own else self._layout.folder / "feeds.yaml"
        claims = own.claims if own else CLAIMS
        if own:
            write_subscriptions(self._layout.folder, name="own", url=own.webhook)
        loaded, what = self._layout.folder / "loaded", _fingerprint(feeds, claims)
        if not self._layout.bootstrap and loaded.exists() and loaded.read_text() == what:
            return  # Kafka has kept them
        self._terminal.say(f"loading feeds ({feeds.name}) and claims ({claims.name})")
        await asyncio.gather(self._claimwatch("feeds", "load", str(feeds)), self._claimwatch("claims", "load", str(claims)))
        loaded.write_text(what)

    async def _claimwatch(self, *arguments: str) -> None:
        """Run a verb of our own command.

        Raises:
            Trouble: If it refuses.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from services.cli import app; app()", *arguments, cwd=ROOT, env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            output, _ = await asyncio.wait_for(process.communicate(), LOADING_TIMEOUT_S)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        if process.returncode:
            lines = output.decode(errors="replace").strip().splitlines() or ["failed"]
            why = lines[-1] if lines[0].startswith("Traceback") else lines[0]
            raise Trouble(f"claimwatch {arguments[0]} load: {why}", "mend it and run it again")

    def _start_services(self) -> None:
        self._terminal.say("starting " + ", ".join(SERVICES))
        for name in SERVICES:
            service = Service(
                name, environment=self._environment(), logs=self._layout.logs, say=self._terminal.say, note=self._leftovers.remember
            )
            self._services[name] = service
            self._spawn(service.run())

    async def _until_ready(self) -> None:
        """Return once every service says so, or raise what made one fail."""
        waiting = [asyncio.ensure_future(self._ready(name)) for name in SERVICES]
        self._failure.add_done_callback(lambda _: [task.cancel() for task in waiting])
        try:
            await asyncio.gather(*waiting)
        except asyncio.CancelledError:
            if self._failure.done():
                self._failure.result()
            raise

    async def _ready(self, name: str) -> None:
        url = f"{self._layout.url(f'{name.upper()}_HTTP_PORT')}/readyz"
        deadline = asyncio.get_running_loop().time() + READY_TIMEOUT_S
        async with httpx.AsyncClient(timeout=2) as client:
            while asyncio.get_running_loop().time() < deadline:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(url)).status_code == 200:
                        self._services[name].was_ready = True
                        return
                await asyncio.sleep(0.2)
        raise Trouble(f"the {name} is not ready after {READY_TIMEOUT_S:.0f} s", f"see {self._layout.logs / name}.log")

    def _environment(self) -> dict[str, str]:
        layout = self._layout
        allowed = {"FETCHER_ALLOW": "127.0.0.1/32", "ALERTER_ALLOW": "127.0.0.1/32"}
        if layout.own:
            # Whoever names a receiver of their own network here means it.
            host = urlsplit(layout.own.webhook).hostname
            allowed = {"ALERTER_ALLOW": host} if host else {}
        fixed = {
            "KAFKA_BOOTSTRAP": self.bootstrap,
            "CLASSIFIER_DATA_DIR": str(layout.folder / "classifier"),
            "ALERTER_DATABASE_URL": f"sqlite:///{layout.folder / 'alerter.sqlite'}",
            "ALERTER_SUBSCRIPTIONS_FILE": str(layout.folder / "subscriptions.yaml"),
            "PYTHONUNBUFFERED": "1",
            **{name: str(port) for name, port in layout.ports.items() if name.endswith("_HTTP_PORT")},
            **({"CLOCK_FILE": str(layout.clock_file)} if layout.clock_file else {}),
        }
        return {**allowed, **os.environ, **fixed}

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) and not self._failure.done():
            self._failure.set_exception(error)


def _fingerprint(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
