"""How a claim moves: readings, decisions and the passing of time in, transitions out. The same input gives the same output."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest

from schemas.claims_evidence import Reading
from schemas.claims_override import Override
from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Decision, Transition
from schemas.claims_watch import WatchedClaim
from schemas.words import Stance, Status
from services.classifier.domain.judging import state as states
from services.classifier.domain.judging.episodes import Episode, place, place_all
from services.classifier.domain.judging.hearing import hear
from services.classifier.domain.judging.rule import BELIEF, stale_after
from services.classifier.domain.judging.state import Cause, ClaimState, Held, Ruling, View, transition_of, view_of
from services.classifier.domain.judging.tracks import CopyTest, arrived_at, is_known, source_of
from services.classifier.domain.judging.words import Word

REMEMBERED_CAUSES = 8
"""Causes whose transitions are kept whole, to be sent again if the cause is read again after a crash."""

KEPT_ARTICLES = 500
"""Articles of an episode that are kept. Beyond that the oldest whose words are no origin's latest are let go; where that is not enough,
the oldest that are no party's and not among the latest of their stance. They stay in Kafka."""
TELLING_WORDS = 60
"""Latest words of each stance that are always kept: no policy asks for more than 41 origins, so the status stays what it would be."""
SPARE_ARTICLES = 50
"""So many more are let come before: to let go costs a look at all of them."""

JUST_AFTER = timedelta(seconds=1)
"""Quiet means longer than, not as long as."""


@dataclass(frozen=True)
class Outcome:
    """What a step leads to: the state to keep, the transitions to send (again, if they were sent before)."""

    state: ClaimState
    transitions: tuple[Transition, ...] = ()


def _takes_back(announced: Status, status: Status) -> bool:
    """Tell whether a move takes back a ``likely`` or ``confirmed`` that people were told: that never waits."""
    return announced in (Status.LIKELY, Status.CONFIRMED) and BELIEF[status] < BELIEF[announced]


def _announce(state: ClaimState, claim: WatchedClaim, view: View, moment: datetime, *, notify: bool, judged_at: datetime) -> Outcome:
    transition = transition_of(state, claim, view, moment, notify=notify, judged_at=judged_at)
    moved = state.model_copy(update={"announced": transition.to_status, "sequence": transition.sequence, "held": None})
    return Outcome(moved, (transition,))


def _without_fallen_ruling(state: ClaimState, claim: WatchedClaim, moment: datetime) -> ClaimState:
    """Return the state without a decision that stood only until the rule's own view changed, once that has changed."""
    ruling = state.ruling
    if ruling is None or ruling.decision.locked or view_of(state, claim, moment).judgement.status is ruling.machine:
        return state
    return state.model_copy(update={"ruling": None})


def _settle(state: ClaimState, claim: WatchedClaim, moment: datetime, *, notify: bool, judged_at: datetime) -> Outcome:
    """Announce the status of this moment, hold it back, or leave all as it is."""
    state = _without_fallen_ruling(state.model_copy(update={"as_of": moment}), claim, moment)
    view = view_of(state, claim, moment)
    status, held = view.shown.status, state.held
    if status is state.announced:
        return Outcome(state.model_copy(update={"held": None}))
    hold = timedelta(seconds=claim.policy.hold_s)
    if not notify or not hold or state.ruling or _takes_back(state.announced, status):
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
    view = view_of(state, claim, state.as_of)
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
    """Keep what a cause has led to, so that reading it again sends the same again; what it led to before a crash included."""
    before = _again(outcome.state, cause_id).transitions
    if not outcome.transitions:
        return Outcome(outcome.state, before)
    others = tuple(cause for cause in outcome.state.causes if cause.cause_id != cause_id)
    known = {moved.transition_id for moved in outcome.transitions}
    cause = Cause(cause_id=cause_id, transitions=(*(moved for moved in before if moved.transition_id not in known), *outcome.transitions))
    return Outcome(outcome.state.model_copy(update={"causes": (*others, cause)[-REMEMBERED_CAUSES:]}), cause.transitions)


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
    if excess <= SPARE_ARTICLES:
        return episode
    standing = hear(episode.tracks, claim).standing
    moved_by = _pages({word.reading.article_id for word in standing}, episode)
    needed = _pages({word.reading.article_id for word in _telling(standing)}, episode)
    oldest = sorted(episode.tracks.keys() - needed, key=lambda a: (a in moved_by, episode.tracks[a].first.published_at, a))
    gone = set(oldest[:excess])
    return episode.model_copy(update={"tracks": {a: t for a, t in episode.tracks.items() if a not in gone}})


def _telling(standing: Iterable[Word]) -> Iterator[Word]:
    """Yield the words that the rule cannot do without: those of parties, and the latest of each stance."""
    by_stance: dict[Stance, list[Word]] = defaultdict(list)
    for word in standing:
        if word.authority or word.interested:
            yield word
        by_stance[word.stance].append(word)
    for words in by_stance.values():
        yield from nlargest(TELLING_WORDS, words, key=lambda word: word.said_at)


def _pages(article_ids: set[str], episode: Episode) -> set[str]:
    """Return these articles, and the pages whose text theirs is."""
    return article_ids | {source_of(episode.tracks, article_id).article_id for article_id in article_ids}


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
    is_locked = state.ruling is not None and state.ruling.decision.locked
    is_new = reading.reading_id != state.last_reading_id  # else the claim's own row was written, and a crash came before the article's
    changes: dict[str, object] = {"episodes": episodes, "readings": state.readings + is_new, "last_reading_id": reading.reading_id}
    if is_new_episode and not is_locked:
        changes |= {"announced": Status.UNREPORTED, "held": None, "ruling": None}
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


def decide(state: ClaimState, claim: WatchedClaim, override: Override, *, judged_at: datetime) -> Outcome:
    """Put a person's decision in the place of the rule's own view, or lift it. It is announced at once, whatever the claim's hold.

    A decision that was taken in before, or is older than the last one, changes nothing; the first sends again what it caused.
    """
    cause_id = f"override:{override.override_id}"
    if state.ruled_at and override.at <= state.ruled_at:
        return _again(state, cause_id)
    moment = max(override.at, state.as_of or override.at)
    passed = _pass_time(state, claim, moment, judged_at=judged_at)
    machine = view_of(passed.state, claim, moment).judgement.status
    changes = {"ruling": _ruling(override, machine), "ruled_at": override.at}
    settled = _settle(passed.state.model_copy(update=changes), claim, moment, notify=True, judged_at=judged_at)
    return _remember(Outcome(settled.state, (*passed.transitions, *settled.transitions)), cause_id)


def _ruling(override: Override, machine: Status) -> Ruling | None:
    if override.status is None:
        return None
    decision = Decision(author=override.author, reason=override.reason, locked=override.locked, at=override.at)
    return Ruling(status=override.status, decision=decision, machine=machine)


def status_of(state: ClaimState, claim: WatchedClaim, *, judged_at: datetime) -> ClaimStatus:
    """Return the record of where the claim stands."""
    return states.status_of(state, claim, due_at=next_due_at(state, claim), judged_at=judged_at)
