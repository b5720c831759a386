"""Who wants to hear of a transition."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.claims_transition import Transition
from schemas.words import Status


@dataclass(frozen=True)
class Subscription:
    """What one endpoint wants.

    Attributes:
        claims: Claim ids; empty means every claim.
        statuses: Statuses that a claim moves to; empty means all of them.
    """

    subscription_id: str
    endpoint_id: str
    claims: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()


def wants(subscription: Subscription, transition: Transition) -> bool:
    """Tell whether the subscription asks for this transition."""
    if subscription.claims and transition.claim_id not in subscription.claims:
        return False
    return not subscription.statuses or transition.to_status in subscription.statuses


def receivers(transition: Transition, subscriptions: Iterable[Subscription]) -> dict[str, str]:
    """Return the endpoints to tell, each with the subscription that asked (the first by id, where several do).

    History being rebuilt is told to nobody.
    """
    if not transition.notify:
        return {}
    found: dict[str, str] = {}
    for subscription in sorted(subscriptions, key=lambda one: one.subscription_id):
        if wants(subscription, transition):
            found.setdefault(subscription.endpoint_id, subscription.subscription_id)
    return found
