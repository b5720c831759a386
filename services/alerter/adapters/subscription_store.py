"""Endpoints and subscriptions in the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from schemas.words import Status
from services.alerter.adapters import endpoint_secrets
from services.alerter.adapters.database import EVERY_CLAIM, deliveries, endpoints, subscription_claims, subscriptions
from services.alerter.domain.deliveries import OPEN_STATES, DeliveryState, Reason
from services.alerter.domain.subscriptions import Subscription


class EndpointState(StrEnum):
    """Whether an endpoint is sent anything."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    """It answered 410: it asked not to be sent anything any more."""


class Source(StrEnum):
    """Who made it: the file owns what it made, and takes it away when it no longer lists it."""

    API = "api"
    FILE = "file"


@dataclass(frozen=True)
class Endpoint:
    """A receiver, without its secret."""

    endpoint_id: str
    url: str
    state: EndpointState
    source: Source
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True)
class StoredSubscription:
    """A subscription, and where it comes from."""

    wanted: Subscription
    source: Source
    created_at: datetime


@dataclass(frozen=True)
class NewEndpoint:
    """What it takes to make an endpoint."""

    endpoint_id: str
    url: str
    secret: str = field(repr=False)


def add_endpoint(connection: Connection, new: NewEndpoint, *, source: Source, now: datetime) -> None:
    """Store an endpoint under an id that is free."""
    connection.execute(
        insert(endpoints).values(
            endpoint_id=new.endpoint_id, url=new.url, secret=endpoint_secrets.seal(new.secret), state=EndpointState.ENABLED,
            source=source, created_at=now,
        )
    )  # fmt: skip


def list_endpoints(connection: Connection) -> list[Endpoint]:
    """Return all endpoints by id."""
    return [_endpoint(row) for row in connection.execute(select(endpoints).order_by(endpoints.c.endpoint_id))]


def find_endpoint(connection: Connection, endpoint_id: str) -> Endpoint | None:
    """Return an endpoint; None if there is none of that id."""
    row = connection.execute(select(endpoints).where(endpoints.c.endpoint_id == endpoint_id)).one_or_none()
    return _endpoint(row) if row else None


def secret_of(connection: Connection, endpoint_id: str) -> str:
    """Return the secret of an endpoint that exists."""
    return endpoint_secrets.unseal(
        connection.execute(select(endpoints.c.secret).where(endpoints.c.endpoint_id == endpoint_id)).scalar_one()
    )


def set_state(connection: Connection, endpoint_id: str, state: EndpointState, *, now: datetime) -> None:
    """Enable or disable an endpoint. What is open for a disabled one is given up."""
    disabled_at = now if state is EndpointState.DISABLED else None
    connection.execute(update(endpoints).where(endpoints.c.endpoint_id == endpoint_id).values(state=state, disabled_at=disabled_at))
    if state is EndpointState.DISABLED:
        _give_up_open(connection, endpoint_id, Reason.ENDPOINT_DISABLED, now=now)


def delete_endpoint(connection: Connection, endpoint_id: str, *, now: datetime) -> None:
    """Delete an endpoint and its subscriptions; what is open for it is given up, what was delivered stays on record."""
    ids = connection.execute(select(subscriptions.c.subscription_id).where(subscriptions.c.endpoint_id == endpoint_id)).scalars().all()
    for subscription_id in ids:
        delete_subscription(connection, subscription_id)
    connection.execute(delete(endpoints).where(endpoints.c.endpoint_id == endpoint_id))
    _give_up_open(connection, endpoint_id, Reason.ENDPOINT_DELETED, now=now)


def _give_up_open(connection: Connection, endpoint_id: str, reason: Reason, *, now: datetime) -> None:
    connection.execute(
        update(deliveries)
        .where(deliveries.c.endpoint_id == endpoint_id, deliveries.c.state.in_(OPEN_STATES))
        .values(state=DeliveryState.GIVEN_UP, reason=reason, settled_at=now, next_attempt_at=None)
    )


def add_subscription(connection: Connection, wanted: Subscription, *, source: Source, now: datetime) -> None:
    """Store a subscription under an id that is free."""
    connection.execute(
        insert(subscriptions).values(
            subscription_id=wanted.subscription_id, endpoint_id=wanted.endpoint_id, statuses=sorted(wanted.statuses),
            source=source, created_at=now,
        )
    )  # fmt: skip
    claims = sorted(wanted.claims) or [EVERY_CLAIM]
    connection.execute(
        insert(subscription_claims), [{"claim_id": claim_id, "subscription_id": wanted.subscription_id} for claim_id in claims]
    )


def delete_subscription(connection: Connection, subscription_id: str) -> None:
    """Delete a subscription; deliveries that it caused go on."""
    connection.execute(delete(subscription_claims).where(subscription_claims.c.subscription_id == subscription_id))
    connection.execute(delete(subscriptions).where(subscriptions.c.subscription_id == subscription_id))


def find_subscription(connection: Connection, subscription_id: str) -> StoredSubscription | None:
    """Return a subscription; None if there is none of that id."""
    return next(
        iter(_load(connection, select(subscriptions.c.subscription_id).where(subscriptions.c.subscription_id == subscription_id))), None
    )


def list_subscriptions(connection: Connection) -> list[StoredSubscription]:
    """Return all subscriptions by id."""
    return _load(connection, select(subscriptions.c.subscription_id))


def candidates(connection: Connection, claim_ids: Iterable[str]) -> list[Subscription]:
    """Return the subscriptions that may want transitions of these claims."""
    wanted = [*set(claim_ids), EVERY_CLAIM]
    query = select(subscription_claims.c.subscription_id).where(subscription_claims.c.claim_id.in_(wanted)).distinct()
    return [stored.wanted for stored in _load(connection, query)]


def _load(connection: Connection, ids: Select[tuple[str]]) -> list[StoredSubscription]:
    claims: dict[str, set[str]] = {}
    query = select(subscription_claims).where(subscription_claims.c.subscription_id.in_(ids), subscription_claims.c.claim_id != EVERY_CLAIM)
    for row in connection.execute(query):
        claims.setdefault(row.subscription_id, set()).add(row.claim_id)
    rows = connection.execute(
        select(subscriptions).where(subscriptions.c.subscription_id.in_(ids)).order_by(subscriptions.c.subscription_id)
    )
    return [_stored(row, frozenset(claims.get(row.subscription_id, ()))) for row in rows]


def _stored(row: Row[tuple[object, ...]], claims: frozenset[str]) -> StoredSubscription:
    statuses = frozenset(Status(status) for status in row.statuses)
    wanted = Subscription(subscription_id=row.subscription_id, endpoint_id=row.endpoint_id, claims=claims, statuses=statuses)
    return StoredSubscription(wanted, Source(row.source), row.created_at)


def _endpoint(row: Row[tuple[object, ...]]) -> Endpoint:
    return Endpoint(
        endpoint_id=row.endpoint_id, url=row.url, state=EndpointState(row.state), source=Source(row.source),
        created_at=row.created_at, disabled_at=row.disabled_at,
    )  # fmt: skip
