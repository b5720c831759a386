"""What nobody could read goes to ``dlq.<topic>``: the bytes as they came, and headers that say what was wrong."""

import logging
from collections.abc import Iterable

from aiokafka import AIOKafkaProducer
from prometheus_client import Counter

log = logging.getLogger(__name__)

DEAD_LETTERS = Counter("claimwatch_dead_letters_total", "Records set aside because they could not be read.", ["topic", "reason"])
MAX_MESSAGE_CHARS = 500


def dead_letter_headers(error: Exception, *, topic: str, partition: int, offset: int, reason: str, service: str) -> list[tuple[str, bytes]]:
    """Return the ``__dlq.errors.*`` headers. The error's text is cut; inputs are left out, as they may hold secrets."""
    errors = getattr(error, "errors", None)
    if callable(errors):  # pydantic: say which field and why, without the value
        message = "; ".join(f"{'.'.join(map(str, item['loc'])) or 'record'}: {item['msg']}" for item in error.errors(include_input=False, include_url=False))  # type: ignore[attr-defined]
    else:
        message = str(error)
    fields = {
        "topic": topic,
        "partition": str(partition),
        "offset": str(offset),
        "reason": reason,
        "exception": type(error).__name__,
        "message": message[:MAX_MESSAGE_CHARS],
        "service": service,
        "attempts": "1",
    }
    return [(f"__dlq.errors.{name}", value.encode()) for name, value in fields.items()]


class DeadLetters:
    """Sends records to their dead-letter topic and counts them."""

    def __init__(self, producer: AIOKafkaProducer, *, service: str) -> None:
        self._producer = producer
        self._service = service

    async def set_aside(
        self,
        error: Exception,
        *,
        topic: str,
        partition: int,
        offset: int,
        key: bytes | None,
        value: bytes | None,
        headers: Iterable[tuple[str, bytes]] = (),
        reason: str = "unreadable",
    ) -> None:
        """Write the record to ``dlq.<topic>`` and return once the broker has it.

        Args:
            reason: ``unreadable`` (no JSON, not the model, too large) or ``failed`` (a domain function raised).
        """
        why = dead_letter_headers(error, topic=topic, partition=partition, offset=offset, reason=reason, service=self._service)
        await self._producer.send_and_wait(f"dlq.{topic}", value=value, key=key, headers=[*headers, *why])
        DEAD_LETTERS.labels(topic=topic, reason=reason).inc()
        log.error("record.set_aside", extra={"topic": topic, "partition": partition, "offset": offset, "reason": reason, "error": type(error).__name__})
