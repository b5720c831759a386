"""What is kept of one claim, and the records made from it: where it stands, and each change of its status."""

from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nlargest

from pydantic import Field

from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Decision, EarlierEpisode, StandingEvidence, Transition
from schemas.claims_watch import WatchedClaim
from schemas.ids import transition_id
from schemas.record import Record, UtcDatetime
from schemas.words import Reason, Status
from services.classifier.domain.judging.episodes import Episode
from services.classifier.domain.judging.hearing import Testimony, hear
from services.classifier.domain.judging.rule import RULE_VERSION, Judgement, judge
from services.classifier.domain.judging.words import Word

LISTED_EVIDENCE = 100
"""Standing words that a record lists: a claim in all the papers would fill a record that goes out with every reading."""


class Held(Record):
    """A status that waits to be announced."""

    status: Status
    since: UtcDatetime


class Ruling(Record):
    """A person's decision that stands.

    ``machine`` is the rule's own view when it was taken: unless it is locked, the decision falls when that changes.
    """

    status: Status
    decision: Decision
    machine: Status


class Cause(Record):
    """What moved the status, and the transitions that it caused."""

    cause_id: str
    transitions: tuple[Transition, ...]


class ClaimState(Record):
    """Everything that is kept of one claim; rebuilt from Kafka alone."""

    claim_id: str
    episodes: tuple[Episode, ...] = (Episode(number=1),)
    announced: Status = Status.UNREPORTED
    sequence: int = Field(0, ge=0)
    held: Held | None = None
    ruling: Ruling | None = None
    ruled_at: UtcDatetime | None = None
    """Time of the last decision that was taken in, lifted or not."""
    causes: tuple[Cause, ...] = ()
    readings: int = 0
    last_reading_id: str = ""
    as_of: UtcDatetime | None = None


@dataclass(frozen=True)
class View:
    """The latest episode as of a moment.

    Attributes:
        judgement: The rule's own view.
        shown: What stands: the same, or a person's decision in its place.
    """

    known: Testimony
    judgement: Judgement
    shown: Judgement

    @property
    def suggested(self) -> Status | None:
        """The rule's own view where a decision stands in its place."""
        return self.judgement.status if self.shown is not self.judgement else None


def view_of(state: ClaimState, claim: WatchedClaim, moment: datetime) -> View:
    """Return what is known of the latest episode, and what it makes of the claim."""
    known = hear(state.episodes[-1].tracks, claim)
    judgement = judge(known, claim.policy, moment)
    if state.ruling is None:
        return View(known, judgement, judgement)
    return View(known, judgement, replace(judgement, status=state.ruling.status, reason=Reason.OPERATOR))


def _standing(word: Word) -> StandingEvidence:
    evidence, reading = word.evidence, word.reading
    return StandingEvidence.model_construct(  # its parts have been checked, and a claim in all the papers lists a hundred at every reading
        evidence_id=evidence.evidence_id,
        speaker=evidence.speaker,
        outlet=reading.outlet.name,
        origin=word.origin,
        stance=evidence.stance,
        certainty=evidence.certainty,
        accountable=evidence.accountable,
        authority=word.authority,
        interested=word.interested,
        quote=evidence.quote,
        url=reading.url,
        said_at=word.said_at,
        published_at=reading.published_at,
        first_seen_at=reading.first_seen_at,
        classified_at=reading.classified_at,
    )


def _evidence(known: Testimony) -> tuple[StandingEvidence, ...]:
    latest = nlargest(LISTED_EVIDENCE, known.standing, key=lambda word: (word.said_at, word.origin))
    return tuple(_standing(word) for word in latest)


def _earlier(state: ClaimState) -> tuple[EarlierEpisode, ...]:
    return tuple(EarlierEpisode(episode=e.number, status=e.ended_as or Status.UNREPORTED) for e in state.episodes[:-1])


def transition_of(state: ClaimState, claim: WatchedClaim, view: View, moment: datetime, *, notify: bool, judged_at: datetime) -> Transition:
    """Return the record of the claim's next change: from what was announced last to what stands now."""
    sequence, episode = state.sequence + 1, state.episodes[-1].number
    return Transition(
        transition_id=transition_id(claim.claim_id, episode, sequence),
        claim_id=claim.claim_id,
        statement=claim.statement,
        episode=episode,
        sequence=sequence,
        from_status=state.announced,
        to_status=view.shown.status,
        reason=view.shown.reason,
        rule_version=RULE_VERSION,
        origins=view.shown.origins,
        caveats=view.shown.caveats,
        evidence=_evidence(view.known),
        evidence_left_out=max(0, len(view.known.standing) - LISTED_EVIDENCE),
        earlier_episodes=_earlier(state),
        occurred_at=moment,
        judged_at=judged_at,
        decision=state.ruling.decision if state.ruling else None,
        suggested=view.suggested,
        notify=notify,
    )


def status_of(state: ClaimState, claim: WatchedClaim, *, due_at: datetime | None, judged_at: datetime) -> ClaimStatus:
    """Return the record of where the claim stands.

    Args:
        due_at: When it may move by time alone; None: it will not.
    """
    as_of = state.as_of or judged_at
    view = view_of(state, claim, as_of)
    return ClaimStatus(
        claim_id=claim.claim_id,
        statement=claim.statement,
        status=view.shown.status,
        announced=state.announced,
        reason=view.shown.reason,
        rule_version=RULE_VERSION,
        episode=state.episodes[-1].number,
        sequence=state.sequence,
        origins=view.shown.origins,
        caveats=view.shown.caveats,
        evidence=_evidence(view.known),
        evidence_left_out=max(0, len(view.known.standing) - LISTED_EVIDENCE),
        earlier_episodes=_earlier(state),
        readings=state.readings,
        last_reading_id=state.last_reading_id,
        decision=state.ruling.decision if state.ruling else None,
        suggested=view.suggested,
        next_due_at=due_at,
        as_of=as_of,
        judged_at=judged_at,
    )
