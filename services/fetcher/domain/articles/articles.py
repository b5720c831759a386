"""Entries to articles: which are new, which are new versions, which were taken back, and which say nothing new."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.ids import article_id, content_version
from schemas.news_article import MAX_BODY_CHARS, Article
from services.fetcher.domain.articles.editions import MAX_CREDIT_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, withdrawn
from services.fetcher.domain.articles.identity import address_of, addresses, within_feed
from services.fetcher.domain.articles.notices import withdrawal_notice
from services.fetcher.domain.articles.urls import canonical_url
from services.fetcher.domain.feeds.entries import MAX_ENTRIES, DeletedEntry, Entry, ParsedFeed
from services.fetcher.domain.feeds.text import cut_at_paragraph

KEPT_UNLISTED = 200
"""Articles that are remembered at least, after they have left the feed."""
MAX_KEPT_GUID_CHARS = 200
LISTED_ANEW = timedelta(hours=1)
"""How old the note of an entry's last listing may grow before it is made anew."""


@dataclass(frozen=True)
class Harvest:
    """What one document adds to what is known of a feed."""

    new: tuple[Article, ...] = ()
    changed: tuple[Article, ...] = ()
    withdrawn: tuple[Article, ...] = ()
    seen: tuple[SeenArticle, ...] = ()
    entries: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Everything to be published, the oldest first, as a reader would have met it."""
        return tuple(sorted((*self.new, *self.changed, *self.withdrawn), key=lambda article: article.published_at))


def published_at(entry: Entry, *, first_seen_at: datetime, now: datetime) -> datetime:
    """Return the date the entry bears; the time it was first seen if it bears none or one in the future."""
    date = entry.published_at or entry.updated_at
    return first_seen_at if date is None or date > now else date


def _texts(entry: Entry) -> tuple[str, str, str, str]:
    return (
        entry.title[:MAX_TITLE_CHARS].strip(),
        cut_at_paragraph(entry.summary, MAX_SUMMARY_CHARS),
        cut_at_paragraph(entry.content, MAX_BODY_CHARS),
        entry.credit[:MAX_CREDIT_CHARS].strip(),
    )


def article_of(entry: Entry, *, url: str, source: FeedSource, language: str, first_seen_at: datetime, now: datetime) -> Article:
    """Return the article that an entry is, as of now."""
    title, summary, body, credit = _texts(entry)
    return Article(
        article_id=article_id(url),
        version=content_version(title, summary, body, credit),
        url=url,
        feed_id=source.feed_id,
        outlet=source.outlet,
        title=title,
        summary=summary,
        body=body,
        credit=credit,
        authors=entry.authors,
        language=entry.language or language,
        published_at=published_at(entry, first_seen_at=first_seen_at, now=now),
        updated_at=entry.updated_at if entry.updated_at and entry.published_at and entry.published_at < entry.updated_at <= now else None,
        first_seen_at=first_seen_at,
        version_seen_at=now,
        backfill=source.backfill,
    )


def digests_of(seen: Iterable[SeenArticle]) -> frozenset[str]:
    """Return the digests of entries that need not be read again."""
    return frozenset(article.digest for article in seen if article.digest)


def needs_whole(feed: ParsedFeed, *, source: FeedSource, seen: tuple[SeenArticle, ...]) -> bool:
    """Tell whether a document must be read whole, as an entry that was read cannot be told apart from those that were not."""
    if not feed.unchanged:
        return False
    unread = set(feed.unchanged)
    ids = {article.article_id for article in seen if article.digest in unread}
    return bool(feed.deleted) or any(article_id(address_of(entry, str(source.url))) in ids for entry in feed.entries)


class _Reaping:
    """Goes through one document; everything it knows is what it was given."""

    def __init__(self, source: FeedSource, seen: Mapping[str, SeenArticle], now: datetime) -> None:
        self.source, self.now = source, now
        self.before = seen
        self.dates: dict[str, datetime] = {}
        """When the entries of this document were last changed, by article id: a deletion before that is out of date."""
        self.listed: dict[str, SeenArticle] = {}
        self.new: list[Article] = []
        self.changed: list[Article] = []
        self.withdrawn: list[Article] = []
        self.dropped: Counter[str] = Counter()

    def pass_over(self, digests: Iterable[str]) -> None:
        """Note entries that stand in the document as they stood before."""
        by_digest = {article.digest: article for article in self.before.values() if article.digest}
        for digest in digests:
            known = by_digest[digest]
            is_fresh = self.now - known.last_listed_at < LISTED_ANEW
            self.listed[known.article_id] = known if is_fresh else known.model_copy(update={"last_listed_at": self.now})

    def take(self, entry: Entry, url: str, language: str) -> None:
        if not (entry.title or entry.summary or entry.content):
            self.dropped["no_text"] += 1
            return
        id_ = article_id(url)
        if id_ in self.listed:
            self.dropped["duplicate"] += 1
            return
        known = self.before.get(id_)
        first_seen_at = known.first_seen_at if known else self.now
        article = article_of(entry, url=url, source=self.source, language=language, first_seen_at=first_seen_at, now=self.now)
        is_edited = known is not None and _said_by_feed(known) != article.version
        notice = withdrawal_notice(article.title, article.body or article.summary) if is_edited else ""
        self._keep(withdrawn(article, notice) if notice else article, guid=entry.guid, digest="" if "#" in url else entry.digest)

    def take_back(self, deleted: DeletedEntry) -> None:
        url = self._address_of_deleted(deleted)
        known = self.before.get(article_id(url)) or self._by_guid(deleted.ref)
        if known is None:
            self.dropped["unknown_withdrawal"] += 1
            return
        restored_at = self.dates.get(known.article_id)
        if restored_at and deleted.deleted_at and restored_at > deleted.deleted_at:
            return
        entry = Entry(guid=deleted.ref, title="-", published_at=deleted.deleted_at)
        article = article_of(entry, url=url, source=self.source, language="", first_seen_at=known.first_seen_at, now=self.now)
        self._keep(withdrawn(article.model_copy(update={"article_id": known.article_id}), deleted.notice), guid=known.guid)

    def _address_of_deleted(self, deleted: DeletedEntry) -> str:
        entry = Entry(guid=deleted.ref, link=deleted.link)
        with_fragment = canonical_url(deleted.ref) + "#" + deleted.ref.partition("#")[2] if "#" in deleted.ref else ""
        candidates = (address_of(entry, str(self.source.url)), with_fragment, within_feed(str(self.source.url), deleted.ref))
        return next((url for url in candidates if article_id(url) in self.before), candidates[0])

    def _by_guid(self, guid: str) -> SeenArticle | None:
        return next((seen for seen in self.before.values() if guid and seen.guid == guid), None)

    def _keep(self, article: Article, *, guid: str, digest: str = "") -> None:
        known = self.before.get(article.article_id)
        kept_guid = guid if canonical_url(guid) != article.url and len(guid) <= MAX_KEPT_GUID_CHARS else ""
        noted = {"last_listed_at": self.now, "guid": kept_guid, "digest": digest}
        if known and article.version in (_said_by_feed(known), known.version):
            self.listed[article.article_id] = known.model_copy(update=noted)
            return
        self.listed[article.article_id] = SeenArticle(
            article_id=article.article_id,
            version=article.version,
            first_seen_at=article.first_seen_at,
            place=known.place if known else "",
            url=known.url if known else "",
            page=known.page if known else None,
            **noted,
        )
        (self.withdrawn if article.withdrawn else self.changed if known else self.new).append(article)


def _said_by_feed(known: SeenArticle) -> str:
    return known.feed_version or known.version


def _remembered(listed: Mapping[str, SeenArticle], before: Mapping[str, SeenArticle]) -> tuple[SeenArticle, ...]:
    unlisted = sorted((seen for id_, seen in before.items() if id_ not in listed), key=lambda seen: seen.last_listed_at, reverse=True)
    room = max(KEPT_UNLISTED, min(2 * len(listed), MAX_ENTRIES - len(listed)))
    return (*listed.values(), *unlisted[:room])


def harvest(feed: ParsedFeed, *, source: FeedSource, seen: tuple[SeenArticle, ...], now: datetime) -> Harvest:
    """Return what a document adds: new articles, new versions, withdrawals; and what is known of the feed from now on."""
    reaping = _Reaping(source, {article.article_id: article for article in seen}, now)
    reaping.dropped.update(feed.dropped)
    reaping.pass_over(feed.unchanged)
    entries = feed.entries[:MAX_ENTRIES]
    if len(feed.entries) > MAX_ENTRIES:
        reaping.dropped["too_many"] += len(feed.entries) - MAX_ENTRIES
    urls = addresses(entries, str(source.url), is_known=reaping.before.__contains__)
    if feed.deleted:
        dates = ((article_id(url), entry.updated_at or entry.published_at) for entry, url in zip(entries, urls, strict=True))
        reaping.dates = {id_: date for id_, date in dates if date}
    for deleted in feed.deleted:
        reaping.take_back(deleted)
    for entry, url in zip(entries, urls, strict=True):
        reaping.take(entry, url, feed.language)
    return Harvest(
        new=tuple(reaping.new),
        changed=tuple(reaping.changed),
        withdrawn=tuple(reaping.withdrawn),
        seen=_remembered(reaping.listed, reaping.before),
        entries=len(feed.entries) + len(feed.unchanged) + sum(feed.dropped.values()),
        dropped=dict(reaping.dropped),
    )
