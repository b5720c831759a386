"""The query language of watched claims: grammar, syntax tree, parser. What a word matches is decided by who evaluates it.

::

    query  = and { "OR" and }
    and    = not { [ "AND" ] not }            two terms side by side mean AND
    not    = "NOT" not | near
    near   = term { "NEAR/" number term }     at most so many words apart, in either order, in one field
    term   = word | prefix "*" | '"' words '"' | "(" query ")" | "title:" term | "lang:" tag

Operators are written in capitals. What stands on either side of NEAR is a word, a phrase, a prefix, or a group of these joined
by OR. ``title:`` looks into the headline alone, ``lang:`` at the article's language (BCP 47, e.g. ``lang:en``).

Examples::

    Deke NEAR/15 (killed OR dead OR shot)
    (quake OR earthquake) AND Luzara AND NOT "fire drill"
    title:Soros AND (dead OR obituar*) AND lang:en

A query must hold something that an article has to contain: without that every article would have to be read against it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MAX_CHARS = 4_000
MAX_DEPTH = 40
MAX_DISTANCE = 100
MIN_PREFIX = 2


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
        return f"NOT {_inside(self.part, _NOT)}"


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


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


_LEXEMES = re.compile(
    r"""(?P<space>\s+) | (?P<open>\() | (?P<close>\))
    | ["“„”](?P<phrase>[^"“”„]*)["“”] | (?P<quote>["“”„])
    | (?P<near>NEAR/(?P<distance>\d+)(?![\w*])) | (?P<operator>(?:AND|OR|NOT)(?![\w:*'’-]))
    | (?P<field>[A-Za-z]+):
    | (?P<word>[^\s()"“”„:]+(?::[^\s()"“”„:]+)*)
    | (?P<colon>:)""",
    re.VERBOSE,
)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _LEXEMES.finditer(text):
        kind = found.lastgroup or ""
        if kind == "distance":  # the group inside of NEAR/n closes last but one
            kind = "near"
        at = found.start() + 1
        if kind == "quote":
            raise QueryError("a quotation mark without its partner", position=at, hint='write a phrase as "two words"')
        if kind == "colon":
            raise QueryError("a colon that belongs to nothing", position=at, hint="fields are title: and lang:")
        if kind != "space":
            yield _Token(kind, found[kind] if kind != "near" else found["distance"], at)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._index = 0
        self._depth = 0
        self._end = len(text) + 1

    def parse(self) -> Node:
        node = self._or()
        if token := self._peek():
            raise QueryError("a closing bracket that nothing opened", position=token.at, hint="take it out, or open a group before it")
        return node

    def _peek(self) -> _Token | None:
        return self._tokens[self._index] if self._index < len(self._tokens) else None

    def _take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self._peek()
        if token is None or token.kind != kind or (text is not None and token.text != text):
            return None
        self._index += 1
        return token

    def _joined(self, operator: str, part: Callable[[], Node], make: type[And] | type[Or]) -> Node:
        parts = [part()]
        while self._take("operator", operator) or (operator == "AND" and self._begins_term()):
            parts.append(part())
        return parts[0] if len(parts) == 1 else make(tuple(parts), at=parts[0].at)

    def _begins_term(self) -> bool:
        token = self._peek()
        return token is not None and (token.kind in ("word", "phrase", "open", "field") or token.text == "NOT")

    def _or(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"more than {MAX_DEPTH} groups inside each other", position=self._here(), hint="write it flatter")
        node = self._joined("OR", self._and, Or)
        self._depth -= 1
        return node

    def _and(self) -> Node:
        return self._joined("AND", self._not, And)

    def _not(self) -> Node:
        signs = []
        while token := self._take("operator", "NOT"):
            signs.append(token.at)
        node = self._near()
        for at in reversed(signs[-1:] if len(signs) % 2 else signs[:0]):  # two in a row cancel out
            node = Not(node, at=at)
        return node

    def _near(self) -> Node:
        node = self._term()
        while token := self._take("near"):
            if not 1 <= int(token.text) <= MAX_DISTANCE:
                raise QueryError(f"NEAR/{token.text} is out of range", position=token.at, hint=f"use a number from 1 to {MAX_DISTANCE}")
            right = self._term()
            for side in (node, right):
                _refuse_unless_spans(side)
            node = Near(node, right, int(token.text), at=node.at)
        return node

    def _here(self) -> int:
        token = self._peek()
        return token.at if token else self._end

    def _term(self) -> Node:
        token = self._peek()
        if token is None:
            raise QueryError("something is missing here", position=self._end, hint="add a word, a phrase or a group")
        self._index += 1
        if token.kind == "open":
            return self._group(token)
        if token.kind == "phrase":
            return _phrase(token)
        if token.kind == "field":
            return self._field(token)
        if token.kind == "word":
            return _word(token)
        shown = f"NEAR/{token.text}" if token.kind == "near" else token.text
        raise QueryError(f"{shown!r} stands where a word should", position=token.at, hint="put a word, a phrase or a group before it")

    def _group(self, opening: _Token) -> Node:
        node = self._or()
        if not self._take("close"):
            raise QueryError("a group that is never closed", position=opening.at, hint="add the closing bracket")
        return node

    def _field(self, token: _Token) -> Node:
        name = token.text.lower()
        if name == "lang":
            tag = self._take("word")
            if tag is None or not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag.text):
                raise QueryError("lang: without a language tag", position=token.at, hint="write lang:en or lang:pt-BR")
            return Lang(tag.text.lower(), at=token.at)
        if name != "title":
            raise QueryError(f"there is no field {token.text!r}", position=token.at, hint="fields are title: and lang:")
        part = self._term()
        if inner := next((node for node in _walk(part) if isinstance(node, Title | Lang)), None):
            raise QueryError("a field inside title:", position=inner.at, hint="write it beside title:, joined by AND")
        return Title(part, at=token.at)


def _phrase(token: _Token) -> Phrase:
    text = " ".join(token.text.split())
    if not _has_word(text):
        raise QueryError("a phrase without a word", position=token.at, hint="put words between the quotation marks, or take them out")
    return Phrase(text, at=token.at)


def _word(token: _Token) -> Word | Prefix:
    text = token.text
    if text in ("and", "or", "not", "near"):
        raise QueryError(f"{text!r} in small letters", position=token.at, hint=f'write {text.upper()}, or "{text}" in quotes for the word')
    if not _has_word(text):
        raise QueryError(f"{text!r} has no letter or digit", position=token.at, hint="take it out")
    star = text.find("*")
    if star < 0:
        return Word(text, at=token.at)
    if star < len(text) - 1 or not _has_word(text[-2]):
        raise QueryError("a star that is not at the end of a word", position=token.at + star, hint="write the beginning of a word, then *")
    if sum(map(str.isalnum, text)) != len(text) - 1:
        raise QueryError("a prefix of more than one word", position=token.at, hint="only letters and digits may stand before *")
    return Prefix(text[:-1], at=token.at)


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Near):
        return (node.left, node.right)
    return (node.part,) if isinstance(node, Not | Title) else ()


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _walk(child)


def _refuse_unless_spans(side: Node) -> None:
    for node in _walk(side):
        if not isinstance(node, Word | Phrase | Prefix | Or | Near):
            what = type(node).__name__.upper()
            raise QueryError(f"{what} beside NEAR", position=node.at, hint="on either side of NEAR stand words, joined by OR if several")


def _without_literal(node: Node) -> Node | None:
    """Return the part that lets articles through that contain nothing in particular; None if there is none."""
    if isinstance(node, Word | Phrase):
        return None
    if isinstance(node, Prefix):
        return None if len(node.text) >= MIN_PREFIX else node
    if isinstance(node, Not | Lang):
        return node
    missing = [_without_literal(child) for child in _children(node)]
    if isinstance(node, Or):
        return next((part for part in missing if part is not None), None)
    return None if None in missing else missing[0]


def parse_query(text: str) -> Node:
    """Return the syntax tree of a query; ``str()`` of it is a query that parses to the same.

    Raises:
        QueryError: If it cannot be read, or holds nothing that an article must contain.
    """
    if len(text) > MAX_CHARS:
        raise QueryError(f"longer than {MAX_CHARS} characters", position=MAX_CHARS + 1, hint="split it into several claims")
    node = _Parser(text).parse()
    if weak := _without_literal(node):
        raise QueryError(
            f"{str(weak)!r} does not say what an article must contain",
            position=weak.at,
            hint=f"join it by AND with a word, a phrase or a prefix of {MIN_PREFIX} letters or more",
        )
    return node
