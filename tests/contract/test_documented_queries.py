"""Every example of ``schemas/QUERIES.md`` does what it says there."""

import re
from pathlib import Path

import pytest

from schemas.claim_query import MAX_COST, MAX_DEPTH, MAX_DISTANCE, MAX_NEARS, MIN_PREFIX, QueryError, parse_query
from schemas.claims_watch import WatchedClaim
from services.classifier.domain.matcher import Matcher
from tests.unit.classifier.articles import article

DOCUMENT = (Path(__file__).parents[2] / "schemas" / "QUERIES.md").read_text()


def rows(name: str) -> list[tuple[str, ...]]:
    """The cells of a table, between its marks, without head and code quotes."""
    part = DOCUMENT.split(f"<!-- {name} -->")[1].split(f"<!-- end {name} -->")[0]
    lines = [line for line in part.strip().splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip().strip("`") for cell in line.strip("|").split("|")) for line in lines]


def finds(query: str, text: str) -> bool:
    title, _, body = text.rpartition(" / ")
    claim = WatchedClaim.model_validate({"claim_id": "c1", "statement": "It happened", "query": query, "subject": {"name": "it"}})
    return bool(Matcher.compile([claim]).claim_ids(article(body, title=title, language="")))


@pytest.mark.parametrize(("query", "found", "not_found"), rows("matches"), ids=lambda cell: None)
def test_an_example_finds_what_the_page_says_and_nothing_else(query: str, found: str, not_found: str) -> None:
    assert finds(query, found)
    assert not not_found or not finds(query, not_found)


@pytest.mark.parametrize(("query", "at", "because"), rows("refused"), ids=lambda cell: None)
def test_an_example_of_a_refusal_is_refused_there_and_for_that(query: str, at: str, because: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)

    assert refused.value.position == int(at)
    assert because in refused.value.reason


def test_the_other_queries_of_the_page_are_taken() -> None:
    others = re.findall(r"^`(\([^`]+\))`|`(\(Baghdadi[^`]+)`|check '([^']+)'", DOCUMENT, re.MULTILINE)

    assert len(others) == 2
    assert all(parse_query("".join(query)) for query in others)


def test_the_page_names_the_limits_of_the_code() -> None:
    for limit in (
        f"1 to {MAX_DISTANCE}",
        f"{MAX_NEARS} deep",
        f"cost {MAX_COST:,}",
        f"{MAX_DEPTH} groups",
        f"{MIN_PREFIX} letters or more",
    ):
        assert limit in DOCUMENT
