"""A page as blocks of text in reading order, and the elements that hold them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from services.fetcher.adapters.pages.names import NOTHING, Names, joined, judged, judged_id

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
SKIPPED = frozenset(
    "script style noscript template head svg math audio video canvas select button textarea iframe object embed input "
    "map progress meter datalist amp-ad amp-analytics".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LINE_BREAK = "\x01"
"""Stands for a line break inside a block: no space to ``str.split``, and taken out of pages beforehand."""
_EDGES = f" {LINE_BREAK}"
MAX_ELEMENTS = 60_000
"""Longer pages are read up to there."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ALIEN, _ASIDE, _UNSEEN, _BODY = Names(is_alien=True), Names(is_aside=True), Names(is_hidden=True), Names(is_body=True)
_BY_TAG = {
    "nav": _ALIEN, "footer": _ALIEN, "menu": _ALIEN, "dialog": _ALIEN,
    "aside": _ASIDE, "figure": _ASIDE, "figcaption": _ASIDE, "form": _ASIDE, "blockquote": NOTHING,
}  # fmt: skip
_ALIEN_ROLES = frozenset("navigation complementary contentinfo search banner dialog menu alert".split())


@dataclass(slots=True)
class Block:
    """A run of text without a block boundary in it."""

    text: str
    linked: int
    """Characters of it that are in links."""
    owner: int
    """Number of the block element that it stands in."""

    def is_mostly(self, share: float) -> bool:
        """Tell whether more than this share of it is links."""
        return self.linked > share * len(self.text)


@dataclass(slots=True)
class Blocks:
    """Blocks of a page, and its block elements by number: a parent's number is lower than its children's."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    tags: list[str] = field(default_factory=lambda: ["html"])
    names: list[Names] = field(default_factory=lambda: [NOTHING])
    looks: list[str] = field(default_factory=lambda: [""])
    """Tag and first class, empty without a class: siblings of one look are parts of one thing."""

    def tag_of(self, block: Block) -> str:
        """Return the tag of the element that a block stands in."""
        return self.tags[block.owner]


def _names_of(element: etree._Element, tag: str) -> Names:
    attributes = element.attrib
    if not attributes or tag == "body":
        return _BY_TAG.get(tag, NOTHING)
    get = attributes.get
    if "hidden" in attributes or get("aria-hidden") == "true" or ((style := get("style")) and _HIDDEN.search(style[:500])):
        return _UNSEEN
    if get("role") in _ALIEN_ROLES:
        return _ALIEN
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if get("itemprop") == "articleBody":
        return _BODY
    return joined(judged(get("class", "")), judged_id(get("id", "")))


def _look_of(element: etree._Element, tag: str) -> str:
    first = (element.get("class") or "")[:200].split(maxsplit=1)
    return f"{tag} {first[0]}" if first else ""


class _Walk:
    """Walks a page without recursion, so that nesting is no danger."""

    def __init__(self) -> None:
        self.out = Blocks()
        self._pieces: list[str] = []
        self._linked = 0
        self._owner = 0
        # What is to be read, the next one last: an element or the text behind one, with the number of the block element around it
        # and whether it is in a link; None closes a block element.
        self._stack: list[tuple[etree._Element | str | None, int, bool]] = []

    def read(self, root: etree._Element) -> Blocks:
        stack = self._stack
        stack.append((root, 0, False))
        left = MAX_ELEMENTS
        while stack and left:
            item, owner, in_link = stack.pop()
            if isinstance(item, str):
                self._add(item, in_link=in_link)
            elif item is None:
                self._close()
                self._owner = owner
            else:
                left -= 1
                self._enter(item, owner, in_link)
        self._close()
        return self.out

    def _enter(self, element: etree._Element, owner: int, in_link: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            return
        if tag == "br":
            self._break()
            return
        if tag in INLINE:
            in_link = in_link or tag == "a"
            if tag == "span" and element.attrib and _names_of(element, tag).is_hidden:
                return
        else:
            owner = self._open(element, tag, owner)
        if element.text:
            self._add(element.text, in_link=in_link)
        for child in reversed(element):
            if child.tail:
                self._stack.append((child.tail, owner, in_link))
            self._stack.append((child, owner, in_link))

    def _open(self, element: etree._Element, tag: str, around: int) -> int:
        self._close()
        out = self.out
        number = len(out.parents)
        out.parents.append(around)
        out.tags.append(tag)
        out.names.append(_names_of(element, tag))
        out.looks.append(_look_of(element, tag))
        self._owner = number
        self._stack.append((None, around, False))
        return number

    def _add(self, text: str, *, in_link: bool) -> None:
        pieces = self._pieces
        if pieces and pieces[-1] == LINE_BREAK and text.isspace():
            return
        pieces.append(text)
        if in_link:
            self._linked += len(text.strip())

    def _break(self) -> None:
        """Note a line break; a second one ends the paragraph."""
        if self._pieces and self._pieces[-1] == LINE_BREAK:
            self._close()
        else:
            self._pieces.append(LINE_BREAK)

    def _close(self) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split()).strip(_EDGES)
            if text:
                self.out.blocks.append(Block(text, min(self._linked, len(text)), self._owner))
            self._pieces.clear()
            self._linked = 0


def read_blocks(root: etree._Element) -> Blocks:
    """Return a page's blocks; scripts, forms' fields and media are left out."""
    return _Walk().read(root)
