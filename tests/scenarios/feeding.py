"""From a step to the article that the fetcher would publish for it."""

from schemas.ids import article_id, content_version
from schemas.news_article import Article
from tests.scenarios.book import Scenario, Step


class Newsstand:
    """Turns steps into articles as the fetcher does: same text, same version, nothing published."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._latest: dict[str, Article] = {}

    def article(self, step: Step) -> Article | None:
        """Return the article, None where the page says what it said before."""
        before = self._latest.get(step.url)
        if step.withdraw:
            version = content_version("withdrawn", step.notice)
        else:
            version = content_version(step.title, step.summary, step.body, step.credit)
        if before and before.version == version:
            return None
        article = Article(
            article_id=article_id(step.url), version=version, url=step.url, feed_id="scenario", outlet=self._scenario.outlet(step.outlet),
            title=step.title, summary=step.summary, body=step.body, credit=step.credit,
            published_at=step.published_at or (before.published_at if before and step.withdraw else step.at),
            first_seen_at=before.first_seen_at if before else step.at, version_seen_at=step.at,
            withdrawn=step.withdraw, notice=step.notice, backfill=step.backfill,
        )  # fmt: skip
        self._latest[step.url] = article
        return article
