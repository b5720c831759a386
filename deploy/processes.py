"""A service as a process of its own: started, watched, started again when it dies, stopped in order."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.layout import ROOT
from deploy.trouble import Trouble

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
HEALTHY_AFTER_S = 30.0
STOP_TIMEOUT_S = 5.0

Say = Callable[[str], None]
Note = Callable[[str, int], None]


class Service:
    """One of our services. Give it its command line; it keeps it running until ``stop``."""

    def __init__(
        self, name: str, *, environment: dict[str, str], logs: Path, say: Say, note: Note = lambda *_: None, command: tuple[str, ...] = ()
    ) -> None:
        """Say what to run; nothing is started.

        Args:
            name: Module under ``services``.
            environment: Its whole environment.
            logs: Folder; output goes to ``<name>.log`` in it.
            say: Told when it dies and when it is started again.
            note: Told the id of every process that is started.
            command: What to run instead of the module of that name.
        """
        self.name = name
        self._environment, self._log, self._say, self._note = environment, logs / f"{name}.log", say, note
        self._command = command or (sys.executable, "-m", f"services.{name}")
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self.was_ready = False

    @property
    def pid(self) -> int | None:
        """Process id; None while it is not running."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self) -> None:
        """Keep it running; return after ``stop``.

        Raises:
            Trouble: If it ends before it was ready for the first time: it would do so again.
        """
        pause = FIRST_PAUSE_S
        while not self._stopping:
            began = asyncio.get_running_loop().time()
            await self._spawn()
            code = await self._wait()
            if self._stopping:
                return
            if not self.was_ready:
                raise Trouble(f"the {self.name} ended while it started: {self._last_line()}", f"see {self._log}")
            pause = FIRST_PAUSE_S if asyncio.get_running_loop().time() - began > HEALTHY_AFTER_S else pause
            self._say(f"the {self.name} died ({_how(code)}); starting it again in {pause:g} s, its log is {self._log}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def stop(self, *, timeout_s: float = STOP_TIMEOUT_S) -> None:
        """End it: ask, wait, then kill."""
        self._stopping = True
        process = self._process
        if not process or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), timeout_s)
        except TimeoutError:
            self.kill()
            await process.wait()

    def kill(self) -> None:
        """End it at once, with whatever it has started itself."""
        self._stopping = True
        if self.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    async def _spawn(self) -> None:
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal is for the supervisor, which stops everything in order.
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._note(self.name, self._process.pid)

    async def _wait(self) -> int:
        assert self._process
        try:
            return await self._process.wait()
        except asyncio.CancelledError:
            self.kill()
            raise

    def _last_line(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "no reason given"


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
