"""Chances given in numbers and phrases, as terms of the ICD 203 scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain.reading.chances import given_chance, strong_phrase
from services.classifier.domain.reading.cues import BANDS


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("There is a 70 % chance that it sank.", "likely"),
        ("There is a 70 per cent chance that it sank.", "likely"),
        ("The probability that it sank is 90 percent.", "very_likely"),
        ("They are 99% sure that it sank.", "almost_certain"),
        ("The chances that it sank are nine in ten.", "very_likely"),
        ("The odds that it sank are one in three.", "unlikely"),
        ("There is a one-in-ten chance that it sank.", "very_unlikely"),
        ("There is a fifty-fifty chance that it sank.", "even_chance"),
        ("There is a 2 % likelihood that it sank.", "remote"),
        ("Nine in ten residents left.", None),
        ("Prices rose by 70 %.", None),
        ("It sank in 2020.", None),
    ],
)
def test_a_chance_in_numbers_has_its_term(text: str, term: str | None) -> None:
    assert given_chance(text) == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("It has almost certainly sunk.", "almost_certain"),
        ("It is all but certain that it sank.", "almost_certain"),
        ("In all likelihood it sank.", "very_likely"),
        ("It is highly likely that it sank.", "very_likely"),
        ("It is likely that it sank.", None),
        ("It sank.", None),
    ],
)
def test_a_phrase_that_leaves_little_doubt_has_its_term(text: str, term: str | None) -> None:
    assert strong_phrase(text) == term


@given(st.integers(0, 100))
def test_the_term_of_a_percentage_holds_it_between_its_bounds(percent: int) -> None:
    term = given_chance(f"There is a {percent} % chance of rain.")

    assert term is not None
    low, high = BANDS[term]
    assert low <= percent / 100 <= max(high, 1.0 if term == "almost_certain" else 0) or (term == "remote" and percent == 0)


@given(st.text(max_size=80))
def test_any_text_has_a_term_of_the_scale_or_none(text: str) -> None:
    assert given_chance(text) in {None, *BANDS}
    assert given_chance(f"a {text} in ten chance") in {None, *BANDS}
