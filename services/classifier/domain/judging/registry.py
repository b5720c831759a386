"""What an edit of the registry changes in what has been said already: whose family an outlet is, and that it is satire.

Readings stay in Kafka as they were; the state of a claim is judged by the registry of today. Only the latest episode: what has ended stays
as it was judged. Which outlets are interested is no matter of readings: see ``services.classifier.domain.interests``.
"""

from schemas.claims_evidence import Reading
from schemas.words import ArticleKind, OutletKind
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.judging.tracks import Track
from services.classifier.domain.outlets import Outlets


def with_current_outlets(state: ClaimState, outlets: Outlets) -> ClaimState:
    """Return the state with its readings under the families that the registry gives now; the same object if nothing differs."""
    episode = state.episodes[-1]
    tracks = {article_id: _track(track, outlets) for article_id, track in episode.tracks.items()}
    if all(tracks[article_id] is track for article_id, track in episode.tracks.items()):
        return state
    return state.model_copy(update={"episodes": (*state.episodes[:-1], episode.model_copy(update={"tracks": tracks}))})


def _track(track: Track, outlets: Outlets) -> Track:
    versions = tuple(with_current_outlet(version, outlets) for version in track.versions)
    if all(new is old for new, old in zip(versions, track.versions, strict=True)):
        return track
    return Track(versions=versions, twins=track.twins)


def with_current_outlet(reading: Reading, outlets: Outlets) -> Reading:
    """Return one reading under the family that the registry gives now; the same object if nothing differs."""
    row = outlets.row_of(reading.outlet) or reading.outlet
    before, now = reading.outlet.origin_family, row.origin_family
    credit = outlets.settled_family(reading.credit_family)
    is_satire = row.kind is OutletKind.SATIRE
    if (now, credit) == (before, reading.credit_family) and (reading.kind is ArticleKind.SATIRE or not is_satire):
        return reading
    evidence = (
        piece.model_copy(update={"origin": now}) if piece.own_voice and piece.origin == before else piece for piece in reading.evidence
    )
    return reading.model_copy(
        update={
            "outlet": row,
            "credit_family": "" if credit == now else credit,
            "kind": ArticleKind.SATIRE if is_satire else reading.kind,
            "evidence": tuple(evidence),
        }
    )
