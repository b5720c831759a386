"""What negates, and how far it reaches."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.negation import negations

PARSER = load_parser()
KNOWN = frozenset("happy patient possible help hope expected formation".split())

REACHES = (
    ("He did not open the door.", "not", "He did open the door"),
    ("Nobody opened the door.", "Nobody", "opened the door"),
    ("He saw no dog in the street.", "no", "He saw dog in the street"),
    ("She said that he had never seen the dog.", "never", "he had seen the dog"),
    ("He left without a word.", "without", "a word"),
    ("But he had not come, and she left.", "not", "he had come"),
    ("He is an unhappy man.", "unhappy:un", "an unhappy man"),
    ("The man was helpless.", "helpless:less", "The man was helpless"),
    ("He neither ate nor slept.", "neither nor", "He ate slept"),
)


@pytest.mark.parametrize(("text", "cue", "scope"), REACHES)
def test_a_negation_reaches_its_clause_or_its_noun_phrase(text: str, cue: str, scope: str) -> None:
    doc = PARSER(text)

    (found,) = negations(doc, KNOWN.__contains__)

    words = " ".join(doc[place].text for place in found.cue) + (f":{found.affix}" if found.affix else "")
    assert words == cue
    assert " ".join(doc[place].text for place in sorted(found.scope)) == scope


@pytest.mark.parametrize(
    "text",
    ["She is not only a judge but a poet.", "There is a formation of information.", "He came, did he not?", "He lives under the bridge."],
)
def test_what_only_looks_like_a_negation_is_none(text: str) -> None:
    assert negations(PARSER(text), KNOWN.__contains__) == []


@given(
    st.lists(
        st.sampled_from("he did not see no dog nor man nothing without never , . ? said that unhappy none neither".split()), max_size=12
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_has_cues_and_scopes_within_it(words: list[str]) -> None:
    doc = PARSER(" ".join(words))

    for one in negations(doc, KNOWN.__contains__):
        assert all(0 <= place < len(doc) for place in (*one.cue, *one.scope))
        assert one.affix or not set(one.cue) & one.scope
