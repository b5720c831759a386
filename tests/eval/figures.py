"""What a measurement gives: figures with their interval, the naive baseline, and the goal; and the sums behind them."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any, TypeVar

from sklearn.metrics import f1_score

RESAMPLES = 500
T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """One figure of one part.

    Attributes:
        rows: On how many labelled rows it was measured.
        low, high: 95 % interval, resampled by group (claim, event, article, never row); None where there is none.
        baseline: The same figure of the naive way that ``note`` names.
        goal: What is aimed at; None for figures that only inform.
        at_most: True where less is better.
    """

    part: str
    name: str
    value: float
    rows: int
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    goal: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass(frozen=True)
class Measured:
    """Figures of one part, and the kinds of its errors, the most frequent first."""

    figures: list[Figure]
    errors: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what ``--out`` writes."""
        return {"figures": [asdict(figure) | {"reached": figure.is_reached} for figure in self.figures], "errors": self.errors}


def macro_f1(gold: Sequence[str], read: Sequence[str], labels: Sequence[str]) -> float:
    """Return the mean F1 over these labels."""
    return float(f1_score(gold, read, labels=list(labels), average="macro", zero_division=0))


def interval(rows: Sequence[T], group: Callable[[T], object], figure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """Return the 95 % interval of a figure by the bootstrap over whole groups (Efron and Tibshirani 1993, chapter 13)."""
    groups: dict[object, list[T]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    drawn, found = random.Random(1), []
    everyone = list(groups.values())
    for _ in range(RESAMPLES):
        found.append(figure([row for one in drawn.choices(everyone, k=len(everyone)) for row in one]))
    cuts = quantiles(found, n=40)
    return cuts[0], cuts[-1]


def fold_of(group: str, folds: int) -> int:
    """Return the fold of a group: the same on every run and machine."""
    return random.Random(group).randrange(folds)  # a string seeds by its text, not by its hash


def confusions(gold: Sequence[str], read: Sequence[str], top: int = 12) -> dict[str, int]:
    """Return the kinds of errors as ``gold -> read`` with their number."""
    wrong = Counter(f"{right} -> {found}" for right, found in zip(gold, read, strict=True) if right != found)
    return dict(wrong.most_common(top))
