"""Behaviour 35: what could not be read is set aside as it came, with what was wrong and where it stands."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.claims_watch import WatchedClaim
from services.chassis import dead_letters
from services.chassis.dead_letters import DEAD_LETTERS, DeadLetters, dead_letter_headers
from services.chassis.kafka import MAX_RECORD_BYTES


class FakeProducer:
    """Keeps what it is given, and refuses what the real client refuses."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def send_and_wait(self, topic: str, *, value: bytes | None, key: bytes | None, headers: list[tuple[str, bytes]]) -> None:
        assert not (value is None and key is None)
        assert len(value or b"") + len(key or b"") + sum(len(name) + len(text) for name, text in headers) < MAX_RECORD_BYTES - 1000
        self.sent.append({"topic": topic, "value": value, "key": key, "headers": headers})


async def set_aside(error: Exception | None = None, **record: Any) -> dict[str, Any]:
    producer = FakeProducer()
    given = {
        "topic": "news.article.v1",
        "partition": 3,
        "offset": 41,
        "key": b"k",
        "value": b"{",
        "headers": [("ce_id", b"an-id")],
    } | record
    await DeadLetters(producer, service="classifier").set_aside(error or ValueError("no"), **given)  # type: ignore[arg-type]
    assert len(producer.sent) == 1
    return producer.sent[0]


async def test_the_record_goes_to_its_dead_letter_topic_as_it_came() -> None:
    sent = await set_aside()

    assert (sent["topic"], sent["key"], sent["value"]) == ("dlq.news.article.v1", b"k", b"{")
    assert sent["headers"][0] == ("ce_id", b"an-id")


async def test_headers_say_what_was_wrong_and_where_the_record_stands() -> None:
    headers = dict((await set_aside(reason="failed"))["headers"])

    expected = {
        "topic": b"news.article.v1",
        "partition": b"3",
        "offset": b"41",
        "reason": b"failed",
        "exception": b"ValueError",
        "service": b"classifier",
    }
    assert {name: headers[f"__dlq.errors.{name}"] for name in expected} == expected


def refusal(value: str) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        WatchedClaim.model_validate_json(value)
    return caught.value


def message(error: Exception) -> str:
    return dict(dead_letter_headers(error, topic="t", partition=0, offset=0, reason="unreadable", service="s"))[
        "__dlq.errors.message"
    ].decode()


def test_a_record_that_is_not_the_model_says_which_fields_are_wrong_and_not_what_is_in_them() -> None:
    text = message(refusal('{"claim_id": "SECRET", "statement": "a b c", "keywords": ["x"]}'))

    assert "claim_id: String should match" in text
    assert "subject: Field required" in text
    assert "SECRET" not in text


def test_a_record_that_is_no_json_says_so() -> None:
    assert message(refusal("{")).startswith("record: Invalid JSON")


def test_a_long_message_is_cut() -> None:
    assert len(message(ValueError("x" * 9000))) == dead_letters.MAX_MESSAGE_CHARS


@pytest.mark.parametrize("part", ["value", "key", "headers"])
async def test_a_record_too_large_to_be_written_again_is_cut_so_that_the_partition_goes_on(part: str) -> None:
    large = b"x" * MAX_RECORD_BYTES
    sent = await set_aside(**{part: [("padding", large)] if part == "headers" else large})

    headers = dict(sent["headers"])
    assert int(headers["__dlq.errors.cut_from_bytes"]) > MAX_RECORD_BYTES
    assert headers["__dlq.errors.offset"] == b"41"


async def test_a_record_of_the_largest_whole_size_is_not_cut() -> None:
    value = b"x" * (dead_letters.MAX_WHOLE_BYTES - 100)

    assert (await set_aside(value=value))["value"] == value


async def test_a_record_without_key_and_value_is_set_aside_too() -> None:
    assert (await set_aside(key=None, value=None))["value"] == b""


async def test_a_tombstone_stays_one() -> None:
    assert (await set_aside(value=None))["value"] is None


async def test_each_is_counted_by_topic_and_reason() -> None:
    counter = DEAD_LETTERS.labels(topic="feeds.state.v1", reason="failed")
    before = counter._value.get()

    await set_aside(topic="feeds.state.v1", reason="failed")

    assert counter._value.get() == before + 1
