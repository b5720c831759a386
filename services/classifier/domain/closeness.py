"""Patterns of words near each other: at most so many words apart, or in one sentence or two."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from services.classifier.domain.patterns import AnyOf, Found, Group, Pattern, Text

MAX_PAIRS = 100_000
"""Pairs of places compared for one nearness in one text. Only a text that says hardly anything but the two words has more: there only
the first are looked at, so that words near words near words of it end in a fraction of a second."""


def _are_near(lefts: Sequence[int], rights: Sequence[int], distance: int) -> bool:
    """Tell whether two different positions lie at most so far apart; both ascending."""
    for left in lefts:
        index = bisect_left(rights, left - distance)
        if index < len(rights) and rights[index] == left:
            index += 1
        if index < len(rights) and rights[index] <= left + distance:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Close:
    """Both at most so many words apart, in either order, without sharing a word."""

    left: Pattern
    right: Pattern
    distance: int

    @property
    def groups(self) -> tuple[Group, ...]:
        return (*self.left.groups, *self.right.groups)

    @property
    def remainder(self) -> "Close":
        return self

    def _pairs(self, text: Text) -> Iterator[tuple[Found, Found]]:
        rights = sorted(self.right.found(text), key=lambda found: found.first)
        firsts = [found.first for found in rights]
        longest = max((found.last - found.first for found in rights), default=0)
        pairs = (
            (left, rights[index])
            for left in self.left.found(text)
            for index in range(bisect_left(firsts, left.first - self.distance - longest), bisect_right(firsts, left.last + self.distance))
        )
        for left, right in islice(pairs, MAX_PAIRS):
            if left.last < right.first or (right.last < left.first and left.first - right.last <= self.distance):
                yield left, right

    def holds(self, text: Text) -> bool:
        if isinstance(self.left, AnyOf) and isinstance(self.right, AnyOf):  # nine of ten, and ten times as fast
            return _are_near(text.positions(self.left.forms), text.positions(self.right.forms), self.distance)
        return next(self._pairs(text), None) is not None

    def found(self, text: Text) -> Iterator[Found]:
        spans: set[tuple[int, int]] = set()
        for left, right in self._pairs(text):
            first, last = (left, right) if left.first < right.first else (right, left)
            if (span := (first.first, last.last)) not in spans:
                spans.add(span)
                yield Found(f"{first.words} … {last.words}", *span)


@dataclass(frozen=True, slots=True)
class Together:
    """All of these within one sentence, or within two that are neighbours (the headline is one of each field's first sentence)."""

    words: str
    parts: tuple[Pattern, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for part in self.parts for group in part.groups)

    @property
    def remainder(self) -> "Together":
        return self

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
