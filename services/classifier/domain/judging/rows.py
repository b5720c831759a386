"""The state of a claim as rows of a table: its own, one for each of its articles, one of what moved it. A reading changes two or three.

All rows of a claim are in one partition of the changelog, in the order in which they were written, so a crash leaves the first few of a
step, and the step is done again. Three ways of writing stand that:

1. A reading: what it moved first, then the claim's own row, its article's last. A claim's row that has gone ahead takes the reading in
   once more without moving, and sends again what is remembered.
2. History that comes late and puts articles into other episodes: the claim's row alone, with all articles in it.
3. The next step after that: the articles' rows first, the claim's without them last. Until then the articles in the claim's row count.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from schemas.record import Record
from services.classifier.domain.judging.state import Cause, ClaimState
from services.classifier.domain.judging.tracks import Track, with_twins

MARK = "\x1f"
"""Between claim and article in the key of an article's row; no claim id has it."""


class TrackRow(Record):
    """What one article says in one episode of a claim. An article may speak in two: its later version of another event."""

    episode: int
    article_id: str
    track: Track


class CausesRow(Record):
    """What moved a claim last, and the transitions that came of it."""

    causes: tuple[Cause, ...]


Row = ClaimState | TrackRow | CausesRow
"""A claim's own row is its state without articles and causes."""

_Place = tuple[int, str]
"""Episode and article."""


def key_of(claim_id: str, episode: int, article_id: str) -> str:
    """Return the key of an article's row; a claim's own is its id."""
    return f"{claim_id}{MARK}{episode}{MARK}{article_id}"


def causes_key(claim_id: str) -> str:
    """Return the key of the row of what moved a claim."""
    return f"{claim_id}{MARK}"


def changes(before: ClaimState | None, after: ClaimState) -> Iterator[tuple[str, Row | None]]:
    """Yield the rows to write for a step, in their order; None: to delete.

    Args:
        before: What was written last; None: nothing, so everything is.
    """
    written, wanted = _placed(before) if before else {}, _placed(after)
    changed = {place for place, track in wanted.items() if not _is_same(written.get(place), track)}
    last = {place for place in changed if _is_of_last_reading(wanted[place], after)}
    if before is None or before.causes is not after.causes:
        yield causes_key(after.claim_id), CausesRow(causes=after.causes)
    yield after.claim_id, _head_of(after)
    for place in sorted(changed - last):
        yield _row(after.claim_id, place, wanted[place])
    for place in sorted(written.keys() - wanted.keys()):
        yield key_of(after.claim_id, *place), None
    for place in sorted(last):
        yield _row(after.claim_id, place, wanted[place])


def is_rearranged(before: ClaimState, after: ClaimState) -> bool:
    """Tell whether readings have gone to other episodes: then the claim is written whole, in its own row."""
    if len(before.episodes) == len(after.episodes) == 1:
        return False
    were, are = _episodes_of_readings(before), _episodes_of_readings(after)
    return any(are.get(reading, episode) != episode for reading, episode in were.items())


def _episodes_of_readings(state: ClaimState) -> dict[tuple[str, datetime], int]:
    placed = ((number, version) for (number, _), track in _placed(state).items() for version in track.versions)
    return {(version.reading_id, version.version_seen_at): number for number, version in placed}


def taken_apart(state: ClaimState, stale: Iterable[str]) -> Iterator[tuple[str, Row | None]]:
    """Yield the rows of a claim that was written whole. ``stale``: keys of its articles' rows from before."""
    placed = _placed(state)
    for place, track in placed.items():
        yield _row(state.claim_id, place, track)
    for key in sorted({*stale} - {causes_key(state.claim_id)} - {key_of(state.claim_id, *place) for place in placed}):
        yield key, None
    yield causes_key(state.claim_id), CausesRow(causes=state.causes)
    yield state.claim_id, _head_of(state)


def is_whole(head: ClaimState) -> bool:
    """Tell whether a claim's row has its articles in it."""
    return any(episode.tracks for episode in head.episodes)


def _row(claim_id: str, place: _Place, track: Track) -> tuple[str, TrackRow]:
    episode, article_id = place
    return key_of(claim_id, episode, article_id), TrackRow(episode=episode, article_id=article_id, track=track)


def _placed(state: ClaimState) -> dict[_Place, Track]:
    return {(episode.number, article_id): track for episode in state.episodes for article_id, track in episode.tracks.items()}


def _is_same(written: Track | None, wanted: Track) -> bool:
    """Tell whether a row says the same. Copies that were found since need not be written: the copy's row names them."""
    return written is not None and written.versions is wanted.versions


def _is_of_last_reading(track: Track, state: ClaimState) -> bool:
    return any(version.reading_id == state.last_reading_id for version in track.versions)


def _head_of(state: ClaimState) -> ClaimState:
    episodes = tuple(episode.model_copy(update={"tracks": {}}) for episode in state.episodes)
    return state.model_copy(update={"episodes": episodes, "causes": ()})


def from_rows(head: ClaimState, rows: Iterable[TrackRow | CausesRow]) -> ClaimState:
    """Return the state that the rows of a claim make."""
    if is_whole(head):
        return head
    tracks: dict[int, dict[str, Track]] = {episode.number: {} for episode in head.episodes}
    causes: tuple[Cause, ...] = ()
    for row in rows:
        if isinstance(row, CausesRow):
            causes = row.causes
            continue
        tracks.setdefault(row.episode, {})[row.article_id] = row.track
    episodes = (episode.model_copy(update={"tracks": _linked(tracks[episode.number])}) for episode in head.episodes)
    return head.model_copy(update={"episodes": tuple(episodes), "causes": causes})


def _linked(tracks: dict[str, Track]) -> dict[str, Track]:
    """Return the tracks with every copy named on both sides."""
    linked = dict(tracks)
    for article_id, track in tracks.items():
        for other in track.twins:
            if other in linked and article_id not in linked[other].twins:
                linked[other] = with_twins(linked[other], (article_id,))
    return linked
