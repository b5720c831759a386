"""Wiring: builds the adapters, hands them to each other, runs them until told to stop."""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaProducer

from schemas import claims_status, claims_watch, feeds_source, feeds_state
from services.alerter import telemetry
from services.alerter.adapters import outbox, subscription_file
from services.alerter.adapters.api import ApiServer, build_api
from services.alerter.adapters.api_parts import ApiParts
from services.alerter.adapters.compacted_topic import CompactedTopic, RecordWriter
from services.alerter.adapters.database import Database, DatabaseAway
from services.alerter.adapters.dispatcher import Dispatcher, Pace
from services.alerter.adapters.transition_consumer import TransitionConsumer
from services.alerter.adapters.webhook_sender import WebhookSender
from services.alerter.adapters.yaml_file import BadFile
from services.alerter.domain.sight import FeedHealth
from services.alerter.settings import AlerterSettings
from services.chassis.addresses import AllowList
from services.chassis.clock import SystemClock, clock_from
from services.chassis.dead_letters import DeadLetters
from services.chassis.http import new_client
from services.chassis.kafka import new_producer, wait_for_kafka

log = logging.getLogger(__name__)
USER_AGENT = "Claimwatch/0.1 (webhooks)"
BACKLOG_EVERY_S = 5.0


class Alerter:
    """The service: one process, one database."""

    def __init__(self, settings: AlerterSettings) -> None:
        """Open what needs no Kafka: the port, the database, the subscription file.

        Raises:
            SystemExit: With a line per mistake, if the settings or the file are wrong.
        """
        self._settings = settings
        self._now: Callable[[], datetime] = SystemClock().now  # receivers live in real time, whatever a replay's clock says
        self._allow = _allow_list(settings)
        self._key = settings.required_key()
        content = _read_file(settings, self._allow)
        self.server = ApiServer(host=settings.http_host, port=settings.http_port)
        self.database = Database(settings.database_url)
        self._file = content

    async def run(self, stop: asyncio.Event) -> None:
        """Run until the event is set; what was begun is finished, within bounds."""
        async with AsyncExitStack() as stack:
            stack.callback(self.database.close)
            await self._take_over_file()
            await wait_for_kafka(self._settings.kafka_bootstrap)
            producer = new_producer(self._settings.kafka_bootstrap, client_id="claimwatch-alerter")
            await producer.start()
            stack.push_async_callback(producer.stop)
            client = await stack.enter_async_context(
                new_client(timeout_s=self._settings.request_timeout_s, allow=self._settings.allow, user_agent=USER_AGENT, max_connections=0)
            )
            sender = WebhookSender(client, timeout_s=self._settings.request_timeout_s, now=self._now)
            await self._run_parts(stop, producer, sender)

    async def _run_parts(self, stop: asyncio.Event, producer: AIOKafkaProducer, sender: WebhookSender) -> None:
        bootstrap = self._settings.kafka_bootstrap
        claims = CompactedTopic(claims_watch.TOPIC, claims_watch.WatchedClaim, bootstrap=bootstrap)
        statuses = CompactedTopic(claims_status.TOPIC, claims_status.ClaimStatus, bootstrap=bootstrap)
        feeds = CompactedTopic(feeds_source.TOPIC, feeds_source.FeedSource, bootstrap=bootstrap)
        health = CompactedTopic(feeds_state.TOPIC, FeedHealth, bootstrap=bootstrap)
        tables: tuple[CompactedTopic[Any], ...] = (claims, statuses, feeds, health)
        consumer = TransitionConsumer(self.database, DeadLetters(producer, service="alerter"), bootstrap=bootstrap, now=self._now)
        dispatcher = Dispatcher(self.database, sender, self._pace())
        clock = clock_from(self._settings.clock_file)
        parts = ApiParts(
            database=self.database, sender=sender, writer=RecordWriter(producer, source="alerter", now=clock.now), claims=claims,
            statuses=statuses, feeds=feeds, health=health, allow=self._allow, now=self._now, product_now=clock.now,
            is_ready=lambda: consumer.is_ready and all(table.is_loaded for table in tables),
        )  # fmt: skip
        app = build_api(parts, key=self._key, only_local=self._settings.is_on_loopback and self._key is None)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.server.run(app, stop))
            group.create_task(consumer.run(stop, on_deliveries=dispatcher.wake))
            group.create_task(dispatcher.run(stop))
            endless = [group.create_task(part) for part in (*map(_keep, tables), self._watch_backlog())]
            await stop.wait()
            for task in endless:
                task.cancel()

    async def _take_over_file(self) -> None:
        content = self._file
        if content is not None:
            now = self._now()
            await self.database.write(lambda connection: subscription_file.take_over(connection, content, now=now))
            log.info("subscriptions.loaded", extra={"endpoints": len(content.endpoints), "subscriptions": len(content.subscriptions)})

    def _pace(self) -> Pace:
        settings = self._settings
        return Pace(self._now, settings.retry_schedule_s, settings.endpoint_concurrency, random.random)

    async def _watch_backlog(self) -> None:
        while True:
            with suppress(DatabaseAway):
                self._show(await self.database.read(outbox.backlog))
            await asyncio.sleep(BACKLOG_EVERY_S)

    def _show(self, backlog: outbox.Backlog) -> None:
        for state, count in backlog.by_state.items():
            telemetry.OPEN.labels(state=state).set(count)
        age_s = (self._now() - backlog.oldest_at).total_seconds() if backlog.oldest_at else 0
        telemetry.OLDEST_OPEN_S.set(max(age_s, 0))


async def _keep(table: CompactedTopic[Any]) -> None:
    try:
        await table.load()
        await table.follow()
    finally:
        await table.close()


def _allow_list(settings: AlerterSettings) -> AllowList:
    try:
        return AllowList(settings.allow)
    except ValueError as error:
        raise SystemExit(f"settings: allow: {error}") from None


def _read_file(settings: AlerterSettings, allow: AllowList) -> subscription_file.ReadFile | None:
    if settings.subscriptions_file is None:
        return None
    try:
        return subscription_file.read_subscriptions(settings.subscriptions_file, allow)
    except BadFile as error:
        raise SystemExit("\n".join(f"subscriptions: {line}" for line in error.lines)) from None
