"""What the judge keeps of each article on a claim: its versions, and which other articles are copies of the same text."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from schemas.claims_evidence import Reading, Signature
from schemas.record import Record
from schemas.words import ArticleKind, OutletKind, Stance

CopyTest = Callable[[Signature, Signature], bool]

NEVER_COUNT = frozenset({ArticleKind.SATIRE, ArticleKind.OPINION, ArticleKind.QUESTION, ArticleKind.RETROSPECTIVE})
"""Kinds of article that are no evidence, whatever they say (status rule, version 1)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an article says of the event that its words are about.

    Attributes:
        at: The latest date that it gives the event.
        places, actors: Folded names.
        spoken_of_at: When it first said anything.
    """

    at: datetime | None
    places: frozenset[str]
    actors: frozenset[str]
    spoken_of_at: datetime | None


class Track(Record):
    """One article on one claim."""

    versions: tuple[Reading, ...]
    """In the order in which they were first seen."""
    twins: tuple[str, ...] = ()
    """Ids of articles whose text is for the most part this one's, in either direction."""

    @cached_property
    def told(self) -> "Told":
        """What its words say of the event."""
        speaking = [evidence for version in self.versions for evidence in version.evidence if evidence.stance is not Stance.DISCUSSES]
        return Told(
            at=max((evidence.event.at for evidence in speaking if evidence.event.at), default=None),
            places=frozenset(evidence.event.place.casefold() for evidence in speaking) - {""},
            actors=frozenset(evidence.event.actor.casefold() for evidence in speaking) - {""},
            spoken_of_at=min((version.published_at for version in self.versions if version.evidence), default=None),
        )

    @property
    def latest(self) -> Reading:
        """The version that speaks now."""
        return self.versions[-1]

    @property
    def first(self) -> Reading:
        """The version that was seen first."""
        return self.versions[0]


FEW_ARTICLES = 16
"""Up to so many articles are compared one by one: cheaper than to keep a table of their hashes."""
KEPT_SKETCHES = 200
"""Claims with more articles whose table of hashes is kept: those judged last."""

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
    found = {other for other in _sharing(tracks, reading) if _is_twin(tracks[other], reading, is_copy)}
    twins = tuple(sorted(found.union(known.twins if known else ())))
    changed = dict(tracks)
    changed[reading.article_id] = Track(versions=tuple(versions), twins=twins)
    for other in found:
        if reading.article_id not in (track := changed[other]).twins:
            changed[other] = with_twins(track, (reading.article_id,))
    return changed


def with_twins(track: Track, others: Iterable[str]) -> Track:
    """Return the track with more copies of its text; its versions are the same object."""
    return Track.model_construct(versions=track.versions, twins=tuple(sorted({*track.twins, *others})))


def _is_twin(track: Track, reading: Reading, is_copy: CopyTest) -> bool:
    return any(version.signature.hashes and is_copy(version.signature, reading.signature) for version in track.versions)


class _Sketches:
    """Which articles of a claim hold which hash of a text: texts that share none are no copies."""

    def __init__(self) -> None:
        self._versions: dict[str, tuple[Reading, ...]] = {}
        self._holders: dict[int, set[str]] = defaultdict(set)

    def sharing(self, tracks: Tracks, reading: Reading) -> set[str]:
        """Return the other articles that share a hash with the reading."""
        if len(self._versions) > 2 * len(tracks) + FEW_ARTICLES:  # another episode, or most have been let go
            self._versions, self._holders = {}, defaultdict(set)
        for article_id, track in tracks.items():
            if self._versions.get(article_id) is not track.versions:
                self._versions[article_id] = track.versions
                for version in track.versions:
                    for value in version.signature.hashes:
                        self._holders[value].add(article_id)
        found = {article_id for value in reading.signature.hashes for article_id in self._holders.get(value, ())}
        return {article_id for article_id in found if article_id in tracks and article_id != reading.article_id}


def _sharing(tracks: Tracks, reading: Reading) -> set[str]:
    if not reading.signature.hashes:
        return set()
    if len(tracks) <= FEW_ARTICLES:
        return tracks.keys() - {reading.article_id}
    sketches = _sketches.pop(reading.claim_id, None) or _Sketches()
    _sketches[reading.claim_id] = sketches
    while len(_sketches) > KEPT_SKETCHES:
        _sketches.popitem(last=False)
    return sketches.sharing(tracks, reading)


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


_sketches: OrderedDict[str, _Sketches] = OrderedDict()
