"""Articles in; classified articles and readings out."""

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from schemas import claims_evidence, news_classified
from schemas.claims_evidence import Reading
from schemas.ids import derived_id
from schemas.news_article import Article
from schemas.news_classified import ClassifiedArticle
from schemas.words import Limit
from services.chassis.clock import Clock
from services.chassis.kafka import MAX_RECORD_BYTES
from services.chassis.records import Headers, decode, encode, header, headers_for
from services.classifier import telemetry
from services.classifier.adapters.records_in import message_headers
from services.classifier.domain.classify import Failure, Reader, Watch, classify

MAX_VALUE_BYTES = MAX_RECORD_BYTES - 64_000
"""Key and headers of a record have room beside this."""


class NotAllRead(Exception):
    """An article could not be read for some of the claims it mentions. All else that comes of it has been sent."""


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
            NotAllRead: At the end, if the reader failed on some of the claims or some records are too large.
        """
        article = decode(Article, event.message.value or b"")
        traceparent = header(message_headers(event.message), "traceparent")
        earlier = self._read_for.get(article.article_id) or []
        with telemetry.CLASSIFY_SECONDS.time():
            done = classify(article, self._watch(), self._reader, earlier=earlier, classified_at=self._clock.now())
        unsent = [reading.claim_id for reading in done.readings if not await self._send_reading(reading, traceparent)]
        sent = await self._send_classified(done.article, traceparent)
        sent = sent or await self._send_classified(_without_mentions(done.article), traceparent)
        self._remember(article.article_id, earlier, done.readings)
        _count(done.article)
        if done.failures or unsent or not sent:
            raise NotAllRead(_reasons(done.failures, unsent)) from (done.failures[0].error if done.failures else None)

    def _remember(self, article_id: str, earlier: list[str], readings: tuple[Reading, ...]) -> None:
        known = sorted({*earlier, *(reading.claim_id for reading in readings)})
        if known != sorted(earlier):
            self._read_for[article_id] = known

    async def _send_reading(self, reading: Reading, traceparent: str | None) -> bool:
        """Send one reading; return False if it is too large for Kafka."""
        headers = headers_for(
            claims_evidence.TOPIC,
            event_id=derived_id("event", reading.reading_id, reading.version_seen_at.isoformat()),
            subject=reading.claim_id,
            source="classifier",
            at=reading.classified_at,
            traceparent=traceparent,
        )
        return await _send(self._evidence_topic, reading.claim_id, encode(reading), headers)

    async def _send_classified(self, article: ClassifiedArticle, traceparent: str | None) -> bool:
        """Send the classified article; return False if it is too large for Kafka."""
        headers = headers_for(
            news_classified.TOPIC,
            event_id=derived_id("classified", article.article_id, article.version, article.version_seen_at.isoformat()),
            subject=article.article_id,
            source="classifier",
            at=article.classified_at,
            traceparent=traceparent,
        )
        return await _send(self._classified_topic, article.article_id, encode(article), headers)


async def _send(topic: Any, key: str, value: bytes, headers: Headers) -> bool:
    if len(value) > MAX_VALUE_BYTES:
        return False
    await topic.send(key=key.encode(), value=value, headers=headers)
    return True


def _without_mentions(article: ClassifiedArticle) -> ClassifiedArticle:
    return article.model_copy(update={"mentions": (), "capped": tuple(sorted({*article.capped, Limit.MENTIONS}))})


def _count(article: ClassifiedArticle) -> None:
    telemetry.ARTICLES.labels(kind=article.kind).inc()
    telemetry.MENTIONS.inc(len(article.mentions))
    for limit in article.capped:
        telemetry.CAPPED.labels(what=limit).inc()


def _reasons(failures: Sequence[Failure], unsent: Sequence[str]) -> str:
    """Return which claims the article was not read for, and why."""
    reasons = [f"{failure.claim_id}: {type(failure.error).__name__}: {failure.error}" for failure in failures]
    reasons += [f"{claim_id}: the reading is too large for Kafka" for claim_id in unsent]
    return "; ".join(reasons) or "the record is too large for Kafka"
