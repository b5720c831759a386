"""What the judge keeps of each article on a claim: its versions, and which other articles are copies of the same text."""

from collections.abc import Callable, Mapping
from datetime import datetime

from schemas.claims_evidence import Reading, Signature
from schemas.record import Record
from schemas.words import ArticleKind, OutletKind

CopyTest = Callable[[Signature, Signature], bool]

NEVER_COUNT = frozenset({ArticleKind.SATIRE, ArticleKind.OPINION, ArticleKind.QUESTION, ArticleKind.RETROSPECTIVE})
"""Kinds of article that are no evidence, whatever they say (status rule, version 1)."""


class Track(Record):
    """One article on one claim."""

    versions: tuple[Reading, ...]
    """In the order in which they were first seen."""
    twins: tuple[str, ...] = ()
    """Ids of articles whose text is for the most part this one's, in either direction."""

    @property
    def latest(self) -> Reading:
        """The version that speaks now."""
        return self.versions[-1]

    @property
    def first(self) -> Reading:
        """The version that was seen first."""
        return self.versions[0]


Tracks = Mapping[str, Track]
"""Tracks by article id."""


def arrived_at(reading: Reading) -> datetime:
    """Return the event time of a reading's arrival: history that is loaded later arrives when it was published."""
    return reading.published_at if reading.backfill else reading.version_seen_at


def is_known(tracks: Tracks, reading: Reading) -> bool:
    """Tell whether this very version is here already, or is what its article says anyhow."""
    track = tracks.get(reading.article_id)
    if track is None:
        return False
    same = (version for version in track.versions if version.version == reading.version)
    return track.latest.version == reading.version or any(v.version_seen_at == reading.version_seen_at for v in same)


def with_reading(tracks: Tracks, reading: Reading, is_copy: CopyTest) -> dict[str, Track]:
    """Return the tracks with one more reading, in its place by the time it was first seen."""
    known = tracks.get(reading.article_id)
    versions = sorted((*(known.versions if known else ()), reading), key=lambda v: (v.version_seen_at, v.version))
    found = {other for other, track in tracks.items() if other != reading.article_id and _is_twin(track, reading, is_copy)}
    twins = tuple(sorted(found.union(known.twins if known else ())))
    changed = dict(tracks)
    changed[reading.article_id] = Track(versions=tuple(versions), twins=twins)
    for other in found:
        track = changed[other]
        if reading.article_id not in track.twins:
            changed[other] = Track(versions=track.versions, twins=tuple(sorted((*track.twins, reading.article_id))))
    return changed


def _is_twin(track: Track, reading: Reading, is_copy: CopyTest) -> bool:
    if not reading.signature.hashes:
        return False
    return any(version.signature.hashes and is_copy(version.signature, reading.signature) for version in track.versions)


def _age(track: Track) -> tuple[datetime, datetime, str]:
    return (track.first.published_at, track.first.first_seen_at, track.first.article_id)


class Source(Record):
    """Whose words an article's text is."""

    article_id: str = ""
    """The page they come from; empty if that page is not known, only its outlet."""
    family: str = ""
    """Family of the outlet that the text names as its origin; empty if it names none."""


def _named(track: Track) -> str:
    return next((version.credit_family for version in reversed(track.versions) if version.credit_family), "")


def _pages_of(named: str, group: list[str], tracks: Tracks) -> list[str]:
    """Return the pages of the outlet that a text names; else of an agency with that text: it may go by initials that nobody told us."""
    own = [other for other in group if tracks[other].first.outlet.origin_family == named]
    agencies = [other for other in group if tracks[other].first.outlet.kind is OutletKind.AGENCY and not _named(tracks[other])]
    return own or agencies


def source_of(tracks: Tracks, article_id: str) -> Source:
    """Return the source of an article's text: the page of the outlet it names as its origin, else the first page with that text."""
    visited: set[str] = set()
    current = article_id
    while current not in visited:
        visited.add(current)
        track = tracks[current]
        group = [other for other in track.twins if other in tracks]
        named = _named(track)
        if named:
            own_pages = _pages_of(named, group, tracks)
            if not own_pages:
                return Source(article_id="" if current == article_id else current, family=named)
            return Source(article_id=min(own_pages, key=lambda other: _age(tracks[other])))
        if any(_named(tracks[other]) == track.first.outlet.origin_family for other in group):
            return Source(article_id=current)
        current = min((*group, current), key=lambda other: _age(tracks[other]))
    return Source(article_id=current)
