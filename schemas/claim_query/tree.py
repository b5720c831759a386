"""Syntax tree of the query language: what a query says, and how it is written down again."""

from collections.abc import Iterator
from dataclasses import dataclass, field


class QueryError(ValueError):
    """A query that cannot be read, or must not be.

    Attributes:
        position: Where it goes wrong; 1 is the first character.
        reason: What is wrong there.
        hint: What to write instead.
    """

    def __init__(self, reason: str, *, position: int, hint: str) -> None:
        super().__init__(f"at character {position}: {reason}; {hint}")
        self.position, self.reason, self.hint = position, reason, hint


SHOWN_CHARS = 60


def shown(text: str) -> str:
    """Return text as a message quotes it, cut to ``SHOWN_CHARS``."""
    return repr(text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1]}…")


@dataclass(frozen=True)
class _Node:
    at: int = field(default=1, compare=False, kw_only=True)
    """Where it begins in the query; 1 is the first character."""


@dataclass(frozen=True)
class Word(_Node):
    """A word, in any inflection."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Phrase(_Node):
    """Words in this order, nothing between them."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True)
class Prefix(_Node):
    """Every word that begins so."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Lang(_Node):
    """The article's language is this tag or a variety of it. An article of unknown language passes."""

    tag: str

    def __str__(self) -> str:
        return f"lang:{self.tag}"


@dataclass(frozen=True)
class Title(_Node):
    """Holds in the headline alone."""

    part: "Node"

    def __str__(self) -> str:
        return f"title:{_inside(self.part, _TERM)}"


@dataclass(frozen=True)
class Near(_Node):
    """Both at most ``distance`` words apart, in either order."""

    left: "Node"
    right: "Node"
    distance: int

    def __str__(self) -> str:
        return f"{_inside(self.left, _NEAR)} NEAR/{self.distance} {_inside(self.right, _TERM)}"


@dataclass(frozen=True)
class Not(_Node):
    """Does not hold."""

    part: "Node"

    def __str__(self) -> str:
        return f"NOT {_inside(self.part, _NEAR)}"


@dataclass(frozen=True)
class And(_Node):
    """All hold."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " AND ".join(_inside(part, _NOT) for part in self.parts)


@dataclass(frozen=True)
class Or(_Node):
    """At least one holds."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, _AND) for part in self.parts)


Node = Word | Phrase | Prefix | Lang | Title | Near | Not | And | Or

_OR, _AND, _NOT, _NEAR, _TERM = range(5)
_BINDING: dict[type, int] = {Or: _OR, And: _AND, Not: _NOT, Near: _NEAR}


def _inside(node: Node, at_least: int) -> str:
    return str(node) if _BINDING.get(type(node), _TERM) >= at_least else f"({node})"


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts that a node is made of, in order."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Near):
        return (node.left, node.right)
    return (node.part,) if isinstance(node, Not | Title) else ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all nodes inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
