"""The outbox: transitions taken in together with the consumed offset, the deliveries they make, and what became of each.

Each function here runs inside one transaction; ``database.Database`` says when and on which thread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from schemas.claims_transition import Transition
from schemas.webhooks import StatusChanged
from services.alerter.adapters import endpoint_secrets, subscription_store
from services.alerter.adapters.database import attempts, consumed, deliveries, endpoints, transitions
from services.alerter.adapters.subscription_store import EndpointState
from services.alerter.domain.deliveries import OPEN_STATES, Answer, DeliveryState, NextStep, Reason
from services.alerter.domain.subscriptions import receivers

Offsets = Mapping[tuple[str, int], int]
"""Next offset to read, by topic and partition."""


@dataclass(frozen=True)
class Incoming:
    """A transition as it was read."""

    transition: Transition
    traceparent: str | None = None


@dataclass
class TakenIn:
    """What a batch brought."""

    new: int = 0
    history: int = 0
    repeated: int = 0
    endpoint_ids: set[str] = field(default_factory=set)
    """Endpoints that have something to be sent."""


@dataclass(frozen=True)
class Due:
    """A delivery whose turn it is, with all that sending it takes."""

    delivery_id: int
    webhook_id: str
    endpoint_id: str
    claim_id: str
    attempts: int
    url: str
    body: bytes
    traceparent: str | None
    occurred_at: datetime
    created_at: datetime
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Attempted:
    """One try, and what it makes of its delivery."""

    due: Due
    at: datetime
    ended_at: datetime
    answer: Answer
    step: NextStep


def stored_offsets(connection: Connection, topic: str) -> dict[int, int]:
    """Return the next offset to read of each partition of the topic that was read before."""
    rows = connection.execute(select(consumed.c.kafka_partition, consumed.c.next_offset).where(consumed.c.kafka_topic == topic))
    return {row.kafka_partition: row.next_offset for row in rows}


def take_in(connection: Connection, batch: Sequence[Incoming], *, offsets: Offsets, now: datetime) -> TakenIn:
    """Store new transitions, the deliveries they make, and the offsets behind them. One that is known makes nothing new."""
    known = _known(connection, batch)
    fresh: dict[str, Incoming] = {}
    for incoming in batch:
        if incoming.transition.transition_id not in known:
            fresh.setdefault(incoming.transition.transition_id, incoming)
    if fresh:
        connection.execute(insert(transitions), [_transition_row(incoming, now) for incoming in fresh.values()])
    endpoint_ids = _make_deliveries(connection, [incoming.transition for incoming in fresh.values()], now=now)
    _store_offsets(connection, offsets)
    history = sum(not incoming.transition.notify for incoming in fresh.values())
    return TakenIn(new=len(fresh) - history, history=history, repeated=len(batch) - len(fresh), endpoint_ids=endpoint_ids)


def _known(connection: Connection, batch: Sequence[Incoming]) -> set[str]:
    ids = {incoming.transition.transition_id for incoming in batch}
    return set(connection.execute(select(transitions.c.transition_id).where(transitions.c.transition_id.in_(ids))).scalars())


def _transition_row(incoming: Incoming, now: datetime) -> dict[str, Any]:
    transition = incoming.transition
    body = StatusChanged(timestamp=transition.occurred_at, data=transition).model_dump_json(by_alias=True).encode()
    return {
        "transition_id": transition.transition_id, "claim_id": transition.claim_id, "sequence": transition.sequence,
        "notify": transition.notify, "occurred_at": transition.occurred_at, "read_at": now,
        "traceparent": incoming.traceparent, "body": body,
    }  # fmt: skip


def _store_offsets(connection: Connection, offsets: Offsets) -> None:
    for (topic, partition), offset in offsets.items():
        where = (consumed.c.kafka_topic == topic, consumed.c.kafka_partition == partition)
        if connection.execute(update(consumed).where(*where).values(next_offset=offset)).rowcount == 0:
            connection.execute(insert(consumed).values(kafka_topic=topic, kafka_partition=partition, next_offset=offset))


def _make_deliveries(connection: Connection, fresh: Sequence[Transition], *, now: datetime) -> set[str]:
    told = [transition for transition in sorted(fresh, key=lambda one: (one.claim_id, one.sequence)) if transition.notify]
    claim_ids = {transition.claim_id for transition in told}
    wanted = subscription_store.candidates(connection, claim_ids) if told else []
    if not wanted:
        return set()
    disabled = _disabled_endpoints(connection)
    in_line = _claims_in_line(connection, claim_ids)
    rows = []
    for transition in told:
        for endpoint_id, subscription_id in receivers(transition, wanted).items():
            rows.append(
                _delivery_row(transition, endpoint_id, subscription_id, in_line=in_line, is_disabled=endpoint_id in disabled, now=now)
            )
    if rows:
        connection.execute(insert(deliveries), rows)
    return {row["endpoint_id"] for row in rows if row["state"] is DeliveryState.PENDING}


def _disabled_endpoints(connection: Connection) -> set[str]:
    return set(connection.execute(select(endpoints.c.endpoint_id).where(endpoints.c.state == EndpointState.DISABLED)).scalars())


def _claims_in_line(connection: Connection, claim_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of claim and endpoint that have a delivery open."""
    where = (deliveries.c.claim_id.in_(list(claim_ids)), deliveries.c.state.in_(OPEN_STATES))
    return {
        (row.claim_id, row.endpoint_id)
        for row in connection.execute(select(deliveries.c.claim_id, deliveries.c.endpoint_id).where(*where).distinct())
    }


def _delivery_row(
    transition: Transition, endpoint_id: str, subscription_id: str, *, in_line: set[tuple[str, str]], is_disabled: bool, now: datetime
) -> dict[str, Any]:
    """Return a new delivery. Only the first of a claim at an endpoint is sent; the next waits until that one is settled."""
    pair = (transition.claim_id, endpoint_id)
    state = DeliveryState.GIVEN_UP if is_disabled else DeliveryState.QUEUED if pair in in_line else DeliveryState.PENDING
    if not is_disabled:
        in_line.add(pair)
    return {
        "transition_id": transition.transition_id, "endpoint_id": endpoint_id, "subscription_id": subscription_id,
        "claim_id": transition.claim_id, "sequence": transition.sequence, "state": state, "created_at": now,
        "next_attempt_at": now if state is DeliveryState.PENDING else None,
        "settled_at": now if is_disabled else None, "reason": Reason.ENDPOINT_DISABLED if is_disabled else None,
    }  # fmt: skip


def endpoints_with_work(connection: Connection) -> set[str]:
    """Return the endpoints that have deliveries pending, due or not."""
    return set(connection.execute(select(deliveries.c.endpoint_id).where(deliveries.c.state == DeliveryState.PENDING).distinct()).scalars())


def due(connection: Connection, endpoint_id: str, *, now: datetime, limit: int) -> list[Due]:
    """Return the deliveries whose turn it is at an endpoint, the longest due first; at most one per claim."""
    query = (
        select(deliveries, transitions.c.body, transitions.c.traceparent, transitions.c.occurred_at, endpoints.c.url, endpoints.c.secret)
        .join(transitions, transitions.c.transition_id == deliveries.c.transition_id)
        .join(endpoints, endpoints.c.endpoint_id == deliveries.c.endpoint_id)
        .where(deliveries.c.endpoint_id == endpoint_id, deliveries.c.state == DeliveryState.PENDING, deliveries.c.next_attempt_at <= now)
        .order_by(deliveries.c.next_attempt_at)
        .limit(limit)
    )
    return [_due(row) for row in connection.execute(query)]


def _due(row: Row[Any]) -> Due:
    return Due(
        delivery_id=row.delivery_id, webhook_id=row.transition_id, endpoint_id=row.endpoint_id, claim_id=row.claim_id,
        attempts=row.attempts, url=row.url, body=row.body, traceparent=row.traceparent,
        occurred_at=row.occurred_at, created_at=row.created_at,
        secret=endpoint_secrets.unseal(row.secret),
    )  # fmt: skip


def next_due_at(connection: Connection, endpoint_id: str, *, after: datetime) -> datetime | None:
    """Return when the first delivery of an endpoint that is not due yet will be; None if there is none."""
    where = (deliveries.c.endpoint_id == endpoint_id, deliveries.c.state == DeliveryState.PENDING, deliveries.c.next_attempt_at > after)
    return connection.execute(select(deliveries.c.next_attempt_at).where(*where).order_by(deliveries.c.next_attempt_at).limit(1)).scalar()


def settle(connection: Connection, tried: Sequence[Attempted]) -> None:
    """Record tries and what they make of their deliveries; the next in line takes the turn of one that is settled."""
    connection.execute(insert(attempts), [_attempt_row(one) for one in tried])
    for one in tried:
        _apply(connection, one)
        if one.step.disables_endpoint:
            subscription_store.set_state(connection, one.due.endpoint_id, EndpointState.DISABLED, now=one.ended_at)
        elif one.step.state is not DeliveryState.PENDING:
            _next_in_line(connection, one)


def _attempt_row(one: Attempted) -> dict[str, Any]:
    return {
        "delivery_id": one.due.delivery_id, "number": one.due.attempts + 1, "at": one.at, "duration_s": one.answer.duration_s,
        "status_code": one.answer.status_code, "reason": one.answer.reason,
    }  # fmt: skip


def _apply(connection: Connection, one: Attempted) -> None:
    is_settled = one.step.state is not DeliveryState.PENDING
    changes: dict[str, Any] = {"attempts": one.due.attempts + 1, "state": one.step.state, "reason": one.answer.reason}
    changes |= {"next_attempt_at": one.step.next_attempt_at, "settled_at": one.ended_at if is_settled else None}
    # Only a pending one: its endpoint may have been deleted while the request was under way.
    where = (deliveries.c.delivery_id == one.due.delivery_id, deliveries.c.state == DeliveryState.PENDING)
    connection.execute(update(deliveries).where(*where).values(changes))


def _next_in_line(connection: Connection, one: Attempted) -> None:
    where = (deliveries.c.claim_id == one.due.claim_id, deliveries.c.endpoint_id == one.due.endpoint_id)
    queued = select(deliveries.c.delivery_id).where(*where, deliveries.c.state == DeliveryState.QUEUED)
    following = connection.execute(queued.order_by(deliveries.c.sequence).limit(1)).scalar()
    if following is not None:
        values = {"state": DeliveryState.PENDING, "next_attempt_at": one.ended_at}
        connection.execute(update(deliveries).where(deliveries.c.delivery_id == following).values(values))


@dataclass(frozen=True)
class Backlog:
    """What is open."""

    by_state: dict[DeliveryState, int]
    oldest_at: datetime | None


def backlog(connection: Connection) -> Backlog:
    """Return how much is open, and since when."""
    counts = dict.fromkeys(OPEN_STATES, 0)
    oldest: list[datetime] = []
    where = deliveries.c.state.in_(OPEN_STATES)
    for row in connection.execute(
        select(deliveries.c.state, func.count(), func.min(deliveries.c.created_at)).where(where).group_by(deliveries.c.state)
    ):
        counts[DeliveryState(row[0])] = row[1]
        oldest.append(row[2])
    return Backlog(counts, min(oldest, default=None))
