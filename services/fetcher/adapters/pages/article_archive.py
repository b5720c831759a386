"""Versions that were published earlier, read back from ``news.article.v1``: the fetcher has no database of its own."""

import asyncio
import logging

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas import news_article
from schemas.feeds_state import SeenArticle
from schemas.news_article import Article
from services.chassis.kafka import new_consumer
from services.chassis.records import decode

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 5.0
FETCH_BYTES = 16_000
"""One record is wanted, not the rest of its partition."""
TOPIC = news_article.TOPIC.name


class KafkaArticleArchive:
    """Reads single records by their place. Edits are rare, so one consumer does, connected at the first of them."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._consumer: AIOKafkaConsumer | None = None
        self._turn = asyncio.Lock()

    async def stop(self) -> None:
        """Disconnect."""
        if self._consumer:
            await self._consumer.stop()

    async def last_version(self, seen: SeenArticle) -> Article | None:
        """Return the version that was published last; None if it is not there any more, or cannot be read in time."""
        partition, _, offset = seen.place.partition(":")
        if not (partition.isdecimal() and offset.isdecimal()):
            return None
        try:
            async with self._turn, asyncio.timeout(READ_TIMEOUT_S):
                article = await self._read(TopicPartition(TOPIC, int(partition)), int(offset))
        except (TimeoutError, KafkaError, ValidationError) as error:
            log.info("article.version_not_read", extra={"article_id": seen.article_id, "place": seen.place, "error": type(error).__name__})
            return None
        return article if article and (article.article_id, article.version) == (seen.article_id, seen.version) else None

    async def _read(self, place: TopicPartition, offset: int) -> Article | None:
        consumer = await self._connected()
        consumer.assign([place])
        consumer.seek(place, offset)  # should it have been deleted, the client goes on at the first that is left: another article
        try:
            record = await consumer.getone(place)
        finally:
            consumer.unsubscribe()  # or the client goes on fetching what follows
        return decode(Article, record.value) if record.offset == offset and record.value is not None else None

    async def _connected(self) -> AIOKafkaConsumer:
        if self._consumer is None:
            consumer = new_consumer(bootstrap=self._bootstrap, client_id="claimwatch-fetcher-archive", group=None, fetch_bytes=FETCH_BYTES)
            await consumer.start()
            self._consumer = consumer
        return self._consumer
