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

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle
from schemas.news_article import Article
from schemas.words import PollReason
from services.chassis.clock import Clock
from services.fetcher import telemetry
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.feed_client import FeedClient, Fetched, shown
from services.fetcher.adapters.feed_errors import FeedError
from services.fetcher.adapters.feed_parser import parse_feed
from services.fetcher.domain.articles import Harvest, digests_of, harvest, needs_whole
from services.fetcher.domain.polls import GOOD, Outcome, is_of, is_same_body, state_after, validators_for

log = logging.getLogger(__name__)

INLINE_BYTES = 50_000
"""Larger documents are parsed in a thread, so that no other feed waits for them."""
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


class FeedStateStore(Protocol):
    """Where states are kept."""

    async def save(self, state: FeedState) -> None:
        """Keep the state of a feed."""
        ...


class Poller:
    """Polls feeds, one call a poll."""

    def __init__(
        self, *, client: FeedClient, publisher: ArticlePublisher, store: FeedStateStore, clock: Clock, completion: Completion
    ) -> None:
        self._client, self._publisher, self._store, self._clock, self._completion = client, publisher, store, clock, completion

    async def poll(self, source: FeedSource, before: FeedState | None) -> FeedState:
        """Visit the feed, publish what is new, then store and return its state. A crash in between publishes the same again.

        Never raises for what a feed or its server does; waits while Kafka is away.
        """
        began, started_at = time.monotonic(), self._clock.now()
        before = before if is_of(before, source) else None
        outcome, found = await self._visit(source, before)
        if outcome.reason in GOOD:
            known = before.seen if before else ()
            found = await _until_sent(lambda: self._completion.complete(source, found, before=known, now=self._clock.now()))
        published = await _until_sent(lambda: self._publisher.publish(found.articles)) if found.articles else Published()
        state = state_after(source, before, _counted(outcome, found, published), started_at=started_at, ended_at=self._clock.now())
        await _until_sent(lambda: self._store.save(state))
        _measure(found, published, state, seconds=time.monotonic() - began)
        _log(source, before, state, seconds=time.monotonic() - began)
        return state

    async def _visit(self, source: FeedSource, before: FeedState | None) -> tuple[Outcome, Harvest]:
        stage = PollReason.CONNECT
        try:
            fetched = await self._client.fetch(str(source.url), validators=validators_for(before), now=self._clock.now())
            if fetched.body is None:
                return Outcome(PollReason.NOT_MODIFIED, validators=fetched.validators), Harvest(seen=before.seen if before else ())
            if before and is_same_body(before, fetched.body_hash):
                outcome = Outcome(PollReason.OK, "the same bytes as before", validators=fetched.validators, body_hash=before.body_hash)
                return outcome, Harvest(entries=before.last_poll.entries, seen=before.seen)
            stage = PollReason.PARSE_ERROR
            found = await self._read(source, before, fetched)
        except FeedError as error:
            return Outcome(error.reason, error.detail, retry_after=error.retry_after), Harvest()
        except Exception as error:  # no feed and no server may stop the others: it is recorded, and polled again when due
            log.exception("feed.poll_failed", extra={"feed_id": source.feed_id, "feed_url": shown(str(source.url))})
            return Outcome(stage, f"failed in a way that is not known: {type(error).__name__}"), Harvest()
        return Outcome(PollReason.OK, validators=fetched.validators, body_hash=fetched.body_hash), found

    async def _read(self, source: FeedSource, before: FeedState | None, fetched: Fetched) -> Harvest:
        body, now = fetched.body or b"", self._clock.now()

        seen = before.seen if before else ()

        def read() -> Harvest:
            feed = parse_feed(body, url=fetched.url, content_type=fetched.content_type, known=digests_of(seen))
            if needs_whole(feed, source=source, seen=seen):
                feed = parse_feed(body, url=fetched.url, content_type=fetched.content_type)
            return harvest(feed, source=source, seen=seen, now=now)

        return await asyncio.to_thread(read) if len(body) > INLINE_BYTES else read()


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
    for kind, articles in zip(telemetry.ARTICLE_KINDS, (found.new, found.changed, found.withdrawn), strict=True):
        telemetry.ARTICLES.labels(kind=kind).inc(sum(article.article_id not in published.refused for article in articles))
    for reason, count in state.last_poll.dropped.items():
        telemetry.DROPPED.labels(reason=reason).inc(count)


def _log(source: FeedSource, before: FeedState | None, state: FeedState, *, seconds: float) -> None:
    """One line a poll that did something; the same failure in a row is logged once and counted every time."""
    poll = state.last_poll
    is_news = poll.published or poll.reason != (before.last_poll.reason if before else None)
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
    log.log(logging.INFO if is_news else logging.DEBUG, "feed.polled", extra=fields)
