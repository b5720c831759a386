"""The outbox: one transaction with the offset, nothing twice, in order per claim and endpoint."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from schemas.claims_transition import Transition
from schemas.webhooks import StatusChanged
from schemas.words import Status
from services.alerter.adapters import outbox, subscription_store
from services.alerter.adapters.database import Database, attempts, deliveries
from services.alerter.adapters.outbox import Attempted, Due, Incoming, TakenIn
from services.alerter.domain.deliveries import Answer, DeliveryState, NextStep, Reason
from tests.unit.alerter.builders import T0, add_endpoint, make_transition, open_database

TOPIC = "claims.transition.v1"
DELIVERED = NextStep(DeliveryState.DELIVERED)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


async def take_in(database: Database, *transitions: Transition, offset: int = 1) -> TakenIn:
    batch = [Incoming(transition) for transition in transitions]
    return await database.write(lambda connection: outbox.take_in(connection, batch, offsets={(TOPIC, 0): offset}, now=T0))


async def due(database: Database, endpoint_id: str = "e1", *, later: timedelta = timedelta(0)) -> list[Due]:
    return await database.read(lambda connection: outbox.due(connection, endpoint_id, now=T0 + later, limit=10))


async def settle(database: Database, one: Due, step: NextStep, reason: Reason = Reason.OK) -> None:
    tried = Attempted(one, T0, T0, Answer(reason, 0.01, 200), step)
    await database.write(lambda connection: outbox.settle(connection, [tried]))


async def states(database: Database) -> list[tuple[str, int, str, str | None]]:
    query = select(deliveries.c.endpoint_id, deliveries.c.sequence, deliveries.c.state, deliveries.c.reason).order_by(
        deliveries.c.delivery_id
    )
    return [tuple(row) for row in await database.read(lambda connection: list(connection.execute(query)))]


async def test_a_transition_makes_one_delivery_per_endpoint_whose_body_is_the_contract(database: Database) -> None:
    await add_endpoint(database, "e1")
    await add_endpoint(database, "e2")
    transition = make_transition()

    taken = await take_in(database, transition)

    assert (taken.new, taken.endpoint_ids) == (1, {"e1", "e2"})
    (one,) = await due(database)
    assert one.webhook_id == transition.transition_id
    assert StatusChanged.model_validate_json(one.body) == StatusChanged(timestamp=transition.occurred_at, data=transition)


async def test_a_transition_read_again_makes_nothing_new_even_for_a_later_endpoint(database: Database) -> None:
    """Behaviour 1."""
    await add_endpoint(database, "e1")
    await take_in(database, make_transition())
    await add_endpoint(database, "e2")

    taken = await take_in(database, make_transition(), make_transition(), offset=3)

    assert (taken.new, taken.repeated, taken.endpoint_ids) == (0, 2, set())
    assert [row[0] for row in await states(database)] == ["e1"]


async def test_the_same_transition_twice_in_one_batch_counts_once(database: Database) -> None:
    await add_endpoint(database, "e1")

    taken = await take_in(database, make_transition(), make_transition())

    assert (taken.new, taken.repeated) == (1, 1)
    assert len(await states(database)) == 1


async def test_offset_and_deliveries_are_stored_together_or_not_at_all(database: Database) -> None:
    """Behaviour 16."""
    await add_endpoint(database, "e1")

    def failing(connection) -> None:
        outbox.take_in(connection, [Incoming(make_transition())], offsets={(TOPIC, 0): 7}, now=T0)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await database.write(failing)

    assert await states(database) == []
    assert await database.read(lambda connection: outbox.stored_offsets(connection, TOPIC)) == {}
    await take_in(database, make_transition(), offset=7)
    await take_in(database, offset=9)
    assert await database.read(lambda connection: outbox.stored_offsets(connection, TOPIC)) == {0: 9}


async def test_history_is_stored_and_makes_no_delivery(database: Database) -> None:
    """Behaviour 36."""
    await add_endpoint(database, "e1")

    taken = await take_in(database, make_transition(notify=False))

    assert (taken.new, taken.history, taken.endpoint_ids) == (0, 1, set())
    assert await states(database) == []


async def test_filters_decide_who_is_told(database: Database) -> None:
    await add_endpoint(database, "all")
    await add_endpoint(database, "claim", claims=frozenset({"a"}))
    await add_endpoint(database, "other", claims=frozenset({"b"}))
    await add_endpoint(database, "confirmed", statuses=frozenset({Status.CONFIRMED}))

    taken = await take_in(database, make_transition("a", to=Status.LIKELY))

    assert taken.endpoint_ids == {"all", "claim"}


async def test_the_next_of_a_claim_waits_until_the_one_before_is_settled(database: Database) -> None:
    await add_endpoint(database, "e1")
    await take_in(database, make_transition(sequence=2), make_transition(sequence=1), make_transition("other", sequence=1))

    first = {(one.claim_id, one.body.count(b'"sequence":1')) for one in await due(database)}
    one = next(one for one in await due(database) if one.claim_id == "leader-killed")
    await settle(database, one, NextStep(DeliveryState.PENDING, next_attempt_at=T0 + timedelta(seconds=5)), Reason.SERVER_ERROR)
    while_waiting = [one.claim_id for one in await due(database)]
    (again,) = [one for one in await due(database, later=timedelta(seconds=5)) if one.claim_id == "leader-killed"]
    await settle(database, again, DELIVERED)
    after = [StatusChanged.model_validate_json(one.body).data.sequence for one in await due(database) if one.claim_id == "leader-killed"]

    assert first == {("leader-killed", 1), ("other", 1)}
    assert while_waiting == ["other"]
    assert again.attempts == 1
    assert after == [2]


@pytest.mark.parametrize("state", [DeliveryState.GIVEN_UP, DeliveryState.DEAD])
async def test_a_delivery_that_failed_for_good_makes_way_for_the_next(database: Database, state: DeliveryState) -> None:
    await add_endpoint(database, "e1")
    await take_in(database, make_transition(sequence=1), make_transition(sequence=2))
    (one,) = await due(database)

    await settle(database, one, NextStep(state), Reason.CLIENT_ERROR)

    (following,) = await due(database)
    assert StatusChanged.model_validate_json(following.body).data.sequence == 2


async def test_another_endpoint_does_not_wait_for_the_first(database: Database) -> None:
    """Behaviour 20."""
    await add_endpoint(database, "e1")
    await add_endpoint(database, "e2")
    await take_in(database, make_transition(sequence=1), make_transition(sequence=2))
    (one,) = await due(database, "e2")

    await settle(database, one, DELIVERED)

    assert [StatusChanged.model_validate_json(d.body).data.sequence for d in (*await due(database, "e1"), *await due(database, "e2"))] == [
        1,
        2,
    ]


async def test_gone_disables_the_endpoint_and_gives_up_what_is_open(database: Database) -> None:
    """Behaviour 18."""
    await add_endpoint(database, "e1")
    await take_in(database, make_transition(sequence=1), make_transition(sequence=2), make_transition("b"))
    one = next(one for one in await due(database) if one.claim_id == "leader-killed")

    await settle(database, one, NextStep(DeliveryState.GIVEN_UP, disables_endpoint=True), Reason.GONE)
    await take_in(database, make_transition("c"))

    assert [(row[2], row[3]) for row in await states(database)] == [
        ("given_up", "endpoint_disabled"), ("given_up", "gone"), ("given_up", "endpoint_disabled"), ("given_up", "endpoint_disabled"),
    ]  # fmt: skip
    endpoint = await database.read(lambda connection: subscription_store.find_endpoint(connection, "e1"))
    assert endpoint is not None
    assert endpoint.state == "disabled"
    assert await due(database) == []


async def test_an_endpoint_deleted_during_a_request_stays_deleted(database: Database) -> None:
    await add_endpoint(database, "e1")
    await take_in(database, make_transition())
    (one,) = await due(database)

    await database.write(lambda connection: subscription_store.delete_endpoint(connection, "e1", now=T0))
    await settle(database, one, NextStep(DeliveryState.PENDING, next_attempt_at=T0), Reason.TIMEOUT)

    assert [(row[2], row[3]) for row in await states(database)] == [("given_up", "endpoint_deleted")]


async def test_every_attempt_is_recorded(database: Database) -> None:
    await add_endpoint(database, "e1")
    await take_in(database, make_transition())
    (one,) = await due(database)
    await settle(database, one, NextStep(DeliveryState.PENDING, next_attempt_at=T0), Reason.SERVER_ERROR)
    (one,) = await due(database)
    await settle(database, one, DELIVERED)

    rows = await database.read(lambda connection: list(connection.execute(select(attempts).order_by(attempts.c.number))))

    assert [(row.number, row.reason, row.status_code) for row in rows] == [(1, "server_error", 200), (2, "ok", 200)]


async def test_the_backlog_says_how_much_is_open_and_since_when(database: Database) -> None:
    await add_endpoint(database, "e1")
    empty = await database.read(outbox.backlog)
    await take_in(database, make_transition(sequence=1), make_transition(sequence=2), make_transition(sequence=3))

    full = await database.read(outbox.backlog)

    assert (empty.by_state, empty.oldest_at) == ({"queued": 0, "pending": 0}, None)
    assert (full.by_state, full.oldest_at) == ({"queued": 2, "pending": 1}, T0)
