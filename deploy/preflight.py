"""What is checked before anything is started, so that nothing is left half-started."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.layout import Layout
from deploy.trouble import Trouble

NEEDED_MB = 1000
STOPPING_S = 15.0


def check_folder(folder: Path) -> None:
    """Return if the folder can be written to and has room.

    Raises:
        Trouble: If not.
    """
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        raise Trouble(f"cannot write to {folder}: {error.strerror}", "give write permission or make room") from None
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < NEEDED_MB:
        raise Trouble(f"the disk has {free} MB free, a run needs {NEEDED_MB} MB", "make room and run it again")


def check_ports(layout: Layout) -> None:
    """Return if all ports are free.

    Raises:
        Trouble: If one is taken, with the variable that moves it.
    """
    for name, port in layout.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except PermissionError:
                raise Trouble(f"port {port} is for administrators only", f"take another: make run {name}={port + 10000}") from None
            except OSError:
                to_do = f"free it or take another: make run {name}={port + 1000}"
                raise Trouble(f"port {port} is taken by another program", to_do) from None


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the folder for this run; the lock goes with the process, however it ends.

    Raises:
        Trouble: If another run holds it.
    """
    with (folder / "supervisor.pid").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(f"it is running already (process {_pid_in(folder)})", "stop that one with Ctrl-C first") from None
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


def stop_other_run(folder: Path) -> None:
    """End a run that holds the folder, and wait for it. Does nothing if there is none.

    Raises:
        Trouble: If it does not end.
    """
    deadline = time.monotonic() + STOPPING_S
    while _is_held(folder):
        if time.monotonic() > deadline:
            raise Trouble(f"the run that is going (process {_pid_in(folder)}) does not stop", "end it by hand")
        if pid := _pid_in(folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        time.sleep(0.5)


class Leftovers:
    """Remembers which processes a run started, to end those that a killed supervisor left behind."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "pids.json"
        self._commands: dict[int, str] = {}

    def remember(self, name: str, pid: int) -> None:
        """Note a process that was just started."""
        self._commands[pid] = name
        self._file.write_text(json.dumps({str(pid): {"name": name, "began": _began(pid)} for pid, name in self._commands.items()}))

    def forget(self, pid: int) -> None:
        """Note that a process has ended."""
        self._commands.pop(pid, None)

    def end_earlier(self) -> int:
        """End what an earlier run left; return how many there were."""
        try:
            noted = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return 0
        left = {int(pid): process["began"] for pid, process in noted.items() if process["began"]}
        left = {pid: began for pid, began in left.items() if _began(pid) == began}
        _end(left)
        self._file.unlink(missing_ok=True)
        return len(left)


def _end(processes: dict[int, str]) -> None:
    """End processes, given with when they began: ask, wait, then kill."""
    for number, wait_s in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 2.0)):
        for pid in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + wait_s
        while processes and time.monotonic() < deadline:
            time.sleep(0.1)
            processes = {pid: began for pid, began in processes.items() if _began(pid) == began}


def _began(pid: int) -> str:
    """Return when a process began: with its id it names one process for ever. Empty if it is gone."""
    with contextlib.suppress(OSError, IndexError):
        # Behind the name in brackets, which may hold blanks: state is field 3, start time field 22 (proc(5)).
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    if Path("/proc/self/stat").exists():
        return ""
    done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.strip()


def _is_held(folder: Path) -> bool:
    try:
        with (folder / "supervisor.pid").open("r") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _pid_in(folder: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return int((folder / "supervisor.pid").read_text())
    return None
