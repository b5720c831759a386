"""How near a text, a title, a date and names are to what they should be."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
SHINGLE = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return runs of four words with their counts; a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)


@dataclass
class TextScore:
    """Precision as the mean over pages with output, recall as the mean over pages with text."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    each: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, *, got: str, wanted: str) -> None:
        found, true = shingles(got), shingles(wanted)
        both = sum((found & true).values())
        precision = both / found.total() if found else None
        recall = both / true.total() if true else None
        if precision is not None:
            self.precisions.append(precision)
        if recall is not None:
            self.recalls.append(recall)
        total = (precision or 0) + (recall or 0)
        self.each[name] = 2 * (precision or 0) * (recall or 0) / total if total else float(not found and not true)

    @property
    def precision(self) -> float:
        return sum(self.precisions) / len(self.precisions) if self.precisions else 0.0

    @property
    def recall(self) -> float:
        return sum(self.recalls) / len(self.recalls) if self.recalls else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def is_same(got: str, wanted: str) -> bool:
    """Tell whether two texts are equal but for case and punctuation."""
    return _plain(got) == _plain(wanted)


def are_same_names(got: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether the same people are named, in whatever order and however they are joined."""
    return sorted(_plain(" ".join(got)).split()) == sorted(word for word in _plain(" ".join(wanted)).split() if word not in ("by", "and"))
