"""Folding keeps its place in the text, and sentences end where they end."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.classifier.domain.words import fold, sentences, word_spans, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("al-Baghdadi’s men", ["al", "baghdadi", "s", "men"]),
        ("Baghdādī", ["baghdadi"]),
        ("e\u0301te\u0301", ["ete"]),
        ("Straße, Ærø, Łódź", ["strasse", "aero", "lodz"]),
        ("ﬁne Ｆｕｌｌ", ["fine", "full"]),
        ("pre\u00adfix\u200b", ["prefix"]),
        ("1,000–2,000", ["1", "000", "2", "000"]),
        ("Багдади убит", ["багдади", "убит"]),
        ("البغدادي", ["البغدادي"]),
        ("أحمد", ["احمد"]),
        ("北京市長死亡", ["北", "京", "市", "長", "死", "亡"]),
        ("김정은 사망", ["김정은", "사망"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_each_word_knows_where_it_stands_in_the_original() -> None:
    text = "“pre\u00adﬁx” — Baghdādī’s e\u0301te 北京"

    assert [text[start:end] for start, end in word_spans(text)] == ["pre\u00adﬁx", "Baghdādī", "s", "e\u0301te", "北", "京"]


@given(st.text(max_size=80))
def test_every_word_has_a_span_and_folds_from_it(text: str) -> None:
    words, spans = words_of(text), word_spans(text)

    assert len(words) == len(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(earlier[1] <= later[0] + 1 for earlier, later in pairwise(spans))


@example("0\u3280")  # a circled ideograph, which folds to one of the unspaced script
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(" ".join(words_of(text))).split() == words_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died. She lives.", ["He died.", "She lives."]),
        ("Dr. Who met Gen. X. He left.", ["Dr. Who met Gen. X. He left."]),
        ("It cost 3.5 per cent. No!", ["It cost 3.5 per cent.", "No!"]),
        ("“It is so.” He left.", ["“It is so.”", "He left."]),
        ("U.S. officials said so. Then no.", ["U.S. officials said so.", "Then no."]),
        ("First line\n\nSecond line", ["First line", "Second line"]),
        ("he said. and went", ["he said. and went"]),
        ("他死了。她走了。", ["他死了。", "她走了。"]),
        ("", []),
    ],
)
def test_sentences_end_at_stops_and_line_breaks_but_not_behind_abbreviations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected
