"""An edit of the registry of outlets judges open claims anew (behaviour 31)."""

import pytest

from schemas.feeds_source import Outlet
from schemas.words import ArticleKind, OutletKind, Status
from services.classifier.domain.judging.moves import take, wait
from services.classifier.domain.judging.registry import with_current_outlet, with_current_outlets
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.outlets import Outlets
from tests.unit.classifier.judging.builders import claim, evidence, hours, is_copy, reading

CLAIM = claim()


def state_of(*names: str) -> ClaimState:
    """Return the state after each of these outlets has said it in its own voice."""
    state = ClaimState(claim_id=CLAIM.claim_id)
    for number, name in enumerate(names):
        said = reading(evidence(name, "asserts", own_voice=True), page=f"p{number}", at=number, outlet=name)
        state = take(state, CLAIM, said, is_copy, judged_at=hours(number)).state
    return state


def again(state: ClaimState, *rows: Outlet) -> Status:
    """Return where the claim stands once it is judged by this registry."""
    return wait(with_current_outlets(state, Outlets.of(rows)), CLAIM, hours(5), judged_at=hours(5)).state.announced


def test_outlets_that_turn_out_to_be_one_family_are_one_origin() -> None:
    state = state_of("One", "Two", "Three")

    assert state.announced is Status.CONFIRMED
    assert again(state, *(Outlet(name=name, family="Big Group") for name in ("One", "Two", "Three"))) is Status.LIKELY


def test_a_row_that_was_merged_too_far_is_parted_again() -> None:
    state = state_of("One", "Two", "Three")
    merged = with_current_outlets(state, Outlets.of([Outlet(name=name, family="Big Group") for name in ("One", "Two", "Three")]))

    assert again(merged, *map(lambda name: Outlet(name=name), ("One", "Two", "Three"))) is Status.CONFIRMED


def test_an_outlet_that_turns_out_to_be_satire_never_counts() -> None:
    state = state_of("One", "Two", "Three")

    assert again(state, Outlet(name="Two", kind=OutletKind.SATIRE), Outlet(name="Three", kind=OutletKind.SATIRE)) is not Status.CONFIRMED


ROWS = {
    "the same row": [Outlet(name="One"), Outlet(name="Two")],
    "no row any more": [],
    "another's alias": [Outlet(name="Other", family="Big Group", aliases=("One", "Two"))],
    "rows of two families": [Outlet(name="One", family="A"), Outlet(name="One", family="B")],
    "what does not count here": [Outlet(name="One", owner="Somebody", country="GB")],
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS.keys())
def test_a_registry_that_says_nothing_else_leaves_the_state_as_it_is(rows: list[Outlet]) -> None:
    state = state_of("One", "Two")

    assert with_current_outlets(state, Outlets.of(rows)) is state


def test_applying_a_registry_twice_is_applying_it_once() -> None:
    outlets = Outlets.of([Outlet(name="One", family="Two"), Outlet(name="Two", family="One")])
    once = with_current_outlets(state_of("One", "Two"), outlets)

    assert with_current_outlets(once, outlets) is once


def test_a_credited_name_follows_its_family_and_families_that_own_each_other_stay() -> None:
    said = reading(evidence("CPA", "asserts", own_voice=True), outlet="Gazette", credit="CPA")

    assert with_current_outlet(said, Outlets.of([Outlet(name="CPA", family="Wire Holding")])).credit_family == "Wire Holding"
    assert (
        with_current_outlet(
            said, Outlets.of([Outlet(name="CPA", family="Gazette"), Outlet(name="Gazette", family="Gazette")])
        ).credit_family
        == ""
    )
    assert with_current_outlet(said, Outlets.of([Outlet(name="CPA", family="X"), Outlet(name="X", family="CPA")])) is said


def test_what_others_say_in_an_outlet_keeps_its_origin() -> None:
    said = reading(evidence("Gazette", "asserts", own_voice=True), evidence("Ministry", "denies"), outlet="Gazette")
    moved = with_current_outlet(said, Outlets.of([Outlet(name="Gazette", family="Big Group")]))

    assert [piece.origin for piece in moved.evidence] == ["Big Group", "Ministry"]
    assert moved.kind is ArticleKind.NEWS
