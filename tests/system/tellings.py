"""What a telling of a story came to at the receiver, and what must hold of it whatever happened in between."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.claims_transition import Transition
from schemas.ids import transition_id
from tests.system.story import Story


@dataclass(frozen=True)
class Change:
    """A transition without what differs from telling to telling: ids that derive from the claim's, and times of work."""

    episode: int
    sequence: int
    from_status: str
    to_status: str
    reason: str
    origins: int
    caveats: tuple[str, ...]
    occurred_at: str

    @classmethod
    def of(cls, transition: Transition) -> "Change":
        """Return what is the same in every telling."""
        return cls(
            transition.episode, transition.sequence, str(transition.from_status), str(transition.to_status), str(transition.reason),
            transition.origins, tuple(map(str, transition.caveats)), transition.occurred_at.isoformat(),
        )  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """What the receiver was told of each claim, in the order in which it came first; and after which steps."""

    changes: dict[str, tuple[Change, ...]]
    changing_steps: tuple[int, ...]


def changes_told(story: Story, events: Iterable[tuple[str, Transition]]) -> dict[str, tuple[Change, ...]]:
    """Return the changes of the story's claims as the receiver has them.

    Args:
        events: Webhook ids and what came under them, each id once.

    Raises:
        AssertionError: If a change came under an id that is not its own, as a second id for the same change would be.
    """
    told: dict[str, list[Change]] = {name: [] for name in story.claims}
    names = {claim.claim_id: name for name, claim in story.claims.items()}
    for webhook_id, event in events:
        if name := names.get(event.claim_id):
            assert webhook_id == event.transition_id == transition_id(event.claim_id, event.episode, event.sequence)
            told[name].append(Change.of(event))
    return {name: tuple(changes) for name, changes in told.items()}


def assert_each_change_is_one(transitions: Iterable[Transition]) -> None:
    """Raise AssertionError if a change was written twice with another id or another content; the same again is allowed."""
    seen: dict[tuple[str, int], tuple[str, Change]] = {}
    for transition in transitions:
        written = (transition.transition_id, Change.of(transition))
        assert seen.setdefault((transition.claim_id, transition.sequence), written) == written
