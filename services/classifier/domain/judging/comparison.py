"""Two judgements of one past: what would have been announced otherwise under another claim, policy or rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from schemas.claims_transition import Transition
from schemas.words import Reason, Status

Move = tuple[str, Status, Reason]
"""Moment (ISO 8601), status moved to, reason."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two histories of a claim.

    Attributes:
        dropped: Moves of the first that the second does not have.
        added: Moves of the second that the first does not have.
        before, after: Where the claim stands at the end.
    """

    dropped: tuple[Transition, ...]
    added: tuple[Transition, ...]
    before: Status
    after: Status

    @property
    def is_same(self) -> bool:
        """Whether subscribers would have been told the same."""
        return not self.dropped and not self.added


def compare(first: Sequence[Transition], second: Sequence[Transition]) -> Comparison:
    """Return what differs: moves are the same that go to the same status at the same moment for the same reason."""
    matcher = SequenceMatcher(None, [_move(moved) for moved in first], [_move(moved) for moved in second], autojunk=False)
    dropped: list[Transition] = []
    added: list[Transition] = []
    for tag, from_first, to_first, from_second, to_second in matcher.get_opcodes():
        if tag != "equal":
            dropped += first[from_first:to_first]
            added += second[from_second:to_second]
    return Comparison(tuple(dropped), tuple(added), _last(first), _last(second))


def _move(moved: Transition) -> Move:
    return (moved.occurred_at.isoformat(), moved.to_status, moved.reason)


def _last(transitions: Sequence[Transition]) -> Status:
    return transitions[-1].to_status if transitions else Status.UNREPORTED
