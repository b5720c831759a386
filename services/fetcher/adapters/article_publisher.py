"""Articles to ``news.article.v1``."""

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError, RecordListTooLargeError

from schemas import news_article
from schemas.ids import derived_id
from schemas.news_article import Article
from services.chassis.records import encode, headers_for

MAX_UNACKNOWLEDGED = 200
"""Articles handed to the producer at once: bounds memory when an archive of thousands is read."""


class KafkaArticlePublisher:
    """Publishes article versions; the id of each event derives from article and version."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def publish(self, articles: Sequence[Article]) -> list[Article]:
        """Send all and return once the broker has them; give back those that it refuses as too large.

        Raises:
            aiokafka.errors.KafkaError: If the broker cannot be reached; some may have been sent.
        """
        refused: list[Article] = []
        for start in range(0, len(articles), MAX_UNACKNOWLEDGED):
            batch = articles[start : start + MAX_UNACKNOWLEDGED]
            results = await asyncio.gather(*map(self._send, batch), return_exceptions=True)
            refused += [article for article, result in zip(batch, results, strict=True) if _is_too_large(result)]
            for result in results:
                if isinstance(result, BaseException) and not _is_too_large(result):
                    raise result
        return refused

    async def _send(self, article: Article) -> None:
        headers = headers_for(
            news_article.TOPIC,
            event_id=derived_id("event", article.article_id, article.version),
            subject=article.article_id,
            source="fetcher",
            at=article.version_seen_at,
        )
        await self._producer.send_and_wait(news_article.TOPIC.name, value=encode(article), key=article.article_id.encode(), headers=headers)


def _is_too_large(result: object) -> bool:
    return isinstance(result, MessageSizeTooLargeError | RecordListTooLargeError)
