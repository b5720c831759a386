"""Outlets with a stake: whose voice counts as an interested party's when a claim is judged.

Looked up when a claim is judged, not when an article is read: an edit of the registry holds at once, for what was said before too.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from schemas.claims_watch import Party, WatchedClaim
from schemas.feeds_source import Outlet
from services.classifier.domain.reading.parties import Parties


@dataclass(frozen=True)
class Stake:
    """For whom an outlet's family speaks."""

    family: str
    """As it stands as origin: a stake of one of its outlets is the family's."""
    state: str = ""
    interests: tuple[str, ...] = ()

    @classmethod
    def of(cls, outlet: Outlet) -> "Stake | None":
        """Return the stake of an outlet; None if it has none."""
        if not outlet.state and not outlet.interests:
            return None
        return cls(outlet.origin_family, outlet.state, outlet.interests)


def with_interested_outlets(claim: WatchedClaim, stakes: Collection[Stake]) -> WatchedClaim:
    """Return the claim as it is to be judged, with the outlets that have a stake in it among its interested parties.

    A state's outlet is another name of the party that its state is: both are one origin. An outlet with an interest is a party of its own.
    What the claim itself says of a name comes first: an authority stays one.
    """
    if not claim.interested or not stakes:
        return claim
    parties = Parties(claim.model_copy(update={"authorities": ()}))
    named = {name.casefold() for party in (*claim.authorities, *claim.interested) for name in (party.name, *party.aliases)}
    known = len(named)
    found = {party.name: party for party in claim.interested}
    for stake in stakes:
        if stake.family.casefold() in named:
            continue
        if own := parties.of_state(stake.state):
            found[own] = found[own].model_copy(update={"aliases": (*found[own].aliases, stake.family)})
        elif any(parties.named(name) or parties.of_state(name) for name in stake.interests):
            found[stake.family] = Party(name=stake.family)
        else:
            continue
        named.add(stake.family.casefold())
    return claim if len(named) == known else claim.model_copy(update={"interested": tuple(found.values())})


def merged(stakes: Collection[Stake]) -> tuple[Stake, ...]:
    """Return one stake a family: its first state, and the interests of all its outlets. In the order of their names."""
    by_family: dict[str, Stake] = {}
    for stake in sorted(stakes, key=lambda stake: (stake.family, stake.state, stake.interests)):
        known = by_family.get(stake.family, Stake(stake.family))
        interests = tuple(dict.fromkeys((*known.interests, *stake.interests)))
        by_family[stake.family] = replace(known, state=known.state or stake.state, interests=interests)
    return tuple(by_family.values())
