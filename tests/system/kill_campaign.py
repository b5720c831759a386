"""Many kills at random moments over a story told again and again: ``python -m tests.system.kill_campaign --kills 30 --seed 1``.

Each telling is disturbed by one to three kills of services or of Kafka, each a random while after a point of a step. The receiver must
hear of every telling what it hears of an undisturbed one. Takes a quarter of a minute a kill; not part of the suite.
"""

import argparse
import asyncio
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from schemas import claims_transition
from tests.system.stage import Point, Stage, Strike
from tests.system.story import Story, scenario
from tests.system.tellings import Telling, assert_each_change_is_one, changes_told

SCENARIOS = ("pipeline-pact", "june-2017-minister", "soros-2013", "second-claimant")
TARGETS = ("fetcher", "classifier", "alerter", "kafka")
POINTS = (Point.BEGUN, Point.ASKED, Point.PUBLISHED, Point.READ)
"""Those that every step has."""
LATEST_S = 0.3
"""How long after such a point a kill may come. Some come when the step is done; those are quiet moments, and part of it."""
LONGEST_OUTAGE_S = 4.0
COPIES = 3


@dataclass
class Campaign:
    """What has been done so far, and what came of it."""

    stage: Stage
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    recoveries: dict[str, list[float]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    _undisturbed: dict[str, Telling] = field(default_factory=dict)

    async def tell_disturbed(self, number: int, *, most_kills: int) -> None:
        """Tell a random story once, with up to so many kills, and compare."""
        name = self.chance.choice(SCENARIOS)
        if name not in self._undisturbed:
            self._undisturbed[name] = await self.stage.tell(Story(scenario(name), f"calm-{number}", copies=COPIES))
        story = Story(scenario(name), f"hit-{number}", copies=COPIES)
        steps = self.chance.sample(range(len(story.steps)), min(most_kills, self.chance.randint(1, 3), len(story.steps)))
        targets = {step: self.chance.choice(TARGETS) for step in sorted(steps)}
        strikes = {step: [self._strike(target)] for step, target in targets.items()}
        known = len(self.stage.recoveries)
        told = await self.stage.tell(story, strikes)
        took = list(zip(targets.values(), self.stage.recoveries[known:], strict=True))
        for target, seconds in took:
            self.recoveries.setdefault(target, []).append(seconds)
            self.kills[target] += 1
        found = self._compare(name, story, told)
        self.differences += found
        shown = ", ".join(f"{target} {seconds:.1f} s" for target, seconds in took)
        _say(f"{story.run} {name}: {shown}: {'DIFFERENT' if found else 'the same'}")

    def _strike(self, target: str) -> Strike:
        wait_s, outage_s = self.chance.uniform(0, LATEST_S), self.chance.uniform(0, LONGEST_OUTAGE_S)

        async def hit() -> None:
            await asyncio.sleep(wait_s)  # the random moment
            await (self.stage.restart_kafka(outage_s=outage_s) if target == "kafka" else self.stage.restart(target))

        return Strike(self.chance.choice(POINTS), hit)

    def _compare(self, name: str, story: Story, told: Telling) -> list[str]:
        expected = self._undisturbed[name].changes
        found = [
            f"{story.run} {claim}: {told.changes[claim]}, not {expected[claim]}"
            for claim in expected
            if told.changes[claim] != expected[claim]
        ]
        events = self.stage.receiver.events
        assert_each_change_is_one(self.stage.records(claims_transition.TOPIC))
        return found + [
            f"{earlier.run} was told more later"
            for earlier, then in self.stage.told
            if changes_told(earlier, events.items()) != then.changes
        ]

    def summary(self) -> str:
        """Return what was done and what came of it, a few lines for a person."""
        receiver = self.stage.receiver
        lines = [f"kills: {self.kills.total()} ({', '.join(f'{target} {count}' for target, count in sorted(self.kills.items()))})"]
        lines += [
            f"up to date after a kill of {target}: median {sorted(took)[len(took) // 2]:.1f} s, longest {max(took):.1f} s"
            for target, took in sorted(self.recoveries.items())
        ]
        lines.append(f"events: {len(receiver.events)}, requests: {len(receiver.arrivals)}, forged: {receiver.forged}")
        lines.append(f"lines logged: {self.stage.log_lines()}")
        return "\n".join([*lines, *self.differences, f"differences: {len(self.differences)}"])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run(folder: Path, kafka: LocalKafka, *, kills: int, seed: int, minutes: float) -> bool:
    """Run a campaign; return whether every telling came out the same."""
    ends = time.monotonic() + 60 * minutes
    async with Stage(folder / "stage", kafka).running() as stage:
        campaign = Campaign(stage, random.Random(seed))
        number = 0
        while (left := kills - campaign.kills.total()) > 0 and time.monotonic() < ends:
            number += 1
            await campaign.tell_disturbed(number, most_kills=left)
        _say(campaign.summary())
        return not campaign.differences


def main() -> None:
    """Read the arguments, run, and exit with 1 if anything was lost, doubled or different."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=8, help="begin no telling after this time")
    arguments = parser.parse_args()
    logging.disable(logging.ERROR)  # our own clients' complaints while Kafka is away
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-campaign-"))
    (folder / "stage").mkdir()
    try:
        with LocalKafka(folder / "kafka") as kafka:
            asyncio.run(ensure_topics(kafka.bootstrap))
            is_same = asyncio.run(run(folder, kafka, kills=arguments.kills, seed=arguments.seed, minutes=arguments.minutes))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if is_same else 1)


if __name__ == "__main__":
    main()
