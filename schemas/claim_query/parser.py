"""From tokens to the syntax tree, by recursive descent. Nothing is nested deeper than ``MAX_DEPTH``, so nothing overflows."""

import re
import unicodedata
from collections.abc import Callable

from schemas.claim_query.tokens import Token, tokens
from schemas.claim_query.tree import And, Lang, Near, Node, Not, Or, Phrase, Prefix, QueryError, Title, Word, children, shown, walk

MAX_DEPTH = 40
"""Groups inside each other. Nobody can read more."""

MAX_NEARS = 8
"""NEARs inside each other. Each multiplies the places to be compared where a text repeats its words."""

MAX_DISTANCE = 100
"""Words between two that are near."""

_FIELDS = "fields are title: and lang:"


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._index = 0
        self._depth = 0
        self._end = len(text) + 1

    def parse(self) -> Node:
        if not self._tokens:
            raise QueryError("something is missing here", position=1, hint="write the words that an article must contain")
        node = self._or()
        if token := self._peek():
            raise QueryError("a closing bracket that nothing opened", position=token.at, hint="take it out, or open a group before it")
        return node

    def _peek(self) -> Token | None:
        return self._tokens[self._index] if self._index < len(self._tokens) else None

    def _take(self, kind: str, text: str | None = None) -> Token | None:
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
        return token is not None and (token.kind in ("word", "phrase", "open", "field") or (token.kind, token.text) == ("operator", "NOT"))

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
        return Not(node, at=signs[-1]) if len(signs) % 2 else node  # two in a row cancel out

    def _near(self) -> Node:
        node = self._term()
        while token := self._take("near"):
            node = self._close(node, token)
        return node

    def _close(self, left: Node, token: Token) -> Near:
        if not 1 <= int(token.text) <= MAX_DISTANCE:
            raise QueryError(f"NEAR/{token.text} is out of range", position=token.at, hint=f"use a number from 1 to {MAX_DISTANCE}")
        right = self._term()
        if max(_nears(left), _nears(right)) == MAX_NEARS:
            raise QueryError(f"more than {MAX_NEARS} NEARs inside each other", position=token.at, hint="join some words by AND instead")
        for side in (left, right):
            _refuse_unless_spans(side)
        return Near(left, right, int(token.text), at=left.at)

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
        raise _misplaced(token)

    def _group(self, opening: Token) -> Node:
        if self._take("close"):
            raise QueryError("a group without anything in it", position=opening.at, hint="put words between the brackets, or take them out")
        node = self._or()
        if not self._take("close"):
            raise QueryError("a group that is never closed", position=opening.at, hint="add the closing bracket")
        return node

    def _field(self, token: Token) -> Node:
        name = token.text.lower()
        if name == "lang":
            return self._lang(token)
        if name in ("and", "or", "not", "near"):
            raise QueryError(f"a colon behind {token.text}", position=token.at + len(name), hint=f"take it out; {_FIELDS}")
        if name != "title":
            hint = f"{_FIELDS}; leave the colon out if it is a word"
            raise QueryError(f"there is no field {shown(token.text)}", position=token.at, hint=hint)
        if (inner := self._peek()) and inner.kind == "field":
            raise _field_in_title(inner.at)
        part = self._term()
        if found := next((node for node in walk(part) if isinstance(node, Title | Lang)), None):
            raise _field_in_title(found.at)
        return Title(part, at=token.at)

    def _lang(self, token: Token) -> Lang:
        tag = self._take("word")
        if tag is None or not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag.text):
            raise QueryError("lang: without a language tag", position=token.at, hint="write lang:en or lang:pt-BR")
        return Lang(tag.text.lower(), at=token.at)


def _field_in_title(at: int) -> QueryError:
    return QueryError("a field inside title:", position=at, hint="write it beside title:, joined by AND")


def _misplaced(token: Token) -> QueryError:
    if token.kind == "close":
        return QueryError(
            "')' stands where a word should", position=token.at, hint="put a word, a phrase or a group before it, or take it out"
        )
    shown = f"NEAR/{token.text}" if token.kind == "near" else token.text
    hint = f'put a word, a phrase or a group before it, or write "{shown}" in quotes for the word itself'
    return QueryError(f"{shown!r} stands where a word should", position=token.at, hint=hint)


def _has_word(text: str) -> bool:
    """Tell whether something is left when accents and vowel signs are taken off."""
    return any(map(str.isalnum, unicodedata.normalize("NFKD", text)))


def _nears(node: Node) -> int:
    """Return how many NEARs are inside each other at most."""
    return isinstance(node, Near) + max(map(_nears, children(node)), default=0)


def _phrase(token: Token) -> Phrase:
    text = " ".join(token.text.split())
    if not _has_word(text):
        raise QueryError("a phrase without a word", position=token.at, hint="put words between the quotation marks, or take them out")
    return Phrase(text, at=token.at)


def _word(token: Token) -> Word | Prefix:
    text = token.text
    if not _has_word(text):
        raise QueryError(f"{shown(text)} has no letter or digit", position=token.at, hint="take it out")
    if not text.endswith("*"):
        return Word(text, at=token.at)
    if not all(sign.isalnum() or unicodedata.category(sign)[0] == "M" for sign in text[:-1]):
        raise QueryError("a prefix of more than one word", position=token.at, hint="only letters and digits may stand before *")
    return Prefix(text[:-1], at=token.at)


def _refuse_unless_spans(side: Node) -> None:
    for node in walk(side):
        if not isinstance(node, Word | Phrase | Prefix | Or | Near):
            what = type(node).__name__.upper()
            raise QueryError(f"{what} beside NEAR", position=node.at, hint="on either side of NEAR stand words, joined by OR if several")


def parse(text: str) -> Node:
    """Return the syntax tree of a query.

    Raises:
        QueryError: If it cannot be read.
    """
    return _Parser(text).parse()
