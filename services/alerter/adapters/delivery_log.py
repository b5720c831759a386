"""What the database remembers of transitions, deliveries and attempts, for people to look up. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from schemas.claims_transition import Transition
from schemas.webhooks import StatusChanged
from services.alerter.adapters.database import attempts, deliveries, transitions
from services.alerter.domain.deliveries import DeliveryState


@dataclass(frozen=True)
class DeliveryFilter:
    """Which deliveries; None leaves a field open."""

    endpoint_id: str | None = None
    claim_id: str | None = None
    state: DeliveryState | None = None
    before: int | None = None
    """Only those made before the delivery of this number."""


def find_deliveries(connection: Connection, wanted: DeliveryFilter, *, limit: int) -> list[Row[Any]]:
    """Return deliveries, the latest first."""
    query = select(deliveries).order_by(deliveries.c.delivery_id.desc()).limit(limit)
    for column, value in (("endpoint_id", wanted.endpoint_id), ("claim_id", wanted.claim_id), ("state", wanted.state)):
        if value is not None:
            query = query.where(deliveries.c[column] == value)
    if wanted.before is not None:
        query = query.where(deliveries.c.delivery_id < wanted.before)
    return list(connection.execute(query))


def find_delivery(connection: Connection, delivery_id: int) -> tuple[Row[Any], list[Row[Any]]] | None:
    """Return a delivery and its attempts in order; None if there is none of that number."""
    row = connection.execute(select(deliveries).where(deliveries.c.delivery_id == delivery_id)).one_or_none()
    tried = connection.execute(select(attempts).where(attempts.c.delivery_id == delivery_id).order_by(attempts.c.number))
    return (row, list(tried)) if row else None


def find_transitions(connection: Connection, *, claim_id: str | None, before: tuple[datetime, str] | None, limit: int) -> list[Transition]:
    """Return transitions, the latest change first.

    Args:
        before: Time and id of a transition: only those that come after it in this order.
    """
    query: Select[Any] = select(transitions.c.body)
    if claim_id is not None:
        query = query.where(transitions.c.claim_id == claim_id)
    if before is not None:
        at, transition_id = before
        at_or_before = and_(transitions.c.occurred_at == at, transitions.c.transition_id < transition_id)
        query = query.where(or_(transitions.c.occurred_at < at, at_or_before))
    query = query.order_by(transitions.c.occurred_at.desc(), transitions.c.transition_id.desc()).limit(limit)
    return [StatusChanged.model_validate_json(body).data for body in connection.execute(query).scalars()]


def find_transition(connection: Connection, transition_id: str) -> Transition | None:
    """Return a transition; None if it was never read."""
    body = connection.execute(select(transitions.c.body).where(transitions.c.transition_id == transition_id)).scalar()
    return StatusChanged.model_validate_json(body).data if body else None
