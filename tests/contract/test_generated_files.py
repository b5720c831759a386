"""Behaviour 34: what is generated from the models is committed as generated, and a major version keeps what it promised."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import schema_files
from deploy.schema_promises import broken_promises, promised_lines
from schemas.catalogue import RECORD_TOPICS

SCHEMAS = schema_files.SCHEMAS
Schema = dict[str, Any]


def test_committed_files_are_as_generated() -> None:
    assert [path.name for path in schema_files.drifted()] == []


def test_every_promise_is_kept() -> None:
    assert schema_files.broken() == []


def test_every_open_contract_is_promised_and_no_internal_one() -> None:
    internal = {topic.name for topic in RECORD_TOPICS if topic.internal}

    promised = {path.stem for path in (SCHEMAS / "promised").iterdir()}

    assert promised == set(schema_files.CONTRACTS) - internal


def test_a_schema_names_itself_by_its_topic() -> None:
    assert schema_files.json_schema("claims.status.v1")["$id"] == "urn:claimwatch:claims.status.v1"


def test_fields_bear_the_names_of_the_wire() -> None:
    subject = schema_files.json_schema("claims.watch.v1")["$defs"]["Subject"]["properties"]

    assert "not" in subject
    assert "not_" not in subject


def removed(schema: Schema) -> None:
    del schema["properties"]["origins"]


def renamed(schema: Schema) -> None:
    schema["properties"]["origin_count"] = schema["properties"].pop("origins")
    schema["required"][schema["required"].index("origins")] = "origin_count"


def retyped(schema: Schema) -> None:
    schema["properties"]["origins"]["type"] = "string"


def no_longer_always_there(schema: Schema) -> None:
    schema["required"].remove("origins")


def newly_required(schema: Schema) -> None:
    schema["required"].append("caveats")


def new_and_required(schema: Schema) -> None:
    schema["properties"]["severity"] = {"type": "string"}
    schema["required"].append("severity")


def word_gone(schema: Schema) -> None:
    schema["$defs"]["Status"]["enum"].remove("disputed")


def nested_field_gone(schema: Schema) -> None:
    del schema["$defs"]["Quote"]["properties"]["start"]


def null_where_there_was_none(schema: Schema) -> None:
    schema["properties"]["statement"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def new_and_optional(schema: Schema) -> None:
    schema["properties"]["severity"] = {"type": "string", "default": ""}


def new_word(schema: Schema) -> None:
    schema["$defs"]["Status"]["enum"].append("withdrawn")


def new_description(schema: Schema) -> None:
    schema["properties"]["origins"]["description"] = "Said otherwise."


def after(change: Callable[[Schema], None]) -> list[str]:
    schema = schema_files.json_schema("claims.transition.v1")
    later = copy.deepcopy(schema)
    change(later)
    return broken_promises(promised_lines(schema), promised_lines(later))


@pytest.mark.parametrize(
    "change",
    [
        removed,
        renamed,
        retyped,
        no_longer_always_there,
        newly_required,
        new_and_required,
        word_gone,
        nested_field_gone,
        null_where_there_was_none,
    ],
)
def test_a_change_that_a_reader_could_trip_over_breaks_the_promise(change: Callable[[Schema], None]) -> None:
    assert after(change) != []


@pytest.mark.parametrize("change", [new_and_optional, new_word, new_description])
def test_an_addition_keeps_the_promise(change: Callable[[Schema], None]) -> None:
    assert after(change) == []


def test_a_contract_that_vanishes_breaks_its_promise(tmp_path: Path) -> None:
    (tmp_path / "promised").mkdir()
    (tmp_path / "promised" / "claims.rumour.v1.txt").write_text("# generated\nclaim_id: string, required\n")

    assert schema_files.broken(tmp_path) == ["claims.rumour.v1: gone or changed: claim_id: string, required"]


def test_a_fresh_folder_is_filled_and_then_has_no_drift(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text((SCHEMAS / "README.md").read_text())

    schema_files.write(tmp_path)

    assert schema_files.drifted(tmp_path) == []
    assert schema_files.broken(tmp_path) == []


def test_a_schema_of_no_contract_is_drift_and_goes(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text((SCHEMAS / "README.md").read_text())
    schema_files.write(tmp_path)
    orphan = tmp_path / "json" / "claims.rumour.v1.json"
    orphan.write_text("{}")

    assert schema_files.drifted(tmp_path) == [orphan]
    schema_files.write(tmp_path)

    assert not orphan.exists()


def test_every_reference_in_the_asyncapi_document_leads_somewhere() -> None:
    document = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text())

    references = list(references_in(document))

    assert document["asyncapi"] == "3.0.0"
    assert [reference for reference in references if not leads_somewhere(document, reference)] == []
    assert {f"./json/{topic.name}.json" for topic in RECORD_TOPICS if not topic.internal} <= set(references)


def test_the_asyncapi_document_has_every_open_topic_and_its_dead_letters() -> None:
    document = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text())
    is_open = [topic for topic in RECORD_TOPICS if not topic.internal]

    addresses = {channel["address"] for channel in document["channels"].values()}

    assert addresses == {topic.name for topic in is_open} | {topic.dead_letter_name for topic in is_open}


def references_in(part: Any) -> list[str]:
    if isinstance(part, list):
        return [reference for item in part for reference in references_in(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [reference for item in part.values() for reference in references_in(item)]


def leads_somewhere(document: Schema, reference: str) -> bool:
    if reference.startswith("./"):
        return (SCHEMAS / reference).is_file()
    part: Any = document
    for step in reference.removeprefix("#/").split("/"):
        part = part.get(step, {})
    return bool(part)
