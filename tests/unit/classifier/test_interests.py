"""Outlets with a stake are interested parties where a claim is judged (behaviour 31: state link, interested parties)."""

import pytest

from schemas.claims_watch import Party, WatchedClaim
from schemas.feeds_source import Outlet
from schemas.words import Status
from services.classifier.domain.classify import Watch, judged_differently
from services.classifier.domain.judging.moves import status_of, take
from services.classifier.domain.judging.state import ClaimState
from tests.unit.classifier.judging.builders import claim as dam_claim
from tests.unit.classifier.judging.builders import evidence, hours, is_copy, reading

CLAIM = dam_claim(
    authorities=(Party(name="Court"),),
    interested=(Party(name="Karsian Ministry of Defence", aliases=("the ministry",)), Party(name="Aurum Mining"), Party(name="Russia")),
)


def interested(*outlets: Outlet, claim: WatchedClaim = CLAIM) -> dict[str, tuple[str, ...]]:
    """Return the interested parties that are new, or have new names, with these outlets known."""
    judged = Watch.of([claim], outlets).for_judging(claim.claim_id)
    assert judged is not None
    return {party.name: party.aliases for party in judged.interested if party not in claim.interested}


OUTLETS = {
    "state by name": (Outlet(name="Steppe Live", state="Russia"), {"Russia": ("Steppe Live",)}),
    "state by adjective": (Outlet(name="Steppe Live", state="Russian Federation"), {"Russia": ("Steppe Live",)}),
    "state whose ministry is a party": (
        Outlet(name="Karsia Today", state="Karsia"),
        {"Karsian Ministry of Defence": ("the ministry", "Karsia Today")},
    ),
    "another state": (Outlet(name="Lake Radio", state="Norway"), {}),
    "interest by name": (Outlet(name="Ore Weekly", interests=("Aurum Mining",)), {"Ore Weekly": ()}),
    "interest by alias": (Outlet(name="Barracks", interests=("Karsian Defence Ministry",)), {"Barracks": ()}),
    "another interest": (Outlet(name="Ore Weekly", interests=("Aurum Gold",)), {}),
    "the family speaks": (Outlet(name="Ore Weekly", family="Digger Press", interests=("Aurum Mining",)), {"Digger Press": ()}),
    "no stake": (Outlet(name="Lake Radio"), {}),
}


@pytest.mark.parametrize(("outlet", "expected"), OUTLETS.values(), ids=OUTLETS.keys())
def test_an_outlet_whose_state_or_interest_is_a_party_is_interested(outlet: Outlet, expected: dict[str, tuple[str, ...]]) -> None:
    assert interested(outlet) == expected


def test_an_authority_is_not_made_interested_by_its_row() -> None:
    court, live = Outlet(name="Court", state="Russia"), Outlet(name="Steppe Live", state="Russia")

    assert interested(court) == {}
    assert interested(court, live) == {"Russia": ("Steppe Live",)}


def test_a_party_name_without_a_word_in_it_does_no_harm() -> None:
    claim = dam_claim(interested=(Party(name="—"), Party(name="Russia")))

    assert interested(Outlet(name="Steppe Live", state="Russia", interests=("",)), claim=claim) == {"Russia": ("Steppe Live",)}


def test_a_claim_without_interested_parties_is_judged_as_it_is() -> None:
    claim = dam_claim(interested=())

    assert Watch.of([claim], [Outlet(name="Steppe Live", state="Russia")]).for_judging(claim.claim_id) is claim


def test_the_interests_of_a_familys_outlets_are_joined() -> None:
    rows = [Outlet(name="A", family="F", interests=("Nobody",)), Outlet(name="B", family="F", interests=("Aurum Mining",))]

    assert interested(*rows) == interested(*reversed(rows)) == {"F": ()}


def judged(*outlets: Outlet) -> tuple[Status, dict[str, bool]]:
    """Return where the claim stands after three outlets have said it in their own voice, and who of them is interested."""
    claim = Watch.of([CLAIM], outlets).for_judging(CLAIM.claim_id)
    assert claim is not None
    state = ClaimState(claim_id=claim.claim_id)
    for number, name in enumerate(("Steppe Live", "Ore Weekly", "Steppe Two")):
        said = reading(evidence(name, "asserts", own_voice=True), page=f"p{number}", at=number, outlet=name)
        state = take(state, claim, said, is_copy, judged_at=hours(number)).state
    status = status_of(state, claim, judged_at=hours(3))
    return status.status, {piece.origin: piece.interested for piece in status.evidence}


def test_their_own_voice_is_flagged_and_does_not_confirm() -> None:
    rows = [
        Outlet(name="Steppe Live", state="Russia"),
        Outlet(name="Ore Weekly", interests=("Aurum Mining",)),
        Outlet(name="Steppe Two", state="Russia"),
    ]

    without, plain = judged()
    with_stakes, flagged = judged(*rows)

    assert plain == {"Steppe Live": False, "Ore Weekly": False, "Steppe Two": False}
    assert flagged == {"Russia": True, "Ore Weekly": True}
    assert without is Status.CONFIRMED
    assert with_stakes is not Status.CONFIRMED


def test_an_edit_of_the_registry_concerns_the_claims_with_such_a_party_only() -> None:
    other = dam_claim(claim_id="other", interested=(Party(name="Lake Council"),))
    before = Watch.of([CLAIM, other], [Outlet(name="Steppe Live")])

    assert judged_differently(before, before.with_outlets([Outlet(name="Steppe Live", state="Russia")])) == {CLAIM.claim_id}
    assert judged_differently(before, before.with_outlets([Outlet(name="Steppe Live", owner="Somebody")])) == frozenset()
