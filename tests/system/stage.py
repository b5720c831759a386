"""The running product with everything around it, on which stories are told and disturbed at stated points."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer

from deploy.kafka_local import MAX_MESSAGE_BYTES, LocalKafka, free_port
from schemas import claims_status, claims_transition, claims_watch, feeds_source, feeds_state, news_article, news_classified
from schemas.catalogue import CLASSIFIER_APP_ID
from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.ids import reading_id
from schemas.news_classified import ClassifiedArticle
from schemas.topic import Topic
from tests.harness.receiver import SECRET
from tests.harness.stack import ServiceProcess, Stack
from tests.harness.topics import TopicView, wait_until_committed, write
from tests.scenarios.book import Step
from tests.system.gates import Gate, GatedReceiver, GatedSite
from tests.system.story import Story
from tests.system.tellings import Telling, changes_told

BEFORE = timedelta(hours=1)
FIRST = datetime.fromisoformat("2017-01-01T00:00:00Z")
PATIENCE_S = 60.0
"""How long anything may take. Tests that state a time measure it; this is only when to give up."""


class Point(StrEnum):
    """A moment in the life of a step's article."""

    BEGUN = "the step has begun"
    ASKED = "the feed has been asked for, and not answered"
    PUBLISHED = "the article is on its topic"
    READ = "the classified article is on its topic"
    CHANGED = "the transition is on its topic"
    TOLD = "the receiver has the webhook, and has not answered"


@dataclass(frozen=True)
class Strike:
    """What is done at a point of a step."""

    point: Point
    action: Callable[[], Awaitable[None]]


@dataclass
class _Scene:
    """A step under way: the story, and how far each claim was before it."""

    story: Story
    step: Step
    before: dict[str, int]


class Stage:
    """One Kafka, one stack, one site, one receiver."""

    def __init__(self, folder: Path, kafka: LocalKafka) -> None:
        self.kafka = kafka
        self._clock_file = folder / "clock"
        subscriptions = folder / "subscriptions.yaml"
        self.site, self.receiver = GatedSite(), GatedReceiver()
        self.producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, enable_idempotence=True, max_request_size=MAX_MESSAGE_BYTES)
        topics = (news_article, news_classified, feeds_state, claims_status, claims_transition)
        self.view = TopicView(kafka.bootstrap, *(module.TOPIC for module in topics))
        self.stack = Stack(folder / "stack", kafka.bootstrap, self._clock_file, subscriptions)
        self._subscriptions = subscriptions
        self.told: list[tuple[Story, Telling]] = []
        self.recoveries: list[float] = []
        """Seconds from the last strike in each step until all that the step brings had reached the receiver."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Stage"]:
        """Start everything, and end it."""
        self.set_clock(FIRST)
        await self.receiver.start()
        await self.site.start()
        self._subscriptions.write_text(
            f"endpoints:\n- {{endpoint_id: stage, url: '{self.receiver.url}', secret: '{SECRET}'}}\n"
            "subscriptions:\n- {subscription_id: all, endpoint_id: stage, claims: []}\n"
        )
        await self.producer.start()
        await self.view.start()
        try:
            async with self.stack:
                yield self
        finally:
            await self.view.stop()
            await self.producer.stop()
            await self.site.stop()
            await self.receiver.stop()

    def set_clock(self, moment: datetime) -> None:
        """Let it be this moment for all services; the file changes as a whole."""
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self._clock_file)

    def status(self, claim_id: str) -> ClaimStatus | None:
        """Return the latest status record of a claim."""
        status: ClaimStatus | None = self.view.get(claims_status.TOPIC, claim_id)
        return status

    def records(self, topic: Topic) -> list[Any]:
        """Return every record of a topic so far, but tombstones."""
        return [record for record in self.view.records[topic.name] if record is not None]

    def second(self, name: str) -> ServiceProcess:
        """Return one more process of a service, not started; the stack ends it with the others."""
        first = self.stack.services[name]
        port = free_port()
        own = {f"{name.upper()}_HTTP_PORT": str(port)}
        if name == "classifier":
            own["CLASSIFIER_DATA_DIR"] = str(self.stack.folder / "classifier-2")
        process = dataclasses.replace(
            first, environment=first.environment | own, log_file=self.stack.folder / f"{name}-2.log", port=port, process=None
        )
        self.stack.services[f"{name}-2"] = process
        return process

    async def kill(self, *names: str) -> None:
        """End services as ``kill -9`` does."""
        for name in names:
            await asyncio.to_thread(self.stack.services[name].kill)

    async def restart(self, *names: str) -> None:
        """Kill services, all before the first is started again."""
        await self.kill(*names)
        for name in names:
            self.stack.services[name].start()

    async def restart_everything(self) -> None:
        """Kill the services and the broker, then start all of it again, the broker first."""
        await self.kill(*self.stack.services)
        await self.restart_kafka(outage_s=0)
        for service in self.stack.services.values():
            service.start()

    def pids(self) -> dict[str, int]:
        """Return the process ids of the services."""
        return {name: service.process.pid for name, service in self.stack.services.items() if service.process}

    def log_lines(self) -> dict[str, int]:
        """Return how many lines each service has logged."""
        return {name: service.log_file.read_bytes().count(b"\n") for name, service in self.stack.services.items()}

    async def restart_kafka(self, *, outage_s: float) -> None:
        """Kill the broker as ``kill -9`` does and start it again after a while."""
        await asyncio.to_thread(self.kafka.kill)
        await asyncio.sleep(outage_s)  # the outage itself
        await asyncio.to_thread(self.kafka.start)

    async def tell(self, story: Story, strikes: Mapping[int, Sequence[Strike]] | None = None) -> Telling:
        """Tell a story step by step, with strikes in some of them, and return what the receiver was told in the end.

        Raises:
            TimeoutError: If the product does not get there; says what was waited for.
        """
        await self._open(story)
        changing = []
        for number, step in enumerate(story.steps):
            scene = _Scene(story, step, {claim.claim_id: self._sequence(claim.claim_id) for claim in story.claims.values()})
            await self._play(scene, (strikes or {}).get(number, ()))
            if self._changes(scene):
                changing.append(number)
        await self._until_delivered(story)
        telling = Telling(changes_told(story, self.receiver.events.items()), tuple(changing))
        # An article that is read again after a crash would else be read for the next telling's claims too, which its words suit as well.
        await wait_until_committed(self.kafka.bootstrap, news_article.TOPIC, group=CLASSIFIER_APP_ID, timeout_s=PATIENCE_S)
        await self._close(story)
        self.told.append((story, telling))
        return telling

    async def _open(self, story: Story) -> None:
        self.set_clock(story.steps[0].at - BEFORE)
        for claim in story.claims.values():
            await write(self.producer, claims_watch.TOPIC, claim.claim_id, claim)
        feeds = story.feeds(self.site.base)
        for feed in feeds:
            self.site.open_feed(feed.feed_id)
            await write(self.producer, feeds_source.TOPIC, feed.feed_id, feed)
        ids = [claim.claim_id for claim in story.claims.values()]
        await self._until(lambda: all(map(self.status, ids)), f"first statuses in {story.run}")
        await self._until(lambda: all(self.view.get(feeds_state.TOPIC, feed.feed_id) for feed in feeds), f"first polls in {story.run}")

    async def _close(self, story: Story) -> None:
        for claim in story.claims.values():
            await write(self.producer, claims_watch.TOPIC, claim.claim_id, None)
        for feed in story.feeds(self.site.base):
            await write(self.producer, feeds_source.TOPIC, feed.feed_id, None)

    async def _play(self, scene: _Scene, strikes: Sequence[Strike]) -> None:
        gates = [self._gate_for(scene, strike.point) for strike in strikes]
        if scene.step.url:
            self.site.publish(scene.story.feed_id(scene.step.outlet), scene.step)
        self.set_clock(scene.step.at)
        for strike, gate in zip(strikes, gates, strict=True):
            await self._until_at(scene, strike.point, gate)
            began = time.monotonic()
            await strike.action()
            self._lift(gate)
        await self._until_judged(scene)
        if strikes:
            await self._until_delivered(scene.story)
            if strikes[-1].point is Point.TOLD:
                await self.receiver.wait_until_held_comes_again(timeout_s=PATIENCE_S)
            self.recoveries.append(time.monotonic() - began)

    def _gate_for(self, scene: _Scene, point: Point) -> Gate | None:
        gate = Gate()
        if point is Point.ASKED:
            self.site.gates[scene.story.feed_id(scene.step.outlet)] = gate
        elif point is Point.TOLD:
            self.receiver.gate = gate
        else:
            return None
        return gate

    def _lift(self, gate: Gate | None) -> None:
        if gate:
            gate.opened.set()
            self.receiver.gate = None
            self.site.gates.clear()

    async def _until_at(self, scene: _Scene, point: Point, gate: Gate | None) -> None:
        if gate:
            async with asyncio.timeout(PATIENCE_S):
                await gate.reached.wait()
            return
        has_come: dict[Point, Callable[[], object]] = {
            Point.BEGUN: lambda: True,
            Point.PUBLISHED: lambda: self._published(scene.step),
            Point.READ: lambda: self._classified(scene.step),
            Point.CHANGED: lambda: self._changes(scene),
        }
        await self._until(lambda: bool(has_come[point]()), f"{scene.story.run}: {point}")

    def _published(self, step: Step) -> list[news_article.Article]:
        return [article for article in self.records(news_article.TOPIC) if article.url == step.url and article.version_seen_at == step.at]

    def _classified(self, step: Step) -> list[ClassifiedArticle]:
        return [
            article for article in self.records(news_classified.TOPIC) if article.url == step.url and article.version_seen_at == step.at
        ]

    def _changes(self, scene: _Scene) -> list[Transition]:
        return [
            change for change in self.records(claims_transition.TOPIC) if change.sequence > scene.before.get(change.claim_id, 1_000_000)
        ]

    async def _until_judged(self, scene: _Scene) -> None:
        """Return once all that the step brings has been judged and nothing is due any more."""
        if scene.step.url:
            await self._until(lambda: bool(self._classified(scene.step)), f"{scene.step.url} to be classified")
            article = self._classified(scene.step)[-1]
            wanted = {c.claim_id: reading_id(article.article_id, article.version, c.claim_id) for c in scene.story.claims.values()}
            wanted = {claim_id: reading for claim_id, reading in wanted.items() if reading in article.reading_ids}
            await self._until(lambda: all(self._has_judged(*pair) for pair in wanted.items()), f"{scene.step.url} to be judged")
        ids = [claim.claim_id for claim in scene.story.claims.values()]
        await self._until(lambda: not any(self._is_due(claim_id, scene.step.at) for claim_id in ids), f"what is due at {scene.step.at}")

    def _has_judged(self, claim_id: str, reading: str) -> bool:
        status = self.status(claim_id)
        return status is not None and status.last_reading_id == reading

    def _is_due(self, claim_id: str, moment: datetime) -> bool:
        status = self.status(claim_id)
        return status is None or (status.next_due_at is not None and status.next_due_at <= moment)

    def _sequence(self, claim_id: str) -> int:
        status = self.status(claim_id)
        return status.sequence if status else 0

    async def _until_delivered(self, story: Story) -> None:
        """Return once the receiver has every change of the story's claims up to where their statuses say they are."""
        wanted = {claim.claim_id: self._sequence(claim.claim_id) for claim in story.claims.values()}
        await self._until(lambda: all(len(self._ids(claim)) >= count for claim, count in wanted.items()), f"changes in {story.run}")
        await self.receiver.wait_for(set().union(*map(self._ids, wanted)), timeout_s=PATIENCE_S)

    def _ids(self, claim_id: str) -> set[str]:
        return {change.transition_id for change in self.records(claims_transition.TOPIC) if change.claim_id == claim_id and change.notify}

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        await self.view.wait_until(condition, what=what, timeout_s=PATIENCE_S)
