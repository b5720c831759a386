"""States and the parts of their governments, as speakers: "the Russian deputy foreign minister" and "Moscow" are Russia."""

import re
import unicodedata
from functools import lru_cache

from services.classifier.domain.reading.countries import NAMES, SEATS

_SUFFIXES = ("an", "ian", "ean", "ish", "ese", "i", "ic", "er", "n", "ch", "ene", "ite", "ard", "ans", "ians")

_ORGANS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "defence",
        (
            "army",
            "military",
            "armed forces",
            "defence ministry",
            "defense ministry",
            "ministry of defence",
            "ministry of defense",
            "department of defense",
            "department of defence",
            "defense department",
            "defence minister",
            "defense minister",
            "defense secretary",
            "defence secretary",
            "pentagon",
            "navy",
            "air force",
            "general staff",
            "joint staff",
            "joint chiefs",
            "chief of staff",
            "troops",
            "soldiers",
        ),
    ),
    (
        "foreign",
        (
            "foreign ministry",
            "foreign minister",
            "ministry of foreign",
            "minister of foreign",
            "foreign office",
            "foreign secretary",
            "state department",
            "secretary of state",
            "foreign affairs",
            "embassy",
            "ambassador",
            "consulate",
        ),
    ),
    (
        "interior",
        (
            "interior ministry",
            "interior minister",
            "ministry of the interior",
            "ministry of interior",
            "minister of the interior",
            "home office",
            "home secretary",
        ),
    ),
    ("health", ("health ministry", "health minister", "ministry of health", "health secretary", "health department")),
    ("finance", ("finance ministry", "finance minister", "ministry of finance", "treasury", "minister of finance")),
    ("justice", ("justice ministry", "justice minister", "ministry of justice", "justice department")),
    ("presidency", ("presidency", "president's office", "presidential", "kremlin", "white house", "palace", "president")),
    ("government", ("government", "cabinet", "prime minister", "premier", "council of ministers", "downing street")),
    ("ministry", ("ministry", "minister", "ministers", "authorities")),
)
_NOT_THE_STATE = (
    "police",
    "court",
    "prosecutor",
    "regulator",
    "opposition",
    "parliament",
    "university",
    "bank",
    "hospital",
    "union",
    "city",
    "municipal",
    "mayor",
    "provincial",
    "regional",
    "district",
    "former",
    "ex-",
    "salvation",
    "rebel",
    "shadow",
    "company",
    "club",
    "council of",
    "state media",
    "agency",
    "intelligence",
)


_WORD = re.compile(r"[\w.'-]+")
_LONGEST = max(len(name.split()) for name in (*NAMES, *SEATS))


@lru_cache(maxsize=4096)
def country_of(words: str) -> str:
    """Return the country that the words name first, by noun, adjective or seat of government; empty if none is known."""
    raw = _WORD.findall(_folded(words))
    bare = [re.sub(r"(?:'s?|[.,]+)$", "", word) for word in raw]
    for place in range(len(raw)):
        for length in range(min(_LONGEST, len(raw) - place), 0, -1):
            last = place + length - 1
            for end in (raw[last], bare[last]):
                name = " ".join([*raw[place:last], end])
                if found := NAMES.get(name) or SEATS.get(name):
                    return found
    return ""


def is_seat(words: str) -> bool:
    """Tell whether the words are a capital or seat of government, or a state, and nothing else: "Moscow", "the Kremlin"."""
    name = _folded(words).removeprefix("the ").strip()
    return name in SEATS or name in NAMES


def is_state_only(words: str) -> bool:
    """Tell whether a phrase names a state and no part of its government: "US", "Turkish"."""
    return is_seat(words) and not organ_of(words)


def _folded(words: str) -> str:
    lowered = words.lower().replace("\u2019", "'")
    return "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))


def same_country(one: str, other: str) -> bool:
    """Tell whether two words name one country: "Karsian" and "Karsia" as well as "Russian" and "Moscow"."""
    known, also = country_of(one), country_of(other)
    if known or also:
        return known == also
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    if shorter == longer:
        return True
    stem = shorter.rstrip("aeiouy") if len(shorter) > 4 else shorter
    return (
        len(stem) >= 3
        and longer.startswith(stem)
        and longer[len(stem) :].lstrip("aeiouy") in {suffix.lstrip("aeiouy") for suffix in _SUFFIXES} | {""}
    )


def organ_of(words: str) -> str:
    """Return which part of a government the words name; empty if none."""
    lowered = words.lower()
    if any(word in lowered for word in _NOT_THE_STATE):
        return ""
    return next((organ for organ, forms in _ORGANS if any(form in lowered for form in forms)), "")
