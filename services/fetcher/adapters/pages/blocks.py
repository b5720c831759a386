"""A page as blocks of text in reading order, and the elements that hold them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from services.fetcher.adapters.pages.names import Names, judged

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
SKIPPED = frozenset(
    "script style noscript template head svg math audio video canvas select button textarea iframe object embed input "
    "map progress meter datalist amp-ad amp-analytics".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTHING = Names(False, False, False)
_ALIEN = Names(True, False, False)
_ASIDE = Names(False, True, False)
_UNSEEN = Names(False, False, False, is_hidden=True)
_BY_TAG = {
    "nav": _ALIEN,
    "footer": _ALIEN,
    "menu": _ALIEN,
    "dialog": _ALIEN,
    "aside": _ASIDE,
    "figure": _ASIDE,
    "figcaption": _ASIDE,
    "form": _ASIDE,
    "blockquote": _NOTHING,
}
MAX_ELEMENTS = 60_000
"""Longer pages are read up to there."""


@dataclass(slots=True)
class Block:
    """A run of text without a block boundary in it."""

    text: str
    linked: int
    """Characters of it that are in links."""
    owner: int
    """Number of the block element that it stands in."""


@dataclass(slots=True)
class Blocks:
    """Blocks of a page, and its block elements by number: a parent's number is lower than its children's."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[Names] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    """Tag and first class: siblings of one look are parts of one thing."""


class _Run:
    """Gathers the pieces of the block that is being read."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._pieces: list[str] = []
        self._linked = 0
        self.owner = 0

    def add(self, text: str, *, in_link: bool) -> None:
        self._pieces.append(text)
        if in_link:
            self._linked += len(text.strip())

    def close(self) -> None:
        if self._pieces:
            text = " ".join("".join(self._pieces).split())
            if text:
                self._blocks.append(Block(text, min(self._linked, len(text)), self.owner))
            self._pieces.clear()
            self._linked = 0


def _names_of(element: etree._Element, tag: str) -> Names:
    """Return what the element's tag and attributes say."""
    attributes = element.attrib
    if not attributes or tag == "body":
        return _BY_TAG.get(tag, _NOTHING)
    get = attributes.get
    if "hidden" in attributes or get("aria-hidden") == "true" or ((style := get("style")) and _HIDDEN.search(style)):
        return _UNSEEN
    if get("role") in ("navigation", "complementary", "contentinfo", "search", "banner", "dialog", "menu", "alert"):
        return _ALIEN
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    found = judged(f"{get('class', '')} {get('id', '')}")
    if get("itemprop") == "articleBody" or get("data-testid") == "article-body":
        return Names(False, False, True)
    return found


def read_blocks(root: etree._Element) -> Blocks:
    """Return the blocks of what is shown, less what can be no part of any article."""
    out = Blocks()
    run = _Run(out.blocks)
    # (element, number of the block element around, in a link, in a paragraph); a string is text that follows an element.
    stack: list[tuple[etree._Element | str | None, int, bool, bool]] = [(root, 0, False, False)]
    out.parents.append(0)
    out.tags.append("html")
    out.names.append(_NOTHING)
    out.looks.append("html")
    while stack:
        element, owner, in_link, in_paragraph = stack.pop()
        if element is None:
            run.close()
            run.owner = owner
            continue
        if isinstance(element, str):
            run.add(element, in_link=in_link)
            continue
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            continue
        if tag == "br":
            if run._pieces and run._pieces[-1] == "\x1d":
                run.close()
            else:
                run._pieces.append("\x1d")
            continue
        if tag in INLINE:
            in_link = in_link or tag == "a"
            if tag != "a" and element.attrib and not in_paragraph and _names_of(element, tag).is_hidden:
                continue
        else:
            names = _names_of(element, tag)
            if len(out.parents) > MAX_ELEMENTS:
                continue
            number = len(out.parents)
            out.parents.append(owner)
            out.tags.append(tag)
            out.names.append(names)
            out.looks.append(f"{tag} {(element.get('class') or '')[:200].strip().partition(' ')[0]}")
            run.close()
            run.owner = number
            stack.append((None, owner, False, False))
            owner = number
            in_paragraph = in_paragraph or tag == "p"
        if element.text:
            run.add(element.text, in_link=in_link)
        for child in reversed(element):
            if child.tail:
                stack.append((child.tail, owner, in_link, in_paragraph))
            stack.append((child, owner, in_link, in_paragraph))
    run.close()
    return out
