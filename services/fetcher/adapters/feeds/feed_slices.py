"""Where each entry stands in the text of a document, so that entries that were read before need not be read again."""

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.fetcher.domain.feeds.entries import MAX_ENTRIES

READING = b"1"
"""Part of every digest: change it when entries are read in another way, and all of them are read anew."""
_FIRST = re.compile(r"<((?:\w+:)?(?:item|entry))[\s>]", re.IGNORECASE)
_FIRST_OF_SITEMAP = re.compile(r"<((?:\w+:)?url)[\s>]")
_ROOT = re.compile(r"<([A-Za-z][^\s>]*)[^>]*>")
# What hides tags, and how far the end stands behind the beginning at least ("<!-->" does not end).
_HIDING = (("<![CDATA[", "]]>", 9), ("<!--", "-->", 4), ("<?", "?>", 2))


@dataclass(frozen=True, slots=True)
class Slices:
    """The entries of a document that are told apart.

    Attributes:
        tag: Their name as it is written, with its prefix.
        spans: Where each stands, from its start tag to behind its end tag.
        unchanged: Digests of entries that are not in the text any more, because they are known.
        beyond: How many have been left out because they stand behind the first ``MAX_ENTRIES``.
    """

    text: str
    tag: str
    spans: tuple[tuple[int, int], ...]
    digests: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    beyond: int = 0

    @property
    def is_cut(self) -> bool:
        """True if entries have been left out of the text."""
        return bool(self.unchanged or self.beyond)

    def without(self, known: Container[str]) -> "Slices":
        """Return the document without the entries that are known, and without those beyond the most that is read.

        The spans are not kept: they are of no use once the text has been told to the parser.
        """
        is_kept = [digest not in known for digest in self.digests]
        if all(is_kept) and len(self.spans) == len(self.digests):
            return self
        parts: list[str] = []
        at = 0
        for (start, end), keep in zip(self.spans, is_kept + [False] * (len(self.spans) - len(is_kept)), strict=True):
            if not keep:
                parts.append(self.text[at:start])
                at = end
        pairs = list(zip(self.digests, is_kept, strict=True))
        return Slices(
            text="".join(parts) + self.text[at:],
            tag=self.tag,
            spans=(),
            digests=tuple(digest for digest, keep in pairs if keep),
            unchanged=tuple(digest for digest, keep in pairs if not keep),
            beyond=len(self.spans) - len(self.digests),
        )


def slices_of(text: str) -> Slices | None:
    """Return where the entries of a document without its prolog stand; None unless that is beyond doubt.

    It holds for a well-formed document: there, a tag outside CDATA, comments and instructions is a tag. The one who parses the
    document must see to it that it is well-formed and has as many entries.
    """
    root = _ROOT.search(text)
    first = (_FIRST_OF_SITEMAP if root and root[1].endswith("urlset") else _FIRST).search(text)
    if root is None or first is None:
        return None
    spans = _spans(text, first[1])
    if not spans or not _is_open_everywhere(text, spans):
        return None
    # The root's tag has the namespaces, base and language that an entry is read by.
    named = _hash(READING + root[0].encode("utf-8", "replace"))
    digests = tuple(_digest(named, text[start:end]) for start, end in spans[:MAX_ENTRIES])
    return Slices(text, first[1], tuple(spans), digests)


def digest_of(text: str) -> str:
    """Return the digest of an entry that stands for itself (16 hex digits)."""
    return _digest(_hash(READING), text)


def _hash(data: bytes) -> "hashlib._Hash":
    return hashlib.sha1(data, usedforsecurity=False)  # the fastest of the standard library; who forges an entry forges his own


def _digest(named: "hashlib._Hash", text: str) -> str:
    named = named.copy()
    named.update(text.encode("utf-8", "surrogatepass"))
    return named.hexdigest()[:16]


def _spans(text: str, tag: str) -> list[tuple[int, int]] | None:
    """Return start and end of each element; None if they are nested, left open, empty or written in other ways.

    From the back, because searching backwards is three times as fast.
    """
    opening, closing = f"<{tag}", f"</{tag}>"
    spans: list[tuple[int, int]] = []
    end = text.rfind(closing)
    border = len(text)
    while end >= 0:
        start = _last(text, opening, 0, end)
        before = text.rfind(closing, 0, end)
        if start < before or _last(text, opening, end, border) >= 0:
            return None
        spans.append((start, end + len(closing)))
        end, border = before, start
    return None if _last(text, opening, 0, border) >= 0 else spans[::-1]


def _last(text: str, opening: str, start: int, end: int) -> int:
    """Return where the last start tag is: "<items>" is none of "<item>"."""
    while (at := text.rfind(opening, start, end)) >= 0 and text[at + len(opening) : at + len(opening) + 1] not in _AFTER_NAME:
        end = at + len(opening) - 1
    return at


_AFTER_NAME = frozenset(">/ \t\r\n")


def _is_open_everywhere(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Return True if no entry begins or ends within CDATA, a comment or an instruction.

    What hides tags ends with the first of its ends, so one that is open at a border begins behind every end before that border.
    """
    borders = [0, *(border for span in spans for border in span), len(text)]
    return all(_ends_in_the_open(text, start, end) for start, end in pairwise(borders))


def _ends_in_the_open(text: str, start: int, end: int) -> bool:
    for opening, closing, distance in _HIDING:
        opened = text.rfind(opening, start, end)
        if opened >= 0 and text.rfind(closing, start, end) < opened + distance:
            return False
    return True
