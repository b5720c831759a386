"""Behaviour 36: an archive rebuilds history and pages nobody; loaded once more it changes nothing."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from schemas import claims_transition, claims_watch, news_article
from schemas.catalogue import CLASSIFIER_APP_ID
from schemas.claims_transition import Transition
from tests.harness.topics import wait_until_committed, write
from tests.system.conftest import STORY
from tests.system.stage import PATIENCE_S, Stage
from tests.system.story import Story, scenario
from tests.system.tellings import Telling

pytestmark = [pytest.mark.system, pytest.mark.asyncio(loop_scope="package")]


def archive_of(story: Story, path: Path) -> Path:
    """Write the story as an archive has it: the last first, a changed article with the time at which it was changed."""
    first_at = {step.url: step.at for step in reversed(story.steps) if step.url}
    lines = [
        {
            "url": step.url, "title": step.title, "summary": step.summary, "text": step.body, "credit": step.credit,
            "published_at": first_at[step.url].isoformat(), "updated_at": step.at.isoformat(),
            "outlet": story.scenario.outlet(step.outlet).model_dump(mode="json"),
        }
        for step in reversed(story.steps) if step.url
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


async def load(stage: Stage, path: Path, *more: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from services.cli import app; app()", "articles", "load", str(path), "--bootstrap", stage.kafka.bootstrap, *more
    )  # fmt: skip
    assert await process.wait() == 0


def stands(stage: Stage, claim_id: str) -> tuple[str, str, int]:
    status = stage.status(claim_id)
    return (str(status.status), str(status.reason), status.origins) if status else ("", "", 0)


def changes_of(stage: Stage, claim_id: str) -> list[Transition]:
    return [change for change in stage.records(claims_transition.TOPIC) if change.claim_id == claim_id]


async def test_an_archive_rebuilds_history_and_pages_nobody(
    stage: Stage, undisturbed: Telling, tell: Callable[..., Awaitable[Telling]], tmp_path: Path
) -> None:
    """The claim stands where it stands when the same was told live. Loaded again as if for the first time, nothing moves."""
    story = Story(scenario(STORY), "archive")
    [(name, claim)] = story.claims.items()
    stage.set_clock(story.steps[-1].at)
    await write(stage.producer, claims_watch.TOPIC, claim.claim_id, claim)
    await stage._until(lambda: stage.status(claim.claim_id) is not None, "the first status")
    final = undisturbed.changes[name][-1]
    path = archive_of(story, tmp_path / "archive.jsonl")

    await load(stage, path)
    await stage._until(lambda: stands(stage, claim.claim_id) == (final.to_status, final.reason, final.origins), "the history of the claim")
    rebuilt = changes_of(stage, claim.claim_id)
    await load(stage, path, "--state", str(tmp_path / "another"))
    await wait_until_committed(stage.kafka.bootstrap, news_article.TOPIC, group=CLASSIFIER_APP_ID, timeout_s=PATIENCE_S)
    await write(stage.producer, claims_watch.TOPIC, claim.claim_id, None)
    await tell("after-the-archive")

    assert rebuilt
    assert not any(change.notify for change in rebuilt)
    assert {change.transition_id for change in changes_of(stage, claim.claim_id)} == {change.transition_id for change in rebuilt}
    assert not {change.transition_id for change in rebuilt} & set(stage.receiver.arrivals)
