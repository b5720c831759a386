"""The three services as processes of their own on a Kafka, for system tests, live scenarios and benchmarks."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx

from deploy.kafka_local import free_port

SERVICES = ("alerter", "fetcher", "classifier")
READY_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 12.0


@dataclass
class ServiceProcess:
    """One service: how it is started, and the process while it runs."""

    name: str
    environment: dict[str, str]
    log_file: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; its output goes to its log."""
        with self.log_file.open("ab") as output:
            self.process = self._spawn(output)

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"services.{self.name}"]
        return subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )

    def stop(self) -> None:
        """End the process: ask, wait, then kill."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process as ``kill -9`` does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def last_words(self) -> str:
        """Return the end of its log."""
        return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-15:])

    async def wait_until_ready(self) -> None:
        """Return once it says that it is at work.

        Raises:
            RuntimeError: If it ends first, or takes too long; with the end of its log.
        """
        deadline = asyncio.get_running_loop().time() + READY_TIMEOUT_S
        async with httpx.AsyncClient(trust_env=False) as client:
            while not await self._is_ready(client):
                ended = self.process is None or self.process.poll() is not None
                if ended or asyncio.get_running_loop().time() > deadline:
                    raise RuntimeError(f"{self.name} {'ended' if ended else 'is not ready'}:\n{self.last_words()}")
                await asyncio.sleep(0.05)

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"http://127.0.0.1:{self.port}/readyz")).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Stack:
    """Fetcher, classifier and alerter on one Kafka, in one folder.

    Attributes:
        clock_file: Replay clock of all services; None: the system's clock.
        subscriptions: File of endpoints and subscriptions for the alerter.
    """

    folder: Path
    bootstrap: str
    clock_file: Path | None = None
    subscriptions: Path | None = None
    services: dict[str, ServiceProcess] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in SERVICES:
            port = free_port()
            self.services[name] = ServiceProcess(name, self._environment(name, port), self.folder / f"{name}.log", port)

    def _environment(self, name: str, port: int) -> dict[str, str]:
        own = {
            "alerter": {
                "ALERTER_DATABASE_URL": f"sqlite:///{self.folder / 'alerter.db'}",
                "ALERTER_ALLOW": "127.0.0.1/32,localhost",
                **({"ALERTER_SUBSCRIPTIONS_FILE": str(self.subscriptions)} if self.subscriptions else {}),
            },
            "fetcher": {"FETCHER_ALLOW": "127.0.0.1/32,localhost", "FETCHER_HOST_CONCURRENCY": "50", "FETCHER_HOST_GAP_S": "0"},
            "classifier": {"CLASSIFIER_DATA_DIR": str(self.folder / "classifier")},
        }[name]
        shared = {"KAFKA_BOOTSTRAP": self.bootstrap, "LOG_FORMAT": "text", "PYTHONWARNINGS": "ignore"}
        clock = {"CLOCK_FILE": str(self.clock_file)} if self.clock_file else {}
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ}
        return {**kept, **shared, **clock, f"{name.upper()}_HTTP_PORT": str(port), **own}

    async def start(self) -> None:
        """Start all services and return once all are at work."""
        for service in self.services.values():
            service.start()
        await asyncio.gather(*(service.wait_until_ready() for service in self.services.values()))

    async def stop(self) -> None:
        """End all services, all at once."""
        await asyncio.gather(*(asyncio.to_thread(service.stop) for service in self.services.values()))

    async def __aenter__(self) -> "Stack":
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
