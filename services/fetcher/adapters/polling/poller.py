"""One poll of one feed, from the request to the stored state."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from aiokafka.errors import KafkaError

from schemas.feeds_health import SourceHealth
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle
from schemas.news_article import Article
from services.chassis.clock import Clock
from services.fetcher import telemetry
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.polling.feed_client import FeedClient, shown
from services.fetcher.adapters.polling.feed_visits import FeedVisits, Visited
from services.fetcher.domain.articles.articles import Harvest
from services.fetcher.domain.polling.health import change as health_change
from services.fetcher.domain.polling.polls import DISTRUST_EVERY, GOOD, Outcome, is_of, state_after, state_after_push
from services.fetcher.domain.polling.redirects import SAVE_AFTER
from services.fetcher.domain.polling.twins import Twins

log = logging.getLogger(__name__)

KAFKA_RETRY_S = 1.0
R = TypeVar("R")


class ArticlePublisher(Protocol):
    """Where articles go."""

    async def publish(self, articles: Sequence[Article]) -> Published:
        """Send all, and say where they are and which are too large to be sent."""
        ...


class Completion(Protocol):
    """What articles hold beyond the words of the feed."""

    async def complete(self, source: FeedSource, found: Harvest, *, before: Iterable[SeenArticle], now: datetime) -> Harvest:
        """Return what is to be published, and what is known from then on."""
        ...


class HealthPublisher(Protocol):
    """Who is told that a feed has gone out of sight, or is back."""

    async def publish(self, health: SourceHealth) -> None:
        """Send it, and return once it is safe."""
        ...


class FeedStateStore(Protocol):
    """Where states are kept."""

    async def save(self, state: FeedState) -> None:
        """Keep the state of a feed."""
        ...


class Poller:
    """Polls feeds, one call a poll."""

    def __init__(
        self,
        *,
        client: FeedClient,
        publisher: ArticlePublisher,
        store: FeedStateStore,
        clock: Clock,
        completion: Completion,
        health: HealthPublisher | None = None,
        twins: Twins | None = None,
        distrust_every: int = DISTRUST_EVERY,
        save_after: int = SAVE_AFTER,
    ) -> None:
        """Take what a poll needs.

        Args:
            health: Told when a feed goes out of sight and when it is back; None: nobody is.
            twins: Where all feeds were last found.
            distrust_every: Every so many polls nothing is taken for granted.
            save_after: Polls in a row after which a permanent redirect is kept.
        """
        self._publisher, self._store, self._clock, self._completion = publisher, store, clock, completion
        self._health, self._save_after = health, save_after
        self._visits = FeedVisits(client, clock=clock, twins=twins, distrust_every=distrust_every)

    async def poll(self, source: FeedSource, known: FeedState | None, *, on_fetched: Callable[[], None] = lambda: None) -> FeedState:
        """Visit the feed, publish what is new, then store and return its state. A crash in between publishes the same again.

        Never raises for what a feed or its server does; waits while Kafka is away.

        Args:
            on_fetched: Called when the server is through with us; pages and Kafka may still take their time.
        """
        began, started_at = time.monotonic(), self._clock.now()
        before = known if is_of(known, source) else None
        async with self._visits.visit(source, before, on_fetched=on_fetched) as visited:
            found, published = await self._publish(source, visited)
            ended_at = self._clock.now()
            state = state_after(
                source,
                before,
                _counted(visited.outcome, found, published),
                started_at=started_at,
                ended_at=ended_at,
                save_after=self._save_after,
                stale_before=known.stale_since if known else None,
            )
            await self.keep(source, known, state, at=ended_at)
            self._note(source, visited)
        _measure(found, published, state, seconds=time.monotonic() - began)
        _log(source, before, state, seconds=time.monotonic() - began)
        return state

    async def take_push(self, source: FeedSource, before: FeedState, body: bytes, content_type: str) -> FeedState | None:
        """Take a document that a hub has pushed as if it had been polled; None if it cannot be read. When to poll next stays as it was."""
        began = time.monotonic()
        async with self._visits.take(source, before, body, content_type) as visited:
            if visited.address is None:
                log.info("feed.push_unreadable", extra={"feed_id": source.feed_id, "reason": visited.outcome.reason.value})
                return None
            found, published = await self._publish(source, visited)
            now = self._clock.now()
            state = state_after_push(source, before, _counted(visited.outcome, found, published), now=now)
            await self.keep(source, before, state, at=now)
            self._note(source, visited)
        _measure_articles(found, published)
        _log(source, before, state, seconds=time.monotonic() - began)
        return state

    async def keep(self, source: FeedSource, before: FeedState | None, state: FeedState, *, at: datetime) -> None:
        """Tell of a change in the feed's health, then store its state: a crash in between tells the same again, under the same id."""
        stale_before, failures_before = (before.stale_since, before.failures) if before else (None, 0)
        told = health_change(source, stale_before, state, failures_before=failures_before, at=at)
        if told and self._health:
            health = self._health
            await _until_sent(lambda: health.publish(told))
            telemetry.SIGHT_CHANGES.labels(change=told.change.value).inc()
        await _until_sent(lambda: self._store.save(state))

    async def _publish(self, source: FeedSource, visited: Visited) -> tuple[Harvest, Published]:
        found = visited.found
        if visited.address:
            found = await _until_sent(lambda: self._completion.complete(source, found, before=visited.known, now=self._clock.now()))
        published = await _until_sent(lambda: self._publisher.publish(found.articles)) if found.articles else Published()
        return found, published

    def _note(self, source: FeedSource, visited: Visited) -> None:
        if visited.address:
            self._visits.twins.note(source, visited.address)


def _counted(outcome: Outcome, found: Harvest, published: Published) -> Outcome:
    """Add what was found to how the poll ended; what Kafka refused is not published, and is not tried again until it changes."""
    if outcome.reason not in GOOD:
        return outcome
    dropped = Counter(found.dropped) + Counter({"too_large": len(published.refused)})
    return replace(
        outcome,
        entries=found.entries,
        published=len(found.articles) - len(published.refused),
        dropped=dict(dropped),
        seen=tuple(_placed(seen, published) for seen in found.seen) if published.places else found.seen,
    )


def _placed(seen: SeenArticle, published: Published) -> SeenArticle:
    place = published.places.get(seen.article_id)
    return seen.model_copy(update={"place": place}) if place else seen


async def _until_sent(send: Callable[[], Awaitable[R]]) -> R:
    """Return what ``send`` returns; while Kafka is away, try again. What was sent already is sent again, under the same ids."""
    while True:
        try:
            return await send()
        except KafkaError as error:
            log.warning("kafka.away", extra={"error": type(error).__name__})
            await asyncio.sleep(KAFKA_RETRY_S)


def _measure(found: Harvest, published: Published, state: FeedState, *, seconds: float) -> None:
    telemetry.POLLS.labels(reason=state.last_poll.reason.value).inc()
    telemetry.POLL_SECONDS.observe(seconds)
    _measure_articles(found, published)
    for reason, count in state.last_poll.dropped.items():
        telemetry.DROPPED.labels(reason=reason).inc(count)


def _measure_articles(found: Harvest, published: Published) -> None:
    for kind, articles in zip(telemetry.ARTICLE_KINDS, (found.new, found.changed, found.withdrawn), strict=True):
        telemetry.ARTICLES.labels(kind=kind).inc(sum(article.article_id not in published.refused for article in articles))


def _log(source: FeedSource, before: FeedState | None, state: FeedState, *, seconds: float) -> None:
    """One line a poll that did something; the same failure in a row is logged once and counted every time."""
    poll, reason_before = state.last_poll, before.last_poll.reason if before else None
    is_same = poll.reason is reason_before or (poll.reason in GOOD and reason_before in GOOD)
    level = logging.DEBUG if is_same and not poll.published else logging.INFO
    if not log.isEnabledFor(level):
        return
    fields = {
        "feed_id": source.feed_id,
        "feed_url": shown(str(source.url)),
        "reason": poll.reason.value,
        "detail": poll.detail,
        "entries": poll.entries,
        "published": poll.published,
        "dropped": poll.dropped,
        "failures": state.failures,
        "duration_s": round(seconds, 3),
    }
    log.log(level, "feed.polled", extra=fields)
