"""The words of a text that carry its content, each in one form for all its forms, sentence by sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from services.classifier.domain.inflections import forms
from services.classifier.domain.words import sentences, words_of

MAX_SENTENCES = 120
"""Sentences of one text that are looked at; what follows is not read."""

MAX_CHARS = 40_000
"""Characters of one text that are looked at."""

SENTENCE_CHARS = 800
"""A longer sentence is no prose; what follows in it is not read."""

EMPTY = frozenset(
    """
        a an the of in at on to and or for by with from as is was are were be been being has have had do did does will would can
        could should may might not no its his her their our your my this that these those it he she they we you i who what when
        where why how which there here than then so but if about into over after before up out off down s t d ll re ve m said says
        say saying new more most some any all just also one two first us them him me own very much many such only other another
        between during under while because through against told tells tell according report reports reported reportedly news
    """.split()
)
"""Words that are in any news text."""

_SAME = {
    "isil": "isis",
    "daesh": "isis",
    "usa": "america",
    "american": "america",
    "americans": "america",
    "british": "britain",
    "uk": "britain",
    "russian": "russia",
    "russians": "russia",
    "chinese": "china",
    "iranian": "iran",
    "iraqi": "iraq",
    "syrian": "syria",
    "israeli": "israel",
    "french": "france",
    "german": "germany",
    "mexican": "mexico",
    "canadian": "canada",
    "australian": "australia",
    "italian": "italy",
    "turkish": "turkey",
    "ukrainian": "ukraine",
    "saudi": "arabia",
    "korean": "korea",
    "indian": "india",
    "japanese": "japan",
    "nigerian": "nigeria",
    "spanish": "spain",
    "egyptian": "egypt",
    "lebanese": "lebanon",
    "pakistani": "pakistan",
    "afghan": "afghanistan",
    "cops": "police",
    "cop": "police",
    "officer": "police",
    "officers": "police",
    "kid": "child",
    "kids": "child",
    "boy": "child",
    "girl": "child",
    "teen": "teenager",
    "teens": "teenager",
    "dad": "father",
    "mom": "mother",
    "mum": "mother",
    "plane": "aircraft",
    "airplane": "aircraft",
    "jet": "aircraft",
    "airliner": "aircraft",
    "docs": "doctor",
    "picture": "photo",
    "pictures": "photo",
    "image": "photo",
    "images": "photo",
    "pic": "photo",
    "pics": "photo",
    "photograph": "photo",
    "photographs": "photo",
    "film": "movie",
    "films": "movie",
}
"""Words that headlines use for one another: peoples and their countries, and short forms."""

_ISLAMIC_STATE = re.compile(
    r"\bIslamic State\b(?: (?:group|in Iraq and (?:Syria|the Levant)))?|\bIS(?= (?:leader|fighters?|militants?|group)\b)"
)
_UNITED_STATES = re.compile(r"\bUnited States\b|\bU\.S\.(?:A\.)?|\bUS\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


@lru_cache(maxsize=60_000)
def base(word: str) -> str:
    """Return one form for all forms of a folded word."""
    word = _SAME.get(word, word)
    found = min(forms(word), key=lambda form: (len(form), form))
    return _SAME.get(found, found)


def content_of(text: str) -> list[str]:
    """Return the content words of a text in order, each in its base form."""
    text = _THOUSANDS.sub("", _UNITED_STATES.sub("America", _ISLAMIC_STATE.sub("Isis", text)))
    return [base(word) for word in words_of(text) if word not in EMPTY and (len(word) > 1 or word.isdigit())]


@dataclass(frozen=True)
class Content:
    """The content of a text.

    Attributes:
        spans: Where its sentences stand, in code points.
        sentences: The content words of each.
        words: All of them.
        neighbours: Pairs of content words that follow one another within a sentence.
    """

    spans: tuple[tuple[int, int], ...]
    sentences: tuple[frozenset[str], ...]
    words: frozenset[str]
    neighbours: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> "Content":
        """Return the content of a text, as far as it is looked at."""
        spans = tuple((start, min(end, start + SENTENCE_CHARS)) for start, end in sentences(text[:MAX_CHARS])[:MAX_SENTENCES])
        found = [content_of(text[start:end]) for start, end in spans]
        neighbours = frozenset(pair for words in found for pair in pairwise(words))
        return cls(spans, tuple(map(frozenset, found)), frozenset(word for words in found for word in words), neighbours)


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word once, in order."""
    return tuple(dict.fromkeys(words))
