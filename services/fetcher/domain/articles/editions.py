"""A version of an article: from what the feed says, what its page adds, and what the version before was."""

import re
from datetime import datetime

from schemas.feeds_source import FeedSource
from schemas.ids import content_version
from schemas.news_article import MAX_BODY_CHARS, Article
from schemas.words import PageUse, TextFrom
from services.fetcher.domain.articles.changes import changes_between
from services.fetcher.domain.articles.notices import MAX_NOTICE_CHARS
from services.fetcher.domain.articles.urls import canonical_url, site_of
from services.fetcher.domain.feeds.text import cut_at_paragraph
from services.fetcher.domain.pages.page import Page

MAX_TITLE_CHARS = 1_000
MAX_SUMMARY_CHARS = 100_000
MAX_CREDIT_CHARS = 200
MAX_AUTHORS = 50
WHOLE_BODY_CHARS = 400
"""What a feed gives as content is a lead as a rule if it is shorter; a brief report has about as much."""
WHOLE_SUMMARY_CHARS = 700
"""What it gives as description is the whole text only where it is longer than any lead."""
_TEASER = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:read|continue|see|view|click)\b[^.\n]{0,60}(?:more|reading|full|rest|article|story|here)[^.\n]{0,40}[»→>.…]*)\s*$",
    re.IGNORECASE,
)
_PAGE_FIELDS = ("text_from", "updated_at", "original_url", "is_partial", "marked_as", "corrections", "claim_reviews")


def version_of(article: Article) -> str:
    """Return the content version of an article that stands: of its texts, and of what its page says beside them."""
    verdicts = (f"{review.claim}: {review.verdict}" for review in article.claim_reviews)
    return content_version(article.title, article.summary, article.body, article.credit, *article.corrections, *verdicts)


def is_whole(article: Article) -> bool:
    """Tell whether the feed carries the article's whole text, as far as that can be told from the text alone."""
    text = article.body or article.summary
    return len(text) >= (WHOLE_BODY_CHARS if article.body else WHOLE_SUMMARY_CHARS) and not _TEASER.search(text[-120:])


def wants_page(source: FeedSource, article: Article) -> bool:
    """Tell whether the article's own page is to be read."""
    if source.pages is PageUse.NEVER or source.backfill or article.withdrawn or "#" in article.url:
        return False  # what shares its page with other entries cannot be told apart there
    return source.pages is PageUse.ALWAYS or not is_whole(article)


def withdrawn(article: Article, notice: str) -> Article:
    """Return the article as one that was taken back; it says nothing any more."""
    notice = notice[:MAX_NOTICE_CHARS].strip()
    blank = dict.fromkeys(("title", "summary", "body"), "") | dict.fromkeys(("changes", "corrections", "claim_reviews", "marked_as"), ())
    return article.model_copy(update={"version": content_version("withdrawn", notice), "withdrawn": True, "notice": notice} | blank)


def with_page(article: Article, page: Page, *, now: datetime) -> Article:
    """Return the article with the text of its page, and with what the feed left open.

    The feed's headline, credit, authors, language and dates stand where it gives any. A page that holds less than the feed adds no text.
    """
    body = cut_at_paragraph(page.text, MAX_BODY_CHARS)
    has_text = page.is_ok and (len(body) >= len(article.body) or article.text_from is TextFrom.PAGE)
    dated_by_feed = article.published_at != article.first_seen_at
    completed = article.model_copy(
        update={
            "title": article.title or page.title[:MAX_TITLE_CHARS].strip(),
            "body": body if has_text else article.body,
            "text_from": TextFrom.PAGE if has_text else article.text_from,
            "credit": article.credit or page.credit[:MAX_CREDIT_CHARS].strip(),
            "authors": article.authors or page.authors[:MAX_AUTHORS],
            "language": article.language or page.language,
            "published_at": article.published_at if dated_by_feed else _not_after(page.published_at, now) or article.published_at,
            "updated_at": _not_after(page.updated_at, now) or article.updated_at,
            "original_url": _elsewhere(page.canonical, article.url),
            "is_partial": page.is_partial,
            "marked_as": page.marked_as,
            "corrections": page.corrections,
            "claim_reviews": page.claim_reviews,
            "withdrawn": False,
            "notice": "",
        }
    )
    return completed.model_copy(update={"version": version_of(completed)})


def with_body_of(article: Article, previous: Article) -> Article:
    """Return an article of which only the feed could be read this time, with the text that its page had before."""
    if previous.withdrawn or previous.text_from is not TextFrom.PAGE:
        return article
    from_page = {name: getattr(previous, name) for name in _PAGE_FIELDS}
    kept = article.model_copy(update={"body": previous.body, "credit": article.credit or previous.credit} | from_page)
    return kept.model_copy(update={"version": version_of(kept)})


def after(previous: Article | None, article: Article, *, version: str) -> Article:
    """Return an article as the successor of the version before: what changed, and the date that it bore at first.

    Args:
        previous: The version before; None if it cannot be read any more.
        version: Name of the version before.
    """
    update: dict[str, object] = {"previous_version": version}
    if previous is not None and not article.withdrawn:
        update["changes"] = () if previous.withdrawn else changes_between(previous, article)
        if previous.published_at < article.published_at:  # an old article with a new date stays old
            update["published_at"] = previous.published_at
            update["updated_at"] = article.updated_at or article.published_at
    return article.model_copy(update=update)


def _not_after(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment <= now else None


def _elsewhere(canonical: str, url: str) -> str:
    """Return the canonical address if it is on another site."""
    address = canonical_url(canonical)
    there, here = site_of(address), site_of(url)
    return "" if not there or there == here or there.endswith(f".{here}") or here.endswith(f".{there}") else address
