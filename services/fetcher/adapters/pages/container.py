"""Which element of a page holds the article.

Paragraphs speak for the elements just around them: the parent in full, those above it less and less. A list of teasers, where
every paragraph has a box of its own, so weighs less than an article of the same length. The element with the highest score is
the seed; from there it goes up as long as what stands beside is of the same kind.
"""

import re
from collections.abc import Sequence

from services.fetcher.adapters.pages.blocks import HEADINGS, Blocks
from services.fetcher.domain.pages.walls import weight

GOOD_WEIGHT = 40
"""Weight of a paragraph that counts; shorter ones are labels and captions as a rule."""
_ALIEN_FACTOR, _LIST_FACTOR = 0.1, 0.5
ASIDE_FACTOR = 0.3
"""What text in an element that is named as something beside the article, or hidden, counts."""
_BODY_FACTOR, _TITLE_FACTOR = 1.3, 2.0
_SHARES_ABOVE = (1.0, 1.0, 0.5, 0.25)
"""What text counts for the element it stands in, for that one's parent, and so on."""
_SIBLING_SHARE = 0.3
"""Share of the seed's score that makes a neighbour a part of the same article."""
_TWIN_SHARE, _TWIN_LEVELS = 0.1, 3
"""The same for a neighbour of the same look, not far above the seed."""
_LEAVES = frozenset("p li td blockquote dd dt pre".split()) | HEADINGS
_ENDS = frozenset(("article", "body", "main"))


def _own_weights(page: Blocks) -> list[float]:
    """Return for each element what the text directly in it weighs."""
    own = [0.0] * len(page.parents)
    for block in page.blocks:
        size = weight(block.text)
        if size >= GOOD_WEIGHT and not block.is_mostly(0.5) and page.tag_of(block) not in HEADINGS:
            own[block.owner] += size * (1 - block.linked / len(block.text))
    named, listed = [1.0] * len(own), [1.0] * len(own)
    for number in range(1, len(own)):
        parent, names = page.parents[number], page.names[number]
        named[number] = min(named[parent], _ALIEN_FACTOR if names.is_alien else ASIDE_FACTOR if names.is_aside or names.is_hidden else 1.0)
        listed[number] = _LIST_FACTOR if page.tags[number] == "li" else listed[parent]
        own[number] *= named[number] * listed[number]
    return own


def _around_title(page: Blocks, title: str) -> list[bool]:
    """Mark the elements of the article that has the page's title as its first-level heading."""
    marked = [False] * len(page.parents)
    at = next((block.owner for block in page.blocks if page.tag_of(block) == "h1" and _is_alike(block.text, title)), 0)
    while at and page.tags[at] != "article":
        at = page.parents[at]
    if at:
        marked[at] = True
        for number in range(at + 1, len(marked)):
            marked[number] = marked[page.parents[number]]
    return marked


def _is_alike(heading: str, title: str) -> bool:
    one, other = (re.sub(r"\W+", " ", text[:500]).casefold().strip() for text in (heading, title))
    return len(one) > 5 and len(other) > 5 and (one in other or other in one)


def _factors(page: Blocks, title: str) -> list[float]:
    favoured = _around_title(page, title)
    return [
        (_BODY_FACTOR if names.is_body else 1.0) * (_TITLE_FACTOR if is_favoured else 1.0)
        for names, is_favoured in zip(page.names, favoured, strict=True)
    ]


def _scores(page: Blocks, own: Sequence[float], factors: Sequence[float], shares: Sequence[float]) -> list[float]:
    """Return what the text in and below each element counts for it."""
    layer = list(own)
    scores = [0.0] * len(layer)
    for share in shares:
        above = [0.0] * len(layer)
        for number in range(len(layer) - 1, 0, -1):
            scores[number] += share * layer[number]
            above[page.parents[number]] += layer[number]
        layer = above
    return [score * factor for score, factor in zip(scores, factors, strict=True)]


class _Families:
    """What is to be known of whole subtrees: their best score, that of elements named as a body, and whether they have a heading."""

    def __init__(self, page: Blocks, scores: list[float]) -> None:
        self.best = list(scores)
        self.best_body = [score if names.is_body else 0.0 for score, names in zip(scores, page.names, strict=True)]
        self.headed = [tag == "h1" for tag in page.tags]
        self.children: dict[int, list[int]] = {}
        for number in range(len(scores) - 1, 0, -1):
            parent = page.parents[number]
            self.best[parent] = max(self.best[parent], self.best[number])
            self.best_body[parent] = max(self.best_body[parent], self.best_body[number])
            self.headed[parent] = self.headed[parent] or self.headed[number]
            self.children.setdefault(parent, []).append(number)

    def beside(self, number: int, parent: int) -> list[int]:
        """Return an element's siblings; one with a heading beside one with a heading is another article."""
        return [other for other in self.children[parent] if other != number and not (self.headed[other] and self.headed[number])]


def find_container(page: Blocks, title: str) -> tuple[int, list[float]]:
    """Return the number of the element that holds the article and as little else as can be, and the scores of all elements."""
    own, factors = _own_weights(page), _factors(page, title)
    scores = _scores(page, own, factors, _SHARES_ABOVE)
    seed = max(range(len(scores)), key=scores.__getitem__)
    while page.tags[seed] in _LEAVES and seed:
        seed = page.parents[seed]
    if not scores[seed]:
        return seed, scores
    near = _scores(page, own, factors, _SHARES_ABOVE[:2])  # what is made of boxes within boxes is no neighbour of an article
    return _grown(page, _Families(page, near), seed, scores[seed]), scores


def _grown(page: Blocks, families: _Families, seed: int, seed_score: float) -> int:
    """Return the highest element above the seed that is still of the article."""
    at = top = seed
    level = 0
    while at and page.tags[at] not in _ENDS:
        parent, level = page.parents[at], level + 1
        if _belongs(page, families, at, top, is_near=level <= _TWIN_LEVELS, seed_score=seed_score):
            top = parent
        at = parent
    return top


def _belongs(page: Blocks, families: _Families, at: int, top: int, *, is_near: bool, seed_score: float) -> bool:
    """Tell whether an element's parent is still of the article."""
    parent = page.parents[at]
    is_body = page.names[top].is_body
    others = families.beside(at, parent)
    best = families.best_body if is_body else families.best
    if any(best[other] >= _SIBLING_SHARE * seed_score for other in others):
        return True
    if is_near and page.looks[at] and any(families.best[o] >= _TWIN_SHARE * seed_score and page.looks[o] == page.looks[at] for o in others):
        return True
    return page.names[parent].is_body and not is_body
