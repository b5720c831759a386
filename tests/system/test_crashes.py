"""``kill -9`` in the middle of a story: who is subscribed hears the same as if nothing had happened (behaviours 16 and 33)."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
import pytest_asyncio

from tests.system.stage import Point, Stage, Strike
from tests.system.story import Story, scenario
from tests.system.tellings import Telling, changes_told

pytestmark = [pytest.mark.system, pytest.mark.asyncio(loop_scope="module")]

STORY = "pipeline-pact"
COPIES = 3
OUTAGE_S = 10.0
RECOVERY_S = 25.0
"""A crash costs the group's session time-out of 10 s, a start of the process, and a rebalance."""
LOG_LINES_PER_OUTAGE = 200

SERVICE_KILLS = [
    pytest.param("fetcher", {0: Point.ASKED, 2: Point.PUBLISHED}, id="fetcher"),
    pytest.param("classifier", {0: Point.PUBLISHED, 1: Point.READ, 3: Point.CHANGED}, id="classifier"),
    pytest.param("alerter", {0: Point.CHANGED, 2: Point.TOLD}, id="alerter"),
]

Figure = Callable[[str], None]


def a_telling(run: str) -> Story:
    return Story(scenario(STORY), run, copies=COPIES)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed(stage: Stage) -> Telling:
    return await stage.tell(a_telling("undisturbed"))


def assert_same_as(undisturbed: Telling, told: Telling, stage: Stage) -> None:
    assert told.changes == undisturbed.changes
    # What earlier tellings were told must not have grown a second version meanwhile.
    for story, earlier in stage.told:
        assert changes_told(story, stage.receiver.events.items()) == earlier.changes
    assert stage.receiver.forged == 0


def strikes(stage: Stage, undisturbed: Telling, plan: dict[int, Strike]) -> dict[int, Strike]:
    """Place strikes at the steps that change something, counted from 0."""
    return {undisturbed.changing_steps[number]: strike for number, strike in plan.items()}


async def test_the_story_moves_every_claim_often_enough_to_be_disturbed(undisturbed: Telling) -> None:
    assert len(undisturbed.changing_steps) >= 4

    for changes in undisturbed.changes.values():
        assert [change.sequence for change in changes] == [1, 2, 3, 4]


@pytest.mark.parametrize(("name", "points"), SERVICE_KILLS)
async def test_a_killed_service_costs_no_event_and_doubles_none(
    stage: Stage, undisturbed: Telling, figure: Figure, name: str, points: dict[int, Point]
) -> None:
    stage.recoveries.clear()
    plan = {number: Strike(point, partial(stage.restart, name)) for number, point in points.items()}

    told = await stage.tell(a_telling(name), strikes(stage, undisturbed, plan))

    assert_same_as(undisturbed, told, stage)
    for point, seconds in zip(points.values(), stage.recoveries, strict=True):
        figure(f"{name} killed when {point}: the receiver is up to date after {seconds:.1f} s")
    assert max(stage.recoveries) < RECOVERY_S


async def test_a_killed_kafka_costs_no_event_and_the_logs_stay_short(stage: Stage, undisturbed: Telling, figure: Figure) -> None:
    stage.recoveries.clear()
    processes = {name: service.process.pid for name, service in stage.stack.services.items() if service.process}
    lines = {name: log_lines(stage, name) for name in processes}
    plan = {
        0: Strike(Point.PUBLISHED, partial(stage.restart_kafka, outage_s=0)),
        2: Strike(Point.CHANGED, partial(stage.restart_kafka, outage_s=OUTAGE_S)),
    }

    told = await stage.tell(a_telling("kafka"), strikes(stage, undisturbed, plan))

    assert_same_as(undisturbed, told, stage)
    added = {name: log_lines(stage, name) - lines[name] for name in lines}
    figure(f"kafka killed, up again at once and after {OUTAGE_S:.0f} s: the receiver is up to date after {[round(s, 1) for s in stage.recoveries]} s")
    figure(f"lines logged in two outages: {added}")
    assert max(added.values()) < 2 * LOG_LINES_PER_OUTAGE
    assert {name: service.process.pid for name, service in stage.stack.services.items() if service.process} == processes
    assert stage.recoveries[1] - OUTAGE_S < RECOVERY_S


async def test_everything_killed_at_once_goes_on_where_it_was(stage: Stage, undisturbed: Telling, figure: Figure) -> None:
    stage.recoveries.clear()

    async def restart_everything() -> None:
        for service in stage.stack.services.values():
            await asyncio.to_thread(service.kill)
        await stage.restart_kafka(outage_s=0)
        await stage.restart(*stage.stack.services)

    told = await stage.tell(a_telling("everything"), strikes(stage, undisturbed, {1: Strike(Point.READ, restart_everything)}))

    assert_same_as(undisturbed, told, stage)
    figure(f"everything killed at once: the receiver is up to date after {stage.recoveries[0]:.1f} s")
    assert stage.recoveries[0] < RECOVERY_S + 10


async def test_of_two_classifiers_one_takes_over_from_the_other(stage: Stage, undisturbed: Telling, figure: Figure) -> None:
    stage.recoveries.clear()
    second = stage.second("classifier")
    second.start()
    await second.wait_until_ready()

    async def end_the_first() -> None:
        await asyncio.to_thread(stage.stack.services["classifier"].kill)

    told = await stage.tell(a_telling("two"), strikes(stage, undisturbed, {1: Strike(Point.PUBLISHED, end_the_first)}))

    assert_same_as(undisturbed, told, stage)
    figure(f"one of two classifiers killed: the receiver is up to date after {stage.recoveries[0]:.1f} s")
    assert stage.recoveries[0] < RECOVERY_S


def log_lines(stage: Stage, name: str) -> int:
    return len(stage.stack.services[name].log_file.read_text(errors="replace").splitlines())


