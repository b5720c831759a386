"""Why a claim stands where it stands: its status at a moment, whose words made it, which row of the rule held, what would move it."""

from dataclasses import dataclass
from datetime import datetime

from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.claims_watch import WatchedClaim
from schemas.words import Reason
from services.classifier.domain.judging.hearing import hear
from services.classifier.domain.judging.moves import status_of
from services.classifier.domain.judging.prospects import Prospect, prospects
from services.classifier.domain.judging.replay import History
from services.classifier.domain.judging.rule import judge

ROWS = {
    Reason.AUTHORITY_DENIED: "an authority plainly denies it",
    Reason.INDEPENDENTLY_REFUTED: "enough independent origins, not interested, deny it, and too few plainly assert it",
    Reason.CONTRADICTED: "some plainly assert it and others deny it, and neither side outweighs the other",
    Reason.AUTHORITY_CONFIRMED: "an authority plainly asserts it",
    Reason.INDEPENDENTLY_CONFIRMED: "enough independent origins, not all interested, plainly assert it",
    Reason.SINGLE_ORIGIN: "at least one origin plainly asserts it, and not enough to confirm it",
    Reason.STRONG_HEDGE: "an origin calls it very likely or surer",
    Reason.SEVERAL_HEDGES: "two origins or more call it likely on their own account",
    Reason.RUMOUR: "nobody answers for it by name",
    Reason.WEAK_HEDGE: "one origin calls it possible or likely, no more",
    Reason.DENIED_ONLY: "it is denied, and nobody asserts it",
    Reason.CAVEATS_ONLY: "those who spoke cannot confirm it or doubt it, and nobody asserts it",
    Reason.STALE: "it was likely, and there has been no new evidence since for longer than the claim's policy allows",
    Reason.OPERATOR: "a person decided so",
    Reason.WITHDRAWN: "all that was said of it has been taken back",
    Reason.NONE: "nobody has said anything of it",
}
"""The rows of the status rule in plain words, by reason code."""


@dataclass(frozen=True)
class Explanation:
    """A claim at a moment.

    Attributes:
        status: The record that stood then, with all standing evidence.
        row: What held, in plain words.
        own_row: The same of the rule's own view, which a person's decision may stand in place of.
        prospects: What would have moved the rule's own view.
        transitions: How it came there, the oldest first.
    """

    status: ClaimStatus
    row: str
    own_row: str
    prospects: tuple[Prospect, ...]
    transitions: tuple[Transition, ...]


def explain(history: History, claim: WatchedClaim, *, at: datetime) -> Explanation:
    """Return why the claim stood where it stood at the moment to which its history was replayed."""
    known = hear(history.state.episodes[-1].tracks, claim)
    judgement = judge(known, claim.policy, at)
    status = status_of(history.state, claim, judged_at=at)
    return Explanation(status, ROWS[status.reason], ROWS[judgement.reason], prospects(known, claim, judgement, at), history.transitions)
