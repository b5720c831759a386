"""Patterns: what can be looked for in an article, and where it was found."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Protocol

Group = frozenset[str]
"""Words of which an article must hold at least one."""

MAX_FOUND = 60
"""Places reported of one pattern: enough to read by, whatever a text repeats."""


class Found(NamedTuple):
    """Words that a pattern found, from one position to another."""

    words: str
    first: int
    last: int


class Text(Protocol):
    """Where to look: an article, or a part of it."""

    language: str

    def has_any(self, words: Group) -> bool: ...
    def has_row(self, groups: Sequence[Group]) -> bool: ...
    def positions(self, words: Iterable[str]) -> list[int]: ...
    def positions_of_prefix(self, prefix: str) -> list[int]: ...
    def sentence_numbers(self, position: int) -> list[int]: ...
    def is_in_title(self, position: int) -> bool: ...


class Excerpt:
    """The words of a text at some positions only."""

    def __init__(self, text: Text, keeps: Callable[[int], bool]) -> None:
        self.language, self.sentence_numbers, self.is_in_title = text.language, text.sentence_numbers, text.is_in_title
        self._text, self._keeps = text, keeps

    def has_any(self, words: Group) -> bool:
        return bool(self.positions(words))

    def has_row(self, groups: Sequence[Group]) -> bool:
        return bool(starts_of_rows(self, groups))

    def positions(self, words: Iterable[str]) -> list[int]:
        return [position for position in self._text.positions(words) if self._keeps(position)]

    def positions_of_prefix(self, prefix: str) -> list[int]:
        return [position for position in self._text.positions_of_prefix(prefix) if self._keeps(position)]


class Pattern(Protocol):
    """Something to look for.

    Attributes:
        groups: What any article must contain for it to hold; a cheap test that never misses one.
        is_decided: The groups alone decide: it holds wherever they are met.
    """

    @property
    def groups(self) -> tuple[Group, ...]: ...
    @property
    def is_decided(self) -> bool: ...
    def holds(self, text: Text) -> bool: ...
    def found(self, text: Text) -> Iterable[Found]: ...


@dataclass(frozen=True)
class AnyOf:
    """One word, in any of its forms."""

    words: str
    forms: Group
    is_decided: bool = True

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.forms,)

    def holds(self, text: Text) -> bool:
        return text.has_any(self.forms)

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, position, position) for position in text.positions(self.forms)]


@dataclass(frozen=True)
class Beginning:
    """Any word that begins so."""

    words: str
    prefix: str
    is_decided: bool = True

    @property
    def groups(self) -> tuple[Group, ...]:
        return (frozenset({f"{self.prefix}*"}),)

    def holds(self, text: Text) -> bool:
        return bool(text.positions_of_prefix(self.prefix))

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, position, position) for position in text.positions_of_prefix(self.prefix)]


def starts_of_rows(text: Text, groups: Sequence[Group]) -> list[int]:
    """Return where a word of each group stands, one behind the other."""
    starts: set[int] | None = None
    for offset, group in enumerate(groups):
        here = {position - offset for position in text.positions(group)}
        starts = here if starts is None else starts & here
        if not starts:
            return []
    return sorted(starts or ())


@dataclass(frozen=True)
class InARow:
    """Words in this order with nothing between them."""

    words: str
    groups: tuple[Group, ...]
    is_decided: bool = False

    def holds(self, text: Text) -> bool:
        return text.has_row(self.groups)

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, start, start + len(self.groups) - 1) for start in starts_of_rows(text, self.groups)]


def _cheapest(groups: Sequence[Group]) -> Group:
    return min(groups, key=lambda group: (len(group), -max(map(len, group))))


@dataclass(frozen=True)
class Either:
    """At least one of these."""

    parts: tuple[Pattern, ...]
    groups: tuple[Group, ...] = field(init=False)
    is_decided: bool = field(init=False)

    def __post_init__(self) -> None:
        needed = [part.groups for part in self.parts]
        object.__setattr__(self, "groups", (frozenset().union(*map(_cheapest, needed)),) if all(needed) else ())
        object.__setattr__(self, "is_decided", all(part.is_decided and len(part.groups) == 1 for part in self.parts))

    def holds(self, text: Text) -> bool:
        return any(part.holds(text) for part in self.parts)

    def found(self, text: Text) -> list[Found]:
        places = {found for part in self.parts for found in part.found(text)}
        return sorted(places, key=lambda found: (found.first, found.last))


@dataclass(frozen=True)
class Both:
    """All of these, anywhere in the article."""

    parts: tuple[Pattern, ...]
    groups: tuple[Group, ...] = field(init=False)
    is_decided: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(group for part in self.parts for group in part.groups))
        object.__setattr__(self, "is_decided", all(part.is_decided for part in self.parts))

    def holds(self, text: Text) -> bool:
        return all(part.holds(text) for part in self.parts)

    def found(self, text: Text) -> Iterator[Found]:
        for part in self.parts:
            yield from part.found(text)


@dataclass(frozen=True)
class Absent:
    """Not this."""

    part: Pattern
    groups: tuple[Group, ...] = ()
    is_decided: bool = False

    def holds(self, text: Text) -> bool:
        return not self.part.holds(text)

    def found(self, text: Text) -> tuple[Found, ...]:
        return ()


@dataclass(frozen=True)
class InLanguage:
    """The article's language is this one, or not this one; unknown passes both."""

    tag: str
    wanted: bool = True
    groups: tuple[Group, ...] = ()
    is_decided: bool = False

    def holds(self, text: Text) -> bool:
        return not text.language or (f"{text.language}-".startswith(f"{self.tag}-")) is self.wanted

    def found(self, text: Text) -> tuple[Found, ...]:
        return ()


@dataclass(frozen=True)
class InTitle:
    """This, in the headline alone."""

    part: Pattern
    is_decided: bool = False

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.part.groups

    def holds(self, text: Text) -> bool:
        return self.part.holds(Excerpt(text, text.is_in_title))

    def found(self, text: Text) -> Iterable[Found]:
        return self.part.found(Excerpt(text, text.is_in_title))


@dataclass(frozen=True)
class Close:
    """Both at most so many words apart, in either order, without sharing a word."""

    left: Pattern
    right: Pattern
    distance: int
    is_decided: bool = False

    @property
    def groups(self) -> tuple[Group, ...]:
        return (*self.left.groups, *self.right.groups)

    def _pairs(self, text: Text) -> Iterator[tuple[Found, Found]]:
        rights = sorted(self.right.found(text), key=lambda found: found.first)
        firsts = [found.first for found in rights]
        longest = max((found.last - found.first for found in rights), default=0)
        for left in self.left.found(text):
            for index in range(bisect_left(firsts, left.first - self.distance - longest), len(rights)):
                right = rights[index]
                if right.first > left.last + self.distance:
                    break
                if left.last < right.first or (right.last < left.first and left.first - right.last <= self.distance):
                    yield left, right

    def holds(self, text: Text) -> bool:
        return next(self._pairs(text), None) is not None

    def found(self, text: Text) -> Iterator[Found]:
        for left, right in self._pairs(text):
            first, last = sorted((left, right), key=lambda found: found.first)
            yield Found(f"{first.words} … {last.words}", first.first, last.last)


@dataclass(frozen=True)
class Together:
    """All of these within one sentence, or within two that are neighbours (the headline is one of each field's first sentence)."""

    words: str
    parts: tuple[Pattern, ...]
    groups: tuple[Group, ...] = field(init=False)
    is_decided: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(group for part in self.parts for group in part.groups))
        object.__setattr__(self, "is_decided", len(self.parts) == 1 and self.parts[0].is_decided)

    def holds(self, text: Text) -> bool:
        return bool(self._windows([set(numbers) for numbers in self._by_sentence(text)]))

    def _by_sentence(self, text: Text) -> list[dict[int, list[Found]]]:
        """Return for each part what was found of it, by number of the sentence."""
        sorted_in: list[dict[int, list[Found]]] = []
        for part in self.parts:
            by_number: dict[int, list[Found]] = {}
            for found in part.found(text):
                for number in text.sentence_numbers(found.first):
                    by_number.setdefault(number, []).append(found)
            if not by_number:
                return []
            sorted_in.append(by_number)
        return sorted_in

    @staticmethod
    def _windows(numbers: list[set[int]]) -> list[tuple[int, ...]]:
        """Return the sentences that hold all parts; then the pairs of neighbours that do so together."""
        if not numbers:
            return []
        single = set.intersection(*numbers)
        pairs = set.intersection(*(own | {number - 1 for number in own} for own in numbers))
        return [(number,) for number in sorted(single)] + [(number, number + 1) for number in sorted(pairs)]

    def found(self, text: Text) -> Iterator[Found]:
        by_sentence = self._by_sentence(text)
        seen: set[Found] = set()
        for window in self._windows([set(numbers) for numbers in by_sentence]):
            for numbers in by_sentence:
                for found in (place for number in window for place in numbers.get(number, ())):
                    if found not in seen:
                        seen.add(found)
                        yield Found(self.words or found.words, found.first, found.last)


def reported(pattern: Pattern, text: Text) -> list[Found]:
    """Return where the pattern's words stand, at most ``MAX_FOUND`` places."""
    return list(islice(pattern.found(text), MAX_FOUND))


def widest(places: Iterable[Found]) -> list[Found]:
    """Return the places without those that lie inside another: of "Abu Bakr al-Baghdadi", not "Baghdadi" once more."""
    kept: list[Found] = []
    for place in sorted(set(places), key=lambda found: (found.first, -found.last)):
        if not kept or place.last > kept[-1].last:
            kept.append(place)
    return kept
