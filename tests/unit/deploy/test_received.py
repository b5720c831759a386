from typing import Any

from deploy.demo.received import events_in
from schemas.ids import transition_id


def delivery(sequence: int, *, webhook_id: str = "", problem: str = "") -> dict[str, Any]:
    data = {"claim_id": "c", "episode": 1, "sequence": sequence, "from_status": "unreported", "to_status": "likely"}
    given = webhook_id or transition_id("c", 1, sequence)
    return {"webhook_id": given, "valid": not problem, "problem": problem, "body": {} if problem else {"data": data}}


def test_an_event_that_came_twice_is_listed_once_where_it_came_first() -> None:
    lines, wrong = events_in([delivery(1), delivery(2), delivery(1)])

    assert lines == [f"c 1.{n} unreported -> likely  {transition_id('c', 1, n)}" for n in (1, 2)]
    assert wrong == []


def test_a_signature_that_does_not_hold_is_told_and_is_no_event() -> None:
    lines, wrong = events_in([delivery(1, problem="no matching signature")])

    assert lines == []
    assert wrong == [f"{transition_id('c', 1, 1)}: no matching signature"]


def test_a_known_change_under_another_id_is_told() -> None:
    _, wrong = events_in([delivery(1, webhook_id="another")])

    assert wrong == ["another: not the id of episode 1, change 1 of c"]
