"""``kill -9`` in the middle of a story: who is subscribed hears the same as if nothing had happened (behaviours 16 and 33)."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from schemas import claims_transition
from tests.system.stage import Point, Stage, Strike
from tests.system.tellings import Telling, assert_each_change_is_one, changes_told

pytestmark = [pytest.mark.system, pytest.mark.asyncio(loop_scope="package")]

OUTAGE_S = 10.0
RECOVERY_S = 25.0
"""A crash costs the group's session time-out of 10 s, a start of the process, and a rebalance."""
KAFKA_START_S = 10.0
LOG_LINES_PER_OUTAGE = 200

SERVICE_KILLS = [
    pytest.param("fetcher", Point.ASKED, id="fetcher-before-the-feed-has-answered"),
    pytest.param("classifier", Point.PUBLISHED, id="classifier-when-the-article-is-published"),
    pytest.param("alerter", Point.TOLD, id="alerter-before-the-receiver-has-answered"),
]

Figure = Callable[[str], None]
Tell = Callable[..., Awaitable[Telling]]


def assert_same_as(undisturbed: Telling, told: Telling, stage: Stage) -> None:
    assert told.changes == undisturbed.changes
    # What earlier tellings were told must not have grown a second version meanwhile.
    for story, earlier in stage.told:
        assert changes_told(story, stage.receiver.events.items()) == earlier.changes
    assert_each_change_is_one(stage.records(claims_transition.TOPIC))
    assert stage.receiver.forged == 0


async def test_the_story_moves_every_claim_often_enough_to_be_disturbed(undisturbed: Telling) -> None:
    assert len(undisturbed.changing_steps) >= 4

    for changes in undisturbed.changes.values():
        assert [change.sequence for change in changes] == [1, 2, 3, 4]


@pytest.mark.parametrize(("name", "point"), SERVICE_KILLS)
async def test_a_killed_service_costs_no_event_and_doubles_none(
    stage: Stage, undisturbed: Telling, tell: Tell, figure: Figure, name: str, point: Point
) -> None:
    strike = Strike(point, partial(stage.restart, name))

    told = await tell(name, {undisturbed.changing_steps[1]: [strike]})

    figure(f"{name} killed when {point}: the receiver is up to date after {stage.recoveries[-1]:.1f} s")
    assert_same_as(undisturbed, told, stage)
    assert stage.recoveries[-1] < RECOVERY_S


async def test_services_that_die_one_after_the_other_in_one_step_cost_no_event(
    stage: Stage, undisturbed: Telling, tell: Tell, figure: Figure
) -> None:
    at_once = [
        Strike(Point.PUBLISHED, partial(stage.restart, "fetcher")),
        Strike(Point.READ, partial(stage.restart, "alerter")),
        Strike(Point.CHANGED, partial(stage.restart, "classifier", "alerter")),
    ]

    told = await tell("cascade", {undisturbed.changing_steps[0]: at_once})

    figure(f"fetcher, classifier and alerter killed in one step: the receiver is up to date after {stage.recoveries[-1]:.1f} s")
    assert_same_as(undisturbed, told, stage)
    assert stage.recoveries[-1] < RECOVERY_S


async def test_a_killed_kafka_costs_no_event_and_the_services_go_on_with_short_logs(
    stage: Stage, undisturbed: Telling, tell: Tell, figure: Figure
) -> None:
    before, lines = stage.pids(), stage.log_lines()
    strike = Strike(Point.PUBLISHED, partial(stage.restart_kafka, outage_s=OUTAGE_S))

    told = await tell("kafka", {undisturbed.changing_steps[1]: [strike]})

    added = {name: count - lines[name] for name, count in stage.log_lines().items()}
    figure(f"kafka killed, away for {OUTAGE_S:.0f} s and its start: the receiver is up to date after {stage.recoveries[-1]:.1f} s")
    figure(f"lines that the services logged meanwhile: {added}")
    assert_same_as(undisturbed, told, stage)
    assert stage.pids() == before
    assert max(added.values()) < LOG_LINES_PER_OUTAGE
    assert stage.recoveries[-1] < OUTAGE_S + RECOVERY_S


async def test_everything_killed_at_once_goes_on_where_it_was(stage: Stage, undisturbed: Telling, tell: Tell, figure: Figure) -> None:
    strike = Strike(Point.READ, stage.restart_everything)

    told = await tell("everything", {undisturbed.changing_steps[1]: [strike]})

    figure(f"everything killed at once, Kafka too: the receiver is up to date after {stage.recoveries[-1]:.1f} s")
    assert_same_as(undisturbed, told, stage)
    assert stage.recoveries[-1] < KAFKA_START_S + RECOVERY_S


async def test_of_two_classifiers_one_takes_over_from_the_other(stage: Stage, undisturbed: Telling, tell: Tell, figure: Figure) -> None:
    second = stage.second("classifier")
    second.start()
    await second.wait_until_ready()
    strike = Strike(Point.PUBLISHED, partial(stage.kill, "classifier"))

    told = await tell("two", {undisturbed.changing_steps[1]: [strike]})

    figure(f"one of two classifiers killed: the receiver is up to date after {stage.recoveries[-1]:.1f} s")
    assert_same_as(undisturbed, told, stage)
    assert stage.recoveries[-1] < RECOVERY_S
