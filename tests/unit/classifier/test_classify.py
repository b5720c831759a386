"""From an article to its records."""

from dataclasses import dataclass, field
from time import process_time

import pytest

from schemas import ids
from schemas.claims_evidence import Evidence, Quote
from schemas.feeds_source import Outlet
from schemas.news_article import MAX_BODY_CHARS, Article
from schemas.words import ArticleKind, Limit, OutletKind, Stance
from services.classifier.domain.classify import Watch, classify
from tests.unit.classifier.articles import AT, article, claim

CPA = Outlet(name="Continental Press Agency", aliases=("CPA",))
GIGGLE = Outlet(name="Giggle", kind=OutletKind.SATIRE)
WATCH = Watch.of([claim("Baghdadi killed"), claim("quake", claim_id="c2", name="quake", aliases=())], [CPA, GIGGLE])


@dataclass
class OneStance:
    """A reader that asserts whatever it is asked about, and remembers what it was asked."""

    name: str = "one-1"
    asked: list[tuple[str, ArticleKind]] = field(default_factory=list)

    def read(self, article: Article, claim, mention, *, kind, outlets) -> tuple[Evidence, ...]:
        self.asked.append((claim.claim_id, kind))
        return (Evidence(evidence_id=f"e-{claim.claim_id}", stance=Stance.ASSERTS, origin="x", quote=Quote(text="x")),)

    def limits(self, article: Article) -> frozenset[Limit]:
        return frozenset()


def test_a_mentioned_claim_gets_a_reading_with_its_evidence_and_nothing_else_does() -> None:
    reader = OneStance()
    text = article("Baghdadi was killed.", title="Raid", language="en", credit="CPA", backfill=True)

    done = classify(text, WATCH, reader, classified_at=AT)

    (reading,) = done.readings
    assert reading.reading_id == ids.reading_id("a1", "v1", "c1")
    assert (reading.claim_id, reading.reader, reading.credit_family, reading.backfill) == ("c1", "one-1", "Continental Press Agency", True)
    assert [evidence.evidence_id for evidence in reading.evidence] == ["e-c1"]
    assert done.article.reading_ids == (reading.reading_id,)
    assert [mention.claim_id for mention in done.article.mentions] == ["c1"]
    assert done.article.signature == reading.signature
    assert reader.asked == [("c1", ArticleKind.NEWS)]


def test_a_claim_that_is_mentioned_no_more_gets_an_empty_reading() -> None:
    done = classify(article("All is quiet."), WATCH, OneStance(), earlier=["c1"], classified_at=AT)

    assert [(reading.claim_id, reading.evidence) for reading in done.readings] == [("c1", ())]
    assert done.article.mentions == ()


def test_a_withdrawn_article_says_nothing_of_any_claim_it_was_read_for() -> None:
    gone = article(withdrawn=True, notice="Baghdadi was killed: published in error.")

    done = classify(gone, WATCH, OneStance(), earlier=["c1", "c2"], classified_at=AT)

    assert [(reading.claim_id, reading.withdrawn, reading.evidence) for reading in done.readings] == [("c1", True, ()), ("c2", True, ())]
    assert done.article.withdrawn


def test_a_claim_that_is_watched_no_more_gets_none() -> None:
    without = WATCH.with_claims(removed=["c1"])

    done = classify(article("Baghdadi was killed."), without, OneStance(), earlier=["c1", "never"], classified_at=AT)

    assert done.readings == ()


def test_a_claims_subject_filter_leaves_out_articles_about_something_else() -> None:
    sport = "The striker scored two goals in the league final and the coach praised his team after the match. The quake of cheers was loud."
    watch = WATCH.with_claims(upserts=[claim("quake", claim_id="c2", name="quake", aliases=(), subjects=("medtop:03000000",))])

    assert not classify(article(sport, title="Final"), watch, OneStance(), classified_at=AT).readings
    assert classify(article("A quake."), watch, OneStance(), classified_at=AT).readings
    assert classify(article(sport, title="Final"), WATCH, OneStance(), classified_at=AT).readings


def test_a_reprint_of_satire_is_satire() -> None:
    done = classify(article("Baghdadi was killed.", credit="Giggle"), WATCH, OneStance(), classified_at=AT)

    assert done.article.kind is done.readings[0].kind is ArticleKind.SATIRE


def test_the_same_article_gives_the_same_records() -> None:
    text = article("Baghdadi was killed in a quake.")

    assert classify(text, WATCH, OneStance(), classified_at=AT) == classify(text, WATCH, OneStance(), classified_at=AT)


def test_a_changed_watch_leaves_the_old_one_as_it_was() -> None:
    changed = WATCH.with_claims(upserts=[claim("flood", claim_id="c3")], removed=["c2"]).with_outlets([])

    assert set(WATCH.claims) == {"c1", "c2"}
    assert set(changed.claims) == {"c1", "c3"}
    assert WATCH.outlets.find("CPA") == CPA
    assert changed.outlets.find("CPA") is None


@pytest.mark.parametrize(
    "body",
    [
        "." * MAX_BODY_CHARS,
        " " * (MAX_BODY_CHARS - 1) + "x",
        "\n" * (MAX_BODY_CHARS - 1) + "x",
        "„" * MAX_BODY_CHARS,
        "'a " * (MAX_BODY_CHARS // 3),
        "x" * MAX_BODY_CHARS,
        "15.47 " * (MAX_BODY_CHARS // 6),
        "15.47\n" * (MAX_BODY_CHARS // 6),
        "\u202e\u0000\u0301" * (MAX_BODY_CHARS // 3),
        "Baghdadi was killed. " * (MAX_BODY_CHARS // 21),
        "( " * (MAX_BODY_CHARS // 2),
        "北" * MAX_BODY_CHARS,
    ],
    ids=[
        "stops",
        "blanks",
        "lines",
        "quotes",
        "apostrophes",
        "no blanks",
        "hours",
        "hour lines",
        "control characters",
        "mentions",
        "brackets",
        "unspaced",
    ],
)
def test_a_hostile_text_is_read_in_bounded_time(body: str) -> None:
    started = process_time()

    classify(article(body, title="Raid " * 1_000, credit=" (" * 2_000), WATCH, OneStance(), classified_at=AT)

    assert process_time() - started < 10
