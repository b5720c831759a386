"""The article's text: which blocks of the element that holds it are the article's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from services.fetcher.adapters.pages.blocks import HEADINGS, LINE_BREAK, Block, Blocks
from services.fetcher.adapters.pages.container import ASIDE_FACTOR, GOOD_WEIGHT, find_container
from services.fetcher.adapters.pages.names import Names
from services.fetcher.adapters.pages.whole_body import whole_body
from services.fetcher.domain.pages.corrections import is_label, opens_correction

LEAD_CHARS, LEAD_SPAN = 60, 15
"""Characters of a lead at least, and blocks between it and the text at most."""
_KEPT_SHARE = 0.5
"""Share of the article's score from which a part of it is kept whatever its name."""
LONG_CHARS = 80
"""A block this long may be a link for its greater part."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What was found."""

    text: str
    """Paragraphs separated by a blank line."""
    is_list: bool
    """True: it is a list of teasers, as on a front page."""
    corrections: tuple[str, ...] = ()


def _row_of(page: Blocks, block: Block) -> int:
    """Return the number of the table row that a block is a cell of; 0 if it is none."""
    parent = page.parents[block.owner]
    return parent if page.tags[parent] == "tr" else 0


def _link_lists(page: Blocks) -> set[int]:
    """Return the table rows that are mostly links. A row is judged as a whole: results name their teams by links."""
    linked, size = Counter[int](), Counter[int]()
    for block in page.blocks:
        if row := _row_of(page, block):
            linked[row] += block.linked
            size[row] += len(block.text)
    return {row for row in size if linked[row] > 0.8 * size[row]}


def _is_mostly_links(block: Block) -> bool:
    return block.is_mostly(0.8 if len(block.text) > LONG_CHARS else 0.5)


def _within(page: Blocks, container: int) -> list[bool]:
    inside = [False] * len(page.parents)
    inside[container] = True
    for number in range(container + 1, len(page.parents)):
        inside[number] = inside[page.parents[number]]
    return inside


def _kept(page: Blocks, container: int, scores: Sequence[float]) -> list[Block]:
    enough = _KEPT_SHARE * scores[container]
    inside = _within(page, container)
    for number in range(container + 1, len(page.parents)):
        names = page.names[number]
        # What is hidden and larger than all that is shown is the rest of the article, until the reader asks for more.
        is_rest = names.is_hidden and scores[number] > ASIDE_FACTOR * scores[container]
        is_other = names.is_alien or (names.is_aside and scores[number] < enough) or (names.is_hidden and not is_rest)
        inside[number] = inside[number] and inside[page.parents[number]] and not is_other
    lists = _link_lists(page)
    kept = [
        block
        for block in page.blocks
        if inside[block.owner]
        and page.tag_of(block) != "h1"
        and not (row in lists if (row := _row_of(page, block)) else _is_mostly_links(block))
    ]
    while kept and page.tag_of(kept[-1]) in HEADINGS:
        kept.pop()
    return kept


def _is_list(page: Blocks, container: int, kept: Sequence[Block]) -> bool:
    """Tell whether headings that are links stand above the paragraphs."""
    inside = _within(page, container)
    linked = sum(1 for block in page.blocks if inside[block.owner] and page.tag_of(block) in HEADINGS and block.is_mostly(0.9))
    return linked >= 4 and linked * 2 >= len(kept)


def _inherited(page: Blocks, *, starts: str) -> list[bool]:
    """Mark the elements that have a name, and those in them."""
    marked = [False] * len(page.parents)
    for number in range(1, len(marked)):
        marked[number] = marked[page.parents[number]] or getattr(page.names[number], starts)
    return marked


def _is_dropped(names: Names) -> bool:
    return names.is_alien or names.is_aside or names.is_hidden


def _lead(page: Blocks, kept: Sequence[Block]) -> list[Block]:
    """Return what stands between the heading and the text and is named as the article's lead, unless the text has it too."""
    if not kept:
        return []
    named = _inherited(page, starts="is_lead")
    first = next(at for at, block in enumerate(page.blocks) if block is kept[0])
    for block in reversed(page.blocks[max(0, first - LEAD_SPAN) : first]):
        if named[block.owner] and len(block.text) >= LEAD_CHARS and not block.is_mostly(0.5) and not _is_dropped(page.names[block.owner]):
            return [] if any(block.text[:LEAD_CHARS] in other.text for other in kept) else [block]
    return []


def _corrections(page: Blocks) -> tuple[str, ...]:
    """Return blocks that are named as corrections, stand under such a heading, or begin as one."""
    named = _inherited(page, starts="is_correction")
    found: list[str] = []
    after_label = False
    for block in page.blocks:
        is_said = len(block.text) >= GOOD_WEIGHT and not block.is_mostly(0.5)
        if is_said and (after_label or named[block.owner] or opens_correction(block.text)):
            found.append(" ".join(block.text.replace(LINE_BREAK, " ").split()))
        after_label = is_label(block.text) and not block.linked
    return tuple(found)


def _joined(page: Blocks, kept: Sequence[Block]) -> str:
    """Return blocks as paragraphs, the cells of a table's row as one."""

    def row_of(block: Block) -> tuple[int, int]:
        row = _row_of(page, block)
        return (row, 0) if row else (0, id(block))

    paragraphs = (" ".join(block.text for block in row) for _, row in groupby(kept, key=row_of))
    return "\n\n".join(paragraph.replace(f" {LINE_BREAK}", "\n").replace(LINE_BREAK, "\n").replace("\n ", "\n") for paragraph in paragraphs)


def read_text(page: Blocks, *, article: dict[str, Any], title: str) -> ArticleText:
    """Return the article's text.

    Args:
        page: All of the page.
        article: The page's JSON-LD node of it; empty if there is none.
        title: The article's title, to tell it from others on the page.
    """
    container, scores = find_container(page, title)
    kept = _kept(page, container, scores)
    text = _joined(page, _lead(page, kept) + kept)
    return ArticleText(whole_body(article, text) or text, _is_list(page, container, kept), _corrections(page))
