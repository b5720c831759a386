"""What the reader takes from own texts of many domains."""

from datetime import UTC, datetime

import pytest

from schemas import ids
from schemas.claims_evidence import STRONG_HEDGE_FLOOR, Evidence
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind, Stance
from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.outlets import Outlets
from tests.unit.classifier.reading.stories import CLAIMS, STORIES

OUTLET = Outlet(name="Velby Tribune", family="Tribune Group")
OUTLETS = Outlets.of([OUTLET, Outlet(name="Corvo News"), Outlet(name="Alden Post")])
READER = load_reader()


def article(text: str, title: str = "News") -> Article:
    at = datetime(2025, 6, 16, 12, tzinfo=UTC)
    url = "https://tribune.example/" + ids.content_version(text)
    return Article(
        article_id=ids.article_id(url),
        version=ids.content_version(title, text),
        url=url,
        feed_id="f",
        outlet=OUTLET,
        title=title,
        body=text,
        published_at=at,
        first_seen_at=at,
        version_seen_at=at,
    )


def read(claim_id: str, text: str, title: str = "News", kind: ArticleKind = ArticleKind.NEWS) -> tuple[Evidence, ...]:
    mention = Mention(claim_id=claim_id, matches=(Match(words="-", field="body", start=0, end=0),))
    return READER.read(article(text, title), CLAIMS[claim_id], mention, kind=kind, outlets=OUTLETS)


def piece(evidence: Evidence, wanted: set[str]) -> str:
    stance = evidence.stance.value
    if evidence.stance is Stance.REFUTES:
        stance = "denies"
    if evidence.stance is Stance.HEDGES:
        stance = "strong" if evidence.certainty and evidence.certainty.low >= STRONG_HEDGE_FLOOR else "weak"
    origin = "own" if evidence.own_voice else evidence.origin
    if not evidence.accountable:
        origin = "own" if evidence.own_voice else "other"
    elif origin not in wanted:
        origin = next((name for name in wanted if name.lower() in origin.lower() and name != "own"), origin)
    return f"{origin}: {stance}" + ("" if evidence.accountable else "?")


@pytest.mark.parametrize(("claim_id", "text", "wanted"), [pytest.param(*story[1:], id=story[0]) for story in STORIES])
def test_a_text_is_read_for_who_says_what_how_surely(claim_id: str, text: str, wanted: tuple[str, ...]) -> None:
    names = {part.split(":")[0] for part in wanted}

    got = read(claim_id, text)

    assert sorted(piece(evidence, names) for evidence in got) == sorted(wanted)
    for evidence in got:
        assert text[evidence.quote.start : evidence.quote.end] == evidence.quote.text
