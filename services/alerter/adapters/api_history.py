"""API: transitions as they were read, deliveries and their attempts."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from schemas.claims_transition import Transition
from schemas.record import Slug
from services.alerter.adapters import delivery_log
from services.alerter.adapters.api_parts import ApiParts, Mistake, Problem, not_found
from services.alerter.adapters.delivery_log import DeliveryFilter
from services.alerter.domain.deliveries import DeliveryState, Reason

Limit = Annotated[int, Query(ge=1, le=500)]
MAX_ROW_NUMBER = 2**63 - 1


class DeliveryView(BaseModel):
    """One transition on its way to one endpoint."""

    model_config = ConfigDict(from_attributes=True)

    delivery_id: int
    webhook_id: str = Field(validation_alias="transition_id")
    """The transition's id, the same at every try."""
    endpoint_id: str
    subscription_id: str
    claim_id: str
    sequence: int
    state: DeliveryState
    attempts: int
    reason: Reason | None
    """How the last attempt ended, or why there was none."""
    created_at: datetime
    next_attempt_at: datetime | None
    settled_at: datetime | None


class AttemptView(BaseModel):
    """One try."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    at: datetime
    duration_s: float
    status_code: int | None
    reason: Reason


class DeliveryDetail(BaseModel):
    """A delivery and every try."""

    delivery: DeliveryView
    attempts: list[AttemptView]


class DeliveryPage(BaseModel):
    """Deliveries, the latest first."""

    items: list[DeliveryView]
    next: str | None
    """Give it as ``cursor`` to get what follows; None at the end."""


class TransitionPage(BaseModel):
    """Transitions, the latest change first."""

    items: list[Transition]
    next: str | None
    """Give it as ``cursor`` to get what follows; None at the end."""


def history_router(parts: ApiParts) -> APIRouter:
    """Return the routes of transitions and deliveries."""
    router = APIRouter(tags=["history"])

    @router.get("/deliveries")
    async def list_deliveries(
        endpoint_id: Slug | None = None, claim_id: Slug | None = None, state: DeliveryState | None = None,
        cursor: Annotated[int | None, Query(ge=1, le=MAX_ROW_NUMBER)] = None, limit: Limit = 100,
    ) -> DeliveryPage:  # fmt: skip
        wanted = DeliveryFilter(endpoint_id, claim_id, state, cursor)
        rows = await parts.database.read(lambda connection: delivery_log.find_deliveries(connection, wanted, limit=limit))
        items = [_delivery(row) for row in rows]
        return DeliveryPage(items=items, next=str(items[-1].delivery_id) if len(items) == limit else None)

    @router.get("/deliveries/{delivery_id}")
    async def get_delivery(delivery_id: int) -> DeliveryDetail:
        is_possible = 0 < delivery_id <= MAX_ROW_NUMBER
        found = await parts.database.read(lambda connection: delivery_log.find_delivery(connection, delivery_id)) if is_possible else None
        if found is None:
            raise not_found("delivery", str(delivery_id))
        return DeliveryDetail(delivery=_delivery(found[0]), attempts=[AttemptView.model_validate(row) for row in found[1]])

    @router.get("/transitions")
    async def list_transitions(claim_id: Slug | None = None, cursor: str | None = None, limit: Limit = 100) -> TransitionPage:
        before = _read_cursor(cursor) if cursor else None
        items = await parts.database.read(
            lambda connection: delivery_log.find_transitions(connection, claim_id=claim_id, before=before, limit=limit)
        )
        return TransitionPage(items=items, next=_cursor(items[-1]) if len(items) == limit else None)

    @router.get("/transitions/{transition_id}")
    async def get_transition(transition_id: str) -> Transition:
        found = await parts.database.read(lambda connection: delivery_log.find_transition(connection, transition_id))
        if found is None:
            raise not_found("transition", transition_id)
        return found

    return router


def _delivery(row: Row[Any]) -> DeliveryView:
    return DeliveryView.model_validate(row)


def _cursor(transition: Transition) -> str:
    return f"{transition.occurred_at.isoformat()}~{transition.transition_id}"


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    at, _, transition_id = cursor.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        mistake = Mistake("cursor", "query", "give the `next` of an earlier answer, as it was")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "the request cannot be used as it is", [mistake])
    return moment, transition_id
