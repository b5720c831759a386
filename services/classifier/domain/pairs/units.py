"""Which parts of a text speak of a claim, and what the second opinion makes of them together."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.classifier.domain.opinion.relatedness import Overlap
from services.classifier.domain.opinion.second_opinion import AGAINST, FOR, OBSERVING, STANCES, SecondOpinion, mean_of

RELATED_SHORT, RELATED_LONG = 0.25, 0.54
"""Probabilities from which a text is related to a claim, for one of a few sentences and for a longer one.

The first from Emergent, the second from FNC-1 (both: the middle of what the folds choose)."""

TOP_SENTENCES = 5
"""Sentences of a longer text that are asked about: those that have most of the claim, and the first."""


@dataclass(frozen=True)
class Unit:
    """A headline or a sentence that speaks of the claim.

    Attributes:
        field: ``title`` or ``body``.
        start, end: Where it stands there.
        share: Share of the claim's content that it has.
        opinion: Probability of each stance.
    """

    field: str
    start: int
    end: int
    share: float
    opinion: dict[str, float]


@dataclass(frozen=True)
class View:
    """How a text stands to a claim.

    Attributes:
        relatedness: Probability that it speaks of what the claim is about.
        is_related: Whether that is enough.
        units: What speaks of the claim, in the order of the text; empty where it is not related.
        opinion: Probability of each stance, for the text as a whole.
    """

    relatedness: float
    is_related: bool
    units: tuple[Unit, ...] = ()
    opinion: dict[str, float] | None = None


def view_of(claim: str, title: str, text: str, asked: SecondOpinion) -> View:
    """Return how a text, with its headline if it has one, stands to a claim."""
    whole = asked.overlap(claim, f"{title}\n{text}" if title else text)
    relatedness = asked.relatedness(whole)
    if relatedness < (RELATED_SHORT if whole.is_short else RELATED_LONG):
        return View(relatedness, False)
    units = tuple(_units(claim, title, text, asked))
    return View(relatedness, True, units, _together(units))


def _units(claim: str, title: str, text: str, asked: SecondOpinion) -> Iterator[Unit]:
    if title.strip():
        yield Unit("title", 0, len(title), max(asked.overlap(claim, title).whole, 0.1), asked.stance(claim, title))
    found = asked.overlap(claim, text)
    spans = asked.content(text).spans
    for index in _asked_about(found):
        start, end = spans[index]
        yield Unit("body", start, end, found.by_sentence[index], asked.stance(claim, text[start:end]))


def _asked_about(found: Overlap) -> list[int]:
    shares = found.by_sentence
    best = sorted(range(len(shares)), key=lambda index: (-shares[index], index))[:TOP_SENTENCES]
    return sorted({*best, *range(min(3, len(shares)))})


def _together(units: tuple[Unit, ...]) -> dict[str, float]:
    """Return the opinions of all units as one: each counts by how much of the claim it has."""
    shares = [0.05 + unit.share for unit in units]
    return mean_of([unit.opinion for unit in units], shares)


__all__ = ["AGAINST", "FOR", "OBSERVING", "STANCES", "Unit", "View", "view_of"]
