"""Patterns: what can be looked for in an article, and where it was found. Of words near each other: ``closeness``."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import NamedTuple, Protocol

Token = str | tuple[str, str]
"""What an article contains or not: a word, the beginning of one (``terror*``), or two words side by side."""

Group = frozenset[Token]
"""Tokens of which an article must hold at least one."""

MAX_FOUND = 1_000
"""Places of one pattern that are looked at when it is told where it stands; they overlap much, and fewer are told."""

MAX_SIDE_BY_SIDE = 16
"""Ways to write two words in their forms up to which each way is a token of its own; past it, the words are looked for."""


class Found(NamedTuple):
    """Words that a pattern found, from one position to another."""

    words: str
    first: int
    last: int


class Text(Protocol):
    """Where to look: an article, or a part of it."""

    language: str

    def has_any(self, words: frozenset[str]) -> bool: ...
    def positions(self, words: Iterable[str]) -> list[int]: ...
    def positions_of_prefix(self, prefix: str) -> list[int]: ...
    def sentence_numbers(self, position: int) -> list[int]: ...
    def is_in_title(self, position: int) -> bool: ...


class Excerpt:
    """The words of a text at some positions only."""

    def __init__(self, text: Text, keeps: Callable[[int], bool]) -> None:
        self.language, self.sentence_numbers, self.is_in_title = text.language, text.sentence_numbers, text.is_in_title
        self._text, self._keeps = text, keeps

    def has_any(self, words: frozenset[str]) -> bool:
        return bool(self.positions(words))

    def positions(self, words: Iterable[str]) -> list[int]:
        return [position for position in self._text.positions(words) if self._keeps(position)]

    def positions_of_prefix(self, prefix: str) -> list[int]:
        return [position for position in self._text.positions_of_prefix(prefix) if self._keeps(position)]


class Pattern(Protocol):
    """Something to look for."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """What any article must contain for it to hold; a cheap test that never misses one. Made anew at each call."""
        ...

    @property
    def remainder(self) -> "Pattern | None":
        """What is left to ask of an article that meets all groups; None where they decide alone."""
        ...

    def holds(self, text: Text) -> bool: ...
    def found(self, text: Text) -> Iterable[Found]: ...


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One word, in any of its forms."""

    words: str
    forms: frozenset[str]

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.forms,)

    @property
    def remainder(self) -> None:
        return None

    def holds(self, text: Text) -> bool:
        return text.has_any(self.forms)

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, position, position) for position in text.positions(self.forms)]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Any word that begins so."""

    words: str
    prefix: str

    @property
    def groups(self) -> tuple[Group, ...]:
        return (frozenset({f"{self.prefix}*"}),)

    @property
    def remainder(self) -> None:
        return None

    def holds(self, text: Text) -> bool:
        return bool(text.positions_of_prefix(self.prefix))

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, position, position) for position in text.positions_of_prefix(self.prefix)]


@dataclass(frozen=True, slots=True)
class InARow:
    """Words in this order with nothing between them, each in any of its forms."""

    words: str
    row: tuple[frozenset[str], ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        if all(len(first) * len(second) <= MAX_SIDE_BY_SIDE for first, second in pairwise(self.row)):
            return tuple(frozenset(product(first, second)) for first, second in pairwise(self.row))
        return self.row

    @property
    def remainder(self) -> "InARow | None":
        return None if len(self.groups) == 1 else self

    def _starts(self, text: Text) -> list[int]:
        starts: set[int] | None = None
        for offset, forms in enumerate(self.row):
            here = {position - offset for position in text.positions(forms)}
            starts = here if starts is None else starts & here
            if not starts:
                return []
        return sorted(starts or ())

    def holds(self, text: Text) -> bool:
        return bool(self._starts(text))

    def found(self, text: Text) -> list[Found]:
        return [Found(self.words, start, start + len(self.row) - 1) for start in self._starts(text)]


def _cheapest(groups: Sequence[Group]) -> Group:
    """Return the group that the fewest articles should meet: two words side by side before one, few before many, long before short."""
    return min(groups, key=lambda group: (any(isinstance(token, str) for token in group), len(group), -max(map(len, group))))


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple[Pattern, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        needed = [part.groups for part in self.parts]
        return (frozenset().union(*map(_cheapest, needed)),) if all(needed) else ()

    @property
    def remainder(self) -> "Either | None":
        decided = all(part.remainder is None and len(part.groups) == 1 for part in self.parts)
        return None if decided else self

    def holds(self, text: Text) -> bool:
        for part in self.parts:  # a plain loop: any() with a generator takes twice the time here
            if part.holds(text):
                return True
        return False

    def found(self, text: Text) -> list[Found]:
        places = {found for part in self.parts for found in part.found(text)}
        return sorted(places, key=lambda found: (found.first, found.last, found.words))


@dataclass(frozen=True, slots=True)
class Both:
    """All of these, anywhere in the article."""

    parts: tuple[Pattern, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for part in self.parts for group in part.groups)

    @property
    def remainder(self) -> Pattern | None:
        left = tuple(remainder for part in self.parts if (remainder := part.remainder))
        return Both(left) if len(left) > 1 else next(iter(left), None)

    def holds(self, text: Text) -> bool:
        for part in self.parts:
            if not part.holds(text):
                return False
        return True

    def found(self, text: Text) -> Iterable[Found]:
        return (found for part in self.parts for found in part.found(text))


@dataclass(frozen=True, slots=True)
class Absent:
    """Not this."""

    part: Pattern

    @property
    def groups(self) -> tuple[Group, ...]:
        return ()

    @property
    def remainder(self) -> "Absent":
        return self

    def holds(self, text: Text) -> bool:
        return not self.part.holds(text)

    def found(self, text: Text) -> tuple[Found, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The article's language is this one, or not this one; unknown passes both."""

    tag: str
    wanted: bool = True

    @property
    def groups(self) -> tuple[Group, ...]:
        return ()

    @property
    def remainder(self) -> "InLanguage":
        return self

    def holds(self, text: Text) -> bool:
        return not text.language or (f"{text.language}-".startswith(f"{self.tag}-")) is self.wanted

    def found(self, text: Text) -> tuple[Found, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class InTitle:
    """This, in the headline alone."""

    part: Pattern

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.part.groups

    @property
    def remainder(self) -> "InTitle":
        return self

    def holds(self, text: Text) -> bool:
        return self.part.holds(Excerpt(text, text.is_in_title))

    def found(self, text: Text) -> Iterable[Found]:
        return self.part.found(Excerpt(text, text.is_in_title))


def reported(pattern: Pattern, text: Text) -> list[Found]:
    """Return where the pattern's words stand, as far as its first ``MAX_FOUND`` places go."""
    return widest(islice(pattern.found(text), MAX_FOUND))


def widest(places: Iterable[Found]) -> list[Found]:
    """Return the places without those that lie inside another: of "Abu Bakr al-Baghdadi", not "Baghdadi" once more."""
    kept: list[Found] = []
    for place in sorted(set(places), key=lambda found: (found.first, -found.last, found.words)):
        if not kept or place.last > kept[-1].last:
            kept.append(place)
    return kept
