"""Articles to ``news.article.v1``."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError

from schemas import news_article
from schemas.ids import derived_id
from schemas.news_article import Article
from services.chassis.records import encode, headers_for

MAX_UNACKNOWLEDGED = 200
"""Articles handed to the producer at once: bounds memory when an archive of thousands is read."""


@dataclass(frozen=True)
class Published:
    """What became of articles that were handed over.

    Attributes:
        places: Where each is in the topic, "partition:offset", by article id.
        refused: Ids of those that the broker refuses as too large.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


class KafkaArticlePublisher:
    """Publishes article versions; the id of each event derives from article and version."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def publish(self, articles: Sequence[Article]) -> Published:
        """Send all and return once the broker has them.

        Raises:
            aiokafka.errors.KafkaError: If the broker cannot be reached; some may have been sent.
        """
        places: dict[str, str] = {}
        refused: set[str] = set()
        for start in range(0, len(articles), MAX_UNACKNOWLEDGED):
            batch = articles[start : start + MAX_UNACKNOWLEDGED]
            on_their_way = [await self._send(article) for article in batch]
            results = await asyncio.gather(*on_their_way, return_exceptions=True)
            for article, result in zip(batch, results, strict=True):
                if not isinstance(result, BaseException):
                    places[article.article_id] = f"{result.partition}:{result.offset}"
                elif _is_too_large(result):
                    refused.add(article.article_id)
                else:
                    raise result
        return Published(places, frozenset(refused))

    async def _send(self, article: Article) -> "asyncio.Future[Any]":
        """Hand one over and return the future of its place: one task for a whole poll in place of one for each article."""
        headers = headers_for(
            news_article.TOPIC,
            event_id=derived_id("event", article.article_id, article.version),
            subject=article.article_id,
            source="fetcher",
            at=article.version_seen_at,
        )
        value, key = encode(article), article.article_id.encode()
        try:
            sent: asyncio.Future[Any] = await self._producer.send(news_article.TOPIC.name, value=value, key=key, headers=headers)
        except KafkaError as error:
            sent = asyncio.get_running_loop().create_future()
            sent.set_exception(error)
        return sent


def _is_too_large(result: object) -> bool:
    return isinstance(result, MessageSizeTooLargeError | RecordListTooLargeError)
