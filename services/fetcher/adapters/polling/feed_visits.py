"""One visit to a feed: which address is asked, what its document brings, and whether another feed has brought it already."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from weakref import WeakValueDictionary

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle
from schemas.words import PollReason
from services.chassis.clock import Clock
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.adapters.polling.feed_client import FeedClient, Fetched, shown
from services.fetcher.domain.articles.articles import Harvest, digests_of, harvest, needs_whole
from services.fetcher.domain.feeds.entries import ParsedFeed
from services.fetcher.domain.polling.hosts import host_of
from services.fetcher.domain.polling.polls import DISTRUST_EVERY, Outcome, Validators, is_in_distrust, is_same_body, validators_for
from services.fetcher.domain.polling.redirects import Journey, addresses_to_ask
from services.fetcher.domain.polling.rhythm import Heard, usual_gap_s
from services.fetcher.domain.polling.twins import Twins, known_to_any
from services.fetcher.domain.websub.links import named

log = logging.getLogger(__name__)

INLINE_BYTES = 200_000
"""Larger documents are parsed in a thread, so that no other feed waits for them. That costs more than it brings for smaller ones, which
take a few milliseconds: the thread and the loop wait for each other's hold on the interpreter."""


@dataclass(frozen=True)
class Visited:
    """What a visit came to.

    Attributes:
        known: Articles that were known before, to this feed or to a twin.
        address: Where the feed was found; None if it was not.
    """

    outcome: Outcome
    found: Harvest = field(default_factory=Harvest)
    known: tuple[SeenArticle, ...] = ()
    address: str | None = None


class FeedVisits:
    """Visits feeds. Two feeds that are found at one address take turns there, so that what one publishes the other knows of."""

    def __init__(self, client: FeedClient, *, clock: Clock, twins: Twins | None = None, distrust_every: int = DISTRUST_EVERY) -> None:
        self._client, self._clock, self._distrust_every = client, clock, distrust_every
        self.twins = twins or Twins()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def visit(self, source: FeedSource, before: FeedState | None, *, on_fetched: Callable[[], None]) -> AsyncIterator[Visited]:
        """Yield what a visit comes to; until the end of the context no twin reads the same document.

        Never raises for what a feed or its server does.

        Args:
            on_fetched: Called when the server has answered, or will not.
        """
        in_distrust = is_in_distrust(before, self._distrust_every)
        async with AsyncExitStack() as at_address:
            for url in addresses_to_ask(source, before, in_distrust=in_distrust):
                visited = await self._visit_at(url, source, before, at_address, on_fetched)
                if visited.address or visited.outcome.retry_after:
                    break
            yield visited

    @asynccontextmanager
    async def take(self, source: FeedSource, before: FeedState, body: bytes, content_type: str) -> AsyncIterator[Visited]:
        """Yield what a document brings that was pushed; otherwise as ``visit``."""
        address = self.twins.address_of(source.feed_id) or before.resolved_url or before.url
        async with AsyncExitStack() as at_address:
            yield await self._read_at(Fetched(address, Validators(), body, content_type), source, before, at_address, is_pushed=True)

    async def _visit_at(
        self, url: str, source: FeedSource, before: FeedState | None, at_address: AsyncExitStack, on_fetched: Callable[[], None]
    ) -> Visited:
        try:
            validators = validators_for(before, self._distrust_every)
            fetched = await self._client.fetch(url, validators=validators, now=self._clock.now())
        except FeedError as error:
            return _failed(error, error.journey)
        except Exception as error:  # no feed and no server may stop the others: it is recorded, and polled again when due
            return _crashed(PollReason.CONNECT, error, source, None)
        finally:
            on_fetched()
        return await self._read_at(fetched, source, before, at_address)

    async def _read_at(
        self, fetched: Fetched, source: FeedSource, before: FeedState | None, at_address: AsyncExitStack, *, is_pushed: bool = False
    ) -> Visited:
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._locks.setdefault(fetched.url, asyncio.Lock()))
            twins = self.twins.others(source, fetched.url)
            own = before.seen if before else ()
            known = known_to_any(own, twins) if twins else own
            try:
                visited = await self._read(fetched, source, before, known, has_twins=bool(twins), is_pushed=is_pushed)
            except FeedError as error:
                return _failed(error, fetched.journey)
            except Exception as error:
                return _crashed(PollReason.PARSE_ERROR, error, source, fetched.journey)
            at_address.push_async_exit(turn.pop_all())
        return visited

    async def _read(
        self,
        fetched: Fetched,
        source: FeedSource,
        before: FeedState | None,
        known: tuple[SeenArticle, ...],
        *,
        has_twins: bool,
        is_pushed: bool,
    ) -> Visited:
        outcome = Outcome(PollReason.NOT_MODIFIED, validators=fetched.validators, journey=fetched.journey, has_twins=has_twins)
        if fetched.body is None:
            return Visited(outcome, Harvest(seen=known), known, fetched.url)
        body_hash = fetched.body_hash
        outcome = replace(outcome, reason=PollReason.OK, body_hash=body_hash)
        if before and not is_pushed and is_same_body(before, body_hash):
            same = replace(outcome, detail="the same bytes as before")
            return Visited(same, Harvest(entries=before.last_poll.entries, seen=known), known, fetched.url)
        now = self._clock.now()
        feed, found = await self._parse(fetched, source, known, now)
        return Visited(_with_document(outcome, feed, found, fetched, now), found, known, fetched.url)

    async def _parse(
        self, fetched: Fetched, source: FeedSource, seen: tuple[SeenArticle, ...], now: datetime
    ) -> tuple[ParsedFeed, Harvest]:
        body = fetched.body or b""

        def read() -> tuple[ParsedFeed, Harvest]:
            parse = partial(parse_feed, body, url=fetched.url, content_type=fetched.content_type, max_bytes=self._client.max_body_bytes)
            feed = parse(known=digests_of(seen))
            if needs_whole(feed, source=source, seen=seen):
                feed = parse()
            return feed, harvest(feed, source=source, seen=seen, now=now)

        return await asyncio.to_thread(read) if len(body) > INLINE_BYTES else read()


def _failed(error: FeedError, journey: Journey | None) -> Visited:
    host = host_of(journey.end) if journey and error.retry_after else ""
    return Visited(Outcome(error.reason, error.detail, retry_after=error.retry_after, blocked_host=host, journey=journey))


def _crashed(stage: PollReason, error: Exception, source: FeedSource, journey: Journey | None) -> Visited:
    log.error("feed.poll_failed", extra={"feed_id": source.feed_id, "feed_url": shown(str(source.url))}, exc_info=error)
    return Visited(Outcome(stage, f"failed in a way that is not known: {type(error).__name__}", journey=journey))


def _with_document(outcome: Outcome, feed: ParsedFeed, found: Harvest, fetched: Fetched, now: datetime) -> Outcome:
    dates = (entry.published_at or entry.updated_at for entry in feed.entries)
    asked_s = max(feed.asked_s or 0.0, fetched.fresh_for_s or 0.0) or None
    heard = Heard(usual_gap_s(dates, now=now), asked_s, feed.skip_hours, feed.skip_days)
    hub = named(fetched.links, url=fetched.url, hub=feed.hub, self_link=feed.self_link)
    return replace(outcome, brought=len(found.articles), new=len(found.new), heard=heard, hub=hub)
