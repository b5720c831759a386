"""Chances that a sentence gives in numbers or fixed phrases, as terms of the ICD 203 scale."""

import re

_NUMBER = r"(?:about |around |some |roughly |nearly |almost |over |more than |at least )?(\d{1,3})(?:\.\d+)? ?(?:%|per ?cent)"
_CHANCE = r"(?:probability|likelihood|chances?|odds|confidence)"
_PERCENT = re.compile(
    rf"{_CHANCE}\b[^.;]{{0,60}}?\b(?:at|of|as|is|are|was|were) {_NUMBER}"
    rf"|{_NUMBER}\s+(?:sure|certain|confident|likely|probable|{_CHANCE})\b"
    rf"|{_CHANCE}\s+(?:of|at|is|was|to be)?\s*{_NUMBER}",
    re.IGNORECASE,
)
_WORDS = {word: value for value, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "twenty": 20,
    "hundred": 100,
}
_COUNT = rf"(\d{{1,3}}|{'|'.join(_WORDS)})"
_OF_HOW_MANY = rf"\b{_COUNT}[ -](?:in|out of)[ -](?:a )?{_COUNT}\b"
_FRACTION = re.compile(rf"{_OF_HOW_MANY}(?=[^.;]{{0,40}}\b{_CHANCE}\b)|\b{_CHANCE}\b[^.;]{{0,80}}?{_OF_HOW_MANY}", re.IGNORECASE)
_EVEN = re.compile(r"\b(?:fifty[- ]fifty|50[-/]50|(?:roughly |about )?even (?:chance|odds)|toss-up|coin toss)\b", re.IGNORECASE)
_STRONG = re.compile(
    r"\b(?:almost certain(?:ly)?|all but certain(?:ly)?|virtually certain|nearly certain|practically certain|next "
    r"to certain|(?:very|highly|most|extremely|overwhelmingly) (?:likely|probabl[ey]|confident)|in all likelihood"
    r"|in all probability|with near certainty|beyond reasonable doubt|high(?:ly)? (?:degree of )?(?:confidence"
    r"|probability|likelihood)|little doubt|hardly any doubt|as good as (?:certain|sure))\b",
    re.IGNORECASE,
)
_ALMOST_CERTAIN = ("almost", "all but", "virtually", "nearly", "practically", "next to", "with near", "beyond", "as good")
_BANDS = (
    ("almost_certain", 0.95),
    ("very_likely", 0.80),
    ("likely", 0.55),
    ("even_chance", 0.45),
    ("unlikely", 0.20),
    ("very_unlikely", 0.05),
)
"""Term and its lower bound (ICD 203)."""


def given_chance(text: str) -> str | None:
    """Return the term of a chance given as a number ("70 % chance", "nine in ten", "fifty-fifty"); None if none is given."""
    value = _value(text)
    return None if value is None else next((term for term, low in _BANDS if value >= low), "remote")


def _value(text: str) -> float | None:
    percent = _PERCENT.search(text)
    if percent is not None:
        return int(next(filter(None, percent.groups()))) / 100
    fraction = _FRACTION.search(text)
    if fraction is not None:
        part, whole = (_count(group) for group in fraction.groups() if group)
        return part / whole if 0 < part <= whole else None
    return 0.5 if _EVEN.search(text) else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word.lower()]


def strong_phrase(text: str) -> str | None:
    """Return the term of a phrase that leaves little doubt ("in all likelihood"); None if there is none."""
    found = _STRONG.search(text)
    if found is None:
        return None
    return "almost_certain" if found.group().lower().startswith(_ALMOST_CERTAIN) else "very_likely"
