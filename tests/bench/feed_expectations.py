"""What the authors of a feed collection expect of a parser, read as data: ``Expect: not bozo and entries[0]['title'] == 'x'``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*(?:\n|-->)")
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")|(?P<number>-?\d+)|(?P<name>[A-Za-z_]\w*)|(?P<mark>==|[][(),{}:+.]))"""
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Expected:
    """One comparison: the value at a path of the parsed result, such as ``("entries", 0, "title")``."""

    path: tuple[str | int, ...]
    value: Any


def expectations(body: bytes) -> list[Expected]:
    """Return the comparisons of a file's comment; those that are written in any other way are left out."""
    found = _EXPECT.search(body[:4000])
    if found is None:
        return []
    parts = re.split(r"\s+and\s+(?=entries\[|feed\[|not |version|encoding|len\()", found[1].decode("utf-8", "replace"))
    return [expected for part in parts if (expected := _comparison(part)) is not None]


def _comparison(text: str) -> Expected | None:
    try:
        reader = _Reader(text)
        expected = Expected(reader.path(), reader.value())
        return expected if reader.is_at_end else None
    except (ValueError, IndexError, KeyError):
        return None


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._tokens)

    def _next(self, *wanted: str) -> tuple[str, str]:
        kind, text = self._tokens[self._at]
        if wanted and text not in wanted and kind not in wanted:
            raise ValueError(text)
        self._at += 1
        return kind, text

    def _is_next(self, mark: str) -> bool:
        return not self.is_at_end and self._tokens[self._at] == ("mark", mark)

    def path(self) -> tuple[str | int, ...]:
        steps: list[str | int] = [self._next("name")[1]]
        while self._next("[", "==")[1] == "[":
            kind, text = self._next("text", "number")
            steps.append(int(text) if kind == "number" else _unescaped(text))
            self._next("]")
        return tuple(steps)

    def value(self) -> Any:
        kind, text = self._next()
        if kind == "number":
            return int(text)
        if kind == "name":
            return {"None": None, "True": True, "False": False}[text]
        if kind == "text":
            whole = _unescaped(text)
            while not self.is_at_end and (self._is_next("+") or self._tokens[self._at][0] == "text"):
                whole += _unescaped(self._next()[1]) if not self._is_next("+") else (self._next()[1] and _unescaped(self._next("text")[1]))
            return whole
        return self._several({"(": ")", "[": "]", "{": "}"}[text])

    def _several(self, end: str) -> Any:
        values: list[Any] = []
        while not self._is_next(end):
            values.append(self.value())
            if not self._is_next(end):
                self._next(",", ":")
        self._next(end)
        return dict(zip(values[::2], values[1::2], strict=True)) if end == "}" else tuple(values)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ValueError(text[at:])
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        number = match[1] or match[2] or match[3]
        return chr(int(number, 16)) if number else _PLAIN_ESCAPES.get(match[4], match[4])

    return _ESCAPE.sub(one, text.lstrip("u")[1:-1])
