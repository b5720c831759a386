"""Runs of a claim: which one a reading belongs to, and when a run is closed, so that a word of another event starts the next."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from schemas.claims_evidence import Reading
from schemas.claims_watch import WatchedClaim
from schemas.record import Record
from schemas.words import Status
from services.classifier.domain.judging.hearing import hear
from services.classifier.domain.judging.rule import judge, stale_after
from services.classifier.domain.judging.tracks import CopyTest, Track, arrived_at, is_known, with_reading


class Episode(Record):
    """One run of a claim.

    ``ended_as`` is the status at the moment the next one began; None while it is the latest.
    """

    number: int = Field(ge=1)
    tracks: dict[str, Track] = Field(default_factory=dict)
    ended_as: Status | None = None


def is_closed(episode: Episode, claim: WatchedClaim, moment: datetime) -> bool:
    """Tell whether an episode takes in only what is about its own event: refuted, confirmed and quiet, or quiet twice as long."""
    known = hear(episode.tracks, claim)
    status = judge(known, claim.policy, moment).status
    if known.quiet_since is None:
        return False
    if status is Status.REFUTED:
        return True
    quiet = moment - known.quiet_since
    return quiet > stale_after(claim.policy) * (1 if status is Status.CONFIRMED else 2)


def event_time(episode: Episode) -> datetime | None:
    """Return the latest date of its event that an episode has been told of, else when it was first spoken of; None if it never was."""
    told = [track.told for track in episode.tracks.values()]
    dated = [one.at for one in told if one.at]
    return max(dated) if dated else min((one.spoken_of_at for one in told if one.spoken_of_at), default=None)


def _names_another(names: frozenset[str], known: Iterable[frozenset[str]]) -> bool:
    """Tell whether names are given, and others were known, and none is the same."""
    return bool(names) and bool(others := frozenset[str]().union(*known)) and names.isdisjoint(others)


def is_about_another_event(reading: Reading, episode: Episode) -> bool:
    """Tell whether a reading names a later date, another place or another actor than the episode; what names none is an echo."""
    says = Track(versions=(reading,)).told
    known_at = event_time(episode)
    if says.at and known_at and says.at > known_at:
        return True
    known = [track.told for track in episode.tracks.values()]
    return _names_another(says.places, (one.places for one in known)) or _names_another(says.actors, (one.actors for one in known))


def _belongs_to_earlier(reading: Reading, episodes: tuple[Episode, ...], is_copy: CopyTest) -> Episode | None:
    """Return the earlier episode whose article, text or date this is; None if there is none such."""
    for episode in reversed(episodes[:-1]):
        if reading.article_id in episode.tracks:
            return episode
        if with_reading(episode.tracks, reading, is_copy)[reading.article_id].twins:
            return episode
    told_at = Track(versions=(reading,)).told.at
    if told_at is None:
        return None
    return next((episode for episode in episodes[:-1] if (at := event_time(episode)) and told_at <= at), None)


def place(episodes: tuple[Episode, ...], reading: Reading, claim: WatchedClaim, is_copy: CopyTest) -> tuple[Episode, ...]:
    """Return the episodes with the reading taken in by the one it belongs to, or by a new one.

    Whether the current episode is closed is judged as of the reading's arrival, before it replaces anything.
    """
    current = episodes[-1]
    if any(is_known(episode.tracks, reading) for episode in episodes):
        return episodes
    tracks = with_reading(current.tracks, reading, is_copy)
    is_follow_up = bool(tracks[reading.article_id].twins)
    moment = arrived_at(reading)
    if not current.tracks:
        return (*episodes[:-1], current.model_copy(update={"tracks": tracks}))
    if not is_follow_up and is_about_another_event(reading, current) and is_closed(current, claim, moment):
        status = judge(hear(current.tracks, claim), claim.policy, moment).status
        ended = current.model_copy(update={"ended_as": status})
        opened = Episode(number=current.number + 1, tracks=with_reading({}, reading, is_copy))
        return (*episodes[:-1], ended, opened)
    earlier = None if is_follow_up or reading.article_id in current.tracks else _belongs_to_earlier(reading, episodes, is_copy)
    if earlier:
        changed = earlier.model_copy(update={"tracks": with_reading(earlier.tracks, reading, is_copy)})
        return tuple(changed if episode.number == earlier.number else episode for episode in episodes)
    return (*episodes[:-1], current.model_copy(update={"tracks": tracks}))


def place_all(readings: Iterable[Reading], claim: WatchedClaim, is_copy: CopyTest) -> tuple[Episode, ...]:
    """Return the episodes that readings make in the order of their arrival: history as it would have been lived."""
    episodes: tuple[Episode, ...] = (Episode(number=1),)
    for reading in sorted(readings, key=lambda r: (arrived_at(r), r.published_at, r.article_id, r.version)):
        episodes = place(episodes, reading, claim, is_copy)
    return episodes
