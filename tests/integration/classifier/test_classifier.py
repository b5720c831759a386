"""The classifier on real Kafka: articles in, statuses and transitions out, through crashes and bad records (behaviours 1, 33, 35)."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from typer.testing import CliRunner

from deploy.kafka_local import free_port
from schemas import claims_evidence, claims_status, claims_transition, claims_watch, feeds_source, news_article, news_classified
from schemas.catalogue import CLASSIFIER_APP_ID
from schemas.claims_evidence import Evidence, Quote
from schemas.claims_watch import Party, Policy, Subject, WatchedClaim
from schemas.feeds_source import FeedSource, Outlet
from schemas.ids import article_id, content_version, evidence_id
from schemas.news_article import Article
from schemas.words import Stance, Status
from services.classifier.app import Classifier
from services.classifier.settings import ClassifierSettings
from services.cli import app as command
from tests.harness.topics import TopicView, wait_until_committed, write

pytestmark = pytest.mark.integration

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


class FakeReader:
    """Reads "SPEAKER STANCE" off the end of the title; raises at the word "explode"."""

    name = "fake-1"

    def read(self, article, claim, mention, *, kind, outlets):
        if "explode" in article.title:
            raise ArithmeticError("the reader cannot")
        speaker, stance = article.title.rsplit(" ", 2)[-2:]
        piece = evidence_id(article.article_id, article.version, claim.claim_id, article.title)
        own, quote = speaker == article.outlet.name, Quote(text=article.title)
        return (Evidence(evidence_id=piece, stance=Stance(stance), origin=speaker, speaker=speaker, own_voice=own, quote=quote),)

    def limits(self, article):
        return frozenset()


@asynccontextmanager
async def running(bootstrap, folder):
    settings = ClassifierSettings(kafka_bootstrap=bootstrap, http_port=free_port(), data_dir=folder)
    classifier, stop = Classifier(settings, FakeReader()), asyncio.Event()
    task = asyncio.create_task(classifier.run(stop))
    try:
        async with asyncio.timeout(40):
            while not classifier.is_ready():
                assert not task.done() or task.result()
                await asyncio.sleep(0.05)
        yield classifier
    finally:
        stop.set()
        await task


class World:
    """One claim of its own, and what the topics say of it."""

    def __init__(self, kafka):
        self.word = f"zeppelin{uuid4().hex[:8]}"
        self.claim = WatchedClaim(
            claim_id=f"c-{self.word}", statement=f"The {self.word} landed", keywords=(f"{self.word} landed",), subject=Subject(name=self.word),
            authorities=(Party(name="Harbour"),), policy=Policy(min_origins=2),
        )  # fmt: skip
        self.producer = AIOKafkaProducer(bootstrap_servers=kafka)
        self.view = TopicView(kafka, news_classified.TOPIC, claims_evidence.TOPIC, claims_status.TOPIC, claims_transition.TOPIC)

    async def __aenter__(self):
        await self.producer.start()
        await self.view.start()
        await write(self.producer, claims_watch.TOPIC, self.claim.claim_id, self.claim)
        return self

    async def __aexit__(self, *_):
        await write(self.producer, claims_watch.TOPIC, self.claim.claim_id, None)
        await self.view.stop()
        await self.producer.stop()

    def article(self, page, said, *, at=0, **changes):
        title = f"The {self.word} landed, {said}"
        url = f"https://{self.word}.example/{page}"
        moment = NOW + timedelta(minutes=at)
        fields = dict(
            article_id=article_id(url), version=content_version(title), url=url, feed_id="f", outlet=Outlet(name="Gazette"), title=title,
            published_at=moment, first_seen_at=moment, version_seen_at=moment,
        )  # fmt: skip
        return Article(**{**fields, **changes})

    async def publish(self, article):
        await write(self.producer, news_article.TOPIC, article.article_id, article)

    async def wait_for_status(self, status):
        def has_come():
            latest = self.view.get(claims_status.TOPIC, self.claim.claim_id)
            return latest is not None and latest.status is status

        await self.view.wait_until(has_come, what=f"{self.claim.claim_id} to be {status}")

    @property
    def transitions(self):
        return [t for t in self.view.records[claims_transition.TOPIC.name] if t.claim_id == self.claim.claim_id]


async def test_articles_become_statuses_and_transitions(kafka, tmp_path):
    async with World(kafka) as world, running(kafka, tmp_path):
        await world.wait_for_status(Status.UNREPORTED)
        await world.publish(world.article("a", "Mayor asserts"))
        await world.wait_for_status(Status.LIKELY)
        await world.publish(world.article("b", "Harbour denies", at=1))
        await world.wait_for_status(Status.REFUTED)

    assert [(t.sequence, str(t.to_status)) for t in world.transitions] == [(1, "likely"), (2, "refuted")]


async def test_what_has_been_announced_is_not_read_again_by_the_next_process(kafka, tmp_path):
    async with World(kafka) as world, running(kafka, tmp_path):
        await world.publish(world.article("a", "Mayor asserts"))
        await world.wait_for_status(Status.LIKELY)
        await wait_until_committed(kafka, claims_evidence.TOPIC, group=CLASSIFIER_APP_ID, timeout_s=20)


async def test_an_edit_that_drops_the_claim_takes_its_words_back(kafka, tmp_path):
    async with World(kafka) as world, running(kafka, tmp_path):
        await world.publish(world.article("a", "Harbour asserts"))
        await world.wait_for_status(Status.CONFIRMED)
        await world.publish(world.article("a", "x", title="Nothing to see here", version="v2", at=1))
        await world.wait_for_status(Status.UNREPORTED)


async def test_a_withdrawal_takes_its_words_back(kafka, tmp_path):
    async with World(kafka) as world, running(kafka, tmp_path):
        await world.publish(world.article("a", "Harbour asserts"))
        await world.wait_for_status(Status.CONFIRMED)
        await world.publish(world.article("a", "x", title="", version="v2", withdrawn=True, at=1))
        await world.wait_for_status(Status.UNREPORTED)


async def test_a_person_sets_a_status_by_command_and_lifts_it_again(kafka, tmp_path):
    """Behaviour 37: it is announced with author and reason; the rule's own view stands beside it, and again when it is lifted."""

    async def claims(*arguments):
        by = ("--author", "Ana", "--reason", "a call", "--bootstrap", kafka)
        return await asyncio.to_thread(CliRunner().invoke, command, ["claims", *arguments, *by])

    async with World(kafka) as world, running(kafka, tmp_path):
        await world.publish(world.article("a", "Mayor asserts"))
        await world.wait_for_status(Status.LIKELY)
        done = await claims("override", world.claim.claim_id, "confirmed", "--lock")
        await world.wait_for_status(Status.CONFIRMED)
        await world.publish(world.article("b", "Harbour denies", at=1))
        await claims("lift", world.claim.claim_id)
        await world.wait_for_status(Status.REFUTED)
        unknown = await claims("override", "nobody-watches-this", "confirmed")

    assert [(str(t.to_status), str(t.reason)) for t in world.transitions] == [
        ("likely", "single_origin"), ("confirmed", "operator"), ("refuted", "authority_denied"),
    ]  # fmt: skip
    assert (world.transitions[1].decision.author, world.transitions[1].suggested) == ("Ana", Status.LIKELY)
    assert (done.exit_code, unknown.exit_code, "nobody watches 'nobody-watches-this'" in unknown.output) == (0, 1, True)


async def test_an_edit_of_the_registry_judges_an_open_claim_again(kafka, tmp_path):
    """Behaviour 31: outlets that turn out to be one owner's, are one origin, also for what they have said already."""
    async with World(kafka) as world, running(kafka, tmp_path):
        outlets = [Outlet(name=f"{name}-{world.word}") for name in ("Gazette", "Herald", "Courier")]
        for number, outlet in enumerate(outlets):
            await world.publish(world.article(f"p{number}", f"{outlet.name} asserts", at=number, outlet=outlet))
        await world.wait_for_status(Status.CONFIRMED)

        rows = [outlet.model_copy(update={"family": f"Group-{world.word}"}) for outlet in outlets]
        sources = [FeedSource(feed_id=row.name.lower(), url="https://feeds.example/", outlet=row, paused=True) for row in rows]
        for source in sources:
            await write(world.producer, feeds_source.TOPIC, source.feed_id, source)
        await world.wait_for_status(Status.LIKELY)
        for source in sources:
            await write(world.producer, feeds_source.TOPIC, source.feed_id, None)

    assert [str(transition.to_status) for transition in world.transitions][-2:] == ["confirmed", "likely"]


async def test_the_state_outlives_the_process_and_a_replay_doubles_nothing(kafka, tmp_path):
    async with World(kafka) as world:
        first = world.article("a", "Mayor asserts")
        async with running(kafka, tmp_path / "one"):
            await world.publish(first)
            await world.wait_for_status(Status.LIKELY)
        async with running(kafka, tmp_path / "two"):
            for _ in range(20):
                await world.publish(first)
            await world.publish(world.article("b", "Priest asserts", at=1))
            await world.wait_for_status(Status.CONFIRMED)

    assert {(t.sequence, str(t.to_status)) for t in world.transitions} == {(1, "likely"), (2, "confirmed")}
    assert len({t.transition_id for t in world.transitions}) == 2


async def test_bad_records_go_to_the_dead_letter_topic_and_the_partition_goes_on(kafka, tmp_path):
    consumer = AIOKafkaConsumer(news_article.TOPIC.dead_letter_name, bootstrap_servers=kafka, auto_offset_reset="latest")
    await consumer.start()
    try:
        await consumer._client.force_metadata_update()
        for partition in consumer.assignment():
            await consumer.position(partition)
        async with World(kafka) as world, running(kafka, tmp_path):
            poison = {b"not-json": b"{", b"not-the-model": b'{"article_id": ""}', b"no-value": None}
            for key, value in poison.items():
                await world.producer.send_and_wait(news_article.TOPIC.name, value=value, key=key, partition=0)
            explosive = world.article("x", "explode asserts")
            await world.publish(explosive)
            letters = {}
            async with asyncio.timeout(30):
                while len(letters) < 4:
                    record = await consumer.getone()
                    letters[record.key] = dict(record.headers)
            await world.publish(world.article("a", "Harbour asserts"))
            await world.wait_for_status(Status.CONFIRMED)
    finally:
        await consumer.stop()

    assert {key: letters[key]["__dlq.errors.reason"] for key in poison} == dict.fromkeys(poison, b"unreadable")
    assert letters[explosive.article_id.encode()]["__dlq.errors.reason"] == b"failed"
    assert letters[b"not-json"]["__dlq.errors.topic"] == b"news.article.v1"


async def test_a_claim_that_is_watched_no_more_loses_its_status(kafka, tmp_path):
    async with World(kafka) as world, running(kafka, tmp_path):
        await world.publish(world.article("a", "Mayor asserts"))
        await world.wait_for_status(Status.LIKELY)
        await write(world.producer, claims_watch.TOPIC, world.claim.claim_id, None)
        key = (claims_status.TOPIC.name, world.claim.claim_id)
        await world.view.wait_until(lambda: key in world.view.latest and world.view.latest[key] is None, what="the tombstone")
