"""What a query asks of an article, and what it costs to ask: the two grounds on which a query that can be read is refused."""

import math
from dataclasses import dataclass

from schemas.claim_query.tree import Lang, Near, Node, Not, Or, Phrase, Prefix, QueryError, Word, children, shown, walk

MIN_PREFIX = 2
"""Letters that a prefix needs to say what an article must contain. A single letter begins a word of every article."""

MAX_COST = 2_000
"""Highest estimated cost of a query; ordinary ones cost 5 to 50. 2,000 words looked up in an article take about a millisecond."""

_COUNTED_PAIRS = 1_000_000_000
"""What is beyond is not told apart: it is too much by far."""

_LOOKUPS = {1: 200, 2: 100, 3: 20}
"""Look-ups that a prefix counts as, by its letters: short ones begin a word of nearly every article, which is then read exactly."""
_LOOKUPS_OF_LONG = 4
_PLACES = {1: 33, 2: 10, 3: 5}
"""Words in an article of 500 that a prefix of so many letters begins, as counted in news texts."""
_PLACES_OF_LONG = 2


@dataclass(frozen=True)
class Cost:
    """What it is estimated to take to evaluate a query on one article that has the words it asks for.

    Attributes:
        terms: Words, phrases and prefixes in it.
        lookups: Words looked up; a prefix counts as many, the more the shorter it is.
        pairs: Places compared for NEAR: those of one side times those of the other, and so on along a chain.
    """

    terms: int
    lookups: int
    pairs: int

    @property
    def total(self) -> int:
        """Look-ups and comparisons together; at most ``MAX_COST``."""
        return self.lookups + self.pairs

    def __str__(self) -> str:
        return f"{self.total:,} ({self.terms:,} terms: {self.lookups:,} look-ups, {self.pairs:,} pairs of places for NEAR)"


def estimate(node: Node) -> Cost:
    """Return the estimated cost of a query."""
    leaves = [leaf for leaf in walk(node) if isinstance(leaf, Word | Phrase | Prefix)]
    return Cost(len(leaves), sum(map(_lookups, leaves)), min(_pairs(node), _COUNTED_PAIRS))


def _letters(prefix: Prefix) -> int:
    return sum(map(str.isalnum, prefix.text))


def _lookups(leaf: Word | Phrase | Prefix) -> int:
    return _LOOKUPS.get(_letters(leaf), _LOOKUPS_OF_LONG) if isinstance(leaf, Prefix) else len(leaf.text.split())


def _places(node: Node) -> int:
    """Estimate in how many ways the side of a NEAR is found in an article."""
    if isinstance(node, Prefix):
        return _PLACES.get(_letters(node), _PLACES_OF_LONG)
    found = [_places(child) for child in children(node)]
    return (math.prod if isinstance(node, Near) else sum)(found) if found else 1


def _pairs(node: Node) -> int:
    return (_places(node) if isinstance(node, Near) else 0) + sum(map(_pairs, children(node)))


def refuse_costly(node: Node) -> None:
    """Raise if evaluating the query is estimated to cost too much.

    Raises:
        QueryError: At the costliest part, with the cost and the limit.
    """
    cost = estimate(node)
    if cost.total <= MAX_COST:
        return
    hint = "use fewer words beside NEAR and longer prefixes" if cost.pairs > cost.lookups else "split it into several claims"
    raise QueryError(f"its estimated cost is {cost}, more than the limit of {MAX_COST:,}", position=_costliest(node).at, hint=hint)


def _costliest(node: Node) -> Node:
    """Return the smallest part that alone costs more than half of the whole."""
    whole = estimate(node).total
    while worst := next((child for child in children(node) if estimate(child).total * 2 > whole), None):
        node = worst
    return node


def without_literal(node: Node) -> Node | None:
    """Return the part that lets articles through that contain nothing in particular; None if there is none."""
    if isinstance(node, Word | Phrase):
        return None
    if isinstance(node, Prefix):
        return None if _letters(node) >= MIN_PREFIX else node
    if isinstance(node, Not | Lang):
        return node
    missing = [without_literal(child) for child in children(node)]
    if isinstance(node, Or):
        return next((part for part in missing if part is not None), None)
    return None if None in missing else missing[0]


def refuse_unbound(node: Node) -> None:
    """Raise if the query holds nothing that an article has to contain: every article would have to be read against it.

    Raises:
        QueryError: At the part that lets such articles through.
    """
    if weak := without_literal(node):
        raise QueryError(
            f"{shown(str(weak))} does not say what an article must contain",
            position=weak.at,
            hint=f"join it by AND with a word, a phrase or a prefix of {MIN_PREFIX} letters or more",
        )


def required_literals(node: Node) -> tuple[tuple[str, ...], ...]:
    """Return what an article must contain: of each row at least one."""
    if isinstance(node, Word | Phrase | Prefix):
        return ((str(node),),) if without_literal(node) is None else ()
    if isinstance(node, Not | Lang):
        return ()
    rows = [required_literals(child) for child in children(node)]
    if isinstance(node, Or):
        return (tuple(dict.fromkeys(word for found in rows for word in min(found, key=len))),) if all(rows) else ()
    return tuple(dict.fromkeys(row for found in rows for row in found))
