"""Expectations of feed collections are read as data."""

import pytest

from tests.bench.feed_expectations import Expected, expectations

WRITTEN = {
    "one": ("not bozo and entries[0]['title'] == 'x'", [Expected(("entries", 0, "title"), "x")]),
    "two": ("feed['a'] == 1 and entries[1]['b'][0] == None", [Expected(("feed", "a"), 1), Expected(("entries", 1, "b", 0), None)]),
    "escapes": (r"feed['a'] == u'\u201cx\x41\n\'' + 'y'", [Expected(("feed", "a"), "“xA\n'y")]),
    "a date": ("feed['d'] == (2004, 1, -1)", [Expected(("feed", "d"), (2004, 1, -1))]),
    "a record": ("feed['l'] == {'rel': 'a', 'n': [1, 'b']}", [Expected(("feed", "l"), {"rel": "a", "n": (1, "b")})]),
    "and within a text": ("feed['a'] == 'x and y'", [Expected(("feed", "a"), "x and y")]),
    "code is none": ("__import__('os').system('true') == 0", []),
    "a call is none": ("len(entries) == 1", []),
    "nothing": ("1", []),
}


@pytest.mark.parametrize(("written", "expected"), WRITTEN.values(), ids=WRITTEN.keys())
def test_comparisons_are_read_and_everything_else_is_left_out(written: str, expected: list[Expected]) -> None:
    assert expectations(f"<!--\nExpect:  {written}\n-->".encode()) == expected
