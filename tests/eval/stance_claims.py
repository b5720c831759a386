"""The claims that the two stance sets share, so that each stays on one side of a fold in both.

FNC-1 was made from Emergent: nearly all its headlines are headlines of Emergent, or one word away. A story of FNC-1 is what hangs together by
related pairs of headline and body; it is the claim of Emergent that most of its headlines belong to. Its fold is that of the claim.
"""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.classifier.domain.words import words_of
from services.classifier.training.pairs_data import Headline, headlines
from tests.eval.figures import fold_of

FOLDS = 10
SAME_WORDS = 0.6
"""Share of words (Jaccard) from which two headlines are taken for one."""


@dataclass(frozen=True)
class BodyPair:
    """A pair of FNC-1: ``stance`` is agree, disagree, discuss or unrelated; ``story`` is the story of the body."""

    headline: str
    body_id: str
    stance: str
    story: str


def fold_of_claim(story: str) -> int:
    """Return the fold of a story, as ``stories_of`` names it."""
    return fold_of(story, FOLDS)


@cache
def bodies(data: Path) -> dict[str, str]:
    """Return the bodies of FNC-1 by id."""
    with gzip.open(data / "stance" / "fnc1_bodies.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["Body ID"]: row["articleBody"] for row in csv.DictReader(file)}


@cache
def body_pairs(data: Path) -> tuple[BodyPair, ...]:
    """Return the pairs of FNC-1, in the order of the file."""
    rows = _rows(data)
    stories = _stories(rows)
    names = _claims_of(stories, headlines(data))
    return tuple(
        BodyPair(row["Headline"], row["Body ID"], row["Stance"], names.get(story, story))
        for row in rows
        if (story := stories.of(_body(row)))
    )


@cache
def story_of_claim(data: Path) -> dict[str, str]:
    """Return for each claim of Emergent the name of its story: two claims that one story of FNC-1 is about are one."""
    stories, rows = _stories(_rows(data)), headlines(data)
    merged = _Groups()
    for row in rows:
        merged.of(row.claim_id)
    for found in _votes(stories, rows).values():
        first, *others = sorted(found)
        for other in others:
            merged.join(first, other)
    return {row.claim_id: merged.of(row.claim_id) for row in rows}


def _rows(data: Path) -> list[dict[str, str]]:
    with gzip.open(data / "stance" / "fnc1_stances.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Groups:
    """Things that hang together (union-find)."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, item: str) -> str:
        parent = self._parents.setdefault(item, item)
        while parent != self._parents[parent]:
            parent = self._parents[parent]
        self._parents[item] = parent
        return parent

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._parents[second] = first


def _headline(text: str) -> str:
    return "headline " + " ".join(words_of(text))


def _body(row: dict[str, str]) -> str:
    return "body " + row["Body ID"]


def _stories(rows: Iterable[dict[str, str]]) -> _Groups:
    stories = _Groups()
    for row in rows:
        stories.of(_headline(row["Headline"]))
        if row["Stance"] != "unrelated":
            stories.join(_headline(row["Headline"]), _body(row))
    return stories


def _votes(stories: _Groups, rows: list[Headline]) -> dict[str, Counter[str]]:
    """Return for each story how many of its headlines are, nearly, one of each claim."""
    known = {_headline(text): row.claim_id for row in rows for text in (row.text, row.claim)}
    words = [(frozenset(text.split()), claim) for text, claim in known.items()]
    votes: dict[str, Counter[str]] = {}
    for text in [item for item in list(stories._parents) if item.startswith("headline ")]:
        claim = known.get(text) or _nearest(frozenset(text.split()), words)
        if claim:
            votes.setdefault(stories.of(text), Counter())[claim] += 1
    return votes


def _nearest(text: frozenset[str], words: list[tuple[frozenset[str], str]]) -> str:
    share, claim = max(((len(text & other) / len(text | other), claim) for other, claim in words), default=(0.0, ""))
    return claim if share >= SAME_WORDS else ""


def _claims_of(stories: _Groups, rows: list[Headline]) -> dict[str, str]:
    """Return the name of each story that claims of Emergent are about: the first of them."""
    return {story: min(found) for story, found in _votes(stories, rows).items()}
