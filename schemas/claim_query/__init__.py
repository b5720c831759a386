"""The query language of watched claims. What a word matches is decided by who evaluates it; grammar and examples are in ``QUERIES.md``.

``tree`` has the syntax tree, ``tokens`` and ``parser`` make it from text, ``requirements`` tells what a query asks and costs.
"""

from schemas.claim_query.parser import MAX_DEPTH, MAX_DISTANCE, MAX_NEARS, parse
from schemas.claim_query.requirements import MAX_COST, MIN_PREFIX, Cost, estimate, refuse_costly, refuse_unbound, required_literals
from schemas.claim_query.tree import And, Lang, Near, Node, Not, Or, Phrase, Prefix, QueryError, Title, Word

__all__ = [
    "MAX_CHARS",
    "MAX_COST",
    "MAX_DEPTH",
    "MAX_DISTANCE",
    "MAX_NEARS",
    "MIN_PREFIX",
    "And",
    "Cost",
    "Lang",
    "Near",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "QueryError",
    "Title",
    "Word",
    "estimate",
    "parse_query",
    "required_literals",
]

MAX_CHARS = 20_000
"""Longest query, in characters. What fits is read in a few hundredths of a second; what it costs to evaluate is limited apart."""


def parse_query(text: str) -> Node:
    """Return the syntax tree of a query; ``str()`` of it is a query that parses to the same.

    Raises:
        QueryError: If it cannot be read, holds nothing that an article must contain, or would cost too much to evaluate.
    """
    if len(text) > MAX_CHARS:
        hint = "split it into several claims"
        raise QueryError(f"{len(text):,} characters, more than the limit of {MAX_CHARS:,}", position=MAX_CHARS + 1, hint=hint)
    node = parse(text)
    refuse_unbound(node)
    refuse_costly(node)
    return node
