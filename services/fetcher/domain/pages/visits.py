"""When the page of an article is visited, and what a visit comes to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.feeds_state import PageVisit, SeenArticle
from schemas.news_article import Article
from schemas.words import PageReason
from services.fetcher.domain.articles.editions import with_page, withdrawn
from services.fetcher.domain.pages.page import Page

WAITS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3))
"""From each visit to the next. Most corrections and withdrawals come within hours; after the last wait a page is let go."""
MISSING_VISITS = 2
"""Visits in a row that must find a page gone; a 410 says it once."""
READ = frozenset({PageReason.OK, PageReason.NOT_MODIFIED})


@dataclass(frozen=True)
class Visit:
    """One visit to an article's page.

    Attributes:
        page: What it holds; None unless it was read.
        is_final: The server says that it is gone for good (HTTP 410).
        detail: One line, the notice of a withdrawal that has none of its own.
    """

    reason: PageReason
    page: Page | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_final: bool = False
    detail: str = ""


def is_due(seen: SeenArticle, now: datetime) -> bool:
    """Tell whether a page is to be visited now, for the first time or again."""
    if not seen.url:
        return False
    return seen.page is None or now >= seen.page.at + WAITS[min(seen.page.visits, len(WAITS)) - 1]


def seen_after(seen: SeenArticle, visit: Visit, *, url: str, now: datetime) -> SeenArticle:
    """Return what is known of an article after a visit; after the last one its address is let go."""
    before = seen.page
    visits = (before.visits if before else 0) + 1
    was_read = visit.reason in READ or bool(before and before.was_read)
    missing = (before.missing if before else 0) + 1 if visit.reason is PageReason.GONE else 0
    keeps = visit.reason is not PageReason.OK and before
    page = PageVisit(
        at=now,
        reason=visit.reason,
        visits=visits,
        was_read=was_read,
        missing=missing,
        etag=visit.etag or (before.etag if keeps and before else None),
        last_modified=visit.last_modified or (before.last_modified if keeps and before else None),
    )
    return seen.model_copy(update={"page": page, "url": url if visits <= len(WAITS) else ""})


def article_after(article: Article, seen: SeenArticle, visit: Visit, *, now: datetime) -> Article:
    """Return the article as it stands after a visit; the same if the visit says nothing of it.

    Args:
        seen: What was known before the visit.
    """
    if visit.page and visit.page.notice:
        return withdrawn(article, visit.page.notice)
    if visit.page and visit.reason is PageReason.OK:
        return with_page(article, visit.page, now=now)
    if visit.reason is PageReason.GONE and seen.page and seen.page.was_read:
        missing = seen.page.missing + 1
        return withdrawn(article, visit.detail) if visit.is_final or missing >= MISSING_VISITS else article
    if visit.page and visit.reason is PageReason.PAYWALL and not article.withdrawn:  # facts stand before the wall: dates, authors
        return with_page(article, visit.page, now=now)
    return article
