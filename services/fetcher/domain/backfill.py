"""Articles of an archive: what a line or a page of it says, under the ids that the live path would have given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pydantic import ValidationError

from schemas.feeds_source import FeedSource, Outlet
from schemas.news_article import Article
from schemas.words import PageReason, TextFrom
from services.fetcher.domain.articles.articles import article_of
from services.fetcher.domain.articles.editions import after, with_page, withdrawn
from services.fetcher.domain.articles.notices import withdrawal_notice
from services.fetcher.domain.articles.urls import canonical_url, site_of
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import Entry
from services.fetcher.domain.feeds.text import html_to_text, plain_text
from services.fetcher.domain.pages.page import Page

FEED_ID = "archive"
"""Stands as the feed of every article that came from an archive."""
URL_FIELDS = ("url", "link", "canonical_url")
TITLE_FIELDS = ("title", "headline")
TEXT_FIELDS = ("text", "body", "content", "maintext")
HTML_FIELDS = ("html", "content_html")
SUMMARY_FIELDS = ("summary", "description")
PUBLISHED_FIELDS = ("published_at", "date_published", "published", "date_publish", "date")
UPDATED_FIELDS = ("updated_at", "date_modified", "updated", "modified")
CAPTURED_FIELDS = ("captured_at", "crawled_at", "fetched_at", "version_seen_at", "date_download")


class Unusable(Exception):
    """A record of an archive that becomes no article.

    Attributes:
        reason: From a closed set, see the README.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Archived:
    """An article version as the archive has it, not knowing of the others.

    Attributes:
        article: Its times are those that it bears; nothing in it is of the day on which it is loaded.
        moment: Where it stands in the order of events: when it was published, or changed.
        captured_at: When the archive took it; None: the archive does not say.
    """

    article: Article
    moment: datetime
    captured_at: datetime | None = None


def outlet_of(value: object, url: str, default: Outlet | None) -> Outlet:
    """Return the outlet that a record names, else the default, else the site that it stands on: a family of its own.

    Raises:
        Unusable: If it is neither a name nor what an outlet is made of.
    """
    domain = site_of(url)
    if isinstance(value, str) and _line(value):
        return Outlet(name=_line(value), domain=domain)
    if not value:
        return default or Outlet(name=domain, domain=domain)
    try:
        return Outlet.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Unusable("bad_outlet", f"{'.'.join(map(str, first['loc'])) or 'outlet'}: {first['msg']}") from None


def from_fields(fields: Mapping[str, object], *, outlet: Outlet | None, now: datetime) -> Archived:
    """Return the article that one JSON object describes. An article as it stands in ``news.article.v1`` is one as well.

    Args:
        outlet: Whose articles these are where they do not say.
        now: What is dated later cannot have been archived.

    Raises:
        Unusable: If it has no address, no text, or no date; or says what cannot be.
    """
    url = _address(_text(fields, URL_FIELDS))
    published = _moment(fields, PUBLISHED_FIELDS)
    updated = _moment(fields, UPDATED_FIELDS)
    captured = _moment(fields, CAPTURED_FIELDS)
    entry = Entry(
        title=_line(_text(fields, TITLE_FIELDS)),
        summary=plain_text(_text(fields, SUMMARY_FIELDS)),
        content=plain_text(_text(fields, TEXT_FIELDS)) or html_to_text(_text(fields, HTML_FIELDS)),
        credit=_line(_text(fields, ("credit",))),
        authors=_names(fields.get("authors") or fields.get("author")),
        language=_text(fields, ("language", "lang")),
        published_at=published or updated or captured,
        updated_at=updated,
    )
    is_withdrawn = fields.get("withdrawn") is True
    if not (entry.title or entry.summary or entry.content or is_withdrawn):
        raise Unusable("no_text")
    article = _article(entry, url=url, outlet=outlet_of(fields.get("outlet"), url, outlet), captured=captured, now=now, empty=is_withdrawn)
    if is_withdrawn:
        article = withdrawn(article, plain_text(_text(fields, ("notice",))))
    return Archived(article, _in_order(article, captured if is_withdrawn else None), captured)


def from_page(page: Page, *, url: str, captured_at: datetime, outlet: Outlet | None, now: datetime) -> Archived:
    """Return the article that a page of a web archive is; dated by the page, else by its capture.

    Raises:
        Unusable: If the page holds no article, for the page's own reason.
    """
    url = _address(url)
    if page.reason not in (PageReason.OK, PageReason.PAYWALL):
        raise Unusable(f"page_{page.reason.value}")
    if not (page.title or page.text):
        raise Unusable("no_text")
    dated = page.published_at if page.published_at and page.published_at <= captured_at else None
    entry = Entry(title=" ".join(page.title.split()) or "-", published_at=dated or captured_at)
    bare = _article(entry, url=url, outlet=outlet_of(None, url, outlet), captured=captured_at, now=now)
    article = with_page(bare, page, now=captured_at).model_copy(update={"text_from": TextFrom.ARCHIVE})
    return Archived(article, _in_order(article, None), captured_at)


def in_sequence(article: Article, *, previous: Article | None, version: str, first_seen_at: datetime) -> Article | None:
    """Return the article as what follows the version before it; None if it says nothing that the version before did not.

    Args:
        previous: The version before; None if its text is not kept any more.
        version: Its name; empty if this is the first.
        first_seen_at: Of the first version.
    """
    if article.version == version:
        return None
    notice = withdrawal_notice(article.title, article.body or article.summary) if version and not article.withdrawn else ""
    told = withdrawn(article, notice) if notice else article
    if told.version == version:
        return None
    told = told.model_copy(update={"first_seen_at": first_seen_at})
    return after(previous, told, version=version) if version else told


def _article(entry: Entry, *, url: str, outlet: Outlet, captured: datetime | None, now: datetime, empty: bool = False) -> Article:
    """Return the article under the ids of the live path, its times from the archive."""
    if entry.published_at is None:
        raise Unusable("no_date")
    if entry.published_at > now:
        raise Unusable("future_date", entry.published_at.isoformat())
    seen = captured if captured and entry.published_at <= captured <= now else entry.published_at
    if empty:  # says nothing, and says so
        entry = Entry(title="-", credit=entry.credit, authors=entry.authors, language=entry.language, published_at=entry.published_at)
    source = FeedSource.model_validate({"feed_id": FEED_ID, "url": url, "outlet": outlet, "backfill": True})
    article = article_of(entry, url=url, source=source, language=outlet.language, first_seen_at=seen, now=now)
    said_at = seen if captured else max(seen, article.updated_at or seen)
    return article.model_copy(update={"version_seen_at": said_at, "text_from": TextFrom.ARCHIVE})


def _in_order(article: Article, captured: datetime | None) -> datetime:
    return max(filter(None, (article.published_at, article.updated_at, captured)))


def _address(text: str) -> str:
    url = canonical_url(text)
    if not url:
        raise Unusable("no_url" if not text else "bad_url", urlsplit(text).scheme if "://" in text else "")
    return url


def _text(fields: Mapping[str, object], names: Sequence[str]) -> str:
    """Return the first of these fields that holds a text."""
    return next((value for name in names if isinstance(value := fields.get(name), str) and value.strip()), "")


def _names(value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return tuple(_line(name) for name in found if isinstance(name, str) and name.strip())


def _line(text: str) -> str:
    return " ".join(plain_text(text).split())


def _moment(fields: Mapping[str, object], names: Sequence[str]) -> datetime | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, bool) or value in (None, ""):
            continue
        if moment := _date(value):
            return moment
        raise Unusable("bad_date", name)
    return None


def _date(value: object) -> datetime | None:
    if isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)  # seconds or milliseconds since 1970
        except (OverflowError, ValueError, OSError):
            return None
    return parse_date(value) if isinstance(value, str) else None
