"""Behaviour 34: the consumer in the README of the contracts runs as it stands there."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from deploy.schema_files import SCHEMAS
from schemas.claims_transition import TOPIC, Transition
from schemas.ids import transition_id
from services.chassis.kafka import new_producer
from services.chassis.records import encode, headers_for

README = (SCHEMAS / "README.md").read_text()
DEADLINE_S = 60


def documented_consumer() -> str:
    blocks = re.findall(r"^```python\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    return str(blocks[0])


def changes_of(claim: str) -> tuple[Transition, Transition]:
    example = Transition.model_validate_json((SCHEMAS / "examples/claims.transition.v1/v1/first-with-caveat.json").read_bytes())
    first = example.model_copy(update={"claim_id": claim, "transition_id": transition_id(claim, 1, 1)})
    back = {"from_status": "likely", "to_status": "unverified", "reason": "stale"}
    second = first.model_dump() | back | {"transition_id": transition_id(claim, 1, 2), "sequence": 2}
    return first, Transition.model_validate(second)


async def send(bootstrap: str, changes: list[Transition]) -> None:
    async with new_producer(bootstrap, client_id="a-test") as producer:
        for change in changes:
            headers = headers_for(TOPIC, event_id=change.transition_id, subject=change.claim_id, source="classifier", at=change.judged_at)
            await producer.send_and_wait(TOPIC.name, encode(change), key=change.claim_id.encode(), headers=headers)


@asynccontextmanager
async def running(script: Path, bootstrap: str) -> AsyncIterator[asyncio.StreamReader]:
    environment = os.environ | {"KAFKA_BOOTSTRAP": bootstrap}
    process = await asyncio.create_subprocess_exec(sys.executable, str(script), stdout=asyncio.subprocess.PIPE, env=environment)
    assert process.stdout
    try:
        yield process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def test_it_is_about_a_dozen_lines() -> None:
    assert len([line for line in documented_consumer().splitlines() if line.strip()]) <= 16


@pytest.mark.integration
async def test_it_prints_every_change_once_and_in_order_although_one_is_sent_twice(kafka: str, tmp_path: Path) -> None:
    claim = f"a-test-{uuid4().hex}"
    first, second = changes_of(claim)
    script = tmp_path / "consumer.py"
    script.write_text(documented_consumer())

    await send(kafka, [first, first, second])
    ours = []
    async with asyncio.timeout(DEADLINE_S), running(script, kafka) as output:
        while len(ours) < 2 or "unverified" not in ours[-1]:
            line = (await output.readline()).decode()
            assert line, "the consumer ended"
            ours += [line.strip()] if claim in line else []

    assert ours == [
        f"2017-06-22T10:05:00Z {claim}: unreported -> likely (strong_hedge)",
        f"2017-06-22T10:05:00Z {claim}: likely -> unverified (stale)",
    ]
