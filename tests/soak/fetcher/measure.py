"""What is measured of a fetcher under hostile fire, and what is asked of it."""

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression

import psutil

TOLERANCE = 1.5
"""A gap between two polls may be so many times the interval: a tenth is the feed's own jitter, the rest is room for a busy machine."""
LATE_SHARE = 0.001
"""Share of gaps that may be longer, if none is longer than three intervals."""
SECOND_TRY_S = 2.0
MAX_RSS_MB = 400
MAX_GROWTH_MB_PER_HOUR = 30
MAX_GROWTH_FILES_PER_HOUR = 60
WARM_UP = 1 / 3
"""Share of the time that does not count for growth: caches fill, and the allocator finds its size."""


@dataclass(frozen=True)
class Verdict:
    """One thing that was asked, what was found, and whether that is enough."""

    what: str
    found: str
    is_met: bool


@dataclass
class Memory:
    """Resident memory of a process and of its children, sampled."""

    pid: int
    samples: list[tuple[float, float, float, float]] = field(default_factory=list)
    """(monotonic seconds, MB of the process, MB of its children, its open files and connections)."""

    def sample(self) -> None:
        """Take a sample; a process that is gone gives none."""
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.pid)
            own = process.memory_info().rss / 1e6
            children = 0.0
            for child in process.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    children += child.memory_info().rss / 1e6
            self.samples.append((time.monotonic(), own, children, process.num_fds()))

    def _settled(self, column: int) -> list[tuple[float, float]]:
        first, last = self.samples[0][0], self.samples[-1][0]
        return [(sample[0], sample[column]) for sample in self.samples if sample[0] >= first + (last - first) * WARM_UP]

    def growth_per_hour(self, column: int = 1) -> float:
        """Return the slope of the line through all samples after the warm-up, in the unit of the column."""
        settled = self._settled(column)
        if len(settled) < 3:
            return 0.0
        return linear_regression(*zip(*settled, strict=True)).slope * 3600

    def peak(self, column: int = 1) -> float:
        """Return the largest sample."""
        return max((sample[column] for sample in self.samples), default=0.0)

    def verdicts(self, *, minutes: float) -> list[Verdict]:
        """Judge growth only over a time that can show it."""
        growth, files = self.growth_per_hour(), self.growth_per_hour(3)
        is_long = minutes >= 10
        why = "" if is_long else " (too short a time to judge)"
        told = f"{self.peak(3):.0f} at most, {files:+.0f} an hour after warm-up{why}"
        return [
            Verdict("memory stays flat", f"{growth:+.0f} MB an hour after warm-up{why}", growth <= MAX_GROWTH_MB_PER_HOUR or not is_long),
            Verdict("files and connections stay few", told, files <= MAX_GROWTH_FILES_PER_HOUR or not is_long),
            Verdict(
                f"memory below {MAX_RSS_MB} MB",
                f"{self.peak():.0f} MB at most; its page readers {self.peak(2):.0f} MB",
                self.peak() < MAX_RSS_MB,
            ),
        ]


def gaps(moments: Sequence[float]) -> list[float]:
    """Return the seconds between each two that follow each other."""
    return [later - earlier for earlier, later in pairwise(moments)]


def interval_verdicts(asked: Mapping[str, Sequence[float]], *, interval_s: float, began: float, ended: float) -> list[Verdict]:
    """Judge whether every good feed was asked in its interval, from first to last."""
    found = sorted(gap for moments in asked.values() for gap in gaps([*moments, ended] if moments else [began, ended]))
    late = [gap for gap in found if gap > interval_s * TOLERANCE]
    longest = found[-1] if found else 0.0
    first = max((moments[0] - began if moments else ended - began for moments in asked.values()), default=0.0)
    share = len(late) / max(len(found), 1)
    median = found[len(found) // 2] if found else 0.0
    told = f"{1 - share:.2%} of {len(found)} gaps within {interval_s * TOLERANCE:g} s; median {median:.1f} s, longest {longest:.1f} s"
    return [
        Verdict("every good feed keeps its interval", told, share <= LATE_SHARE and longest <= 3 * interval_s),
        Verdict("every good feed is asked at once", f"the last of them after {first:.1f} s", first <= 2 * interval_s),
    ]


def _polls(moments: Sequence[float]) -> list[float]:
    """Return when polls began: a connection that is cut off before any answer is tried once more at once (RFC 9110, 9.2.2)."""
    kept: list[float] = []
    for moment in moments:
        if not kept or moment - kept[-1] > SECOND_TRY_S:
            kept.append(moment)
    return kept


def early_polls(asked: Mapping[tuple[str, str], Sequence[float]], *, interval_s: float, wait_s: float, may_be_read: bool) -> list[str]:
    """Return where a hostile feed was asked before its time: each failure doubles the wait, and a Retry-After is kept."""
    early: list[str] = []
    for (kind, path), moments in asked.items():
        for failures, gap in enumerate(gaps(_polls(moments)), 1):
            least = interval_s if may_be_read else max(interval_s * 2**failures, wait_s)
            if gap < least - 0.05:
                early.append(f"{kind}{path} after {gap:.1f} s, not {least:g} s")
    return early


def delivery_verdict(told: Mapping[tuple[str, str], float], arrived: Mapping[tuple[str, str], int], *, before: float) -> list[Verdict]:
    """Judge whether everything that was told in time has arrived, each once."""
    due = {entry for entry, at in told.items() if at <= before}
    missing = [entry for entry in due if not arrived.get(entry)]
    doubled = [entry for entry, count in arrived.items() if count > 1]
    unknown = [entry for entry in arrived if entry not in told]
    return [
        Verdict("every entry arrives", f"{len(due) - len(missing)} of {len(due)}" + _some(missing), not missing),
        Verdict("and arrives once", f"{len(doubled)} came more often" + _some(doubled), not doubled),
        Verdict("and nothing else arrives", f"{len(unknown)}" + _some(unknown), not unknown),
    ]


def _some(items: Sequence[object]) -> str:
    return f", e.g. {items[0]}" if items else ""


def log_verdict(log_file: Path) -> tuple[list[Verdict], Counter[str]]:
    """Judge the log: no line at ERROR or above, none that is no record at all; and count its warnings."""
    bad: list[str] = []
    warnings: Counter[str] = Counter()
    for line in log_file.read_text(errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            bad.append(line[:200])
            continue
        if record["level"] in ("ERROR", "CRITICAL"):
            bad.append(f"{record['level']} {record['event'][:200]}")
        elif record["level"] == "WARNING":
            warnings[str(record["event"])[:100]] += 1 + record.get("repeated", 0)
    return [Verdict("no error in the log", f"{len(bad)}" + _some(bad), not bad)], warnings


def table(verdicts: Iterable[Verdict]) -> str:
    """Return the verdicts as lines to read."""
    return "\n".join(f"{'ok  ' if verdict.is_met else 'FAIL'}  {verdict.what}: {verdict.found}" for verdict in verdicts)
