"""Live pages come apart into entries. Behaviour 32."""

import pytest

from services.classifier.domain.live_pages import entries


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("16.58 Late.\n\n15.47 Middle.\n\n15.02 Early.", ["15.02", "15.47", "16.58"]),
        ("15:02 Early.\n\n16:58 Late.", ["15:02", "16:58"]),
        ("3.47pm: Late\n\n11.05 am: Early", ["11.05 am", "3.47pm"]),
        ("15.47 GMT – Late.\n\n15.02 GMT – Early.", ["15.02 GMT", "15.47 GMT"]),
        ("Update 2: Late.\n\nUpdate 1: Early.", ["Update 1", "Update 2"]),
        ("00.10 Latest.\n\n23.50 Late.\n\n23.10 Early.", ["23.10", "23.50", "00.10"]),
        ("12.30am Late\n\n11.50pm Early\n\n11.10pm First", ["11.10pm", "11.50pm", "12.30am"]),
        ("We follow the day.\n\n[15.47] Late.\n\n[15.02] Early.", ["15.02", "15.47"]),
        ("5pm Late\n\n4pm Early", ["4pm", "5pm"]),
    ],
)
def test_entries_come_oldest_first_with_their_labels(body: str, labels: list[str]) -> None:
    assert [entry.label for entry in entries(body)] == labels


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Nothing of the kind.",
        "15.47 Only one.",
        "At 15.47 he left.\n\nAt 16.02 he came.",
        "12.5 per cent more.\n\n13.5 per cent less.",
        "Update: it was false.",
    ],
)
def test_other_texts_have_none(body: str) -> None:
    assert entries(body) == ()


def test_an_entry_knows_its_text_and_where_it_stands() -> None:
    body = "Welcome.\n\n16.58  Late.\n\nMore of it.\n\n15.02 Early."

    early, late = entries(body)

    assert (early.text, late.text) == ("Early.", "Late.\n\nMore of it.")
    assert all(body[entry.start : entry.end] == entry.text for entry in (early, late))
