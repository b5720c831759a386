"""Namesakes: an article without the names that a claim says are not its subject's."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from services.classifier.domain.patterns import Excerpt, Found, Pattern, Text


def without(text: Text, namesakes: Iterable[Pattern], *, own_names: Iterable[Pattern]) -> Text:
    """Return the text without the names of namesakes; where a longer name of the subject covers one, it stays."""
    own = sorted({(found.first, found.last) for name in own_names for found in name.found(text)})
    firsts = [first for first, _ in own]
    furthest = list(accumulate((last for _, last in own), max))
    hidden: set[int] = set()
    for namesake in namesakes:
        for found in namesake.found(text):
            if not _is_inside_longer(found, firsts, furthest):
                hidden.update(range(found.first, found.last + 1))
    return Excerpt(text, lambda position: position not in hidden) if hidden else text


def _is_inside_longer(found: Found, firsts: Sequence[int], furthest: Sequence[int]) -> bool:
    """Tell whether a place lies in a longer one of those that begin at ``firsts``; ``furthest`` is where any of them so far ends."""
    begins_before, begins_by_then = bisect_left(firsts, found.first), bisect_right(firsts, found.first)
    reaches = begins_before > 0 and furthest[begins_before - 1] >= found.last
    return reaches or (begins_by_then > 0 and furthest[begins_by_then - 1] > found.last)
