"""The AsyncAPI 3.0 document of the topics that are open to others. Pure: the catalogue in, a document out."""

from typing import Any

from schemas.catalogue import RECORD_TOPICS
from schemas.topic import Topic

Document = dict[str, Any]

KAFKA_BINDING = "0.5.0"
INTRODUCTION = (
    "Watches the news for claims and tells the moment the status of a claim changes, why, and on whose word. "
    "Operations are named from the product's side: it sends what others may read, and receives what operators write. "
    "Delivery is at least once; `ce_id` is equal for a record that was sent twice."
)
HEADERS: dict[str, str] = {
    "ce_specversion": "CloudEvents version, always 1.0.",
    "ce_id": "Derives from the content: equal when the same record is sent again. Drop what you have seen.",
    "ce_type": "What happened.",
    "ce_source": "Which service sent it, e.g. /claimwatch/classifier.",
    "ce_time": "When it was sent, RFC 3339.",
    "ce_subject": "Key of the record.",
    "content-type": "Always application/json, UTF-8.",
    "traceparent": "W3C Trace Context: the trace of the article or request that led to this record.",
}
DEAD_LETTER_HEADERS: dict[str, str] = {
    "__dlq.errors.topic": "Topic that the record was read from.",
    "__dlq.errors.partition": "Its partition there, decimal.",
    "__dlq.errors.offset": "Its offset there, decimal.",
    "__dlq.errors.reason": "unreadable (no JSON, not the model, too large) or failed (it was read, and working on it failed).",
    "__dlq.errors.exception": "Class of the error.",
    "__dlq.errors.message": "Field and reason, at most 500 characters; never the value.",
    "__dlq.errors.service": "Which service could not read it.",
    "__dlq.errors.attempts": "How often it was tried, decimal.",
}
CUT_HEADERS: dict[str, str] = {
    "__dlq.errors.cut_from_bytes": (
        "Only where the record was too large to be written again: its size. Key and value are cut and its own headers are left out."
    ),
}


def is_open(topic: Topic) -> bool:
    """Tell whether others may build on the topic: they read it, or operators write it."""
    return not topic.internal


def asyncapi_document() -> Document:
    """Return the whole document, ready to be written as YAML."""
    topics = [topic for topic in RECORD_TOPICS if is_open(topic)]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Claimwatch", "version": "1.0.0", "description": INTRODUCTION},
        "defaultContentType": "application/json",
        "servers": {"kafka": {"host": "127.0.0.1:9092", "protocol": "kafka", "description": "Any cluster: KAFKA_BOOTSTRAP."}},
        "channels": {topic.name: _channel(topic) for topic in topics} | {topic.dead_letter_name: _dead_letters(topic) for topic in topics},
        "operations": dict(operation for topic in topics for operation in _operations(topic)),
        "components": {
            "messages": {topic.name: _message(topic) for topic in topics} | {"deadLetter": _dead_letter_message()},
            "messageTraits": {"cloudEvent": {"headers": _header_schema(HEADERS)}},
        },
    }


def _channel(topic: Topic) -> Document:
    settings: Document = {"cleanup.policy": topic.clean_up.split(",")}
    if "delete" in topic.clean_up:
        settings["retention.ms"] = topic.retention_ms
    return {
        "address": topic.name,
        "description": _first_line(topic),
        "messages": {"record": {"$ref": f"#/components/messages/{topic.name}"}},
        "bindings": {"kafka": {"partitions": topic.partitions, "topicConfiguration": settings, "bindingVersion": KAFKA_BINDING}},
    }


def _dead_letters(topic: Topic) -> Document:
    return {
        "address": topic.dead_letter_name,
        "description": f"Records of {topic.name} that could not be read: key, value and headers as they came, and why.",
        "messages": {"record": {"$ref": "#/components/messages/deadLetter"}},
    }


def _operations(topic: Topic) -> list[tuple[str, Document]]:
    def operation(action: str, who: tuple[str, ...]) -> Document:
        verb = "Written" if action == "send" else "Taken in"
        return {
            "action": action,
            "channel": {"$ref": f"#/channels/{topic.name}"},
            "summary": f"{verb} by {', '.join(who)}.",
            "messages": [{"$ref": f"#/channels/{topic.name}/messages/record"}],
        }

    own = tuple(name for name in topic.writers if name != "operator")
    sends = [(f"send.{topic.name}", operation("send", own))] if own else []
    takes_in = [(f"receive.{topic.name}", operation("receive", topic.readers))] if "operator" in topic.writers else []
    return sends + takes_in


def _message(topic: Topic) -> Document:
    return {
        "name": topic.event_type,
        "title": topic.value.__name__ if topic.value else "",
        "summary": _first_line(topic),
        "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}],
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./json/{topic.name}.json"},
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": KAFKA_BINDING}},
    }


def _dead_letter_message() -> Document:
    return {
        "name": "deadLetter",
        "summary": "Bytes as they came; these headers stand behind the record's own.",
        "headers": _header_schema(DEAD_LETTER_HEADERS, CUT_HEADERS),
    }


def _header_schema(required: dict[str, str], optional: dict[str, str] | None = None) -> Document:
    meanings = required | (optional or {})
    properties = {name: {"type": "string", "description": meaning} for name, meaning in meanings.items()}
    return {"type": "object", "required": list(required), "properties": properties}


def _first_line(topic: Topic) -> str:
    return (topic.value.__doc__ or "").strip().splitlines()[0] if topic.value else ""
