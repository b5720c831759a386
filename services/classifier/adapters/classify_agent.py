"""Articles in; classified articles and readings out."""

from collections.abc import Callable, MutableMapping
from typing import Any

from schemas import claims_evidence, news_article, news_classified
from schemas.claims_evidence import Reading
from schemas.ids import derived_id
from schemas.news_article import Article
from schemas.news_classified import ClassifiedArticle
from services.chassis.clock import Clock
from services.chassis.records import decode, encode, header, headers_for
from services.classifier import telemetry
from services.classifier.adapters.records_in import message_headers
from services.classifier.domain.classify import Reader, Watch, classify


class ClassifyAgent:
    """Classifies article versions. Remembers per article which claims it was read for, so that what it says no more is withdrawn."""

    def __init__(
        self,
        *,
        watch: Callable[[], Watch],
        reader: Reader,
        clock: Clock,
        read_for: MutableMapping[str, list[str]],
        classified_topic: Any,
        evidence_topic: Any,
    ) -> None:
        self._watch, self._reader, self._clock = watch, reader, clock
        self._read_for = read_for
        self._classified_topic, self._evidence_topic = classified_topic, evidence_topic

    async def handle(self, event: Any) -> None:
        """Classify the article of one record, send what comes of it, then remember the claims.

        Raises:
            pydantic.ValidationError: If the record is no article.
        """
        article = decode(Article, event.message.value or b"")
        traceparent = header(message_headers(event.message), "traceparent")
        earlier = self._read_for.get(article.article_id) or []
        with telemetry.CLASSIFY_SECONDS.time():
            done = classify(article, self._watch(), self._reader, earlier=earlier, classified_at=self._clock.now())
        for reading in done.readings:
            await self._send_reading(reading, traceparent)
        await self._send_classified(done.article, traceparent)
        self._remember(article.article_id, earlier, done.readings)
        telemetry.ARTICLES.labels(kind=done.article.kind).inc()
        telemetry.MENTIONS.inc(len(done.article.mentions))

    def _remember(self, article_id: str, earlier: list[str], readings: tuple[Reading, ...]) -> None:
        known = sorted({*earlier, *(reading.claim_id for reading in readings)})
        if known != sorted(earlier):
            self._read_for[article_id] = known

    async def _send_reading(self, reading: Reading, traceparent: str | None) -> None:
        headers = headers_for(
            claims_evidence.TOPIC,
            event_id=derived_id("event", reading.reading_id, reading.version_seen_at.isoformat()),
            subject=reading.claim_id,
            source="classifier",
            at=reading.classified_at,
            traceparent=traceparent,
        )
        await self._evidence_topic.send(key=reading.claim_id.encode(), value=encode(reading), headers=headers)

    async def _send_classified(self, article: ClassifiedArticle, traceparent: str | None) -> None:
        headers = headers_for(
            news_classified.TOPIC,
            event_id=derived_id("classified", article.article_id, article.version, article.version_seen_at.isoformat()),
            subject=article.article_id,
            source="classifier",
            at=article.classified_at,
            traceparent=traceparent,
        )
        await self._classified_topic.send(key=article.article_id.encode(), value=encode(article), headers=headers)


SOURCE_TOPIC = news_article.TOPIC
