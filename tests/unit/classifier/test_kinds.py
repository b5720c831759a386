"""What sort of text an article is; in doubt it is news. Behaviour 32."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.words import ArticleKind, OutletKind
from services.classifier.domain.kinds import kind_of
from tests.unit.classifier.articles import article
from tests.unit.classifier.kind_texts import FIRST, SECOND, THIRD, Case

SATIRE = Outlet(name="Giggle", kind=OutletKind.SATIRE)
CHECKER = Outlet(name="TrueNorth", kind=OutletKind.FACT_CHECK)


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("Leader killed", "He was killed on Monday, the army said.", ArticleKind.NEWS),
        ("Satire: leader dies of shame", "He died.", ArticleKind.SATIRE),
        ("Fact check: did the leader die?", "He did not.", ArticleKind.FACT_CHECK),
        ("The leader and the hoax", "FALSE. A post says that he died.", ArticleKind.FACT_CHECK),
        ("The leader and the hoax", "A post says that he died. We rate this claim false.", ArticleKind.FACT_CHECK),
        ("Reports false, says army", "False reports went round. The army denied them.", ArticleKind.NEWS),
        ("Deadline day live: keepers", "16.58 One.\n\n15.47 Two.", ArticleKind.LIVE),
        ("Siege: live updates", "We follow the siege.", ArticleKind.LIVE),
        ("The day", "16.58 One thing was so.\n\n15.47 Two things were so.\n\n15.02 It began.", ArticleKind.LIVE),
        ("Hostages found alive", "All of them live, the army said.", ArticleKind.NEWS),
        ("Concert goes live: fans cheer", "They cheered.", ArticleKind.NEWS),
        ("OPINION | For me she died", "She is dead.", ArticleKind.OPINION),
        ("Comment: the end of an era", "He is gone.", ArticleKind.OPINION),
        ("The end", "I think he is dead. I have said so to my friends, and they told me I was mad.", ArticleKind.OPINION),
        ("Witness saw it", '"I saw him fall. I believe he is dead. I ran to my car," the shopkeeper said.', ArticleKind.NEWS),
        ("Ministers comment: talks failed", "They failed.", ArticleKind.NEWS),
        ("On this day: the leader falls", "He fell in 1961.", ArticleKind.RETROSPECTIVE),
        ("Ten years on, the village mourns", "It mourns.", ArticleKind.RETROSPECTIVE),
        ("The fall", "Fifty years ago today the leader fell.", ArticleKind.RETROSPECTIVE),
        ("Leader killed", "He was killed on Monday, ten years after he took power.", ArticleKind.NEWS),
        ("Is the leader dead?", "Has anybody seen him? We will update this post.", ArticleKind.QUESTION),
        ("Is the leader dead?", "Has anybody seen him? He is dead, the army said.", ArticleKind.NEWS),
        ("Leader dead? Army confirms", "The army confirmed it.", ArticleKind.NEWS),
    ],
)
def test_headline_and_text_tell_the_kind(title: str, body: str, kind: ArticleKind) -> None:
    assert kind_of(article(body, title=title)) is kind


def test_the_outlet_tells_satire_and_fact_checks() -> None:
    assert kind_of(article("He died.", outlet=SATIRE)) is ArticleKind.SATIRE
    assert kind_of(article("He did not die.", outlet=CHECKER)) is ArticleKind.FACT_CHECK


def test_satire_stays_satire_under_a_serious_name() -> None:
    assert kind_of(article("He died."), origin=SATIRE) is ArticleKind.SATIRE


def test_a_page_in_the_opinion_section_is_opinion() -> None:
    assert kind_of(article("He died.", url="https://albiontimes.example/opinion/he-died")) is ArticleKind.OPINION
    assert kind_of(article("He died.", url="https://albiontimes.example/world/public-opinion-poll")) is ArticleKind.NEWS


@pytest.mark.parametrize(
    ("marks", "kind"),
    [
        (("OpinionNewsArticle",), ArticleKind.OPINION),
        (("NewsArticle", "LiveBlogPosting"), ArticleKind.LIVE),
        (("Article", "ClaimReview"), ArticleKind.FACT_CHECK),
        (("OpinionNewsArticle", "SatiricalArticle"), ArticleKind.SATIRE),
        (("NewsArticle", "ReportageNewsArticle"), ArticleKind.NEWS),
    ],
)
def test_a_page_may_say_itself_what_it_is(marks: tuple[str, ...], kind: ArticleKind) -> None:
    assert kind_of(article("He was killed on Monday, the army said.").model_copy(update={"marked_as": marks})) is kind


def _of(case: Case) -> Article:
    title, body, fields, _ = case
    return Article.model_validate(article(body, title=title).model_dump() | fields)


@pytest.mark.parametrize("case", FIRST + SECOND + THIRD, ids=lambda case: f"{case[3]}: {case[0]}")
def test_a_text_is_what_its_signs_say_and_else_news(case: Case) -> None:
    assert kind_of(_of(case)) is case[3]


@pytest.mark.parametrize("case", [case for case in FIRST + SECOND + THIRD if case[3] is ArticleKind.NEWS], ids=lambda case: case[0])
def test_news_stays_news_with_a_paragraph_more(case: Case) -> None:
    title, body, fields, kind = case
    more = f"{body}\n\nThe army said on Monday that it would look into the matter. Residents told reporters what they had seen."

    assert kind_of(_of((title, more, fields, kind))) is ArticleKind.NEWS


@pytest.mark.parametrize("slug", ["column-of-tanks-enters-karsk", "opinion-divided-on-dam", "editorial-office-raided", "public-opinion"])
def test_a_word_in_the_address_makes_no_opinion(slug: str) -> None:
    assert kind_of(article("Tanks entered Karsk.", url=f"https://albiontimes.example/{slug}")) is ArticleKind.NEWS


def test_somebody_the_news_is_about_is_not_its_author() -> None:
    body = "The journalist Ada Perrin was arrested.\n\nAda Perrin is a columnist for the Courier."

    assert kind_of(article(body, title="Journalist arrested")) is ArticleKind.NEWS


def test_the_newsroom_of_a_newspaper_writes_news() -> None:
    paper = Outlet(name="Albion Times", kind=OutletKind.NEWSPAPER)

    assert kind_of(article("He was killed.", outlet=paper, url="https://albiontimes.example/newsroom/killed")) is ArticleKind.NEWS


@given(st.text(max_size=400), st.text(max_size=120))
def test_any_text_has_a_kind(body: str, title: str) -> None:
    assert kind_of(article(body, title=title or "News")) in ArticleKind
