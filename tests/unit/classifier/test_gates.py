"""A cheap look finds nothing that the dear one would not, and misses nothing that it would."""

import re

from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain import kinds, live_pages, looking_back, own_views, press_releases
from services.classifier.domain.gates import has_any, lines_opening
from tests.unit.classifier import kind_texts

CASES = (*kind_texts.FIRST, *kind_texts.SECOND, *kind_texts.THIRD)
GATED = (
    (kinds._SATIRE_TEXT, kinds._MAY_BE_SATIRE),
    (kinds._LIVE_TITLE, kinds._MAY_BE_LIVE),
    (press_releases._TITLE, press_releases._MAY_BE_TITLE),
    (press_releases._DATELINE, press_releases._MAY_BE_DATELINE),
    (press_releases._CONTACT, press_releases._MAY_NAME_A_CONTACT),
    (press_releases._NOTES, press_releases._MAY_BE_NOTES),
    (own_views._DISCLAIMER, own_views._MAY_DISCLAIM),
    (own_views._BIOGRAPHY, own_views._MAY_BE_A_BIOGRAPHY),
    (own_views._OF_COLUMNISTS, own_views._MAY_BE_A_COLUMNIST),
    (looking_back._TITLE, looking_back._MAY_BE_TITLE),
    (looking_back._LATER, looking_back._MAY_BE_LATER),
    (looking_back._LEAD, looking_back._MAY_BE_LEAD),
)
A_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself)\b")


def test_where_an_expression_is_found_its_literals_stand() -> None:
    for expression, literals in GATED:
        for title, body, _, _ in CASES:
            for text in (title, body):
                found = expression.search(text)
                assert not found or has_any(found.group().lower(), literals), (expression.pattern[:40], found)


@given(st.from_regex(looking_back._LATER) | st.from_regex(looking_back._LEAD) | st.from_regex(looking_back._TITLE))
def test_whatever_looks_back_has_a_literal_of_looking_back(text: str) -> None:
    parts = (*looking_back._MAY_BE_LATER, *looking_back._MAY_BE_LEAD, *looking_back._MAY_BE_TITLE)
    assert not text.isascii() or has_any(text.lower(), parts)


@given(st.text("IMmyesl f'’\nx_1", max_size=60))
def test_words_of_oneself_are_found_from_their_letters_as_from_the_beginnings_of_words(text: str) -> None:
    assert [found.span() for found in own_views._FIRST_PERSON.finditer(text)] == [found.span() for found in A_FIRST_PERSON.finditer(text)]


@given(st.lists(st.sampled_from(["10.15 GMT: ", "Update 2: ", "5pm", "\n", "a ", "He left at 9.30. ", "12 June ", " "]), max_size=20))
def test_labels_of_a_live_page_are_those_that_begin_lines(parts: list[str]) -> None:
    text = "".join(parts)
    spans = [found.span() for found in lines_opening(live_pages._LABEL, text)]
    assert spans == [found.span() for found in live_pages._LABEL.finditer(text)]
