"""Articles on their way to Kafka: each gets its place, is refused, or fails the whole."""

import asyncio
from typing import NamedTuple

import pytest
from aiokafka.errors import KafkaError, KafkaTimeoutError, MessageSizeTooLargeError, NotEnoughReplicasError

from schemas.ids import article_id
from schemas.news_article import Article
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from tests.unit.fetcher.samples import NOW, source


class Place(NamedTuple):
    partition: int
    offset: int


class FakeProducer:
    """Puts everything into partition 3, unless it was told of trouble with a key."""

    def __init__(self, *, at_once: dict[str, KafkaError] | None = None, later: dict[str, KafkaError] | None = None) -> None:
        self.keys: list[str] = []
        self._at_once, self._later = at_once or {}, later or {}

    async def send(self, topic: str, *, value: bytes, key: bytes, headers: object) -> asyncio.Future[Place]:
        if error := self._at_once.get(key.decode()):
            raise error
        self.keys.append(key.decode())
        sent = asyncio.get_running_loop().create_future()
        if error := self._later.get(key.decode()):
            sent.set_exception(error)
        else:
            sent.set_result(Place(3, len(self.keys)))
        return sent


def article(name: str) -> Article:
    url = f"https://news.example/{name}"
    return Article(
        article_id=article_id(url), version="v1", url=url, feed_id="one", outlet=source().outlet, title=name,
        published_at=NOW, first_seen_at=NOW, version_seen_at=NOW,
    )  # fmt: skip


ONE, TWO, THREE = article("one"), article("two"), article("three")


async def test_articles_go_out_in_order_and_get_their_places() -> None:
    producer = FakeProducer()

    published = await KafkaArticlePublisher(producer).publish([ONE, TWO])

    assert producer.keys == [ONE.article_id, TWO.article_id]
    assert published.places == {ONE.article_id: "3:1", TWO.article_id: "3:2"}
    assert published.refused == frozenset()


@pytest.mark.parametrize("when", ["at_once", "later"])
async def test_one_that_is_too_large_is_told_apart_and_the_others_go_out(when: str) -> None:
    producer = FakeProducer(**{when: {TWO.article_id: MessageSizeTooLargeError()}})

    published = await KafkaArticlePublisher(producer).publish([ONE, TWO, THREE])

    assert published.refused == {TWO.article_id}
    assert published.places.keys() == {ONE.article_id, THREE.article_id}


@pytest.mark.parametrize("error", [KafkaTimeoutError(), NotEnoughReplicasError()])
@pytest.mark.parametrize("when", ["at_once", "later"])
async def test_a_broker_that_is_away_fails_the_whole_and_leaves_nothing_unawaited(when: str, error: KafkaError) -> None:
    producer = FakeProducer(**{when: {TWO.article_id: error}}, **{"later" if when == "at_once" else "at_once": {ONE.article_id: error}})

    with pytest.raises(type(error)):
        await KafkaArticlePublisher(producer).publish([ONE, TWO, THREE])

    assert THREE.article_id in producer.keys
