"""``claims.transition.v1``: every change of status, append-only. Written by the classifier's judge; what people are told."""

from pydantic import Field

from schemas.claims_evidence import Certainty, Quote
from schemas.record import Record, UtcDatetime
from schemas.topic import FOR_EVER, Topic
from schemas.words import Caveat, Reason, Stance, Status


class StandingEvidence(Record):
    """The latest word of one origin, as it counts at this moment."""

    evidence_id: str
    speaker: str = ""
    """Who says so; empty: the outlet itself."""
    outlet: str
    """Who printed it."""
    origin: str
    stance: Stance
    certainty: Certainty | None = None
    accountable: bool = True
    authority: bool = False
    """The claim names this origin as one whose plain word settles it."""
    interested: bool = False
    """The claim names this origin as one with a stake in being believed."""
    quote: Quote
    url: str
    said_at: UtcDatetime
    """The time that decides which word is the latest."""
    published_at: UtcDatetime
    first_seen_at: UtcDatetime
    classified_at: UtcDatetime


class EarlierEpisode(Record):
    """How an earlier run of the claim ended."""

    episode: int = Field(ge=1)
    status: Status


class Transition(Record):
    """One change of status."""

    transition_id: str
    """Derives from claim, episode and sequence; also the webhook id."""
    claim_id: str
    """Key of the record."""
    statement: str
    episode: int = Field(ge=1)
    sequence: int = Field(ge=1)
    """1, 2, 3, ... per claim, across episodes, without gaps."""
    from_status: Status
    to_status: Status
    reason: Reason
    rule_version: int
    origins: int = Field(ge=0)
    """Independent origins that assert or hedge and stand."""
    caveats: tuple[Caveat, ...] = ()
    evidence: tuple[StandingEvidence, ...] = ()
    """Everything that stands, the latest first."""
    earlier_episodes: tuple[EarlierEpisode, ...] = ()
    occurred_at: UtcDatetime
    """Moment of the change, from the times of the evidence: the same in every replay."""
    judged_at: UtcDatetime
    """Clock time at which it was judged."""
    notify: bool = True
    """False: history being rebuilt (back-fill); nobody is told."""


TOPIC = Topic(
    name="claims.transition.v1", key="claim id", clean_up="delete", value=Transition, event_type="claimwatch.claim.transition",
    writers=("classifier",), readers=("alerter", "downstream"), retention_ms=FOR_EVER,
)
