"""Records on the wire: JSON values of our models, CloudEvents 1.0 binary-mode headers, W3C ``traceparent``."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from schemas.record import Record
from schemas.topic import Topic

Headers = list[tuple[str, bytes]]
R = TypeVar("R", bound=Record)

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?")


def encode(record: Record) -> bytes:
    """Return the record as UTF-8 JSON, by the names of the contract."""
    return record.model_dump_json(by_alias=True).encode()


def decode(model: type[R], value: bytes) -> R:
    """Return the record in a Kafka value.

    Raises:
        pydantic.ValidationError: If it is no JSON, or not this model.
    """
    return model.model_validate_json(value)


def new_traceparent() -> str:
    """Return a ``traceparent`` that starts a trace (W3C Trace Context, level 1)."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def child_traceparent(parent: str | None) -> str:
    """Return a ``traceparent`` of the same trace with a span of its own; starts a trace where there is no valid parent."""
    match = _TRACEPARENT.fullmatch(parent or "")
    if match is None:
        return new_traceparent()
    return f"00-{match[1]}-{secrets.token_hex(8)}-{match[2]}"


def headers_for(topic: Topic, *, event_id: str, subject: str, source: str, at: datetime, traceparent: str | None = None) -> Headers:
    """Return the CloudEvents 1.0 headers of a record (Kafka protocol binding, binary mode).

    Args:
        event_id: Derives from the content, so that a record sent twice bears the same id.
        subject: Key of the record.
        source: Which service sends it, e.g. ``fetcher``.
        traceparent: Of the record that caused this one; None starts a trace.
    """
    fields = {
        "ce_specversion": "1.0",
        "ce_id": event_id,
        "ce_type": topic.event_type,
        "ce_source": f"/claimwatch/{source}",
        "ce_time": at.isoformat(),
        "ce_subject": subject,
        "content-type": "application/json",
        "traceparent": child_traceparent(traceparent),
    }
    return [(name, value.encode()) for name, value in fields.items()]


def header(headers: Iterable[tuple[str, bytes]] | None, name: str) -> str | None:
    """Return a header's text, None if it is not there."""
    return next((value.decode(errors="replace") for key, value in headers or () if key == name), None)
