"""What comes of judging goes out in order, after the state, and before the record counts as done (behaviours 1, 16)."""

import asyncio
from contextlib import asynccontextmanager

from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.words import Reason, Status
from services.classifier.adapters.announcer import Announcement, Announcer
from tests.unit.classifier.judging.builders import NOON


class FakeTopic:
    """Notes what is sent to it."""

    def __init__(self, name, heard):
        self._name, self._heard = name, heard

    async def send(self, *, key, value, headers=None):
        self._heard.append(f"{self._name} {key.decode()}{'' if value else ' ends'}")


class World:
    """An announcer, and all that happens around it in its order."""

    def __init__(self):
        self.heard, self.kafka_has_the_state = [], asyncio.Event()
        topics = {f"{name}_topic": FakeTopic(name, self.heard) for name in ("status", "transition")}
        self.announcer = Announcer(flush=self._flush, **topics)

    async def _flush(self):
        await self.kafka_has_the_state.wait()
        self.heard.append("flushed")

    async def done(self, record):
        self.heard.append(f"done {record}")


@asynccontextmanager
async def running(world):
    task = asyncio.create_task(world.announcer.run())
    yield
    finished = asyncio.Event()

    async def finish():
        finished.set()

    await world.announcer.then(finish)
    await asyncio.wait_for(finished.wait(), 5)
    task.cancel()


def announcement(claim_id, *, moved):
    common = {
        "claim_id": claim_id,
        "statement": "The dam failed",
        "reason": Reason.RUMOUR,
        "rule_version": 1,
        "episode": 1,
        "sequence": 1,
        "origins": 1,
    }
    moves = {"transition_id": "t", "from_status": Status.UNREPORTED, "to_status": Status.LIKELY, "occurred_at": NOON, "judged_at": NOON}
    status = ClaimStatus(**common, status=Status.LIKELY, announced=Status.LIKELY, as_of=NOON, judged_at=NOON)
    return Announcement(claim_id, (Transition(**common, **moves),) if moved else (), status, None)


async def test_a_change_goes_out_after_the_state_is_kept_and_its_record_is_done_last():
    world = World()
    async with running(world):
        await world.announcer.put(announcement("dam", moved=True))
        await world.announcer.then(lambda: world.done("1"))
        await asyncio.sleep(0)
        before = list(world.heard)
        world.kafka_has_the_state.set()

    assert before == []
    assert world.heard == ["flushed", "transition dam", "status dam", "done 1"]


async def test_what_waits_meanwhile_goes_out_together_in_its_order():
    world = World()
    await world.announcer.put(announcement("dam", moved=True))
    await world.announcer.put(announcement("dam", moved=False))
    await world.announcer.then(lambda: world.done("2"))
    await world.announcer.put(announcement("bridge", moved=True))
    world.kafka_has_the_state.set()
    async with running(world):
        pass

    assert world.heard == ["flushed", "transition dam", "status dam", "status dam", "done 2", "transition bridge", "status bridge"]


async def test_where_nothing_moved_nobody_waits_for_kafka():
    world = World()
    async with running(world):
        await world.announcer.put(announcement("dam", moved=False))

    assert world.heard == ["status dam"]


async def test_the_end_of_a_watch_ends_the_status_after_all_that_went_before():
    world = World()
    world.kafka_has_the_state.set()
    async with running(world):
        await world.announcer.put(announcement("dam", moved=True))
        await world.announcer.put(Announcement("dam", (), None, None))

    assert world.heard[-2:] == ["status dam", "status dam ends"]
