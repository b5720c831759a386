"""What a webhook request carries (Standard Webhooks 1.0.0): the JSON body. Signature, id and timestamp are headers."""

from typing import Literal

from pydantic import Field

from schemas.claims_transition import Transition
from schemas.record import Record, UtcDatetime


class StatusChanged(Record):
    """Body of a ``claim.status.changed`` event; ``data.transition_id`` equals the ``webhook-id`` header."""

    type: Literal["claim.status.changed"] = "claim.status.changed"
    """Name of the event."""
    timestamp: UtcDatetime
    """When the change occurred."""
    data: Transition
    """The change, as on ``claims.transition.v1``."""


class TestPing(Record):
    """Body of a ``claimwatch.ping`` event, sent on request to try an endpoint."""

    __test__ = False  # not a test case, whatever its name begins with

    type: Literal["claimwatch.ping"] = "claimwatch.ping"
    """Name of the event."""
    timestamp: UtcDatetime
    """When it was asked for."""
    data: dict[str, str] = Field(default_factory=dict)
    """Empty, or what the endpoint's owner asked to have sent."""
