"""Wiring of the fetcher."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from services.chassis.clock import Clock, clock_from
from services.chassis.http import new_client
from services.chassis.kafka import new_producer, wait_for_kafka
from services.chassis.runtime import collect_cycles
from services.chassis.server import OpsServer
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from services.fetcher.adapters.pages.article_archive import KafkaArticleArchive
from services.fetcher.adapters.pages.article_pages import ArticlePages
from services.fetcher.adapters.pages.completion import Completion
from services.fetcher.adapters.pages.pool import PagePool
from services.fetcher.adapters.pages.robots import Robots
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.adapters.polling.feed_state_store import KafkaFeedStateStore
from services.fetcher.adapters.polling.fetcher import WORK_FACTOR, Fetcher
from services.fetcher.adapters.polling.health_publisher import KafkaHealthPublisher
from services.fetcher.adapters.polling.host_pacer import HostPacer
from services.fetcher.adapters.polling.poller import Poller
from services.fetcher.adapters.websub.service import Hubs
from services.fetcher.domain.polling.twins import Twins
from services.fetcher.settings import FetcherSettings

log = logging.getLogger(__name__)


async def _completion(settings: FetcherSettings, stack: contextlib.AsyncExitStack, clock: Clock, pacer: HostPacer) -> Completion:
    """Return what completes articles, with a client of its own: slow pages take no connection from feeds."""
    http = await stack.enter_async_context(
        new_client(
            timeout_s=settings.timeout_s,
            allow=settings.allowed,
            user_agent=settings.user_agent,
            max_connections=settings.page_connections,
        )
    )
    pool = PagePool(workers=settings.page_workers)
    stack.push_async_callback(pool.close)
    archive = KafkaArticleArchive(settings.kafka_bootstrap)
    stack.push_async_callback(archive.stop)
    robots = Robots(http, clock=clock, agent=settings.user_agent)
    pages = ArticlePages(
        http,
        reader=pool,
        robots=robots,
        pacer=pacer,
        clock=clock,
        timeout_s=settings.page_timeout_s,
        max_body_bytes=settings.max_page_bytes,
    )
    max_age = timedelta(hours=settings.page_max_age_h)
    return Completion(archive=archive, pages=pages, timeout_s=settings.pages_timeout_s, max_age=max_age)


async def run(settings: FetcherSettings, stop: asyncio.Event) -> None:
    """Run the service until the event is set."""
    clock = clock_from(settings.clock_file)
    await wait_for_kafka(settings.kafka_bootstrap)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(asyncio.ensure_future(collect_cycles()).cancel)
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
        completion = await _completion(settings, stack, clock, pacer)
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
