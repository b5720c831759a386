"""``claimwatch explain`` on real Kafka: where a claim stands and stood, from its readings alone (behaviours 14, 36)."""

import asyncio
import json
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner

from schemas import claims_evidence, claims_watch
from services.cli import app
from tests.harness.topics import write
from tests.unit.classifier.judging.builders import claim, evidence, reading

pytestmark = pytest.mark.integration


@pytest.fixture
async def told(kafka):
    """Return the id of a claim of which two readings lie in Kafka, beside one of another claim."""
    watched = claim(claim_id=f"dam-{uuid4().hex[:8]}")
    other = reading(evidence("Ministry", "denies"), page="x", at=1, claim_id="another")
    first = reading(evidence("Mayor", "asserts", words="It broke at dawn."), page="a", at=1, claim_id=watched.claim_id)
    second = reading(evidence("Court", "denies"), page="b", at=5, claim_id=watched.claim_id)
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        await write(producer, claims_watch.TOPIC, watched.claim_id, watched)
        for one in (other, first, second):
            await write(producer, claims_evidence.TOPIC, one.claim_id, one)
        yield watched.claim_id
        await write(producer, claims_watch.TOPIC, watched.claim_id, None)


async def explained(kafka, *arguments, verb="explain"):
    run = await asyncio.to_thread(CliRunner().invoke, app, [verb, *arguments, "--bootstrap", kafka])
    return run.exit_code, run.output


async def test_it_says_who_said_what_which_row_held_and_what_would_move_it(kafka, told):
    code, output = await explained(kafka, told, "--at", "2025-03-03T16:00Z")

    assert code == 0
    assert "likely, 1 independent origin, episode 1" in output
    assert 'Mayor: asserts, in Gazette: "It broke at dawn." https://a.example/' in output
    assert "one more independent origin plainly asserts it: confirmed" in output


async def test_later_it_stands_where_later_words_have_moved_it(kafka, told):
    code, output = await explained(kafka, told, "--at", "2025-03-03T18:00Z", "--json")

    found = json.loads(output)
    assert (code, found["status"]["status"], found["status"]["reason"]) == (0, "refuted", "authority_denied")
    assert [moved["to_status"] for moved in found["transitions"]] == ["likely", "refuted"]


async def test_a_claim_that_nobody_watches_is_said_to_be_none(kafka):
    assert await explained(kafka, "no-such-claim") == (
        1,
        "explain: nobody watches 'no-such-claim'; `claimwatch claims list` names the claims that are\n",
    )


async def test_a_time_that_is_none_is_refused_before_anything_is_read(kafka):
    code, output = await explained(kafka, "any", "--at", "yesterday")

    assert code == 2
    assert "'yesterday' is no time" in output


async def test_rejudging_under_another_policy_shows_the_changes_that_differ_and_changes_nothing(kafka, told):
    lenient = await explained(kafka, told, "--dry-run", "--min-origins", "1", verb="rejudge")
    same = await explained(kafka, told, "--dry-run", "--min-origins", "2", verb="rejudge")

    assert lenient[0] == 1
    assert "- 2025-03-03 13:00  unreported -> likely (single_origin, 1 origins)" in lenient[1]
    assert "+ 2025-03-03 13:00  unreported -> confirmed (independently_confirmed, 1 origins)" in lenient[1]
    assert same == (0, f"{told}: the same (refuted)\n")


async def test_rejudging_under_changed_authorities_comes_from_a_file(kafka, told, tmp_path):
    file = tmp_path / "claims.yaml"
    file.write_text(
        f"claims: [{{claim_id: {told}, statement: The dam failed, keywords: [dam failed], subject: {{name: The dam}}, authorities: [Mayor]}}]"
    )

    code, output = await explained(kafka, "--dry-run", "--claims", str(file), verb="rejudge")

    assert code == 1
    assert "unreported -> confirmed (authority_confirmed, 1 origins)" in output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["any", "--min-origins", "1"], "say --dry-run"),
        (["any", "--dry-run"], "what is to differ"),
        (["no-such-claim", "--dry-run", "--min-origins", "1"], "nobody watches 'no-such-claim'"),
    ],
)
async def test_rejudging_what_cannot_be_is_refused_with_what_to_do(kafka, arguments, reason):
    code, output = await explained(kafka, *arguments, verb="rejudge")

    assert code == 2
    assert reason in output
