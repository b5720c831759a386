"""Pairs as JSON lines: every line is answered in its place, and none stops the others (behaviour 13)."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.adapters import pair_lines
from services.classifier.domain.pairs.pair import Pair, PairReading

GOOD = b'{"id": "a", "claim": "The dam is leaking", "text": "The dam leaks."}'


def answer(pair: Pair) -> PairReading:
    return PairReading(id=pair.id, related=False, stance=None, certainty=None, speaker=None, evidence=(), subjects=())


def run(source: bytes, read: Callable[[Pair], PairReading] = answer) -> tuple[list[dict[str, Any]], list[str]]:
    sink, told = BytesIO(), list[str]()
    pair_lines.read_lines(BytesIO(source), sink, read, told.append)
    return [json.loads(line) for line in sink.getvalue().splitlines()], told


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not JSON"),
        (b"[1, 2]", "a JSON object is wanted"),
        (b"\xff\xfe\x00", "not JSON"),
        (b'{"id": "x", "text": "t t"}', "claim: Field required"),
        (b'{"id": "x", "claim": "", "text": "t"}', "claim"),
        (b'{"id": "x", "claim": "The dam leaks", "text": "..."}', "no word"),
        (b'{"id": "x", "claim": "The dam leaks", "text": 7}', "text"),
        (b'{"claim": "The dam leaks", "text": "It does"}', "id: Field required"),
        (b'{"id": "x", "claim": "The dam leaks", "text": "\\ud800"}', "text"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(line: bytes, reason: str) -> None:
    answers, told = run(GOOD + b"\n" + line + b"\n" + GOOD + b"\n")

    assert [found.get("id") for found in answers] == ["a", "x" if b'"id": "x"' in line else None, "a"]
    assert answers[1]["line"] == 2
    assert reason in answers[1]["error"]
    assert told[0].startswith("line 2: ")
    assert reason in told[0]


def test_a_reader_that_stumbles_costs_one_line() -> None:
    def stumbles(pair: Pair) -> PairReading:
        if pair.id == 2:
            raise KeyError("lost")
        return answer(pair)

    source = b"\n".join(b'{"id": %d, "claim": "The dam leaks", "text": "It does"}' % number for number in (1, 2, 3))
    answers, told = run(source, stumbles)

    assert [found["id"] for found in answers] == [1, 2, 3]
    assert "KeyError" in answers[1]["error"]
    assert len(told) == 1


def test_blank_lines_are_passed_over_and_counted_in_the_numbers() -> None:
    answers, told = run(b"\n\n" + GOOD + b"\n\nbad\n")

    assert len(answers) == 2
    assert told[0].startswith("line 5: ")


def test_a_line_too_long_is_skipped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_lines, "MAX_LINE_BYTES", 200)

    answers, told = run(b'{"id": "' + b"x" * 1000 + b'"}\n' + GOOD)

    assert "longer than" in answers[0]["error"]
    assert answers[1]["id"] == "a"
    assert len(told) == 1


def test_null_title_and_unknown_fields_do_no_harm() -> None:
    line = json.dumps({"id": 0, "claim": "The dam leaks", "text": "It does", "title": None, "outlet": None, "gold": "x"}).encode()

    answers, told = run(line)

    assert answers[0]["id"] == 0
    assert not told


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line and line.strip() != b""), max_size=8))
def test_any_bytes_give_one_answer_a_line(lines: list[bytes]) -> None:
    answers, _ = run(b"\n".join(lines))

    assert len(answers) == len(lines)
