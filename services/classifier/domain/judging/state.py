"""The state of one claim and how it moves: readings and the passing of time in, transitions out. The same input gives the same output."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import Field

from schemas.claims_evidence import Reading
from schemas.claims_status import ClaimStatus
from schemas.claims_transition import EarlierEpisode, StandingEvidence, Transition
from schemas.claims_watch import WatchedClaim
from schemas.ids import transition_id
from schemas.record import Record, UtcDatetime
from schemas.words import Status
from services.classifier.domain.judging.episodes import Episode, place, place_all
from services.classifier.domain.judging.rule import BELIEF, RULE_VERSION, Judgement, judge, stale_after
from services.classifier.domain.judging.tracks import CopyTest, arrived_at, is_known, source_of
from services.classifier.domain.judging.words import Testimony, Word, hear

REMEMBERED_CAUSES = 50
"""Causes whose transitions are kept whole, to be sent again if the cause is read again after a crash."""

KEPT_ARTICLES = 500
"""Articles of an episode that are kept: beyond that the oldest whose words are no origin's latest are let go. They stay in Kafka."""

JUST_AFTER = timedelta(seconds=1)
"""Quiet means longer than, not as long as."""


class Held(Record):
    """A status that waits to be announced."""

    status: Status
    since: UtcDatetime


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
    causes: tuple[Cause, ...] = ()
    readings: int = 0
    last_reading_id: str = ""
    as_of: UtcDatetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What a step leads to: the state to keep, the transitions to send (again, if they were sent before)."""

    state: ClaimState
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True)
class _View:
    """The latest episode as of a moment."""

    known: Testimony
    judgement: Judgement


def _view(state: ClaimState, claim: WatchedClaim, moment: datetime) -> _View:
    known = hear(state.episodes[-1].tracks, claim)
    return _View(known, judge(known, claim.policy, moment))


def _takes_back(announced: Status, status: Status) -> bool:
    """Tell whether a move takes back a ``likely`` or ``confirmed`` that people were told: that never waits."""
    return announced in (Status.LIKELY, Status.CONFIRMED) and BELIEF[status] < BELIEF[announced]


def _standing(word: Word) -> StandingEvidence:
    evidence, reading = word.evidence, word.reading
    return StandingEvidence(
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
    ordered = sorted(known.standing, key=lambda word: (word.said_at, word.origin), reverse=True)
    return tuple(_standing(word) for word in ordered)


def _earlier(state: ClaimState) -> tuple[EarlierEpisode, ...]:
    return tuple(EarlierEpisode(episode=e.number, status=e.ended_as or Status.UNREPORTED) for e in state.episodes[:-1])


def _announce(state: ClaimState, claim: WatchedClaim, view: _View, moment: datetime, *, notify: bool, judged_at: datetime) -> Outcome:
    sequence, episode = state.sequence + 1, state.episodes[-1].number
    transition = Transition(
        transition_id=transition_id(claim.claim_id, episode, sequence),
        claim_id=claim.claim_id,
        statement=claim.statement,
        episode=episode,
        sequence=sequence,
        from_status=state.announced,
        to_status=view.judgement.status,
        reason=view.judgement.reason,
        rule_version=RULE_VERSION,
        origins=view.judgement.origins,
        caveats=view.judgement.caveats,
        evidence=_evidence(view.known),
        earlier_episodes=_earlier(state),
        occurred_at=moment,
        judged_at=judged_at,
        notify=notify,
    )
    moved = state.model_copy(update={"announced": view.judgement.status, "sequence": sequence, "held": None})
    return Outcome(moved, (transition,))


def _settle(state: ClaimState, claim: WatchedClaim, moment: datetime, *, notify: bool, judged_at: datetime) -> Outcome:
    """Announce the status of this moment, hold it back, or leave all as it is."""
    state = state.model_copy(update={"as_of": moment})
    view = _view(state, claim, moment)
    status, held = view.judgement.status, state.held
    if status is state.announced:
        return Outcome(state.model_copy(update={"held": None}))
    hold = timedelta(seconds=claim.policy.hold_s)
    if not notify or not hold or _takes_back(state.announced, status):
        return _announce(state, claim, view, moment, notify=notify, judged_at=judged_at)
    if held is None or held.status is not status:
        return Outcome(state.model_copy(update={"held": Held(status=status, since=moment)}))
    if moment >= held.since + hold:
        return _announce(state, claim, view, moment, notify=notify, judged_at=judged_at)
    return Outcome(state)


def next_due_at(state: ClaimState, claim: WatchedClaim) -> datetime | None:
    """Return when the status may move, or be announced, by the mere passing of time; None if it will not."""
    if state.as_of is None:
        return None
    view = _view(state, claim, state.as_of)
    dues = []
    if state.held:
        dues.append(state.held.since + timedelta(seconds=claim.policy.hold_s))
    if view.judgement.status is Status.LIKELY and view.known.quiet_since:
        dues.append(view.known.quiet_since + stale_after(claim.policy) + JUST_AFTER)
    return min(dues, default=None)


def _has_live_reading(state: ClaimState) -> bool:
    tracks = state.episodes[-1].tracks.values()
    return any(not version.backfill for track in tracks for version in track.versions)


def _pass_time(state: ClaimState, claim: WatchedClaim, moment: datetime, *, judged_at: datetime) -> Outcome:
    """Let time pass up to a moment: what goes stale or comes out of its hold on the way moves in its order."""
    transitions: list[Transition] = []
    while (due := next_due_at(state, claim)) and due <= moment:
        step = _settle(state, claim, due, notify=_has_live_reading(state), judged_at=judged_at)
        state = step.state
        transitions += step.transitions
    return Outcome(state, tuple(transitions))


def _remember(outcome: Outcome, cause_id: str) -> Outcome:
    """Keep what a cause has led to, so that reading it again sends the same again."""
    if not outcome.transitions:
        return outcome
    causes = (*outcome.state.causes, Cause(cause_id=cause_id, transitions=outcome.transitions))[-REMEMBERED_CAUSES:]
    return Outcome(outcome.state.model_copy(update={"causes": causes}), outcome.transitions)


def _again(state: ClaimState, cause_id: str) -> Outcome:
    return Outcome(state, next((cause.transitions for cause in state.causes if cause.cause_id == cause_id), ()))


def wait(state: ClaimState, claim: WatchedClaim, moment: datetime, *, judged_at: datetime) -> Outcome:
    """Judge the claim as of a moment, because time has passed or the claim itself was changed.

    Args:
        moment: Event time; one that lies before what is known already changes nothing.
        judged_at: Clock time, for the record only.
    """
    cause_id = f"due:{moment.isoformat()}"
    if any(cause.cause_id == cause_id for cause in state.causes):
        return _again(state, cause_id)
    passed = _pass_time(state, claim, moment, judged_at=judged_at)
    if state.as_of is None:
        return passed
    at = max(moment, state.as_of)
    settled = _settle(passed.state, claim, at, notify=_has_live_reading(passed.state), judged_at=judged_at)
    return _remember(Outcome(settled.state, (*passed.transitions, *settled.transitions)), cause_id)


def _within_bounds(episode: Episode, claim: WatchedClaim) -> Episode:
    """Return the episode without the oldest articles that move nothing, so that a claim in all the papers has a bounded state."""
    excess = len(episode.tracks) - KEPT_ARTICLES
    if excess <= 0:
        return episode
    standing = {word.reading.article_id for word in hear(episode.tracks, claim).standing}
    sources = {source_of(episode.tracks, article_id).article_id for article_id in standing}
    idle = sorted(episode.tracks.keys() - standing - sources, key=lambda article_id: episode.tracks[article_id].first.published_at)
    gone = set(idle[:excess])
    return episode.model_copy(update={"tracks": {a: t for a, t in episode.tracks.items() if a not in gone}})


def _all_readings(state: ClaimState) -> list[Reading]:
    return [v for episode in state.episodes for track in episode.tracks.values() for v in track.versions]


def _take_in(state: ClaimState, claim: WatchedClaim, reading: Reading, is_copy: CopyTest) -> ClaimState:
    """Return the state with the reading in its episode; history that comes late is put in its place in the order of events."""
    is_late_history = reading.backfill and state.as_of is not None and arrived_at(reading) < state.as_of
    if is_late_history:
        episodes = place_all([*_all_readings(state), reading], claim, is_copy)
    else:
        episodes = place(state.episodes, reading, claim, is_copy)
    episodes = (*episodes[:-1], _within_bounds(episodes[-1], claim))
    is_new_episode = episodes[-1].number > state.episodes[-1].number
    changes: dict[str, object] = {"episodes": episodes, "readings": state.readings + 1, "last_reading_id": reading.reading_id}
    if is_new_episode:
        changes |= {"announced": Status.UNREPORTED, "held": None}
    return state.model_copy(update=changes)


def take(state: ClaimState, claim: WatchedClaim, reading: Reading, is_copy: CopyTest, *, judged_at: datetime) -> Outcome:
    """Take in a reading and judge the claim as of its arrival.

    A reading that was taken in before changes nothing, and sends again what it caused then.

    Args:
        is_copy: Tells whether two texts are for the most part one.
        judged_at: Clock time, for the record only.
    """
    cause_id = f"{reading.reading_id}@{reading.version_seen_at.isoformat()}"
    if any(is_known(episode.tracks, reading) for episode in state.episodes):
        return _again(state, cause_id)
    moment = max(arrived_at(reading), state.as_of or arrived_at(reading))
    passed = _pass_time(state, claim, moment, judged_at=judged_at)
    taken = _take_in(passed.state, claim, reading, is_copy)
    settled = _settle(taken, claim, moment, notify=not reading.backfill, judged_at=judged_at)
    return _remember(Outcome(settled.state, (*passed.transitions, *settled.transitions)), cause_id)


def status_of(state: ClaimState, claim: WatchedClaim, *, judged_at: datetime) -> ClaimStatus:
    """Return the record of where the claim stands."""
    as_of = state.as_of or judged_at
    view = _view(state, claim, as_of)
    return ClaimStatus(
        claim_id=claim.claim_id,
        statement=claim.statement,
        status=view.judgement.status,
        announced=state.announced,
        reason=view.judgement.reason,
        rule_version=RULE_VERSION,
        episode=state.episodes[-1].number,
        sequence=state.sequence,
        origins=view.judgement.origins,
        caveats=view.judgement.caveats,
        evidence=_evidence(view.known),
        earlier_episodes=_earlier(state),
        readings=state.readings,
        last_reading_id=state.last_reading_id,
        next_due_at=next_due_at(state, claim),
        as_of=as_of,
        judged_at=judged_at,
    )
