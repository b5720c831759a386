"""Claims of many more kinds of news, and sentences that say that they are so (+), that they are not (-), or nothing of them (0).

The sentences stand in ``more_wordings.txt``, each group under its claim: ``= statement | keywords | subject | aliases``. All 249 were written
before any was read: 104 of the first 166 and 56 of the other 83 were read right at first sight. The file has those that are read right now;
they guard what is read and are no measure of accuracy.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.claims_evidence import Evidence
from schemas.claims_watch import WatchedClaim
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind
from tests.unit.classifier.reading.test_stories import OUTLETS, READER, article
from tests.unit.classifier.reading.test_wordings import SIGNS


def _cases() -> Iterator[tuple[WatchedClaim, str, str]]:
    claim = None
    for line in (Path(__file__).parent / "more_wordings.txt").read_text("utf-8").splitlines():
        sign, text = line[0], line[2:]
        if sign == "=":
            statement, keywords, subject, *aliases = (part.strip() for part in text.split("|"))
            claim = claim_of(statement, keywords.split(", "), subject, aliases=aliases[0].split(", ") if aliases else [])
        elif claim is not None:
            yield claim, sign, text


def claim_of(statement: str, keywords: list[str], subject: str, *, aliases: list[str] | None = None, **fields: Any) -> WatchedClaim:
    return WatchedClaim.model_validate(
        {
            "claim_id": "-".join(statement.lower().replace("'", "").split()),
            "statement": statement,
            "keywords": keywords,
            "subject": {"name": subject, "aliases": aliases or []},
            **fields,
        }
    )


def read(claim: WatchedClaim, text: str) -> tuple[Evidence, ...]:
    mention = Mention(claim_id=claim.claim_id, matches=(Match(words="-", field="body", start=0, end=0),))
    return READER.read(article(text), claim, mention, kind=ArticleKind.NEWS, outlets=OUTLETS)


def signs(claim: WatchedClaim, text: str) -> str:
    return "".join(sorted({SIGNS.get(evidence.stance.value, "?") for evidence in read(claim, text)})) or "0"


@pytest.mark.parametrize(("claim", "sign", "text"), [pytest.param(*case, id=case[2][:70]) for case in _cases()])
def test_a_sentence_says_that_it_is_so_or_not_or_nothing(claim: WatchedClaim, sign: str, text: str) -> None:
    assert signs(claim, text) == sign


CAPTURE = ("The town of Orlec has been captured", ["Orlec captured"], "Orlec")


@pytest.mark.parametrize(("text", "sign"), [("Rebels captured Orlec on Monday.", "+"), ("The Veld Legion captured Orlec on Monday.", "0")])
def test_done_by_somebody_else_than_the_claims_actor_it_is_another_event(text: str, sign: str) -> None:
    claim = claim_of(*CAPTURE, roles={"actor": "the rebels"})

    assert signs(claim, text) == sign


@pytest.mark.parametrize(
    ("window", "sign"),
    [
        ({"from": date(2025, 6, 1)}, "+"),
        ({"from": date(2025, 6, 1), "to": date(2025, 6, 12)}, "0"),
        ({"from": date(2025, 6, 16)}, "0"),
        ({"to": date(2025, 6, 13)}, "+"),
    ],
)
def test_an_event_dated_outside_the_claims_window_is_another_one(window: dict[str, date], sign: str) -> None:
    claim = claim_of("The Sarn dam has burst", ["Sarn dam"], "Sarn dam", window=window)

    assert signs(claim, "The Sarn dam burst on Friday, the water board said.") == sign


def test_what_is_undated_may_be_of_the_claims_window() -> None:
    claim = claim_of("The Sarn dam has burst", ["Sarn dam"], "Sarn dam", window={"from": date(2025, 6, 1)})

    assert signs(claim, "The Sarn dam has burst, the water board said.") == "+"


def test_a_claims_own_opposites_deny_it() -> None:
    text = "The Ottar organ is playing as ever, the fire service said."

    assert signs(claim_of("The Ottar organ has fallen silent", ["Ottar organ"], "Ottar organ"), text) == "0"
    assert signs(claim_of("The Ottar organ has fallen silent", ["Ottar organ"], "Ottar organ", opposites=["play"]), text) == "-"


@pytest.mark.parametrize(
    ("text", "day"), [("Vask on Friday recalled its Orbo heaters.", 13), ("Vask recalled its Orbo heaters on Thursday.", 12)]
)
def test_the_day_of_the_event_is_found_on_either_side_of_the_verb(text: str, day: int) -> None:
    found = read(claim_of("Vask has recalled its Orbo heaters", ["Vask recall"], "Vask"), text)

    assert [evidence.event.at.day for evidence in found if evidence.event and evidence.event.at] == [day]
