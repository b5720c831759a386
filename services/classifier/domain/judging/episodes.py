"""Runs of a claim: which one a reading belongs to, and when a run is closed, so that a word of another event starts the next."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from schemas.claims_evidence import Evidence, Reading
from schemas.claims_watch import WatchedClaim
from schemas.record import Record
from schemas.words import Stance, Status
from services.classifier.domain.judging.rule import judge, stale_after
from services.classifier.domain.judging.tracks import CopyTest, Track, arrived_at, is_known, with_reading
from services.classifier.domain.judging.words import hear


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


def _speaking(readings: Iterable[Reading]) -> list[Evidence]:
    return [evidence for reading in readings for evidence in reading.evidence if evidence.stance is not Stance.DISCUSSES]


def _all_evidence(episode: Episode) -> list[Evidence]:
    return _speaking(version for track in episode.tracks.values() for version in track.versions)


def event_time(episode: Episode) -> datetime | None:
    """Return the latest date of its event that an episode has been told of, else when it was first spoken of; None if it never was."""
    dated = [evidence.event.at for evidence in _all_evidence(episode) if evidence.event.at]
    if dated:
        return max(dated)
    readings = (v for track in episode.tracks.values() for v in track.versions if v.evidence)
    return min((reading.published_at for reading in readings), default=None)


def _names_another(values: set[str], known: set[str]) -> bool:
    return bool(values and known) and not values & known


def is_about_another_event(reading: Reading, episode: Episode) -> bool:
    """Tell whether a reading names a later date, another place or another actor than the episode; what names none is an echo."""
    words = _speaking([reading])
    known_at = event_time(episode)
    if known_at and any(word.event.at and word.event.at > known_at for word in words):
        return True
    known = _all_evidence(episode)
    places = _names_another({w.event.place.casefold() for w in words} - {""}, {k.event.place.casefold() for k in known} - {""})
    actors = _names_another({w.event.actor.casefold() for w in words} - {""}, {k.event.actor.casefold() for k in known} - {""})
    return places or actors


def _belongs_to_earlier(reading: Reading, episodes: tuple[Episode, ...], is_copy: CopyTest) -> Episode | None:
    """Return the earlier episode whose article, text or date this is; None if there is none such."""
    for episode in reversed(episodes[:-1]):
        if reading.article_id in episode.tracks:
            return episode
        if with_reading(episode.tracks, reading, is_copy)[reading.article_id].twins:
            return episode
    dates = [word.event.at for word in _speaking([reading]) if word.event.at]
    if dates and len(episodes) > 1:
        return next((e for e in episodes[:-1] if (at := event_time(e)) and max(dates) <= at), None)
    return None


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
