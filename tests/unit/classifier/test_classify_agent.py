"""What the agent sends of one article, and what it says of what it could not read or send."""

from types import SimpleNamespace
from typing import Any

import pytest

from schemas.claims_evidence import Evidence, Quote
from schemas.feeds_source import Outlet
from schemas.news_classified import ClassifiedArticle
from schemas.words import Limit, Stance
from services.chassis.records import decode, encode
from services.classifier import telemetry
from services.classifier.adapters import classify_agent
from services.classifier.adapters.classify_agent import ClassifyAgent, NotAllRead
from services.classifier.domain.bounds import BODY_CHARS, TITLE_CHARS
from services.classifier.domain.classify import Watch
from tests.unit.classifier.articles import AT, article, claim


class FakeTopic:
    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    async def send(self, *, key: bytes, value: bytes, headers: Any) -> None:
        self.sent.append((key.decode(), value))


class FakeReader:
    """Asserts; raises for the claim of this name."""

    name = "fake-1"

    def __init__(self, *, fails_on: str = "", speaker: str = "x") -> None:
        self.fails_on, self.speaker = fails_on, speaker

    def read(self, article, claim, mention, *, kind, outlets) -> tuple[Evidence, ...]:
        if claim.claim_id == self.fails_on:
            raise RecursionError("too deep")
        return (Evidence(evidence_id=f"e-{claim.claim_id}", stance=Stance.ASSERTS, origin=self.speaker, quote=Quote(text="x")),)

    def limits(self, article) -> frozenset[Limit]:
        return frozenset()


class World:
    def __init__(self, reader: FakeReader, **read_for: list[str]) -> None:
        self.readings, self.classified, self.read_for = FakeTopic(), FakeTopic(), read_for
        watch = Watch.of([claim(word, claim_id=word, name=word, aliases=()) for word in ("quake", "flood", "storm")])
        self.agent = ClassifyAgent(
            watch=lambda: watch,
            reader=reader,
            clock=SimpleNamespace(now=lambda: AT),
            read_for=self.read_for,
            classified_topic=self.classified,
            evidence_topic=self.readings,
        )

    async def take(self, *texts: str, **fields: Any) -> ClassifiedArticle:
        value = encode(article(*texts, **fields))
        await self.agent.handle(SimpleNamespace(message=SimpleNamespace(value=value, headers=())))
        return decode(ClassifiedArticle, self.classified.sent[-1][1])


async def test_a_claim_that_the_reader_fails_on_leaves_the_others_their_readings() -> None:
    world = World(FakeReader(fails_on="flood"), a1=["flood"])

    with pytest.raises(NotAllRead, match="flood: RecursionError: too deep") as failed:
        await world.take("A quake, a flood and a storm.")

    assert [key for key, _ in world.readings.sent] == ["quake", "storm"]
    assert isinstance(failed.value.__cause__, RecursionError)
    assert len(decode(ClassifiedArticle, world.classified.sent[0][1]).mentions) == 3
    assert world.read_for["a1"] == ["flood", "quake", "storm"]


async def test_a_reading_too_large_for_kafka_is_left_out_and_the_rest_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classify_agent, "MAX_VALUE_BYTES", 20_000)
    world = World(FakeReader(speaker="x" * 30_000))

    with pytest.raises(NotAllRead, match="quake: the reading is too large"):
        await world.take("A quake.")

    assert world.readings.sent == []
    assert len(world.classified.sent) == 1


async def test_a_classified_article_too_large_for_kafka_goes_without_its_mentions(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(FakeReader())
    whole = await world.take("A quake, a flood and a storm. " * 50)
    assert sum(len(mention.matches) for mention in whole.mentions) == 150
    monkeypatch.setattr(classify_agent, "MAX_VALUE_BYTES", 5_000)

    sent = await world.take("A quake, a flood and a storm. " * 50)

    assert (sent.mentions, sent.capped) == ((), (Limit.MENTIONS,))


async def test_an_article_that_cannot_be_sent_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classify_agent, "MAX_VALUE_BYTES", 2_000)
    world = World(FakeReader())

    with pytest.raises(NotAllRead, match="the record is too large"):
        await world.take("Quiet.", outlet=Outlet(name="x" * 3_000))


async def test_every_limit_that_is_hit_is_told_and_counted() -> None:
    def counted() -> dict[str, float]:
        return {limit: telemetry.CAPPED.labels(what=limit)._value.get() for limit in Limit}

    before = counted()
    sent = await World(FakeReader()).take("A quake. " + "quiet " * (BODY_CHARS // 5), title="x" * (TITLE_CHARS + 1))

    assert sent.capped == (Limit.BODY, Limit.TITLE)
    assert {limit for limit, count in counted().items() if count > before[limit]} == {Limit.BODY, Limit.TITLE}
    assert len(sent.title) == TITLE_CHARS
