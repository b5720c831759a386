"""What a webhook request carries (Standard Webhooks 1.0.0): the JSON body. Signature, id and timestamp are headers."""

from typing import Literal

from schemas.claims_transition import Transition
from schemas.record import Record, UtcDatetime


class StatusChanged(Record):
    """Body of a ``claim.status.changed`` event; ``data.transition_id`` equals the ``webhook-id`` header."""

    type: Literal["claim.status.changed"] = "claim.status.changed"
    timestamp: UtcDatetime
    """When the change occurred."""
    data: Transition


class TestPing(Record):
    """Body of a ``claimwatch.ping`` event, sent on request to try an endpoint."""

    __test__ = False  # not a test case, whatever its name begins with

    type: Literal["claimwatch.ping"] = "claimwatch.ping"
    timestamp: UtcDatetime
    data: dict[str, str] = {}
