"""What an article is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain.subjects import MAX_SUBJECTS, scores_of, subjects_of
from tests.unit.classifier.articles import article
from tests.unit.classifier.subject_texts import LATER, TEXTS

NEUTRAL = "this that also there several again always another however while because never".split()
GOAL = "The striker scored two goals in the league final and the coach praised his team after the match, which they had to win."


def codes(body: str, title: str = "News", language: str = "") -> list[str]:
    return [subject.code for subject in subjects_of(article(body, title=title, language=language))]


def tops(body: str, title: str = "News") -> list[str]:
    return [code[7:9] for code in codes(body, title) if code.endswith("000000")]


@pytest.mark.parametrize(("top", "title", "body"), TEXTS + LATER, ids=[title for _, title, _ in TEXTS + LATER])
def test_the_surest_subject_comes_first(top: str, title: str, body: str) -> None:
    found = subjects_of(article(body, title=title))

    assert found[0].code == f"medtop:{top}000000"


@pytest.mark.parametrize(("top", "title", "body"), TEXTS + LATER, ids=[title for _, title, _ in TEXTS + LATER])
def test_scores_are_in_range_and_sorted_and_the_same_again(top: str, title: str, body: str) -> None:
    found = subjects_of(article(body, title=title))

    assert [subject.score for subject in found] == sorted((subject.score for subject in found), reverse=True)
    assert all(0 < subject.score <= 1 for subject in found)
    assert len({subject.code for subject in found}) == len(found)
    assert found == subjects_of(article(body, title=title))


@pytest.mark.parametrize(
    ("body", "both"),
    [
        (
            "The finance minister told parliament that inflation and interest rates would fall, and that his government would cut taxes. "
            "The opposition said that the economy was in recession and called for an election; shares and bonds fell on the stock market.",
            {"04", "11"},
        ),
        (
            "A court sentenced the former goalkeeper to prison for fraud. The striker's lawyer said that the football club and its coach "
            "had paid; prosecutors will appeal against the acquittal of two players of the team.",
            {"02", "15"},
        ),
        (
            "Doctors joined nurses on strike on Monday. The union said that hospitals had ignored its demands on wages and overtime, "
            "and that pickets would stay outside the clinics while patients in intensive care are treated.",
            {"07", "09"},
        ),
        (
            "Bishops and imams appealed for a ceasefire after troops shelled the cathedral. Rebels held the church while worshippers "
            "prayed; the army's artillery has hit two mosques since the war began.",
            {"12", "16"},
        ),
    ],
)
def test_an_article_may_be_about_several_things(body: str, both: set[str]) -> None:
    assert set(tops(body)) == both


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        (GOAL + " The goalkeeper saved a penalty kick and the midfielder hit the post.", ["15000000", "20000822", "20001065"]),
        (
            "Voters go to the polls on Sunday in the election. Turnout at polling stations may be low, and the candidates ended their "
            "campaigning late; ballots will be counted at night.",
            ["11000000", "20000574"],
        ),
        (
            "A strong earthquake and its aftershocks shook the coast; a tsunami flooded two villages, and rescuers dig for survivors.",
            ["03000000", "20000148", "20000151"],
        ),
        (
            "Astronomers saw a planet pass its star. The telescope found a second planet in the galaxy; NASA will study its orbit.",
            ["13000000", "20000717", "20000718"],
        ),
        (
            "He murdered two women and will stand trial for murder. The murderer had strangled a third in a homicide never solved.",
            ["02000000", "20000082", "20000099"],
        ),
    ],
)
def test_a_topic_further_down_comes_with_those_it_lies_under(body: str, chain: list[str]) -> None:
    found = [code.removeprefix("medtop:") for code in codes(body)]

    assert [code for code in found if code in chain] == chain


def test_a_topic_further_down_needs_more_than_a_word() -> None:
    assert codes(GOAL.replace("The striker", "The winner").replace("two goals", "twice")) == ["medtop:15000000"]


@pytest.mark.parametrize("body", ["", "He was there and so was she.", "Ничего не понятно.", "x " * 1000, "123 456", "\u202e\x00\ufeff"])
def test_words_that_say_too_little_give_no_subject(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Der Torwart hielt einen Elfmeter und das Team gewann das Match in der Champions League mit dem neuen Coach auf dem Feld.", ""),
        (
            "Le gouvernement a dit que le président du parlement est pour une coalition et que les ministres votent la loi sur la police.",
            "",
        ),
        ("El banco central dice que la inflación y el euro no suben, con los bonos y el mercado en una crisis que no termina.", "en"),
        (GOAL, "de"),
    ],
)
def test_other_languages_give_none_rather_than_a_wrong_one(body: str, language: str) -> None:
    assert codes(body, language=language) == []


def test_a_table_of_results_is_english_if_it_is_tagged_so() -> None:
    figures = "Shr 34 cts vs 21 cts net profit 4.2 mln vs 2.8 mln revenue 40.1 mln vs 33.7 mln quarterly dividend 5 cts vs 4 cts"

    assert codes(figures, "Results", "en-GB")[:1] == ["medtop:04000000"]


def test_there_are_never_more_than_a_few() -> None:
    everything = " ".join(body for _, _, body in TEXTS)

    assert len(tops(everything)) <= MAX_SUBJECTS


@given(st.sampled_from(TEXTS), st.lists(st.sampled_from(NEUTRAL), max_size=60), st.booleans())
def test_words_of_no_topic_turn_no_subject_into_another(text: tuple[str, str, str], words: list[str], before: bool) -> None:
    _, title, body = text
    added = f"{' '.join(words)} {body}" if before else f"{body} {' '.join(words)}"

    assert tops(added, title)[:1] in (tops(body, title)[:1], [])


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_gives_scores_in_range(body: str, title: str) -> None:
    one = article(body, title=title or "News")

    assert all(0 < subject.score <= 1 for subject in subjects_of(one))
    assert all(weight > 0 for weight in scores_of(one).values())
