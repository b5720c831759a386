"""What another process uses: processor time and memory, from /proc. And what a phase came to."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Return the seconds of processor time that a process has used, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def memory_mb(pid: int, what: str) -> float:
    """Return a figure of memory in MB: ``VmRSS`` is now, ``VmHWM`` the most since the last reset."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(what)).split()[1]) / 1024


def reset_peak(pid: int) -> None:
    """Let ``VmHWM`` begin anew (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


@dataclass(frozen=True)
class Phase:
    """One pass over all feeds."""

    name: str
    feeds: int
    seconds: float
    cpu_s: float
    peak_mb: float
    rss_mb: float
    counts: dict[str, int] = field(default_factory=dict)
    """What was counted: answers by status, records by topic."""

    @property
    def feeds_per_s(self) -> float:
        return self.feeds / self.seconds

    @property
    def cpu_ms_per_feed(self) -> float:
        return 1000 * self.cpu_s / self.feeds


class Meter:
    """Measures a process from its making on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        reset_peak(pid)
        self._cpu_s, self._began = cpu_s(pid), time.perf_counter()

    def phase(self, name: str, *, feeds: int) -> Phase:
        """Return what was used until now."""
        return Phase(
            name=name,
            feeds=feeds,
            seconds=time.perf_counter() - self._began,
            cpu_s=cpu_s(self._pid) - self._cpu_s,
            peak_mb=memory_mb(self._pid, "VmHWM"),
            rss_mb=memory_mb(self._pid, "VmRSS"),
        )
