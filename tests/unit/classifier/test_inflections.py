"""Which forms count as the same word."""

import pytest

from services.classifier.domain.inflections import forms, name_forms


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("kill", "kills killed killing killings"),
        ("killed", "kill kills killing"),
        ("died", "die dies dying dead death deaths"),
        ("dead", "die died dies death"),
        ("resign", "resigns resigned resigning resignation"),
        ("resignation", "resigned resigns"),
        ("arrested", "arrest arrests arresting"),
        ("stopped", "stop stops stopping"),
        ("freed", "free frees freeing"),
        ("agreed", "agree agreement"),
        ("shot", "shoot shoots shooting"),
        ("sank", "sink sinks sunk sinking"),
        ("fell", "fall falls fallen falling"),
        ("taken", "take takes took taking"),
        ("carried", "carry carries carrying"),
        ("cancelled", "cancel cancels cancellation canceled"),
        ("nationalised", "nationalise nationalize nationalization"),
        ("released", "release releases releasing"),
        ("leaking", "leak leaks leaked"),
        ("detained", "detain detention"),
        ("hostages", "hostage"),
        ("women", "woman"),
        ("crises", "crisis"),
        ("withdrew", "withdraw withdrawn withdrawal"),
        ("quit", "quits"),
        ("merger", "merge merged"),
    ],
)
def test_a_word_counts_in_all_its_forms(word: str, others: str) -> None:
    assert forms(word) >= {word, *others.split()}


@pytest.mark.parametrize(
    ("word", "not_forms"),
    [
        ("news", "new"), ("united", "unit"), ("string", "str strs"), ("bed", "b"), ("bus", "bu"), ("morning", "morn"), ("red", "r re"),
        ("killed", "killer skill"), ("kill", "slain murder"), ("business", "busines busy"), ("his", "hi"), ("texas", "texa"),
    ],
)  # fmt: skip
def test_another_word_is_no_form(word: str, not_forms: str) -> None:
    assert forms(word).isdisjoint(not_forms.split())


def test_a_name_takes_a_plural_and_nothing_else() -> None:
    assert name_forms("baghdadi") == {"baghdadi", "baghdadis"}
    assert name_forms("reuters") == {"reuters"}


@pytest.mark.parametrize("word", ["", "a", "x1", "2017", "багдади", "北"])
def test_what_is_no_english_word_stays_as_it_is(word: str) -> None:
    assert forms(word) == {word}
