"""One stance for a whole text: what the rules found, weighed against what the second opinion makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from schemas.claims_evidence import Certainty, Evidence
from schemas.words import Stance
from services.classifier.domain.opinion.linear import softmax
from services.classifier.domain.opinion.second_opinion import AGAINST, FOR, OBSERVING, STANCES
from services.classifier.domain.opinion.wordings import wordings_of

SIDE = {
    Stance.ASSERTS: FOR,
    Stance.HEDGES: OBSERVING,
    Stance.CANNOT_CONFIRM: OBSERVING,
    Stance.DISCUSSES: OBSERVING,
    Stance.DOUBTS: OBSERVING,
    Stance.DENIES: AGAINST,
    Stance.REFUTES: AGAINST,
}
"""Which of the three stances of the second opinion each stance is."""

BONUS = {
    Stance.ASSERTS: 0.7,
    Stance.HEDGES: 1.5,
    Stance.CANNOT_CONFIRM: 3.0,
    Stance.DISCUSSES: 0.5,
    Stance.DOUBTS: 2.0,
    Stance.DENIES: 1.5,
    Stance.REFUTES: 2.0,
}
"""What a piece of evidence by the rules adds for its side, on a logarithmic scale: the rules are seldom wrong about hedges and denials."""

_STRENGTH = (
    Stance.REFUTES,
    Stance.DENIES,
    Stance.ASSERTS,
    Stance.HEDGES,
    Stance.CANNOT_CONFIRM,
    Stance.DOUBTS,
    Stance.DISCUSSES,
)
"""Which stance speaks for the text where several stand on one side, the first first."""


@dataclass(frozen=True)
class Verdict:
    """A stance for the whole text, and the piece of evidence that speaks for it, if one does."""

    stance: Stance
    piece: Evidence | None


def by_rules(evidence: Sequence[Evidence]) -> Verdict:
    """Return the verdict of the rules alone: the strongest piece; a text in which they find nothing only discusses the claim."""
    piece = min(evidence, key=_order, default=None)
    return Verdict(piece.stance if piece else Stance.DISCUSSES, piece)


def weighed(opinion: Mapping[str, float], evidence: Sequence[Evidence], words: str) -> Verdict:
    """Return the verdict of rules and second opinion.

    Args:
        opinion: Probability of each side for the text as a whole.
        words: The part of the text that is nearest to the claim.
    """
    sides = with_evidence(opinion, evidence)
    side = max(STANCES, key=lambda name: sides[name])
    pieces = sorted((piece for piece in evidence if SIDE[piece.stance] == side), key=_order)
    return Verdict(pieces[0].stance, pieces[0]) if pieces else Verdict(_worded(side, words), None)


def with_evidence(opinion: Mapping[str, float], evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return the opinion once each side that the rules have evidence for has its bonus."""
    found = {piece.stance for piece in evidence}
    bonus = {name: max((BONUS[stance] for stance in found if SIDE[stance] == name), default=0.0) for name in STANCES}
    scores = [log(max(opinion[name], 1e-9)) + bonus[name] for name in STANCES]
    return dict(zip(STANCES, softmax(scores), strict=True))


def _order(piece: Evidence) -> tuple[bool, int]:
    return (not piece.accountable, _STRENGTH.index(piece.stance))


def _worded(side: str, words: str) -> Stance:
    """Return the stance on this side that the wording is nearest to."""
    found = [stance for stance in wordings_of(words) if SIDE[stance] == side]
    plain = {FOR: Stance.ASSERTS, AGAINST: Stance.DENIES, OBSERVING: Stance.DISCUSSES}[side]
    return found[0] if found else plain


def certainty_of(stance: Stance, piece: Evidence | None) -> Certainty | None:
    """Return how sure who takes this stance is: as the piece says, else plain words are certain and others give no band."""
    if piece is not None:
        return piece.certainty
    return Certainty(term="certain", low=1.0, high=1.0) if stance in (Stance.ASSERTS, Stance.DENIES, Stance.REFUTES) else None
