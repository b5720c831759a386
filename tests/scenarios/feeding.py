"""From a step to the article that the fetcher publishes for it, by the fetcher's own domain functions."""

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.news_article import Article
from services.fetcher.domain.articles.articles import harvest
from services.fetcher.domain.articles.editions import after
from services.fetcher.domain.feeds.entries import DeletedEntry, Entry, ParsedFeed
from tests.scenarios.book import Scenario, Step


class Newsstand:
    """A feed per outlet, and one per outlet for history, as far as they have been read."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._seen: dict[FeedSource, tuple[SeenArticle, ...]] = {}
        self._last: dict[str, Article] = {}

    def article(self, step: Step) -> Article | None:
        """Return the article that comes of reading the step's feed now, None where the page says what it said before."""
        feed = ParsedFeed("atom", deleted=(_deleted(step),)) if step.withdraw else ParsedFeed("atom", entries=(_entry(step),))
        source = self._source(step)
        found = harvest(feed, source=source, seen=self._seen.get(source, ()), now=step.at)
        self._seen[source] = found.seen
        return self._as_successor(found.articles[0]) if found.articles else None

    def _as_successor(self, article: Article) -> Article:
        before = self._last.get(article.article_id)
        self._last[article.article_id] = after(before, article, version=before.version) if before else article
        return self._last[article.article_id]

    def _source(self, step: Step) -> FeedSource:
        outlet = self._scenario.outlet(step.outlet)
        return FeedSource(feed_id="scenario", url=f"https://{outlet.domain}/feed", outlet=outlet, backfill=step.backfill)


def _deleted(step: Step) -> DeletedEntry:
    return DeletedEntry(ref=step.url, link=step.url, deleted_at=step.at, notice=step.notice)


def _entry(step: Step) -> Entry:
    dated = step.published_at or step.at
    return Entry(
        guid=step.url,
        link=step.url,
        title=step.title,
        summary=step.summary,
        content=step.body,
        credit=step.credit,
        published_at=dated,
        updated_at=dated,
    )
