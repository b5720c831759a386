"""Which names are one origin's: "federation" is the "World Chess Federation" that spoke as well, and a person the body they speak for."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_TITLES = frozenset("dr prof professor mr mrs ms sir lady gen general col colonel capt captain mother father sheriff judge".split())
_JOINTS = frozenset("the a an of and for at in".split())


@lru_cache(maxsize=20_000)
def _name_words(origin: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others, folded, without a title in front."""
    words = origin.casefold().replace(",", " ").replace(".", " ").split()
    return tuple(
        word for place, word in enumerate(words) if word not in _JOINTS and not (place == 0 and word in _TITLES and len(words) > 1)
    )


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...], full_name: str) -> bool:
    if not short or not set(short) < set(full):
        return False
    heads = {full[-1], full_name.casefold().partition(" of ")[0].split()[-1]}
    return len(short) > 1 or short[0] in heads


@lru_cache(maxsize=256)
def fuller_names(origins: frozenset[str]) -> dict[str, str]:
    """Return, for each of these origins that is plainly another under a shorter name, that other.

    "federation" is the "World Chess Federation" that spoke before, "Coast University" speaks in "Yaw Boateng of Coast University". A name
    that may be two others' stays. Leave the parties of a claim out: they keep the name that the claim gives them.
    """
    names = {origin: _name_words(origin) for origin in sorted(origins)}
    alike, holding = defaultdict[tuple[str, ...], list[str]](list), defaultdict[str, list[str]](list)
    for origin, words in names.items():
        alike[words].append(origin)
        for word in set(words):
            holding[word].append(origin)
    fuller: dict[str, str] = {}
    for origin, own in names.items():
        if not own:
            continue
        if alike[own][0] != origin:
            fuller[origin] = alike[own][0]
            continue
        widest = _widest(own, holding[min(own, key=lambda word: len(holding[word]))], names)
        if len({names[other] for other in widest}) == 1:
            fuller[origin] = min(widest)
    return {origin: fuller.get(other, other) for origin, other in fuller.items()}


def _widest(own: tuple[str, ...], candidates: Iterable[str], names: dict[str, tuple[str, ...]]) -> list[str]:
    wider = [other for other in candidates if _is_short_for(own, names[other], other)]
    return [other for other in wider if not any(set(names[other]) < set(names[third]) for third in wider)]


_PERSON = re.compile(r"(?=\b([A-Z][\w'’-]+)\s+([A-Z][\w'’-]+))")
"""Two capitalised words in a row, overlapping: a first name and a surname may be among them."""


def person_key(name: str) -> str:
    """Return what stands for a person in comparisons: the last two words of the name, folded; empty if it is one word."""
    words = name.casefold().split()
    return " ".join(words[-2:]) if len(words) > 1 else ""


def people_for_bodies(speaker: str, origin: str) -> list[tuple[str, str]]:
    """Return whom a speaker's description may name, with the body they speak for: "Dr Ada Moss of the Health Board".

    Nobody where the person is the origin, or a name is part of the body's own.
    """
    body = origin.casefold()
    pairs = (f"{first} {last}".casefold() for first, last in _PERSON.findall(speaker))
    return [(pair, origin) for pair in pairs if not any(word in body for word in pair.split())]


def bodies_of_people(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the body of each person that is named with one body and no other."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for person, body in people:
        bodies[person].add(body)
    return {person: next(iter(found)) for person, found in bodies.items() if len(found) == 1}
