"""Claims and feeds through the API and the command, on real Kafka."""

import asyncio
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from schemas import claims_status, claims_watch
from schemas.claims_status import ClaimStatus
from schemas.claims_watch import WatchedClaim
from schemas.words import Reason, Status
from services.alerter import cli
from services.chassis.kafka import new_consumer, new_producer
from services.chassis.records import decode, encode, header, headers_for
from tests.integration.alerter.conftest import eventually
from tests.unit.alerter.builders import T0

pytestmark = pytest.mark.integration
CLAIM = {"statement": "The leader was killed", "keywords": ["leader killed"], "subject": {"name": "the leader"}}


async def run(kafka: str, *arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    cli.register(app)
    # In a thread, as the verbs run an event loop of their own.
    result = await asyncio.to_thread(CliRunner().invoke, app, [*arguments, "--bootstrap", kafka])
    return result.exit_code, result.output


async def records_of(kafka: str, key: str, count: int) -> list:
    consumer = new_consumer(claims_watch.TOPIC.name, bootstrap=kafka, client_id="test", group=None)
    await consumer.start()
    found: list = []

    async def check() -> bool:
        for many in (await consumer.getmany(timeout_ms=200)).values():
            found.extend(record for record in many if record.key == key.encode())
        return len(found) >= count

    await eventually(check)
    await consumer.stop()
    return found


async def test_what_is_put_is_on_the_topic_with_its_headers_and_read_back_at_once(world, running) -> None:
    """Behaviour 34."""
    async with running(world) as api:
        made = await api.put(f"/claims/{world.claim}", json=CLAIM)
        shown = await api.get(f"/claims/{world.claim}")
        deleted = await api.delete(f"/claims/{world.claim}")
        gone = await api.get(f"/claims/{world.claim}")
        refused = await api.put(f"/claims/{world.claim}", json={**CLAIM, "subject": {}})
    put, tombstone = await records_of(world.kafka, world.claim, 2)

    assert (made.status_code, shown.json(), deleted.status_code, gone.status_code) == (201, made.json(), 204, 404)
    assert refused.json()["errors"] == [{"field": "subject.name", "place": "body", "reason": "Field required"}]
    assert decode(WatchedClaim, put.value).statement == CLAIM["statement"]
    assert (header(put.headers, "ce_type"), header(put.headers, "ce_subject")) == ("claimwatch.claim.watched", world.claim)
    assert tombstone.value is None


async def test_what_others_write_is_seen(world, running) -> None:
    status = ClaimStatus(
        claim_id=world.claim, statement="It is so", status=Status.LIKELY, announced=Status.LIKELY, reason=Reason.SINGLE_ORIGIN,
        rule_version=1, episode=1, sequence=1, origins=1, as_of=T0, judged_at=T0,
    )  # fmt: skip

    async with running(world) as api:
        producer = new_producer(world.kafka, client_id="test")
        await producer.start()
        topic = claims_status.TOPIC
        headers = headers_for(topic, event_id="e", subject=world.claim, source="classifier", at=T0)
        await producer.send_and_wait(topic.name, value=encode(status), key=world.claim.encode(), headers=headers)
        await producer.stop()

        async def check() -> bool:
            return (await api.get(f"/claims/{world.claim}/status")).status_code == 200

        await eventually(check)
        got = (await api.get(f"/claims/{world.claim}/status")).json()

    assert ClaimStatus.model_validate(got) == status
    code, output = await run(world.kafka, "claims", "status", world.claim)
    assert (code, "likely (single_origin), 1 origins" in output) == (0, True)


async def test_the_command_loads_and_lists_claims(kafka, tmp_path: Path, world) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text(f"claims:\n  - {{claim_id: {world.claim}, statement: It is so, keywords: [so], subject: {{name: it}}}}\n")

    loaded = await run(kafka, "claims", "load", str(file))
    listed = await run(kafka, "claims", "list")
    unknown = await run(kafka, "claims", "status", "nobody-spoke-of-this")

    assert (loaded[0], "1 claims are watched now" in loaded[1]) == (0, True)
    assert f"{world.claim}\tIt is so" in listed[1]
    assert (unknown[0], "nothing has been reported" in unknown[1]) == (1, True)


async def test_a_new_subscription_hears_of_what_comes_after_it(world, running) -> None:
    from tests.unit.alerter.builders import SECRET, make_transition

    async with running(world) as api:
        body = {"endpoint_id": "desk", "url": world.receiver.url("desk"), "secret": SECRET}
        assert (await api.post("/endpoints", json=body)).status_code == 201
        assert (await api.post("/subscriptions", json={"endpoint_id": "desk", "claims": [world.claim]})).status_code == 201
        ping = (await api.post("/endpoints/desk:ping")).json()
        await world.publish(make_transition(world.claim))
        await world.arrived("desk", 1)
        metrics = (await api.get("/metrics")).text

    assert ping["delivered"] is True
    assert len(world.receiver.other_bodies) == 1
    assert "claimwatch_alerter_deliveries_total" in metrics


async def test_neither_logs_nor_answers_show_a_secret(world, running, caplog) -> None:
    """Behaviour 21."""
    from tests.unit.alerter.builders import SECRET, make_transition

    caplog.set_level("DEBUG")
    world.subscribe("desk", url=world.receiver.url("desk?token=hidden"))
    async with running(world) as api:
        await world.publish(make_transition(world.claim))
        await world.arrived("desk", 1)
        answers = [(await api.get(path)).text for path in ("/endpoints", "/deliveries", "/transitions", "/metrics")]
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if record.name.startswith("services"))

    assert "delivery.attempted" in logged
    assert "hidden" not in logged
    assert SECRET not in "\n".join([logged, *answers])
