"""The issuer of a press release speaks in it, whoever prints it; the entries of a live page have times of their own. Behaviour 32."""

from datetime import UTC, datetime
from typing import Any

from schemas.claims_evidence import Evidence
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind, OutletKind, Stance
from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.kinds import kind_of
from services.classifier.domain.outlets import Outlets
from tests.unit.classifier.articles import article

READER = load_reader()
CLAIM = WatchedClaim.model_validate(
    {
        "claim_id": "c1",
        "statement": "Corvin buys Halden",
        "keywords": ["corvin buys halden"],
        "subject": {"name": "Corvin", "aliases": ["Corvin AG"]},
        "authorities": [{"name": "Corvin", "aliases": ["Corvin AG"]}],
    }
)
RELEASE = "VELDEN, June 22, 2017 /PRNewswire/ -- Corvin has bought the brewer Halden for 2bn crowns.\n\n"
PAPER = Outlet(name="Albion Times", kind=OutletKind.NEWSPAPER)


def read(body: str, outlet: Outlet = PAPER, **fields: Any) -> tuple[ArticleKind, tuple[Evidence, ...]]:
    one = article(body, title="Takeover", outlet=outlet, **fields)
    mention = Mention(claim_id="c1", matches=(Match(words="-", field="body", start=0, end=0),))
    kind = kind_of(one)
    return kind, READER.read(one, CLAIM, mention, kind=kind, outlets=Outlets.of([PAPER]))


def test_a_release_is_its_issuers_word_though_a_paper_prints_it() -> None:
    kind, found = read(RELEASE + "SOURCE Corvin AG")

    assert kind is ArticleKind.PRESS_RELEASE
    assert [(one.origin, one.speaker, one.own_voice, one.accountable) for one in found] == [("Corvin", "Corvin AG", False, True)]
    assert found[0].stance is Stance.ASSERTS


def test_a_release_of_nobody_knows_whom_is_nobodys_word() -> None:
    kind, found = read(RELEASE)

    assert kind is ArticleKind.PRESS_RELEASE
    assert [(one.own_voice, one.accountable) for one in found] == [(True, False)]


def test_a_release_on_its_issuers_own_site_is_that_sites_word() -> None:
    ministry = Outlet(name="Ministry of Trade", kind=OutletKind.GOVERNMENT)

    kind, found = read("Corvin has bought the brewer Halden for 2bn crowns.", ministry)

    assert kind is ArticleKind.PRESS_RELEASE
    assert [(one.origin, one.accountable) for one in found] == [("Ministry of Trade", True)]


def test_news_of_a_release_is_the_papers_word() -> None:
    kind, found = read("Corvin has bought the brewer Halden for 2bn crowns.")

    assert kind is ArticleKind.NEWS
    assert [(one.origin, one.own_voice, one.accountable) for one in found] == [("Albion Times", True, True)]


def test_an_entry_of_a_live_page_is_said_at_its_own_hour() -> None:
    seen = datetime(2017, 6, 22, 16, 0, tzinfo=UTC)
    live = "15:47 BST\nCorvin has bought Halden.\n\n15:02 BST\nCorvin is talking to Halden."

    kind, found = read(live, url="https://albiontimes.example/takeover-live-updates", version_seen_at=seen)

    assert kind is ArticleKind.LIVE
    assert [one.said_at for one in found if one.entry == "15:47 BST"] == [datetime(2017, 6, 22, 14, 47, tzinfo=UTC)]


def test_a_live_page_that_was_over_long_ago_has_no_hours() -> None:
    live = "15:47 BST\nCorvin has bought Halden.\n\n15:02 BST\nCorvin is talking to Halden."

    _, found = read(live, url="https://albiontimes.example/takeover-live-updates", version_seen_at=datetime(2026, 6, 22, tzinfo=UTC))

    assert {one.said_at for one in found} == {None}
