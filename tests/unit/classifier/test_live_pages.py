"""Live pages come apart into entries. Behaviour 32."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain.live_pages import entries, said_at


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
        ("14h32 - Late.\n\n14h05 - Early.", ["14h05", "14h32"]),
        ("1432 GMT: Late.\n\n1405 GMT: Early.", ["1405 GMT", "1432 GMT"]),
        ("1432hrs Late.\n\n1405hrs Early.", ["1405 hrs", "1432 hrs"]),
        ("Posted at 15:47\nLate.\n\nPosted at 15:02\nEarly.", ["15:02", "15:47"]),
        ("Updated: 15:47 BST\nLate.\n\nUpdated: 15:02 BST\nEarly.", ["15:02 BST", "15:47 BST"]),
        (
            "• 22 June, 00:10 – Late.\n\n• 21 June, 23:50 – Middle.\n\n• 21 June, 23:10 – Early.",
            ["21 June 23:10", "21 June 23:50", "22 June 00:10"],
        ),
        ("15:47 on 22 June 2017\nLate.\n\n15:02 on 22 June 2017\nEarly.", ["15:02 22 June 2017", "15:47 22 June 2017"]),
        ("**3:47 PM ET** Late.\n\n**3:02 PM ET** Early.", ["3:02 PM ET", "3:47 PM ET"]),
        ("15:47:10 Late.\n\n15:02:59 Early.", ["15:02:59", "15:47:10"]),
        ("5 mins ago\nLate.\n\n40 mins ago\nMiddle.\n\n2 hours ago\nEarly.", ["2 hours ago", "40 mins ago", "5 mins ago"]),
        ("Thursday 15:02 Early.\n\nFriday 09:10 Late.", ["Thursday 15:02", "Friday 09:10"]),
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
        "12.50 per cent voted for Perrin.\n\n13.40 per cent voted for Brandt.",
        "10.15 crowns a kilo.\n\n11.20 euros a box.",
        "Updated at 15.47 after the vote.\n\nUpdated at 16.02 with more.",
        "1999 was bad.\n\n2005 was worse.",
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


def test_the_line_of_a_day_belongs_to_no_entry() -> None:
    early, late = entries("09:10 Late.\n\nThursday 22 June\n\n23:50 Early.")

    assert (early.text, late.text) == ("Early.", "Late.")


def test_entries_are_put_on_days_by_their_hours_and_zone() -> None:
    found = entries("00.10 BST Latest.\n\n23.50 BST Late.\n\n08.05 BST Early.")

    assert said_at(found, seen_at=datetime(2017, 6, 22, 9, 0, tzinfo=UTC)) == (
        datetime(2017, 6, 21, 7, 5, tzinfo=UTC),
        datetime(2017, 6, 21, 22, 50, tzinfo=UTC),
        datetime(2017, 6, 21, 23, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "body", ["15.47 Late.\n\n15.02 Early.", "15.47 ET Late.\n\n15.02 ET Early.", "Update 2: Late.\n\nUpdate 1: Early."]
)
def test_hours_without_a_zone_of_one_meaning_are_no_times(body: str) -> None:
    assert said_at(entries(body), seen_at=datetime(2017, 6, 22, tzinfo=UTC)) == (None, None)


@given(st.lists(st.integers(0, 23 * 60 + 59), min_size=2, max_size=12))
def test_times_never_fall_nor_pass_the_moment_of_seeing(minutes: list[int]) -> None:
    body = "\n\n".join(f"{minute // 60:02}:{minute % 60:02} UTC Something." for minute in sorted(minutes))
    seen = datetime(2017, 6, 22, 9, 0, tzinfo=UTC)

    times = [moment for moment in said_at(entries(body), seen_at=seen) if moment is not None]

    assert times == sorted(times)
    assert times[-1] <= seen


@given(st.text(alphabet="0123456789:.h ampGMT\n•-[]*abc", max_size=300))
def test_entries_of_any_text_stand_where_they_say(body: str) -> None:
    for entry in entries(body):
        assert body[entry.start : entry.end] == entry.text
