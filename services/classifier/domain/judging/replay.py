"""A claim's history lived again: from its readings, in the order in which they came, to where it stood at any moment.

The live judge and this one are the same functions; only what brings the passing of time differs (records of ``claims.due.v1`` there, the
next reading or the moment asked for here).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.claims_evidence import Reading
from schemas.claims_override import Override
from schemas.claims_transition import Transition
from schemas.claims_watch import WatchedClaim
from services.classifier.domain.judging.moves import Outcome, decide, take, wait
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.judging.tracks import CopyTest, arrived_at


@dataclass(frozen=True)
class History:
    """What readings make of a claim.

    Attributes:
        state: As it stood at the moment asked for.
        transitions: In their order, each once, as they were announced up to then.
    """

    state: ClaimState
    transitions: tuple[Transition, ...]


def replay(
    claim: WatchedClaim, readings: Iterable[Reading], is_copy: CopyTest, *, until: datetime, overrides: Sequence[Override] = ()
) -> History:
    """Return the history of a claim up to a moment.

    Args:
        claim: As it is watched now: its authorities, parties and policy are applied to all of its past.
        readings: In the order of their topic; read twice is as good as once. What arrived after ``until`` is left out: history loaded
            later belongs to the time it was published.
        until: The moment asked for. What goes stale or comes out of its hold by then has done so.
        overrides: What people decided, the oldest first; each is taken in before the first reading that arrived after it.
    """
    state, transitions = ClaimState(claim_id=claim.claim_id), dict[str, Transition]()

    def keep(outcome: Outcome) -> ClaimState:
        transitions.update({moved.transition_id: moved for moved in outcome.transitions})
        return outcome.state

    decided = [override for override in overrides if override.at <= until]
    for reading in readings:
        if (arrived := arrived_at(reading)) > until:
            continue
        while decided and decided[0].at <= arrived:
            override = decided.pop(0)
            state = keep(decide(state, claim, override, judged_at=override.at))
        state = keep(take(state, claim, reading, is_copy, judged_at=reading.classified_at))
    for override in decided:
        state = keep(decide(state, claim, override, judged_at=override.at))
    return History(keep(wait(state, claim, until, judged_at=until)), tuple(transitions.values()))
