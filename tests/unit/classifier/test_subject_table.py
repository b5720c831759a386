"""The table of words and subjects, as it is shipped and as it is made."""

import json
from importlib.resources import files

from services.classifier.training.subjects import NONE, examples, fine_topics, listed_weights, table, topics, word_lists

SHIPPED = json.loads(files("services.classifier").joinpath("models", "subject_words.json").read_text("utf-8"))
LISTS = files("services.classifier.training").joinpath("subject_seeds.txt").read_text("utf-8")
SOME = """# words
[15000000 sport]
goal ?win
[20001065 soccer]
goal free_kick
[11000000 politics]
?win vote
[00000000 none]
thing
"""


def test_the_shipped_table_is_of_topics_that_are_not_retired_and_names_the_iptc() -> None:
    known = topics()

    assert "IPTC" in SHIPPED["source"]
    assert "CC BY" in SHIPPED["source"]
    assert SHIPPED["topics"].keys() <= known.keys()
    assert sum(not topic["under"] for topic in SHIPPED["topics"].values()) == 17


def test_the_shipped_table_has_all_listed_words_with_their_weights_of_today() -> None:
    listed = table(word_lists(LISTS), topics(), {})

    assert listed["words"].items() <= SHIPPED["words"].items()
    assert (listed["fine"], listed["topics"]) == (SHIPPED["fine"], SHIPPED["topics"])


def test_words_are_listed_only_for_topics_that_are_not_retired() -> None:
    assert word_lists(LISTS).keys() - {NONE} <= topics().keys()


def test_a_word_of_two_topics_speaks_less_for_each_and_a_doubtful_one_half_as_much() -> None:
    weights = listed_weights(word_lists(SOME), topics())

    assert weights[("goals",)] == {"15000000": 1.0}
    assert weights[("free", "kicks")] == {"15000000": 1.3}
    assert weights[("won",)].keys() == {"15000000", "11000000"}
    assert 0.2 < weights[("won",)]["15000000"] < 0.5
    assert ("thing",) not in weights


def test_words_of_a_section_further_down_tell_that_topic() -> None:
    fine = fine_topics(word_lists(SOME), topics())

    assert fine[("goal",)] == fine[("free", "kick")] == ["20001065"]
    assert ("vote",) not in fine


def test_names_definitions_and_listed_words_are_what_is_learnt_from() -> None:
    learnt = examples(word_lists(SOME), topics())

    assert ("soccer", "15000000", 1.0) in learnt
    assert ("win", "11000000", 0.25) in learnt
    assert ("thing", NONE, 1.0) in learnt
