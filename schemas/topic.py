"""What a Kafka topic of the catalogue is: its name, key, partitions, clean-up and models."""

from dataclasses import dataclass, field
from typing import Literal

from schemas.record import Record

CleanUp = Literal["compact", "delete", "compact,delete"]

DAY_MS = 24 * 60 * 60 * 1000
FOR_EVER = -1
MAX_RECORD_BYTES = 8_000_000
"""Largest record that a topic takes: a long article, or the state of a feed with thousands of entries. Kafka's own default is 1 MB."""


@dataclass(frozen=True)
class Topic:
    """A topic as it has to exist on a cluster.

    Attributes:
        name: ``<domain>.<dataset>.v<major>``.
        key: What the record key is, in words; always UTF-8 text, partitioned by murmur2.
        value: Model of the value; None where the value is not ours (dead letters, internal changelogs).
        event_type: CloudEvents ``type`` of its records; empty where they carry none.
        retention_ms: How long records are kept; -1 is for ever. Ignored while compacting.
        internal: Not for downstream consumers; may change without notice.
    """

    name: str
    key: str
    clean_up: CleanUp
    value: type[Record] | None
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    event_type: str = ""
    partitions: int = 8
    retention_ms: int = 30 * DAY_MS
    internal: bool = False
    config: dict[str, str] = field(default_factory=lambda: {"max.message.bytes": str(MAX_RECORD_BYTES)})

    @property
    def dead_letter_name(self) -> str:
        """Name of the topic that takes the records of this one which nobody could read."""
        return f"dlq.{self.name}"
