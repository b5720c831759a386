"""``claims.transition.v1``: every change of status, append-only. Written by the classifier's judge; what people are told."""

from pydantic import Field

from schemas.claims_evidence import Certainty, Quote
from schemas.record import Record, UtcDatetime
from schemas.topic import FOR_EVER, Topic
from schemas.words import Caveat, Reason, Stance, Status


class StandingEvidence(Record):
    """The latest word of one origin, as it counts at this moment."""

    evidence_id: str
    """As in ``claims.evidence.v1``."""
    speaker: str = ""
    """Who says so; empty: the outlet itself."""
    outlet: str
    """Who printed it."""
    origin: str
    """What makes it independent: equal origins count once."""
    stance: Stance
    """What the speaker does with the claim."""
    certainty: Certainty | None = None
    """How sure the speaker is; None where the words give no band."""
    accountable: bool = True
    """False: nobody's own account; it does not count as an origin."""
    authority: bool = False
    """The claim names this origin as one whose plain word settles it."""
    interested: bool = False
    """The claim names this origin as one with a stake in being believed."""
    quote: Quote
    """The words that say so."""
    url: str
    """Article that carries them."""
    said_at: UtcDatetime
    """The time that decides which word is the latest."""
    published_at: UtcDatetime
    """Date that the article bears."""
    first_seen_at: UtcDatetime
    """When the article was first seen."""
    classified_at: UtcDatetime
    """When it was read."""


class EarlierEpisode(Record):
    """How an earlier run of the claim ended."""

    episode: int = Field(ge=1)
    """Its number."""
    status: Status
    """Its last status."""


class Decision(Record):
    """Who set a status by hand, and why."""

    author: str
    """Who decided."""
    reason: str
    """Why."""
    locked: bool = False
    """True: it stands until another decision; False: until the rule's own view changes."""
    at: UtcDatetime
    """When it was decided."""


class Transition(Record):
    """One change of status."""

    transition_id: str
    """Derives from claim, episode and sequence; also the webhook id."""
    claim_id: str
    """Key of the record."""
    statement: str
    """The claim as a plain sentence."""
    episode: int = Field(ge=1)
    """Number of the run of the claim, from 1."""
    sequence: int = Field(ge=1)
    """1, 2, 3, ... per claim, across episodes, without gaps."""
    from_status: Status
    """Status before; ``unreported`` at the start of an episode."""
    to_status: Status
    """Status from now on."""
    reason: Reason
    """Row of the status rule that holds."""
    rule_version: int
    """Version of the status rule that was applied."""
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
    occurred_at: UtcDatetime
    """Moment of the change, from the times of the evidence: the same in every replay."""
    judged_at: UtcDatetime
    """Clock time at which it was judged."""
    decision: Decision | None = None
    """Set by a person; None: by the status rule."""
    suggested: Status | None = None
    """The rule's own view, where a person's decision stands in its place; else None."""
    notify: bool = True
    """False: history being rebuilt (back-fill); nobody is told."""


TOPIC = Topic(
    name="claims.transition.v1",
    key="claim id",
    clean_up="delete",
    value=Transition,
    event_type="claimwatch.claim.transition",
    writers=("classifier",),
    readers=("alerter", "downstream"),
    retention_ms=FOR_EVER,
)
