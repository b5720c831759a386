"""From what a feed says to what is published: the articles' own pages, and what changed since the version before."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.news_article import Article
from services.fetcher import telemetry
from services.fetcher.domain.articles.articles import Harvest
from services.fetcher.domain.articles.editions import after, wants_page, with_body_of
from services.fetcher.domain.pages.visits import Visit, article_after, is_due, seen_after

MAX_VISITS = 40
"""Pages visited in one poll; what is left is visited in the next."""
MAX_AT_ONCE = 4


class ArticleArchive(Protocol):
    """Where published versions can be read again."""

    async def last_version(self, seen: SeenArticle) -> Article | None:
        """Return the version published last; None if it cannot be read any more."""
        ...


class Pages(Protocol):
    """Where the pages of articles are."""

    async def visit(self, url: str, *, source: FeedSource, seen: SeenArticle) -> Visit:
        """Return what a visit comes to."""
        ...


class Completion:
    """Completes what was found in a feed. Whatever a page or the archive does not give in time, the feed's words stand."""

    def __init__(self, *, archive: ArticleArchive, pages: Pages, timeout_s: float, max_age: timedelta) -> None:
        """Take where to look.

        Args:
            timeout_s: For all pages of one poll together.
            max_age: Pages of older articles are not visited: the first poll of a feed would read its whole past.
        """
        self._archive, self._pages = archive, pages
        self._timeout_s, self._max_age = timeout_s, max_age

    async def complete(self, source: FeedSource, found: Harvest, *, before: Iterable[SeenArticle], now: datetime) -> Harvest:
        """Return what is to be published, and what is known from then on."""
        drafts = {article.article_id: article for article in (*found.new, *found.changed)}
        due = self._due(source, drafts, found.seen, now)
        if not (due or found.changed or found.withdrawn):
            return found
        known = {seen.article_id: seen for seen in before}
        notes = {seen.article_id: seen for seen in found.seen}
        rewritten = [article.article_id for article in found.changed]
        earlier = await self._earlier([known[id_] for id_ in {*rewritten, *(due.keys() - drafts.keys())}])
        visits = await self._visit(source, {id_: url for id_, url in due.items() if id_ in drafts or id_ in earlier}, notes)
        desk = _Desk(found, known, earlier, now)
        for id_, draft in drafts.items():
            desk.take_draft(draft, visits.get(id_), due.get(id_, ""))
        for id_ in visits.keys() - drafts.keys():
            desk.take_again(earlier[id_], visits[id_], due[id_])
        return desk.harvest()

    def _due(self, source: FeedSource, drafts: dict[str, Article], seen: Iterable[SeenArticle], now: datetime) -> dict[str, str]:
        """Return the addresses of the pages to be visited, by article id; new articles first."""
        fresh = {
            id_: article.url
            for id_, article in drafts.items()
            if wants_page(source, article) and now - article.published_at <= self._max_age
        }
        again = {note.article_id: note.url for note in seen if note.url and note.article_id not in drafts and is_due(note, now)}
        return dict([*fresh.items(), *again.items()][:MAX_VISITS])

    async def _earlier(self, notes: list[SeenArticle]) -> dict[str, Article]:
        found = [await self._archive.last_version(seen) for seen in notes]
        return {article.article_id: article for article in found if article}

    async def _visit(self, source: FeedSource, due: dict[str, str], notes: dict[str, SeenArticle]) -> dict[str, Visit]:
        if not due:
            return {}
        room = asyncio.Semaphore(MAX_AT_ONCE)

        async def visit(id_: str) -> Visit:
            async with room:
                return await self._pages.visit(due[id_], source=source, seen=notes[id_])

        tasks = {id_: asyncio.ensure_future(visit(id_)) for id_ in due}
        try:
            await asyncio.wait(tasks.values(), timeout=self._timeout_s)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        visits = {id_: task.result() for id_, task in tasks.items() if not task.cancelled()}
        for done in visits.values():
            telemetry.PAGES.labels(reason=done.reason.value).inc()
        return visits


class _Desk:
    """Puts one document's articles together from what was found."""

    def __init__(self, found: Harvest, known: dict[str, SeenArticle], earlier: dict[str, Article], now: datetime) -> None:
        self._found, self._known, self._earlier, self._now = found, known, earlier, now
        self._articles: list[Article] = []
        self._notes = {seen.article_id: seen for seen in found.seen}

    def take_draft(self, draft: Article, visit: Visit | None, url: str) -> None:
        """Take an article that the feed gives anew or otherwise than before."""
        id_ = draft.article_id
        known, earlier = self._known.get(id_), self._earlier.get(id_)
        article = article_after(draft, self._notes[id_], visit, now=self._now) if visit else draft
        if earlier and not article.withdrawn and not (visit and visit.page and visit.page.is_ok):
            article = with_body_of(article, earlier)
        self._note(article, visit, url, feed_version=draft.version)
        if known is None:
            self._articles.append(article)
        elif article.version != known.version:
            self._articles.append(after(earlier, article, version=known.version))

    def take_again(self, earlier: Article, visit: Visit, url: str) -> None:
        """Take a page that was visited again while the feed says what it said before."""
        seen = self._notes[earlier.article_id]
        article = article_after(earlier, seen, visit, now=self._now)
        self._note(article, visit, url, feed_version=seen.feed_version or seen.version)
        if article.version != earlier.version:
            fresh = article.model_copy(update={"version_seen_at": self._now})
            self._articles.append(after(earlier, fresh, version=earlier.version))

    def _note(self, article: Article, visit: Visit | None, url: str, *, feed_version: str) -> None:
        seen = self._notes[article.article_id]
        if visit:
            seen = seen_after(seen, visit, url=url, now=self._now)
        elif url:  # there was no time for it: the next poll goes there
            seen = seen.model_copy(update={"url": url})
        own = {"version": article.version, "feed_version": feed_version if feed_version != article.version else ""}
        self._notes[article.article_id] = seen.model_copy(update=own)

    def harvest(self) -> Harvest:
        """Return it as a harvest."""
        withdrawn = tuple(article for article in self._articles if article.withdrawn)
        standing = [article for article in self._articles if not article.withdrawn]
        new = {article.article_id for article in self._found.new}
        taken_back = tuple(
            after(None, article, version=self._known[article.article_id].version) if article.article_id in self._known else article
            for article in self._found.withdrawn
        )
        return replace(
            self._found,
            new=tuple(article for article in standing if article.article_id in new),
            changed=tuple(article for article in standing if article.article_id not in new),
            withdrawn=(*taken_back, *withdrawn),
            seen=tuple(self._notes.values()),
        )
