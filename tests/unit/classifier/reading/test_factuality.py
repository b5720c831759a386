"""One graded judgement of an event word, from the clauses above it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.factuality import factuality
from services.classifier.domain.reading.grades import Grade, Mode
from services.classifier.domain.reading.scope import auxiliaries_of

PARSER = load_parser()

GRADES = (
    ("The minister resigned on Monday.", "resigned", "SURE"),
    ("The minister did not resign on Monday.", "resign", "not SURE"),
    ("The minister never resigned.", "resigned", "not SURE"),
    ("Nobody resigned.", "resigned", "not SURE"),
    ("The minister will resign.", "resign", "COMING"),
    ("The minister may resign.", "resign", "POSSIBLE"),
    ("The minister has probably resigned.", "resigned", "LIKELY"),
    ("The minister managed to escape.", "escape", "SURE"),
    ("The minister did not manage to escape.", "escape", "not SURE"),
    ("The minister failed to escape.", "escape", "not SURE"),
    ("The minister did not fail to escape.", "escape", "SURE"),
    ("The minister refused to resign.", "resign", "not SURE"),
    ("The minister was forced to resign.", "resign", "SURE"),
    ("The minister wants to resign.", "resign", "WISHED"),
    ("The minister plans to resign.", "resign", "AIMED"),
    ("The minister agreed to resign.", "resign", "COMING"),
    ("The minister regretted that the guard had died.", "died", "SURE"),
    ("The minister did not know that the guard had died.", "died", "SURE"),
    ("The minister denied that the guard had died.", "died", "not SURE"),
    ("The minister said that the guard had died.", "died", "TOLD"),
    ("The minister did not say that the guard had died.", "died", "OPEN"),
    ("The minister believes that the guard died.", "died", "LIKELY"),
    ("The minister does not believe that the guard died.", "died", "not LIKELY"),
    ("The minister said that the guard had not died.", "died", "not TOLD"),
    ("The minister wants to say that the guard died.", "died", "WISHED"),
    ("If the guard died, the minister will resign.", "died", "SUPPOSED"),
    ("The minister left without resigning.", "resigning", "not SURE"),
    ("The minister kept the guard from resigning.", "resigning", "not SURE"),
    ("The attempt to kill the guard shocked the minister.", "kill", "WISHED"),
    ("It is likely that the guard died.", "died", "LIKELY"),
    ("It is unlikely that the guard died.", "died", "not LIKELY"),
    ("Did the guard die?", "die", "OPEN"),
    ("The guard has yet to resign.", "resign", "not SURE"),
)


@pytest.mark.parametrize(("text", "word", "grade"), GRADES)
def test_the_clauses_above_an_event_word_say_how_surely_it_happened(text: str, word: str, grade: str) -> None:
    token = next(token for token in PARSER(text) if token.text == word)

    found = factuality(token)

    assert ("not " if found.negative else "") + found.mode.name == grade


@given(st.sampled_from(list(Mode)), st.sampled_from(list(Mode)), st.booleans())
def test_what_is_less_surely_so_never_scores_higher(one: Mode, other: Mode, negative: bool) -> None:
    weaker, surer = Grade(max(one, other), negative), Grade(min(one, other), negative)

    assert abs(weaker.score) <= abs(surer.score) or {weaker.mode, surer.mode} == {Mode.TOLD, Mode.NAMED}


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_tree_gets_a_grade(data: st.DataObject) -> None:
    """Whatever a parser makes of a text: heads and labels at random."""
    words = data.draw(
        st.lists(st.sampled_from("not denied to kill the plan if said no , would have without".split()), min_size=1, max_size=8)
    )
    size = len(words)
    heads = [0, *(data.draw(st.integers(0, place - 1)) for place in range(1, size))]
    labels = data.draw(
        st.lists(st.sampled_from("ccomp xcomp advcl dobj pobj prep conj acl relcl neg aux nsubj".split()), min_size=size, max_size=size)
    )
    tags = data.draw(st.lists(st.sampled_from("VERB NOUN ADP ADJ AUX".split()), min_size=size, max_size=size))
    doc = Doc(PARSER.vocab, words=words, heads=heads, deps=["ROOT", *labels[1:]], pos=tags, lemmas=words, tags=["VB"] * size)

    for token in doc:
        assert -3 <= factuality(token).score <= 3


def test_thousands_of_verbs_strung_together_are_graded_too() -> None:
    size = 5_000
    doc = Doc(
        PARSER.vocab,
        words=["go"] * size,
        heads=[0, *range(size - 1)],
        deps=["ROOT", *["conj"] * (size - 1)],
        pos=["VERB"] * size,
        tags=["VB"] * size,
        lemmas=["go"] * size,
    )

    assert factuality(doc[size - 1]).score > 0
    assert auxiliaries_of(doc[size - 1]) == []
