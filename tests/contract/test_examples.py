"""Behaviour 34: every contract has examples, every example has a contract, and both the model and the JSON Schema agree with them."""

import importlib
import json
import pkgutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

import schemas
from deploy.schema_files import CONTRACTS, SCHEMAS
from schemas import ids
from schemas.claims_evidence import Reading
from schemas.news_article import Article
from schemas.record import Record

EXAMPLES = SCHEMAS / "examples"
ACCEPTED = sorted(EXAMPLES.glob("*/v1/*.json"))
REFUSED = sorted(EXAMPLES.glob("*/v1/refused/*.json"))


def contract_of(example: Path) -> str:
    return example.relative_to(EXAMPLES).parts[0]


def case(example: Path) -> str:
    return f"{contract_of(example)}:{example.stem}"


@cache
def validator(contract: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / "json" / f"{contract}.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def objects_of(contract: str) -> dict[str, Any]:
    schema = validator(contract).schema
    return {schema["title"]: schema, **schema.get("$defs", {})}


def reason(example: Path) -> dict[str, str]:
    lines = example.with_suffix(".reason.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def values(example: Any, name: str) -> set[str]:
    """Return every text that stands under a name, at any depth."""
    if isinstance(example, list):
        return {text for item in example for text in values(item, name)}
    if not isinstance(example, dict):
        return set()
    own = example.get(name, ())
    texts = {item for item in (own if isinstance(own, list) else [own]) if isinstance(item, str)}
    return texts.union(*(values(item, name) for item in example.values()))


def is_within(part: Any, whole: Any) -> bool:
    """Tell whether everything in ``part`` stands in ``whole`` too; fields that only ``whole`` has are defaults."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and is_within(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) == len(whole) and all(map(is_within, part, whole))
    return bool(part == whole)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_contract_has_accepted_and_refused_examples(contract: str) -> None:
    assert [path for path in ACCEPTED if contract_of(path) == contract]
    assert [path for path in REFUSED if contract_of(path) == contract]


def test_no_example_is_an_orphan() -> None:
    reasons = {path.with_suffix(".reason.txt") for path in REFUSED}

    files = {path for path in EXAMPLES.rglob("*") if path.is_file()}

    assert files == {*ACCEPTED, *REFUSED, *reasons}
    assert {contract_of(path) for path in files} == set(CONTRACTS)


def test_every_model_is_part_of_a_contract() -> None:
    modules = [importlib.import_module(f"schemas.{module.name}") for module in pkgutil.iter_modules(schemas.__path__)]
    classes = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    models = {thing.__name__ for thing in classes if issubclass(thing, Record)}

    described = {name for contract in CONTRACTS for name in objects_of(contract)}

    assert models - {"Record"} <= described


@pytest.mark.parametrize("example", ACCEPTED, ids=case)
def test_an_accepted_example_satisfies_model_and_schema_and_survives_the_wire(example: Path) -> None:
    raw = json.loads(example.read_text())
    model = CONTRACTS[contract_of(example)]

    record = model.model_validate_json(example.read_bytes())
    written = record.model_dump_json(by_alias=True)

    validator(contract_of(example)).validate(raw)
    validator(contract_of(example)).validate(json.loads(written))
    assert model.model_validate_json(written) == record
    if not contract_of(example).startswith("file."):
        assert is_within(raw, json.loads(written))


@pytest.mark.parametrize("example", [path for path in ACCEPTED if not contract_of(path).startswith("file.")], ids=case)
def test_a_reader_ignores_fields_that_a_later_writer_adds(example: Path) -> None:
    raw = json.loads(example.read_text())
    model: type[BaseModel] = CONTRACTS[contract_of(example)]

    later = raw | {"field_of_a_later_version": {"a": 1}}

    assert model.model_validate_json(json.dumps(later)) == model.model_validate_json(json.dumps(raw))
    validator(contract_of(example)).validate(later)


@pytest.mark.parametrize("example", REFUSED, ids=case)
def test_a_refused_example_is_refused_at_the_field_and_for_the_reason_it_names(example: Path) -> None:
    expected = reason(example)

    with pytest.raises(ValidationError) as refusal:
        CONTRACTS[contract_of(example)].model_validate_json(example.read_bytes())

    errors = refusal.value.errors()
    assert [(".".join(map(str, error["loc"])) or "record", error["type"]) for error in errors] == [(expected["field"], expected["error"])]
    if expected["error"] == "value_error":
        assert expected["why"] in errors[0]["msg"]


@pytest.mark.parametrize("example", REFUSED, ids=case)
def test_a_refused_example_says_whether_the_json_schema_refuses_it_too(example: Path) -> None:
    is_valid = validator(contract_of(example)).is_valid(json.loads(example.read_text()))

    assert reason(example)["json schema"] == ("cannot tell" if is_valid else "refuses it too")


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_field_says_what_it_is(contract: str) -> None:
    fields = {f"{name}.{field}": what for name, part in objects_of(contract).items() for field, what in part.get("properties", {}).items()}

    silent = [name for name, what in fields.items() if not what.get("description")]

    assert silent == []


@pytest.mark.parametrize(
    ("word_set", "contract", "field"),
    [
        ("Stance", "claims.evidence.v1", "stance"),
        ("Status", "claims.transition.v1", "to_status"),
        ("Caveat", "claims.transition.v1", "caveats"),
        ("OutletKind", "feeds.source.v1", "kind"),
    ],
)
def test_examples_use_words_of_the_closed_sets_only_and_stances_all_of_them(word_set: str, contract: str, field: str) -> None:
    used = {word for path in ACCEPTED if contract_of(path) == contract for word in values(json.loads(path.read_text()), field)}
    words = set(validator(contract).schema["$defs"][word_set]["enum"])

    assert used <= words
    assert used == words or word_set != "Stance"


def accepted(contract: str) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in ACCEPTED if contract_of(path) == contract]


@pytest.mark.parametrize("example", accepted("news.article.v1"))
def test_ids_in_article_examples_are_the_ones_the_recipes_give(example: Path) -> None:
    article = Article.model_validate_json(example.read_bytes())

    assert article.article_id == ids.article_id(article.url)


@pytest.mark.parametrize("example", accepted("claims.evidence.v1"))
def test_ids_in_reading_examples_are_the_ones_the_recipes_give(example: Path) -> None:
    reading = Reading.model_validate_json(example.read_bytes())

    assert reading.article_id == ids.article_id(reading.url)
    assert reading.reading_id == ids.reading_id(reading.article_id, reading.version, reading.claim_id)


@pytest.mark.parametrize("example", accepted("claims.transition.v1"))
def test_ids_in_transition_examples_are_the_ones_the_recipes_give(example: Path) -> None:
    change = json.loads(example.read_text())

    assert change["transition_id"] == ids.transition_id(change["claim_id"], change["episode"], change["sequence"])


@pytest.mark.parametrize("example", accepted("claims.evidence.v1"))
def test_quotes_in_reading_examples_stand_where_they_say_in_the_article_of_that_version(example: Path) -> None:
    articles = [Article.model_validate_json(path.read_bytes()) for path in ACCEPTED if contract_of(path) == "news.article.v1"]
    texts = {(article.article_id, article.version): article for article in articles}
    reading = Reading.model_validate_json(example.read_bytes())

    for evidence in reading.evidence:
        quote, article = evidence.quote, texts.get((reading.article_id, reading.version))
        assert quote.end - quote.start == len(quote.text)
        assert article is None or getattr(article, quote.field)[quote.start : quote.end] == quote.text
