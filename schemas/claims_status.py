"""``claims.status.v1``: where each claim stands now. Written by the classifier's judge, compacted to the latest."""

from pydantic import Field

from schemas.claims_transition import Decision, EarlierEpisode, StandingEvidence
from schemas.record import Record, UtcDatetime
from schemas.topic import Topic
from schemas.words import Caveat, Reason, Status


class ClaimStatus(Record):
    """State of one claim."""

    claim_id: str
    """Key of the record."""
    statement: str
    """The claim as a plain sentence."""
    status: Status
    """What the standing evidence makes it, or a person's decision that stands in its place."""
    announced: Status
    """What subscribers were last told; differs from ``status`` during a hold."""
    reason: Reason
    """Row of the status rule that holds."""
    rule_version: int
    """Version of the status rule that was applied."""
    episode: int = Field(ge=1)
    """Number of the current run of the claim, from 1."""
    sequence: int = Field(ge=0)
    """Sequence of the latest transition; 0 before the first."""
    origins: int = Field(ge=0)
    """Independent origins that assert or hedge and stand."""
    caveats: tuple[Caveat, ...] = ()
    """Words that stand beside the status without moving it."""
    evidence: tuple[StandingEvidence, ...] = ()
    """What stands, the latest first; of more than 100 words the oldest are left out."""
    evidence_left_out: int = Field(0, ge=0)
    """Standing words that are not listed."""
    earlier_episodes: tuple[EarlierEpisode, ...] = ()
    """How earlier runs of the claim ended, the oldest first."""
    readings: int = Field(0, ge=0)
    """Readings taken in so far."""
    last_reading_id: str = ""
    """The reading that was taken in last; empty before the first."""
    decision: Decision | None = None
    """The person's decision that stands; None: the status rule's own view."""
    suggested: Status | None = None
    """The rule's own view, where a decision stands in its place; else None."""
    next_due_at: UtcDatetime | None = None
    """When the status may move by the mere passing of time (stale, hold); None: it will not."""
    as_of: UtcDatetime
    """Event time up to which the status was judged."""
    judged_at: UtcDatetime
    """Clock time at which it was judged."""


TOPIC = Topic(
    name="claims.status.v1",
    key="claim id",
    clean_up="compact",
    value=ClaimStatus,
    event_type="claimwatch.claim.status",
    writers=("classifier",),
    readers=("alerter", "downstream"),
)
