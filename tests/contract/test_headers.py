"""Behaviour 34: headers are CloudEvents 1.0 in the binary mode of the Kafka binding, and W3C Trace Context."""

import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.schema_asyncapi import DEAD_LETTER_HEADERS, HEADERS
from schemas.catalogue import RECORD_TOPICS
from schemas.claims_watch import WatchedClaim
from schemas.topic import Topic
from services.chassis import records
from services.chassis.dead_letters import dead_letter_headers

AT = datetime(2017, 6, 22, 10, 7, 12, 352_000, tzinfo=UTC)
TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def headers(topic: Topic = RECORD_TOPICS[0], *, at: datetime = AT, traceparent: str | None = None) -> dict[str, str]:
    pairs = records.headers_for(topic, event_id="an-id", subject="a-key", source="fetcher", at=at, traceparent=traceparent)
    assert len(dict(pairs)) == len(pairs)
    return {name: value.decode("utf-8") for name, value in pairs}


@pytest.mark.parametrize("topic", RECORD_TOPICS, ids=lambda topic: topic.name)
def test_every_required_attribute_is_there_and_not_empty(topic: Topic) -> None:
    found = headers(topic)

    assert all(found[f"ce_{name}"] for name in ("specversion", "id", "source", "type"))
    assert found["ce_specversion"] == "1.0"
    assert found["ce_type"] == topic.event_type


def test_headers_are_the_documented_ones() -> None:
    assert list(headers()) == list(HEADERS)


def test_the_content_type_stands_in_the_header_of_that_name_and_not_among_the_attributes() -> None:
    found = headers()

    assert found["content-type"] == "application/json"
    assert "ce_datacontenttype" not in found


def test_attribute_names_are_lower_case_letters_and_digits() -> None:
    assert all(re.fullmatch(r"ce_[a-z0-9]+", name) for name in headers() if name.startswith("ce_"))


def test_the_source_is_a_uri_reference() -> None:
    source = urlsplit(headers()["ce_source"])

    assert (source.scheme, source.netloc, source.path) == ("", "", "/claimwatch/fetcher")


@pytest.mark.parametrize(
    "at", [AT, AT.replace(microsecond=0), AT.astimezone(timezone(timedelta(hours=3)))], ids=["millis", "seconds", "moscow"]
)
def test_the_time_is_rfc_3339_with_its_offset(at: datetime) -> None:
    time = headers(at=at)["ce_time"]

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", time)
    assert datetime.fromisoformat(time) == at


def test_a_record_without_parent_starts_a_trace() -> None:
    first, second = headers()["traceparent"], headers()["traceparent"]

    assert TRACEPARENT.fullmatch(first)
    assert first.split("-")[1] != second.split("-")[1]


def test_a_child_keeps_trace_id_and_flags_and_has_a_span_of_its_own() -> None:
    child = headers(traceparent=PARENT)["traceparent"]

    version, trace, span, flags = child.split("-")
    assert (version, trace, flags) == ("00", "4bf92f3577b34da6a3ce929d0e0e4736", "01")
    assert span != "00f067aa0ba902b7"


def test_a_parent_of_a_later_version_with_more_parts_is_still_followed() -> None:
    child = records.child_traceparent(PARENT.replace("00-", "cc-", 1) + "-what-comes-later")

    assert child.split("-")[1] == PARENT.split("-")[1]
    assert TRACEPARENT.fullmatch(child)


@pytest.mark.parametrize(
    "parent",
    [
        "",
        "rubbish",
        PARENT.upper(),
        PARENT[:-3],
        PARENT.replace("4bf9", "zzzz"),
        "00-" + "0" * 32 + PARENT[35:],
        PARENT[:36] + "0" * 16 + "-01",
    ],
    ids=["empty", "rubbish", "upper case", "no flags", "no hex", "zero trace", "zero span"],
)
def test_an_invalid_parent_is_not_followed(parent: str) -> None:
    child = records.child_traceparent(parent)

    assert TRACEPARENT.fullmatch(child)
    assert child.split("-")[1] != parent[3:35]


@given(st.one_of(st.none(), st.text(), st.from_regex(r"[0-9a-f]{2}-.{32}-.{16}-.{2}", fullmatch=True)))
def test_whatever_the_parent_a_child_is_valid(parent: str | None) -> None:
    assert TRACEPARENT.fullmatch(records.child_traceparent(parent))


def test_a_header_that_is_not_there_is_none_and_bytes_that_are_no_text_do_no_harm() -> None:
    pairs = [("ce_id", b"\xff\xfe")]

    assert records.header(pairs, "ce_type") is None
    assert records.header(None, "ce_id") is None
    assert records.header(pairs, "ce_id") == "\ufffd\ufffd"


def test_values_bear_the_names_of_the_contract() -> None:
    claim = WatchedClaim.model_validate(
        {
            "claim_id": "a",
            "statement": "A is B",
            "keywords": ["a b"],
            "subject": {"name": "A", "not": ["Á"]},
            "window": {"from": "2017-05-01"},
        }
    )

    value = records.encode(claim)

    assert '"not":["Á"]'.encode() in value
    assert b'"from":"2017-05-01"' in value
    assert records.decode(WatchedClaim, value) == claim


def test_dead_letter_headers_are_the_documented_ones() -> None:
    pairs = dead_letter_headers(
        ValueError("no"), topic="news.article.v1", partition=3, offset=41, reason="unreadable", service="classifier"
    )

    assert [name for name, _ in pairs] == list(DEAD_LETTER_HEADERS)
