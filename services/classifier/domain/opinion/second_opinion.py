"""The trained second opinion: relatedness of text and claim, and the stance of short units of text towards it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.classifier.domain.opinion.content import Content, content_of, distinct
from services.classifier.domain.opinion.cue_words import CUES, tokens_of
from services.classifier.domain.opinion.features import VERSION, ClaimSides, features_of
from services.classifier.domain.opinion.linear import LinearModel
from services.classifier.domain.opinion.relatedness import Overlap, Rarity, overlap

FOR, AGAINST, OBSERVING = "for", "against", "observing"
STANCES = (FOR, AGAINST, OBSERVING)

KEPT = 2_000
"""Claims and texts whose content is kept, for those that come again."""


@dataclass(frozen=True)
class Weights:
    """All that is trained.

    Attributes:
        rarity: How rare words are.
        relatedness: Tells ``related`` from ``unrelated`` by an ``Overlap``.
        stance: Tells ``for``, ``against`` and ``observing`` by the features of a unit of text.
    """

    rarity: Rarity
    relatedness: LinearModel
    stance: LinearModel

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Weights":
        """Return the weights that ``as_json`` wrote.

        Raises:
            ValueError: If they are for other features than those of this version.
        """
        weights = cls(
            Rarity({word: float(weight) for word, weight in data["rarity"]["weights"].items()}, float(data["rarity"]["unseen"])),
            LinearModel.from_json(data["relatedness"]),
            LinearModel.from_json(data["stance"]),
        )
        if {weights.relatedness.features, weights.stance.features} != {VERSION}:
            raise ValueError(f"the weights are not for version {VERSION} of the features: train them anew (make models)")
        return weights

    def as_json(self) -> dict[str, Any]:
        """Return the weights as they are written to a file."""
        rarity = {"unseen": self.rarity.unseen, "weights": self.rarity.weights}
        return {"rarity": rarity, "relatedness": self.relatedness.as_json(), "stance": self.stance.as_json()}


class SecondOpinion:
    """Applies the weights. Keeps the content of recent claims and texts; one instance per thread."""

    def __init__(self, weights: Weights, sides: Callable[[str], ClaimSides] = ClaimSides.of) -> None:
        """Take the weights, and what makes a claim ready: by default without its event, which only a parse tells."""
        self._weights = weights
        self._content = lru_cache(KEPT)(Content.of)
        self._cues = lru_cache(KEPT)(_cue_counts)
        self._words = lru_cache(KEPT)(lambda claim: distinct(content_of(claim)))
        self._sides = lru_cache(KEPT)(sides)

    def content(self, text: str) -> Content:
        """Return the content of a text."""
        return self._content(text)

    def overlap(self, claim: str, text: str) -> Overlap:
        """Return how much of the claim's content the text has."""
        return overlap(self._words(claim), self._content(text), self._weights.rarity)

    def cue_counts(self, text: str) -> Mapping[str, int]:
        """Return how many cue words of each family the text has, as far as it is looked at."""
        return self._cues(text)

    def relatedness(self, found: Overlap) -> float:
        """Return the probability that a text with this overlap speaks of what the claim is about."""
        return self._weights.relatedness.probabilities(found.features())["related"] if found.common else 0.0

    def stance(self, claim: str, unit: str) -> dict[str, float]:
        """Return the probability of each of ``STANCES`` for a headline or a sentence that speaks of the claim."""
        return self._weights.stance.probabilities(features_of(self._sides(claim), unit))


def _cue_counts(text: str) -> dict[str, int]:
    spans = Content.of(text).spans
    counts = Counter(token for start, end in spans for token in tokens_of(text[start:end]))
    return {family: sum(counts[word] for word in words if word in counts) for family, words in CUES.items()}


def mean_of(opinions: Sequence[Mapping[str, float]], shares: Sequence[float]) -> dict[str, float]:
    """Return the weighted mean of several opinions; an even one if there are none."""
    total = sum(shares)
    if not total:
        return dict.fromkeys(STANCES, 1 / len(STANCES))
    return {name: sum(one[name] * share for one, share in zip(opinions, shares, strict=True)) / total for name in STANCES}
