"""Wiring: the Faust app, its two tables and two agents, the claim list beside them, the timer, and the health server."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

import faust

import services.classifier.adapters.state_codec as state_codec
from schemas import claims_due, claims_evidence, claims_override, claims_status, claims_transition, news_article, news_classified
from schemas.catalogue import CLASSIFIER_APP_ID
from schemas.topic import Topic
from services.chassis.clock import Clock, clock_from
from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import MAX_RECORD_BYTES, new_producer, wait_for_kafka
from services.chassis.server import OpsServer
from services.classifier import telemetry
from services.classifier.adapters.announcer import Announcer
from services.classifier.adapters.claim_list import ClaimList
from services.classifier.adapters.classify_agent import ClassifyAgent
from services.classifier.adapters.due_timer import DueTimer
from services.classifier.adapters.judge_agent import JudgeAgent
from services.classifier.adapters.records_in import handle_or_set_aside
from services.classifier.adapters.state_store import StateStore
from services.classifier.domain.classify import Reader
from services.classifier.domain.judging.moves import next_due_at
from services.classifier.domain.judging.registry import with_current_outlets
from services.classifier.settings import ClassifierSettings

log = logging.getLogger(__name__)

SESSION_TIMEOUT_S = 10.0  # Faust's own 60 s would be a minute of silence after a crash
HEARTBEAT_S = 3.0
COMMIT_INTERVAL_S = 1.0
CHANGELOG_BUFFER = 10_000


def new_faust_app(settings: ClassifierSettings) -> faust.App:
    """Return the Faust app: at least once, topics by the catalogue, no web server, no leader topic."""
    brokers = ";".join(f"kafka://{broker.strip()}" for broker in settings.kafka_bootstrap.split(","))
    return faust.App(
        CLASSIFIER_APP_ID,
        broker=brokers,
        store="memory://",
        datadir=str(settings.data_dir),
        topic_partitions=news_article.TOPIC.partitions,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        table_standby_replicas=0,
        broker_session_timeout=SESSION_TIMEOUT_S,
        broker_heartbeat_interval=HEARTBEAT_S,
        broker_commit_interval=COMMIT_INTERVAL_S,
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_max_request_size=MAX_RECORD_BYTES,
        producer_compression_type="gzip",
        consumer_max_fetch_size=MAX_RECORD_BYTES,
        worker_redirect_stdouts=False,
        autodiscover=False,
        stream_wait_empty=False,
    )


class Classifier:
    """One classifier process."""

    def __init__(self, settings: ClassifierSettings, reader: Reader) -> None:
        self._settings = settings
        self._clock: Clock = clock_from(settings.clock_file)
        self._producer = new_producer(settings.kafka_bootstrap, client_id="classifier-dead-letters")
        self._dead_letters = DeadLetters(self._producer, service="classifier")
        self._claims = ClaimList(
            bootstrap=settings.kafka_bootstrap,
            on_change=self._on_claims_changed,
            on_outlets=self._on_outlets_changed,
            dead_letters=self._dead_letters,
        )
        self.faust = new_faust_app(settings)
        self._read_for = self._table("articles")
        rows = self._table("claims", serializer=state_codec.NAME)
        self._states = StateStore(rows)
        self._timer = DueTimer(clock=self._clock, due_topic=self._topic(claims_due.TOPIC))
        self._classify = ClassifyAgent(
            watch=lambda: self._claims.watch,
            reader=reader,
            clock=self._clock,
            read_for=self._read_for,
            classified_topic=self._topic(news_classified.TOPIC),
            evidence_topic=self._topic(claims_evidence.TOPIC),
        )
        self._announcer = Announcer(
            flush=self._flush,
            status_topic=self._topic(claims_status.TOPIC),
            transition_topic=self._topic(claims_transition.TOPIC),
        )
        self._judge = JudgeAgent(
            watch=lambda: self._claims.watch,
            clock=self._clock,
            states=self._states,
            announcer=self._announcer,
            on_status=self._timer.note,
        )
        self._classifying_agent(self._topic(news_article.TOPIC))
        self._judging_agent(self._topic(claims_evidence.TOPIC, claims_due.TOPIC, claims_override.TOPIC))
        rows.on_recover(self._on_recovered)
        self._ops = OpsServer(host=settings.http_host, port=settings.http_port, is_ready=self.is_ready)
        self._recovered = asyncio.Event()

    def _topic(self, *topics: Topic) -> Any:
        names = [topic.name for topic in topics]
        return self.faust.topic(*names, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    def _table(self, name: str, *, serializer: str = "json") -> Any:
        """Return a table of this name. It takes no serializer as argument: its changelog is given ready, and its writes are told."""
        partitions = news_article.TOPIC.partitions
        changelog = self.faust.topic(
            f"{CLASSIFIER_APP_ID}-{name}-changelog",
            key_type=str,
            key_serializer="json",
            value_serializer=serializer,
            partitions=partitions,
            compacting=True,
            deleting=False,
            acks=False,
            internal=True,
            allow_empty=True,
            maxsize=CHANGELOG_BUFFER,
        )
        table: Any = self.faust.Table(name, key_type=str, partitions=partitions, changelog_topic=changelog)
        table.value_serializer = serializer
        return table

    def _classifying_agent(self, topic: Any) -> None:
        async def work(stream: Any) -> None:
            async for event in stream.events():
                await handle_or_set_aside(event, self._classify.handle, self._dead_letters)

        self.faust.agent(topic, name="classify", concurrency=1)(work)

    def _judging_agent(self, topic: Any) -> None:
        async def work(stream: Any) -> None:
            unacknowledged = stream.noack()
            async for event in unacknowledged.events():
                await handle_or_set_aside(event, self._judge.handle, self._dead_letters)
                await self._announcer.then(partial(unacknowledged.ack, event))  # done is what has been announced

        self.faust.agent(topic, name="judge", concurrency=1)(work)

    async def _flush(self) -> None:
        await self.faust.producer.flush()

    def is_ready(self) -> bool:
        """Whether the tables are rebuilt and records are being read."""
        return self._recovered.is_set() and self.faust.rebalancing is False

    async def _on_claims_changed(self, claim_ids: frozenset[str]) -> None:
        telemetry.WATCHED_CLAIMS.set(len(self._claims.watch.claims))
        await self._timer.send(sorted(claim_ids), self._clock.now())

    async def _on_recovered(self) -> None:
        """Take up what is due, and give every claim that has no status yet its first one."""
        self._states.rebuild()
        for claim_id, state in self._states.items():
            claim = self._claims.watch.for_judging(claim_id)
            if claim:
                self._timer.set_due(claim_id, next_due_at(state, claim))
        new = [claim_id for claim_id in self._claims.watch.claims if self._states.get(claim_id) is None]
        await self._timer.send([*new, *await self._seen_otherwise()], self._clock.now())
        self._recovered.set()

    async def _on_outlets_changed(self) -> None:
        """Judge again what the registry of today sees otherwise."""
        await self._timer.send(await self._seen_otherwise(), self._clock.now())

    async def _seen_otherwise(self) -> list[str]:
        outlets, found = self._claims.watch.outlets, []
        for claim_id, state in self._states.items():
            if with_current_outlets(state, outlets) is not state:
                found.append(claim_id)
            await asyncio.sleep(0)  # a claim in all the papers takes a millisecond
        return sorted(found)

    async def run(self, stop: asyncio.Event) -> None:
        """Read all watched claims, then work until told to stop."""
        await wait_for_kafka(self._settings.kafka_bootstrap)
        await self._ops.start()
        await self._producer.start()
        await self._claims.start()
        gc.freeze()  # what is watched stays: to look through 100,000 claims for garbage would halt everything for two seconds
        telemetry.WATCHED_CLAIMS.set(len(self._claims.watch.claims))
        self.faust.finalize()
        await self.faust.start()
        log.info("classifier.started", extra={"claims": len(self._claims.watch.claims)})
        tasks = [
            asyncio.ensure_future(task)
            for task in (self._claims.run(), self._timer.run(), self._announcer.run(), stop.wait(), self._faust_crash())
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._stop(tasks)

    async def _faust_crash(self) -> None:
        """Return when Faust has stopped by itself: raise what it died of, so that the process ends and is started anew."""
        await self.faust.wait_until_stopped()
        raise RuntimeError("the stream engine stopped") from self.faust.crash_reason

    async def _stop(self, tasks: Sequence[asyncio.Future[Any]]) -> None:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.faust.stop()
        await self._claims.stop()
        await self._producer.stop()
        await self._ops.stop()
