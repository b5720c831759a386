"""Whether a text speaks of what a claim is about: how much of the claim's content it has, and how close together; rare words count more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.classifier.domain.opinion.common_words import COMMON
from services.classifier.domain.opinion.content import Content
from services.classifier.domain.opinion.cue_words import FAMILIES_OF

WINDOW = 3
"""Sentences in a row in which the claim's words are looked for together."""

LEAD, OPENING = 4, 2
"""First sentences, in which news says what it is about."""

FEW_SENTENCES = 3
"""A text of no more is short: a headline, a note."""


COMMON_SHARE = 0.4
"""What a common word weighs of its rarity: the texts that rarity is counted in are few."""


@dataclass(frozen=True)
class Rarity:
    """How rare words are: the logarithm of one in so many short texts; a word that was never seen is the rarest."""

    weights: Mapping[str, float]
    unseen: float

    def of(self, word: str) -> float:
        """Return the weight of a base form. Common words and cue words ("alleged") are in texts about anything."""
        weight = self.weights.get(word, self.unseen)
        return weight * COMMON_SHARE if word in COMMON or word in FAMILIES_OF else weight


@dataclass(frozen=True)
class Overlap:
    """Shares of a claim's content, by weight, from 0 to 1.

    Attributes:
        whole: In the whole text.
        window: In the best run of ``WINDOW`` sentences.
        sentence: In the best sentence.
        lead: In the first ``LEAD`` sentences.
        opening: In the first ``OPENING`` sentences.
        often: In the text, a word counting full where three sentences have it.
        neighbours: Share of the claim's pairs of neighbouring words that are neighbours in the text.
        rarest: Weight of the rarest word in common against that of an unseen word.
        by_sentence: In each sentence.
        words: Content words of the claim.
        common: How many of them the text has.
    """

    whole: float
    window: float
    sentence: float
    lead: float
    opening: float
    often: float
    neighbours: float
    rarest: float
    by_sentence: tuple[float, ...]
    words: int
    common: int

    @property
    def is_short(self) -> bool:
        """Whether the text is no more than a few sentences."""
        return len(self.by_sentence) <= FEW_SENTENCES

    def features(self) -> dict[str, float]:
        """Return what the weights for relatedness are for."""
        return {
            "whole": self.whole,
            "whole of a long text": 0.0 if self.is_short else self.whole,
            "window": self.window,
            "sentence": self.sentence,
            "lead": self.lead,
            "opening": self.opening,
            "often": self.often,
            "neighbours": self.neighbours,
            "rarest": self.rarest,
            "common": min(self.common, 6) / 6,
            "sentences": min(len(self.by_sentence), 30) / 30,
            "words": min(self.words, 12) / 12,
        }


def overlap(claim: Sequence[str], text: Content, rarity: Rarity) -> Overlap:
    """Return how much of a claim's content words (each once, in order) a text has."""
    weights = {word: rarity.of(word) for word in claim}
    total = sum(weights.values()) or 1.0
    found = [sentence & weights.keys() for sentence in text.sentences]

    def share(words: frozenset[str]) -> float:
        return sum(weights[word] for word in sorted(words)) / total

    windows = [frozenset[str]().union(*found[start : start + WINDOW]) for start in range(len(found))]
    times = {word: sum(word in sentence for sentence in found) for word in weights}
    pairs = list(pairwise(claim))
    common = text.words & weights.keys()
    return Overlap(
        whole=share(common),
        window=max(map(share, windows), default=0.0),
        sentence=max(map(share, found), default=0.0),
        lead=share(frozenset[str]().union(*found[:LEAD])),
        opening=share(frozenset[str]().union(*found[:OPENING])),
        often=sum(weights[word] * min(3, count) / 3 for word, count in times.items()) / total,
        neighbours=sum(pair in text.neighbours for pair in pairs) / max(1, len(pairs)),
        rarest=max((weights[word] for word in common), default=0.0) / rarity.unseen,
        by_sentence=tuple(map(share, found)),
        words=len(weights),
        common=len(common),
    )
