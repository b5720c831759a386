"""What nobody could read goes to ``dlq.<topic>``: the bytes as they came, and headers that say what was wrong."""

import logging
from collections.abc import Iterable

from aiokafka import AIOKafkaProducer
from prometheus_client import Counter
from pydantic import ValidationError

from services.chassis.kafka import MAX_RECORD_BYTES

log = logging.getLogger(__name__)

DEAD_LETTERS = Counter("claimwatch_dead_letters_total", "Records set aside because they could not be read.", ["topic", "reason"])
MAX_MESSAGE_CHARS = 500
MAX_WHOLE_BYTES = MAX_RECORD_BYTES - 64_000
"""Larger records are cut, as with our own headers they could not be written."""
CUT_VALUE_BYTES = 100_000
CUT_KEY_BYTES = 1_000

Headers = list[tuple[str, bytes]]


def dead_letter_headers(error: Exception, *, topic: str, partition: int, offset: int, reason: str, service: str) -> list[tuple[str, bytes]]:
    """Return the ``__dlq.errors.*`` headers. The error's text is cut; inputs are left out, as they may hold secrets."""
    fields = {
        "topic": topic,
        "partition": str(partition),
        "offset": str(offset),
        "reason": reason,
        "exception": type(error).__name__,
        "message": _message(error)[:MAX_MESSAGE_CHARS],
        "service": service,
        "attempts": "1",
    }
    return [(f"__dlq.errors.{name}", value.encode()) for name, value in fields.items()]


def _message(error: Exception) -> str:
    """Return which fields are wrong and why, without their values; the error's own text where it is not about fields."""
    if not isinstance(error, ValidationError):
        return str(error)
    problems = error.errors(include_input=False, include_url=False)
    return "; ".join(f"{'.'.join(map(str, problem['loc'])) or 'record'}: {problem['msg']}" for problem in problems)


def _writable(key: bytes | None, value: bytes | None, headers: Headers) -> tuple[bytes | None, bytes | None, Headers]:
    """Return the record as it can be written again: as it came, or cut, with a header that says how large it was."""
    size = len(key or b"") + len(value or b"") + sum(len(name) + len(text) for name, text in headers)
    if size > MAX_WHOLE_BYTES:
        return key and key[:CUT_KEY_BYTES], value and value[:CUT_VALUE_BYTES], [("__dlq.errors.cut_from_bytes", str(size).encode())]
    if key is None and value is None:  # the client refuses to write such a record
        return None, b"", headers
    return key, value, headers


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

        A record too large to be written again is cut and loses its headers; it is whole where the headers say it came from.

        Args:
            reason: ``unreadable`` (no JSON, not the model, too large) or ``failed`` (a domain function raised).
        """
        why = dead_letter_headers(error, topic=topic, partition=partition, offset=offset, reason=reason, service=self._service)
        key, value, own = _writable(key, value, list(headers))
        await self._producer.send_and_wait(f"dlq.{topic}", value=value, key=key, headers=[*own, *why])
        DEAD_LETTERS.labels(topic=topic, reason=reason).inc()
        where = {"topic": topic, "partition": partition, "offset": offset}
        log.error("record.set_aside", extra={**where, "reason": reason, "error": type(error).__name__})
