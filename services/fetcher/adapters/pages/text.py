"""The article's text: which element holds it, and which blocks in it are not the article's."""

import re
from dataclasses import dataclass
from typing import Any

from services.fetcher.adapters.pages.blocks import HEADINGS, Block, Blocks
from services.fetcher.adapters.pages.whole_body import whole_body
from services.fetcher.domain.page_corrections import is_label, opens_correction
from services.fetcher.domain.page_walls import weight

GOOD_CHARS = 40
LEAD_CHARS, LEAD_SPAN = 60, 15
_ALIEN_FACTOR, _ASIDE_FACTOR, _LIST_FACTOR, _BODY_FACTOR = 0.1, 0.3, 0.5, 1.3
_SIBLING_SHARE = 0.3
_TWIN_SHARE = 0.1
_TWIN_LEVELS = 3
_TITLE_FACTOR = 2.0
_ASIDE_SHARE = 0.5
_LEAVES = frozenset("p li td blockquote h1 h2 h3 h4 h5 h6 dd dt pre".split())


def _own(page: Blocks) -> list[float]:
    """Return for each element what the text directly in it weighs."""
    own = [0.0] * len(page.parents)
    for block in page.blocks:
        size = weight(block.text)
        if size >= GOOD_CHARS and block.linked * 2 < len(block.text) and page.tags[block.owner] not in HEADINGS:
            own[block.owner] += size * (1 - block.linked / len(block.text))
    factors = [1.0] * len(page.parents)
    lists = [1.0] * len(page.parents)
    for number in range(1, len(own)):
        parent, names = page.parents[number], page.names[number]
        factors[number] = min(
            factors[parent], _ALIEN_FACTOR if names.is_alien else _ASIDE_FACTOR if names.is_aside or names.is_hidden else 1.0
        )
        lists[number] = _LIST_FACTOR if page.tags[number] == "li" else lists[parent]
        own[number] *= factors[number] * lists[number]
    return own


def _scores(page: Blocks, title: str) -> list[float]:
    own = _own(page)
    one, two, three = ([0.0] * len(own) for _ in range(3))
    for number in range(len(own) - 1, 0, -1):
        parent = page.parents[number]
        one[parent] += own[number]
        two[parent] += one[number]
        three[parent] += two[number]
    favoured = _around_title(page, title)
    return [
        (a + b + 0.5 * c + 0.25 * d) * (_BODY_FACTOR if page.names[number].is_body else 1.0) * (_TITLE_FACTOR if favoured[number] else 1.0)
        for number, (a, b, c, d) in enumerate(zip(own, one, two, three, strict=True))
    ]


def _around_title(page: Blocks, title: str) -> list[bool]:
    """Mark the elements of the article that has the page's title as its first-level heading."""
    marked = [False] * len(page.parents)
    at = next((block.owner for block in page.blocks if page.tags[block.owner] == "h1" and _is_alike(block.text, title)), 0)
    while at and page.tags[at] != "article":
        at = page.parents[at]
    if at:
        marked[at] = True
        for number in range(at + 1, len(marked)):
            marked[number] = marked[page.parents[number]]
    return marked


def _is_alike(heading: str, title: str) -> bool:
    one, other = (re.sub(r"\W+", " ", text).casefold().strip() for text in (heading, title))
    return len(one) > 5 and len(other) > 5 and (one in other or other in one)


def _container(page: Blocks, scores: list[float]) -> int:
    seed = max(range(len(scores)), key=scores.__getitem__)
    while page.tags[seed] in _LEAVES and seed:
        seed = page.parents[seed]
    best, best_body = list(scores), [score if names.is_body else 0.0 for score, names in zip(scores, page.names, strict=True)]
    headed = [tag == "h1" for tag in page.tags]
    children: dict[int, list[int]] = {}
    for number in range(len(scores) - 1, 0, -1):
        parent = page.parents[number]
        best[parent] = max(best[parent], best[number])
        best_body[parent] = max(best_body[parent], best_body[number])
        headed[parent] = headed[parent] or headed[number]
        children.setdefault(parent, []).append(number)
    at = top = seed
    level = 0
    while at and scores[seed] and page.tags[at] not in ("article", "body", "main"):
        parent, level = page.parents[at], level + 1
        others = [number for number in children[parent] if number != at and not (headed[number] and headed[at])]
        large = max((best_body if page.names[top].is_body else best)[number] for number in others) if others else 0.0
        twin = max((best[number] for number in others if page.looks[number] == page.looks[at] and page.looks[at][-1] != " "), default=0.0)
        if large >= _SIBLING_SHARE * scores[seed] or (level <= _TWIN_LEVELS and twin >= _TWIN_SHARE * scores[seed]):
            top = parent
        elif page.names[parent].is_body and not page.names[top].is_body:
            top = parent
        at = parent
    return top


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What was found."""

    text: str
    is_list: bool
    """True: it is a list of teasers, as on a front page."""
    corrections: tuple[str, ...] = ()


def _is_mostly_links(block: Block) -> bool:
    return block.linked > (0.8 if len(block.text) > 80 else 0.5) * len(block.text)


def _kept(page: Blocks, container: int, scores: list[float]) -> list[Block]:
    enough = _ASIDE_SHARE * scores[container]
    around = {container}
    while container:
        container = page.parents[container]
        around.add(container)
    container = max(around)
    inside = [False] * len(page.parents)
    inside[container] = True
    for number in range(container + 1, len(page.parents)):
        names = page.names[number]
        inside[number] = inside[page.parents[number]] and not (
            names.is_alien or ((names.is_aside or names.is_hidden) and scores[number] < enough)
        )
    kept = [b for b in page.blocks if inside[b.owner] and not _is_mostly_links(b) and page.tags[b.owner] != "h1"]
    while kept and page.tags[kept[-1].owner] in HEADINGS:
        kept.pop()
    return kept


def _is_list(page: Blocks, container: int, kept: list[Block]) -> bool:
    """Tell whether headings that are links stand above the paragraphs."""
    inside = _inside(page, container)
    linked = sum(1 for b in page.blocks if inside[b.owner] and page.tags[b.owner] in HEADINGS and b.linked * 10 >= len(b.text) * 9)
    return linked >= 4 and linked * 2 >= len(kept)


def _inside(page: Blocks, container: int) -> list[bool]:
    inside = [False] * len(page.parents)
    inside[container] = True
    for number in range(container + 1, len(page.parents)):
        inside[number] = inside[page.parents[number]]
    return inside


def _corrections(page: Blocks, kept: list[Block]) -> tuple[str, ...]:
    """Return blocks that are named as corrections, stand under such a heading, or begin as one."""
    named = [False] * len(page.parents)
    for number in range(1, len(named)):
        named[number] = named[page.parents[number]] or page.names[number].is_correction
    found: list[str] = []
    after_label = False
    for block in page.blocks:
        is_said = len(block.text) >= GOOD_CHARS and block.linked * 2 < len(block.text)
        if is_said and (after_label or named[block.owner] or opens_correction(block.text)):
            found.append(block.text)
        after_label = is_label(block.text) and not block.linked
    return tuple(found)


def _leads(page: Blocks, kept: list[Block]) -> list[Block]:
    """Return what stands between the heading and the text and is named as the article's lead, unless the text has it too."""
    if not kept:
        return []
    named = [False] * len(page.parents)
    for number in range(1, len(named)):
        names = page.names[number]
        named[number] = (named[page.parents[number]] or names.is_lead) and not (names.is_alien or names.is_aside or names.is_hidden)
    first = next(at for at, block in enumerate(page.blocks) if block is kept[0])
    near = page.blocks[max(0, first - LEAD_SPAN) : first]
    found = [b for b in near if named[b.owner] and len(b.text) >= LEAD_CHARS and b.linked * 2 < len(b.text) and page.tags[b.owner] != "h1"]
    return [b for b in found[-1:] if not any(b.text[:60] in other.text for other in kept)]


def read_text(page: Blocks, *, article: dict[str, Any], title: str) -> ArticleText:
    """Return the article's text.

    Args:
        article: The page's JSON-LD node of it; empty if there is none.
        title: The article's title, to tell it from others on the page.
    """
    scores = _scores(page, title)
    container = _container(page, scores)
    kept = _kept(page, container, scores)
    kept = _leads(page, kept) + kept
    text = "\n\n".join(block.text.replace("\x1d", "\n") for block in kept)
    text = whole_body(article, text) or text
    return ArticleText(text, _is_list(page, container, kept), _corrections(page, kept))
