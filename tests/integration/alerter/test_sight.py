"""Behaviour 26 on real Kafka: what the fetcher says of its feeds is what the API and the command say of our sight."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas import feeds_source, feeds_state
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.record import Record
from schemas.topic import Topic
from services.chassis.kafka import new_producer
from services.chassis.records import encode, headers_for
from tests.integration.alerter.conftest import eventually
from tests.integration.alerter.test_tables import CLAIM
from tests.integration.alerter.test_tables import run as claimwatch

pytestmark = pytest.mark.integration


async def write(kafka: str, topic: Topic, key: str, record: Record | None) -> None:
    producer = new_producer(kafka, client_id="test")
    await producer.start()
    headers = headers_for(topic, event_id="e", subject=key, source="fetcher", at=datetime.now(UTC))
    await producer.send_and_wait(topic.name, value=encode(record) if record else None, key=key.encode(), headers=headers)
    await producer.stop()


async def test_a_feed_that_goes_out_of_sight_and_comes_back_is_shown_with_every_claim(world, running) -> None:
    now = datetime.now(UTC)
    name = f"{world.claim}-feed"
    source = FeedSource.model_validate({"feed_id": name, "url": "https://albion.example/feed", "outlet": {"name": "Albion Times"}})
    seen = FeedState.model_validate(
        {
            "feed_id": name,
            "url": str(source.url),
            "next_poll_at": now + timedelta(minutes=30),
            "last_success_at": now,
            "last_poll": {"at": now, "reason": "ok"},
        }
    )
    lost = seen.model_copy(update={"stale_since": now, "failures": 5})
    await write(world.kafka, feeds_source.TOPIC, name, source)
    try:
        async with running(world) as api:
            await api.put(f"/claims/{world.claim}", json=CLAIM)

            async def stale() -> int:
                return (await api.get(f"/claims/{world.claim}/status")).json()["sight"]["stale"]

            async def shown(in_sight: bool) -> bool:
                answer = await api.get(f"/sources/{name}")
                return answer.status_code == 200 and answer.json()["in_sight"] is in_sight

            await eventually(lambda: shown(False))  # it was never polled
            unread = await stale()
            await write(world.kafka, feeds_state.TOPIC, name, seen)
            await eventually(lambda: shown(True))
            assert await stale() == unread - 1
            await write(world.kafka, feeds_state.TOPIC, name, lost)
            await eventually(lambda: shown(False))
            assert await stale() == unread
            assert (await api.get(f"/sources/{name}")).json()["failures"] == 5
        code, output = await claimwatch(world.kafka, "claims", "status")
    finally:
        await write(world.kafka, feeds_source.TOPIC, name, None)
        await write(world.kafka, feeds_state.TOPIC, name, None)

    assert (code, "feeds cannot be seen at present" in output) == (0, True)
