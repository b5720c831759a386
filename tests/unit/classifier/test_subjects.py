"""What an article is about."""

import pytest

from services.classifier.domain.subjects import subjects_of
from tests.unit.classifier.articles import article


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        (
            "Striker signs",
            "The striker scored two goals in the league final and the coach praised his team after the match.",
            "medtop:15000000",
        ),
        (
            "Earthquake shakes coast",
            "The earthquake and the floods left victims; rescue teams evacuated survivors after the disaster.",
            "medtop:03000000",
        ),
        (
            "Bank shares fall",
            "Investors sold shares as the bank's profit fell and the market feared inflation and higher interest rates.",
            "medtop:04000000",
        ),
        (
            "Election called",
            "Parliament was dissolved; the government and the opposition parties begin the election campaign, the prime minister said.",
            "medtop:11000000",
        ),
        (
            "Ceasefire broken",
            "Rebels and troops fought for the town; the ceasefire ended with air strikes and a military offensive in the war.",
            "medtop:16000000",
        ),
    ],
)
def test_the_surest_subject_comes_first(title: str, body: str, code: str) -> None:
    found = subjects_of(article(body, title=title))

    assert found[0].code == code
    assert [subject.score for subject in found] == sorted((subject.score for subject in found), reverse=True)
    assert all(0 < subject.score <= 1 for subject in found)


@pytest.mark.parametrize("body", ["", "He was there and so was she.", "Ничего не понятно.", "x " * 1000])
def test_words_that_say_too_little_give_no_subject(body: str) -> None:
    assert subjects_of(article(body, title="News")) == ()
