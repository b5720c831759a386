"""Which parts of a text speak of a claim, and what the second opinion makes of them together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from services.classifier.domain.opinion.cue_words import CUES, tokens_of
from services.classifier.domain.opinion.linear import softmax
from services.classifier.domain.opinion.relatedness import Overlap
from services.classifier.domain.opinion.second_opinion import AGAINST, FOR, OBSERVING, STANCES, SecondOpinion, mean_of
from services.classifier.domain.opinion.wordings import wordings_of

TOP_SENTENCES, FIRST_SENTENCES = 5, 3
"""Sentences of a longer text that are asked about: those that have most of the claim, and the first."""

MOST_REPORTS, MOST_FAKES = 1.5, 4
"""More cue words than so many a sentence, or in all, say no more."""


@dataclass(frozen=True)
class Thresholds:
    """Where the scales tip. ``related_short`` is from Emergent, the others from FNC-1: in each case what most folds choose.

    The weights know headlines. A longer text tells more than it says, so that what it tells with is counted in all of it.

    Attributes:
        related_short, related_long: Probability from which a text of a few sentences, and a longer one, is related to a claim.
        perhaps_related: Probability from which a text is related if the rules find anything said of the claim in it.
        reports: What each cue word of report a sentence ("reportedly", "sources") adds for observing, on a logarithmic scale.
        reported_claim, said_claim: What it adds for observing that the claim itself is worded as a report, or as said by somebody.
        fakes: What each cue word of fakes in the text ("hoax", "untrue") adds for against.
        against: What is added for against in any longer text.
    """

    related_short: float = 0.15
    related_long: float = 0.50
    perhaps_related: float = 0.3
    reports: float = 1.5
    reported_claim: float = 1.5
    said_claim: float = 1.0
    fakes: float = 0.7
    against: float = -0.9


THRESHOLDS = Thresholds()


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
        is_short: Whether the text is no more than a few sentences.
        sentences: How many it has.
        units: What speaks of the claim, in the order of the text; empty where it is not even perhaps related.
        opinion: Probability of each stance, for the text as a whole.
    """

    relatedness: float
    is_related: bool
    is_short: bool
    sentences: int
    units: tuple[Unit, ...] = ()
    opinion: Mapping[str, float] | None = None


def view_of(claim: str, title: str, text: str, asked: SecondOpinion, thresholds: Thresholds = THRESHOLDS) -> View:
    """Return how a text, with its headline if it has one, stands to a claim."""
    whole = f"{title}\n{text}" if title else text
    found = asked.overlap(claim, whole)
    relatedness = asked.relatedness(found)
    is_related = relatedness >= (thresholds.related_short if found.is_short else thresholds.related_long)
    if not is_related and relatedness < thresholds.perhaps_related:
        return View(relatedness, False, found.is_short, len(found.by_sentence))
    units = tuple(_units(claim, title, text, asked))
    if found.is_short:
        opinion: Mapping[str, float] = mean_of([unit.opinion for unit in units], [0.05 + unit.share for unit in units])
    else:
        opinion = of_long_text(mean_of([unit.opinion for unit in units], [1.0] * len(units)), signs_of(claim, whole, asked), thresholds)
    return View(relatedness, is_related, found.is_short, len(found.by_sentence), units, opinion)


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
    return sorted({*best, *range(min(FIRST_SENTENCES, len(shares)))})


@dataclass(frozen=True)
class Signs:
    """What a longer text and its claim show as a whole.

    Attributes:
        reports: Cue words of report a sentence.
        fakes: Cue words of fakes.
        reported_claim, said_claim, denial_claim: Whether the claim itself is worded as a report, as said by somebody, as a denial.
    """

    reports: float
    fakes: int
    reported_claim: bool
    said_claim: bool
    denial_claim: bool


def signs_of(claim: str, text: str, asked: SecondOpinion) -> Signs:
    """Return the signs of a longer text."""
    spans, counts = asked.content(text).spans, asked.cue_counts(text)
    worded, tokens = {str(stance) for stance in wordings_of(claim)}, frozenset(tokens_of(claim))
    return Signs(
        reports=min(MOST_REPORTS, counts["report"] / max(1, len(spans))),
        fakes=min(MOST_FAKES, counts["fake"]),
        reported_claim=bool(worded & {"hedges", "discusses"} or tokens & CUES["report"]),
        said_claim=bool(tokens & CUES["say"]),
        denial_claim=bool(worded & {"refutes", "denies"} or tokens & (CUES["neg"] | CUES["fake"])),
    )


def of_long_text(opinion: Mapping[str, float], signs: Signs, thresholds: Thresholds) -> dict[str, float]:
    """Return the opinion of a longer text: that of its sentences, and what its signs add. Who denies is for a claim that is a denial."""
    reported = thresholds.reported_claim * signs.reported_claim + thresholds.said_claim * signs.said_claim
    added = {
        FOR: 0.0,
        AGAINST: thresholds.fakes * signs.fakes,
        OBSERVING: thresholds.reports * signs.reports + reported,
    }
    scores = {name: log(max(opinion[name], 1e-6)) + added[name] for name in STANCES}
    if signs.denial_claim:
        scores[FOR], scores[AGAINST] = scores[AGAINST], scores[FOR]
    scores[AGAINST] += thresholds.against
    return dict(zip(STANCES, softmax([scores[name] for name in STANCES]), strict=True))
