"""From a transition on real Kafka to a verified request at a real receiver."""

import asyncio
import json
import sqlite3

import pytest
from aiohttp import web
from aiokafka import TopicPartition

from schemas.words import Status
from services.chassis.kafka import new_consumer
from tests.integration.alerter.conftest import eventually
from tests.unit.alerter.builders import make_transition

pytestmark = pytest.mark.integration


def rows(world, query: str) -> list[tuple]:
    database = sqlite3.connect(world.folder / "alerter.db")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


async def settled(world, count: int) -> list[tuple]:
    async def check() -> list[tuple]:
        found = rows(world, "select endpoint_id, sequence, state, attempts from deliveries order by delivery_id")
        return found if sum(row[2] not in ("pending", "queued") for row in found) >= count else []

    return await eventually(check)


async def test_a_transition_becomes_one_verified_request(world, running) -> None:
    """Behaviours 1 and 15."""
    world.subscribe("desk")
    transition = make_transition(world.claim, said="“Sehr wahrscheinlich”, he said — \u2603")

    async with running(world):
        await world.publish(transition)
        await world.arrived("desk", 1)
        await settled(world, 1)

    assert world.receiver.came("desk") == [transition]


async def test_replaying_the_topic_sends_nothing_more(world, running) -> None:
    """Behaviour 1."""
    world.subscribe("desk")
    first, marker = make_transition(world.claim, 1), make_transition(world.claim, 2)
    async with running(world):
        await world.publish(first)
        await settled(world, 1)

    database = sqlite3.connect(world.folder / "alerter.db")
    database.execute("delete from consumed_offsets")  # everything is read again from the start
    database.commit()
    database.close()
    async with running(world):
        await world.publish(first, first, marker)
        await settled(world, 2)

    assert [transition.sequence for transition in world.receiver.came("desk")] == [1, 2]


async def test_a_start_goes_on_where_the_database_stands_whatever_kafka_thinks(world, running) -> None:
    """Behaviour 16: the group's committed offset is ahead, the database is not."""
    world.subscribe("desk")
    async with running(world):
        await world.publish(make_transition(world.claim, 1))
        await settled(world, 1)
    partition, offset = rows(world, "select kafka_partition, next_offset from consumed_offsets order by next_offset desc limit 1")[0]
    await world.publish(make_transition(world.claim, 2))
    consumer = new_consumer(bootstrap=world.kafka, client_id="test", group="claimwatch-alerter")
    await consumer.start()
    where = TopicPartition("claims.transition.v1", partition)
    consumer.assign([where])
    await consumer.commit({where: offset + 1})
    await consumer.stop()

    async with running(world):
        await settled(world, 2)

    assert [transition.sequence for transition in world.receiver.came("desk")] == [1, 2]


async def test_an_overloaded_receiver_is_tried_again(world, running) -> None:
    """Behaviour 18."""
    world.subscribe("busy")

    async def busy_once(_: str, count: int) -> web.Response:
        return web.Response(status=503 if count == 1 else 200)

    world.receiver.answers["busy"] = busy_once
    async with running(world) as api:
        await world.publish(make_transition(world.claim))
        await settled(world, 1)
        page = (await api.get("/deliveries", params={"endpoint_id": "busy"})).json()
        detail = (await api.get(f"/deliveries/{page['items'][0]['delivery_id']}")).json()

    came = world.receiver.came("busy")
    assert [transition.transition_id for transition in came] == [came[0].transition_id] * 2
    assert [(attempt["status_code"], attempt["reason"]) for attempt in detail["attempts"]] == [(503, "server_error"), (200, "ok")]


async def test_gone_disables_the_endpoint_until_it_is_enabled_again(world, running) -> None:
    """Behaviour 18."""
    world.subscribe("gone")

    async def gone_once(_: str, count: int) -> web.Response:
        return web.Response(status=410 if count == 1 else 200)

    world.receiver.answers["gone"] = gone_once
    async with running(world) as api:
        await world.publish(make_transition(world.claim, 1), make_transition(world.claim, 2))
        await settled(world, 2)
        await world.publish(make_transition(world.claim, 3))
        await settled(world, 3)
        state = (await api.get("/endpoints/gone")).json()["state"]
        await api.post("/endpoints/gone:enable")
        await world.publish(make_transition(world.claim, 4))
        await settled(world, 4)

    assert state == "disabled"
    assert [transition.sequence for transition in world.receiver.came("gone")] == [1, 4]


async def test_an_endpoint_that_hangs_delays_no_other(world, running, monkeypatch) -> None:
    """Behaviour 20."""
    monkeypatch.setattr("services.alerter.adapters.dispatcher.LAST_REQUESTS_S", 0.05)
    world.subscribe("hangs")
    world.subscribe("works")

    async def hang(_: str, __: int) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    world.receiver.answers["hangs"] = hang
    async with running(world):
        await world.publish(*(make_transition(world.claim, number) for number in range(1, 21)))
        await world.arrived("works", 20)
        hanging = world.receiver.came("hangs")

    assert [transition.sequence for transition in world.receiver.came("works")] == list(range(1, 21))
    assert [transition.sequence for transition in hanging] == [1]


async def test_a_claims_changes_arrive_in_order_while_one_is_tried_again(world, running) -> None:
    world.subscribe("flaky")

    async def fails_twice(_: str, count: int) -> web.Response:
        return web.Response(status=500 if count <= 2 else 200)

    world.receiver.answers["flaky"] = fails_twice
    async with running(world):
        await world.publish(*(make_transition(world.claim, number) for number in (1, 2, 3)))
        await settled(world, 3)

    assert [transition.sequence for transition in world.receiver.came("flaky")] == [1, 1, 1, 2, 3]


async def test_history_being_rebuilt_is_stored_and_told_to_nobody(world, running) -> None:
    """Behaviour 36."""
    world.subscribe("desk")

    async with running(world) as api:
        await world.publish(make_transition(world.claim, 1, notify=False), make_transition(world.claim, 2))
        await settled(world, 1)
        known = (await api.get("/transitions", params={"claim_id": world.claim})).json()["items"]

    assert [transition.sequence for transition in world.receiver.came("desk")] == [2]
    assert [transition["sequence"] for transition in known] == [2, 1]


async def test_a_subscription_hears_of_the_statuses_it_asked_for(world, running) -> None:
    world.subscribe("all")
    world.subscribe("confirmed", statuses=["confirmed"])

    async with running(world):
        await world.publish(make_transition(world.claim, 1), make_transition(world.claim, 2, to=Status.CONFIRMED))
        await settled(world, 3)

    assert [transition.sequence for transition in world.receiver.came("all")] == [1, 2]
    assert [transition.sequence for transition in world.receiver.came("confirmed")] == [2]


async def test_an_unreadable_transition_is_set_aside_and_the_partition_goes_on(world, running) -> None:
    """Behaviour 35."""
    world.subscribe("desk")
    broken = json.dumps({"transition_id": world.claim}).encode()

    async with running(world):
        await world.publish_raw((world.claim, b"\xff no json"), (world.claim, broken), (world.claim, None))
        await world.publish(make_transition(world.claim))
        await settled(world, 1)
    letters = await _dead_letters(world)

    assert len(world.receiver.came("desk")) == 1
    assert [letter.value for letter in letters] == [b"\xff no json", broken, None]
    headers = [dict(letter.headers) for letter in letters]
    assert {one["__dlq.errors.service"] for one in headers} == {b"alerter"}
    assert {one["__dlq.errors.topic"] for one in headers} == {b"claims.transition.v1"}


async def test_a_transition_that_cannot_be_stored_is_set_aside_and_its_neighbours_are_told(world, running) -> None:
    """Behaviour 35: a number that no database takes."""
    world.subscribe("desk")
    absurd = make_transition(world.claim, 2).model_copy(update={"sequence": 2**70})

    async with running(world):
        await world.publish(make_transition(world.claim, 1), absurd, make_transition(world.claim, 3))
        await settled(world, 2)
    (letter,) = await _dead_letters(world, 1)

    assert [transition.sequence for transition in world.receiver.came("desk")] == [1, 3]
    assert dict(letter.headers)["__dlq.errors.reason"] == b"failed"


async def _dead_letters(world, count: int = 3) -> list:
    consumer = new_consumer("dlq.claims.transition.v1", bootstrap=world.kafka, client_id="test", group=None)
    await consumer.start()
    found: list = []

    async def check() -> bool:
        for many in (await consumer.getmany(timeout_ms=200)).values():
            found.extend(record for record in many if record.key == world.claim.encode())
        return len(found) >= count

    await eventually(check)
    await consumer.stop()
    return found


async def test_killed_between_outbox_and_request_the_same_id_is_sent_after_the_start(world, started) -> None:
    """Behaviour 16."""
    world.subscribe("desk", url="http://127.0.0.1:1/desk")  # nobody listens there
    world.retries = "[3600]"
    transition = make_transition(world.claim)
    first = started(world)
    await world.publish(transition)
    await eventually(lambda: _pending(world, tries=1))

    first.kill()
    world.endpoints[0]["url"] = world.receiver.url("desk")
    database = sqlite3.connect(world.folder / "alerter.db")
    database.execute("update deliveries set next_attempt_at = created_at")  # the hour has passed
    database.commit()
    database.close()
    started(world)
    await settled(world, 1)

    assert world.receiver.came("desk") == [transition]


async def test_killed_between_answer_and_mark_the_same_id_is_sent_again(world, started) -> None:
    """Behaviour 16: the receiver knows the second by its id."""
    world.subscribe("desk")
    killed = asyncio.Event()
    transition = make_transition(world.claim)

    async def answer_after_the_kill(_: str, count: int) -> web.Response:
        if count == 1:
            await killed.wait()
        return web.Response(status=204)

    world.receiver.answers["desk"] = answer_after_the_kill
    first = started(world)
    await world.publish(transition)
    await world.arrived("desk", 1)
    first.kill()
    killed.set()

    started(world)
    await settled(world, 1)

    assert world.receiver.came("desk") == [transition, transition]


async def _pending(world, *, tries: int) -> bool:
    if not (world.folder / "alerter.db").exists():
        return False
    try:
        found = rows(world, "select state, attempts from deliveries")
    except sqlite3.OperationalError:
        return False
    return ("pending", tries) in found
