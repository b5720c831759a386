"""What a short text and a claim have to show of the text's stance: cue words and where they stand, marks, and how the two overlap.

Used both to train the weights and to apply them: a change here asks for new weights.
"""

from dataclasses import dataclass
from functools import lru_cache

from services.classifier.domain.opinion.content import EMPTY, base, content_of
from services.classifier.domain.opinion.cue_words import CUES, FAMILIES_OF, QUESTION_WORDS, tokens_of
from services.classifier.domain.opinion.wordings import wordings_of

VERSION = 1
"""Weights name the version of the features that they were trained on."""

_SAID = frozenset("said told added announced declared confirmed wrote acknowledged admitted stated insisted explained replied".split())
"""Verbs by which somebody who is named vouches for what they say."""

MAX_TOKENS = 120
"""Words and marks of one unit that are looked at."""

Features = dict[str, float]


@dataclass(frozen=True)
class ClaimSides:
    """A claim, made ready to be compared with many texts."""

    bases: frozenset[str]
    families: frozenset[str]
    """Families of cue words that the claim itself uses: "will", "fake", "not"."""
    numbers: frozenset[str]
    is_future: bool
    event: frozenset[str] = frozenset()
    """Words that tell of the claim's event, any form; empty if they are not known."""
    opposites: frozenset[str] = frozenset()
    """Words that tell of its opposite."""

    @classmethod
    def of(cls, claim: str, *, event: frozenset[str] = frozenset(), opposites: frozenset[str] = frozenset()) -> "ClaimSides":
        """Return the claim's sides."""
        tokens = tokens_of(claim)
        return cls(
            frozenset(content_of(claim)),
            frozenset(family for token in tokens for family in _families(token)),
            frozenset(token for token in tokens if token.isdigit()),
            not {"will", "plans"}.isdisjoint(tokens),
            event - opposites,
            opposites,
        )


@lru_cache(maxsize=40_000)
def _families(token: str) -> tuple[str, ...]:
    found = FAMILIES_OF.get(token, ())
    if not found and "-" in token:
        return tuple(dict.fromkeys(family for part in token.split("-") for family in FAMILIES_OF.get(part, ())))
    return found


@lru_cache(maxsize=40_000)
def _base_of(token: str) -> str:
    token = token.removesuffix("'s").removesuffix("'")
    return "" if token in EMPTY or not token[:1].isalnum() else base(token)


def features_of(claim: ClaimSides, text: str) -> Features:
    """Return the features of one unit of text: a headline, or a sentence."""
    tokens = tokens_of(text)[:MAX_TOKENS]
    bases = [_base_of(token) for token in tokens]
    is_claims = [bool(word) and word in claim.bases for word in bases]
    return {
        **_cues(claim, tokens, is_claims),
        **_marks(tokens),
        **_overlap(claim, bases, is_claims),
        **_numbers(claim, tokens),
        **_event(claim, tokens),
        **_wordings(text),
        **_sentence(tokens, text),
    }


def _sentence(tokens: list[str], text: str) -> Features:
    """A whole sentence, which says "said" where a headline says "says", is read otherwise than a headline."""
    if not text.rstrip(" \"”’'").endswith((".", "!", "?")):
        return {}
    return {"sentence": 1.0, "sentence: said": float(not _SAID.isdisjoint(tokens)), "sentence: says": float("say" in _all_families(tokens))}


def _all_families(tokens: list[str]) -> set[str]:
    return {family for token in tokens for family in _families(token)}


def _event(claim: ClaimSides, tokens: list[str]) -> Features:
    """Whether the event is told of, or its opposite; a subject without its event is another story."""
    if not claim.event:
        return {}
    told, opposite = not claim.event.isdisjoint(tokens), not claim.opposites.isdisjoint(tokens)
    return {"event told": float(told), "event not told": float(not told), "opposite told": float(opposite)}


def _wordings(text: str) -> Features:
    found = wordings_of(text)
    return {"worded plainly": float(not found), **{f"worded {stance}": 1.0 for stance in found}}


def _cues(claim: ClaimSides, tokens: list[str], is_claims: list[bool]) -> Features:
    """Cue words that are not the claim's own, by family and by place: before, amid or behind the claim's words."""
    first = is_claims.index(True) if True in is_claims else len(tokens)
    last = len(tokens) - 1 - is_claims[::-1].index(True) if True in is_claims else -1
    found: Features = {}
    times: dict[str, int] = dict.fromkeys(CUES, 0)
    for index, token in enumerate(tokens):
        if is_claims[index]:
            continue
        for family in _families(token):
            times[family] += 1
            found[f"{family}:{'before' if index < first else 'behind' if index > last else 'amid'}"] = 1.0
    for family, count in times.items():
        if count:
            found[family] = 1.0
        if count > 1:
            found[f"{family}:twice"] = 1.0
        if family in claim.families:
            found[f"{family}:in claim"] = 1.0
            if count:
                found[f"{family}:in both"] = 1.0
    return found


def _marks(tokens: list[str]) -> Features:
    found: Features = {}
    if not tokens:
        return found
    asks = tokens[0] in QUESTION_WORDS
    found["opens as question"] = float(asks)
    found["ends in ?"] = float(tokens[-1] == "?")
    found["? within"] = float("?" in tokens[:-1])
    found["asks"] = float(asks and "?" in tokens)
    found["opens with no"] = float(tokens[0] in ("no", "nope", "sorry"))
    found["colon"] = float(":" in tokens)
    found["quotes"] = float('"' in tokens or tokens.count("'") > 1)
    found["!"] = float("!" in tokens)
    opener = _families(tokens[0])
    found[f"opens with {opener[0] if opener else 'another'}"] = 1.0
    return found


def _overlap(claim: ClaimSides, bases: list[str], is_claims: list[bool]) -> Features:
    words = [word for word in bases if word]
    common = {word for word, is_claim in zip(bases, is_claims, strict=True) if is_claim}
    return {
        "claim covered": len(common) / max(1, len(claim.bases)),
        "text covered": sum(is_claims) / max(1, len(words)),
        "length": min(30, len(words)) / 10,
        "claim words missing": min(6, len(claim.bases - common)) / 6,
    }


def _numbers(claim: ClaimSides, tokens: list[str]) -> Features:
    found: Features = {"future": float(claim.is_future)}
    if claim.numbers:
        own = {token for token in tokens if token.isdigit()}
        found["number"] = 1.0 if claim.numbers & own else -1.0 if own else 0.0
    return found
