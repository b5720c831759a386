"""Bytes of a page to what it holds: the one entrance. Pure computing, and never an exception for what a page holds."""

import re
from urllib.parse import urlsplit

from lxml import etree

from schemas.words import PageReason
from services.fetcher.adapters.pages.blocks import Blocks, read_blocks
from services.fetcher.adapters.pages.decoding import parse_page
from services.fetcher.adapters.pages.markup import Markup, read_markup
from services.fetcher.adapters.pages.metadata import Metadata, read_metadata
from services.fetcher.adapters.pages.text import ArticleText, read_text
from services.fetcher.domain.pages.corrections import distinct, notice_in
from services.fetcher.domain.pages.marks import ARTICLE_TYPES, MARKS, Node, article_of, corrections_of, is_locked, marks_of
from services.fetcher.domain.pages.page import Page
from services.fetcher.domain.pages.reviews import claim_reviews_of
from services.fetcher.domain.pages.walls import LEAST, SHORT, WALL_CHARS, is_consent, says_paywall, weight, why_no_text

_HTML_TYPES = frozenset(("", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "application/octet-stream"))
_NOT_HTML = re.compile(
    rb"\s*(?:%PDF|\x89PNG|\xff\xd8\xff|GIF8|PK\x03\x04|RIFF|\x1f\x8b|\x00\x00\x00.ftyp|ID3|OggS|MZ|\x7fELF|[{\[]\s*[\"{\[\]}]|(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|svg|urlset)\b)",
    re.IGNORECASE,
)
_COLLECTIONS = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
_LOCKED_TIERS = frozenset(("locked", "metered", "premium", "subscriber", "paid"))


def _is_html(body: bytes, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in _HTML_TYPES and not _NOT_HTML.match(body[:1000])


def _is_marked(markup: Markup, article: Node) -> bool:
    """Tell whether the page says that it is an article."""
    return bool(
        article
        or markup.first("og:type").lower().endswith("article")
        or markup.first("article:published_time")
        or ARTICLE_TYPES.intersection(markup.item_types)
    )


def _reason(body: bytes, *, title: str, shown: str, text: ArticleText, is_marked: bool, is_overview: bool, is_closed: bool) -> PageReason:
    size = weight(text.text)
    if size < SHORT:
        wall = why_no_text(title=title, shown=shown, text=text.text, body=body, is_locked=is_closed)
        if wall is not None:
            return wall
    if not is_marked and weight(shown) < WALL_CHARS and is_consent(title, shown):
        return PageReason.CONSENT
    if (text.is_list or is_overview) and not is_marked:
        return PageReason.NO_TEXT
    return PageReason.OK if size >= (LEAST / 2 if is_marked else LEAST) else PageReason.NO_TEXT


def _is_overview(url: str, marks: tuple[str, ...], found: Metadata) -> bool:
    """Tell whether a page is a front page that bears no author and no date, or says that it is a collection."""
    if not _COLLECTIONS.isdisjoint(marks):
        return True
    if found.authors or found.published_at:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _shown(blocks: Blocks) -> str:
    return "\n".join(block.text for block in blocks.blocks)


def _marks(markup: Markup, article: Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*marks_of(markup.nodes, article), *(name for name in markup.item_types if name in MARKS))))


def read_page(body: bytes, *, url: str, content_type: str = "") -> Page:
    """Return what a page holds. Never raises; ``reason`` says why there is no text.

    Args:
        body: Decompressed; what is beyond ``MAX_BYTES`` is not read.
        url: Where it came from: relative addresses start there.
        content_type: The header, if there was one.
    """
    if not _is_html(body, content_type):
        return Page(PageReason.NOT_HTML)
    try:
        root = parse_page(body, content_type)
        return Page(PageReason.NO_TEXT) if root is None else _read(root, body, url)
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError, AttributeError, etree.LxmlError):
        return Page(PageReason.FAILED)


def _read(root: etree._Element, body: bytes, url: str) -> Page:
    markup = read_markup(root)
    article = article_of(markup.nodes, url=url)
    found = read_metadata(markup, article, url=url)
    blocks = read_blocks(root)
    text = read_text(blocks, article=article, title=found.title)
    shown = _shown(blocks)
    is_closed = is_locked(article) or markup.first("article:content_tier").lower() in _LOCKED_TIERS
    marks = _marks(markup, article)
    reason = _reason(
        body,
        title=found.title or markup.title,
        shown=shown,
        text=text,
        is_marked=_is_marked(markup, article),
        is_overview=_is_overview(url, marks, found),
        is_closed=is_closed,
    )
    corrections = distinct((*corrections_of(article), *text.corrections))
    return Page(
        reason=reason,
        title=found.title,
        text=text.text if reason in (PageReason.OK, PageReason.PAYWALL) else "",
        authors=found.authors,
        credit=found.credit,
        canonical=found.canonical,
        language=found.language,
        published_at=found.published_at,
        updated_at=found.updated_at,
        is_partial=is_closed or (weight(text.text) < 3 * SHORT and says_paywall(shown)),
        marked_as=marks,
        corrections=corrections,
        claim_reviews=claim_reviews_of(markup.nodes),
        notice=notice_in(found.title, text.text, corrections),
    )
