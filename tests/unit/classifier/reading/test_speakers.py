"""Whose word a text tells: bodies however they are described, people, outlets, nobody (behaviour 5, origins)."""

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
from tests.unit.classifier.reading.speakers_table import CLAIMS, TABLE

OUTLET = Outlet(name="Velby Tribune", family="Tribune Group", country="DK")
OUTLETS = Outlets.of([OUTLET, *(Outlet(name=name) for name in ("Corvo News", "Reuters", "AFP", "CNN", "BBC"))])
READER = load_reader()


def read(claim_id: str, text: str) -> tuple[Evidence, ...]:
    at = datetime(2025, 6, 16, 12, tzinfo=UTC)
    url = "https://tribune.example/" + ids.content_version(text)
    article = Article(
        article_id=ids.article_id(url),
        version=ids.content_version(text),
        url=url,
        feed_id="f",
        outlet=OUTLET,
        title="News",
        body=text,
        published_at=at,
        first_seen_at=at,
        version_seen_at=at,
    )
    mention = Mention(claim_id=claim_id, matches=(Match(words="-", field="body", start=0, end=0),))
    return READER.read(article, CLAIMS[claim_id], mention, kind=ArticleKind.NEWS, outlets=OUTLETS)


def mistakes(evidence: tuple[Evidence, ...], wanted: str) -> list[str]:
    """Return what differs; empty if the reading is the wanted one."""
    if "weak|" in wanted or ("weak" in wanted and "|" in wanted):
        return min((mistakes(evidence, one) for one in wanted.split("|")), key=len)
    wanted, _, cited = wanted.partition(" cites ")
    origins, is_weak = wanted.removesuffix(" weak"), wanted.endswith(" weak")
    told = [piece for piece in evidence if piece.stance is not Stance.DISCUSSES]
    if origins == "nobody":
        return [f"accountable: {piece.origin}" for piece in told if piece.accountable and not (is_weak and _is_weak(piece))]
    if not told:
        return ["nothing read"]
    found = [] if all(any(_is_from(piece, origin) for origin in origins.split("|")) for piece in told) else [f"origin {told[0].origin}"]
    found += [f"not accountable: {piece.origin}" for piece in told if not piece.accountable]
    found += [f"plain: {piece.stance}" for piece in told if is_weak and not _is_weak(piece)]
    found += [f"no more than {piece.stance}" for piece in told if not is_weak and _is_weak(piece)]
    return found + [f"cites {piece.cites!r}" for piece in told if piece.cites.removeprefix("the ") != cited]


def _is_weak(piece: Evidence) -> bool:
    return piece.stance is Stance.HEDGES and (piece.certainty is None or piece.certainty.low < STRONG_HEDGE_FLOOR)


def _is_from(piece: Evidence, origin: str) -> bool:
    if origin == "own":
        return piece.own_voice
    if origin.startswith("~"):
        return not piece.own_voice and origin[1:].casefold() in piece.origin.casefold()
    return not piece.own_voice and piece.origin == origin


@pytest.mark.parametrize(("claim_id", "text", "wanted"), TABLE, ids=[text for _, text, _ in TABLE])
def test_the_word_is_that_of_the_body_the_person_or_the_outlet_that_speaks(claim_id: str, text: str, wanted: str) -> None:
    assert mistakes(read(claim_id, text), wanted) == []
