"""Wiring of the fetcher."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.words import PageReason
from services.chassis.clock import clock_from
from services.chassis.http import new_client
from services.chassis.kafka import new_producer, wait_for_kafka
from services.chassis.server import OpsServer
from services.fetcher.adapters.article_archive import KafkaArticleArchive
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from services.fetcher.adapters.completion import Completion
from services.fetcher.adapters.feed_client import FeedClient
from services.fetcher.adapters.feed_state_store import KafkaFeedStateStore
from services.fetcher.adapters.fetcher import WORK_FACTOR, Fetcher
from services.fetcher.adapters.health_publisher import KafkaHealthPublisher
from services.fetcher.adapters.host_pacer import HostPacer
from services.fetcher.adapters.poller import Poller
from services.fetcher.adapters.websub_service import Hubs
from services.fetcher.domain.twins import Twins
from services.fetcher.domain.visits import Visit
from services.fetcher.settings import FetcherSettings

log = logging.getLogger(__name__)


class _NoPages:
    async def visit(self, url: str, *, source: FeedSource, seen: SeenArticle) -> Visit:
        return Visit(PageReason.UNREACHABLE)


async def run(settings: FetcherSettings, stop: asyncio.Event) -> None:
    """Run the service until the event is set."""
    clock = clock_from(settings.clock_file)
    await wait_for_kafka(settings.kafka_bootstrap)
    async with contextlib.AsyncExitStack() as stack:
        producer = new_producer(settings.kafka_bootstrap, client_id="claimwatch-fetcher")
        await producer.start()
        stack.push_async_callback(producer.stop)
        http = await stack.enter_async_context(
            new_client(
                timeout_s=settings.timeout_s,
                allow=settings.allowed,
                user_agent=settings.user_agent,
                max_connections=WORK_FACTOR * settings.concurrency,
            )
        )
        pacer, twins = HostPacer(clock, per_host=settings.host_concurrency, gap_s=settings.host_gap_s), Twins()
        client = FeedClient(http, timeout_s=settings.poll_timeout_s, max_body_bytes=settings.max_body_bytes, holds=pacer)
        archive = KafkaArticleArchive(settings.kafka_bootstrap)
        stack.push_async_callback(archive.stop)
        completion = Completion(archive=archive, pages=_NoPages(), timeout_s=60, max_age=timedelta(days=3))
        publisher, store = KafkaArticlePublisher(producer), KafkaFeedStateStore(producer)
        poller = Poller(
            client=client,
            publisher=publisher,
            store=store,
            clock=clock,
            completion=completion,
            health=KafkaHealthPublisher(producer),
            twins=twins,
            distrust_every=settings.distrust_every,
            save_after=settings.redirect_polls,
        )
        fetcher = Fetcher(settings, producer=producer, poller=poller, clock=clock, pacer=pacer, twins=twins)
        server = OpsServer(host=settings.http_host, port=settings.http_port, is_ready=lambda: fetcher.book.is_ready)
        await server.start()
        stack.push_async_callback(server.stop)
        log.info("fetcher.started", extra={"kafka": settings.kafka_bootstrap, "http_port": settings.http_port, "group": settings.group})
        if settings.public_url:
            hubs = Hubs(settings, desk=fetcher, http=http, clock=clock)
            fetcher.on_change.append(hubs.plan)
            await stack.enter_async_context(hubs.at_work(stop))
        await fetcher.run(stop)
    log.info("fetcher.stopped")
