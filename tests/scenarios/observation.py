"""What a run of a scenario saw after each step, and how it compares with what the book expects."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.words import Status
from tests.scenarios.book import Expectation, Scenario


@dataclass(frozen=True)
class Seen:
    """One claim after one step; ``told`` are the statuses that subscribers were told during it."""

    status: str
    reason: str
    origins: int
    caveats: tuple[str, ...]
    episode: int
    told: tuple[str, ...] = ()

    @classmethod
    def of(cls, status: ClaimStatus, told: Sequence[Transition]) -> "Seen":
        """Return what the product's own records say."""
        statuses = tuple(str(transition.to_status) for transition in told if transition.notify)
        caveats = tuple(sorted(map(str, status.caveats)))
        return cls(str(status.status), str(status.reason), status.origins, caveats, status.episode, statuses)


@dataclass(frozen=True)
class StepResult:
    """One step: what was seen of each claim, and where it differs from the book."""

    number: int
    seen: dict[str, Seen]
    differences: tuple[str, ...]
    wrongly_confirmed: bool
    wrongly_refuted: bool


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario: its steps, and per claim whether the announced sequence is right."""

    id: str
    steps: tuple[StepResult, ...]
    sequences: dict[str, bool] = field(default_factory=dict)


def _statuses(expected: Expectation) -> set[str]:
    value = expected.status
    return {str(value)} if isinstance(value, Status) else set(map(str, value))


def _differences(claim_id: str, expected: Expectation, seen: Seen) -> list[str]:
    checks = {"status": (seen.status in _statuses(expected), "/".join(sorted(_statuses(expected))), seen.status)}
    if expected.transition is not None:
        checks["transition"] = (expected.transition == bool(seen.told), expected.transition, list(seen.told))
    if expected.reason is not None:
        checks["reason"] = (expected.reason == seen.reason, expected.reason, seen.reason)
    if isinstance(expected.origins, list):
        checks["origins"] = (expected.origins[0] <= seen.origins <= expected.origins[1], expected.origins, seen.origins)
    elif expected.origins is not None:
        checks["origins"] = (expected.origins == seen.origins, expected.origins, seen.origins)
    if expected.caveats is not None:
        checks["caveats"] = (set(map(str, expected.caveats)) == set(seen.caveats), list(map(str, expected.caveats)), list(seen.caveats))
    if expected.episode is not None:
        allowed = expected.episode if isinstance(expected.episode, list) else [expected.episode]
        checks["episode"] = (seen.episode in allowed, allowed, seen.episode)
    return [f"{claim_id}: {name} expected {want}, got {got}" for name, (holds, want, got) in checks.items() if not holds]


def compare(scenario: Scenario, seen: Sequence[dict[str, Seen]]) -> ScenarioResult:
    """Return the result of a run, from what was seen after each step."""
    steps = []
    for number, (step, after) in enumerate(zip(scenario.steps, seen, strict=True)):
        differences = [d for claim_id, expected in step.expect.items() for d in _differences(claim_id, expected, after[claim_id])]

        def wrongly(status: Status, expect: dict[str, Expectation] = step.expect, after: dict[str, Seen] = after) -> bool:
            return any(after[c].status == status and status not in _statuses(e) for c, e in expect.items())

        steps.append(StepResult(number, after, tuple(differences), wrongly(Status.CONFIRMED), wrongly(Status.REFUTED)))
    told = {c: [status for after in seen for status in after[c].told] for c in scenario.expect_transitions}
    sequences = {c: told[c] == list(map(str, expected)) for c, expected in scenario.expect_transitions.items()}
    return ScenarioResult(scenario.id, tuple(steps), sequences)


def totals(results: Sequence[ScenarioResult]) -> dict[str, Any]:
    """Return the figures of a run in the form that OUT gets."""
    steps = [step for result in results for step in result.steps]
    sequences = [right for result in results for right in result.sequences.values()]
    return {
        "steps": len(steps),
        "right": sum(not step.differences for step in steps),
        "wrongly_confirmed": sum(step.wrongly_confirmed for step in steps),
        "wrongly_refuted": sum(step.wrongly_refuted for step in steps),
        "sequences": len(sequences),
        "sequences_right": sum(sequences),
        "scenarios": [asdict(result) for result in results],
    }
