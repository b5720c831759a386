"""From tracks to words: who has said what, and when it counts from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from schemas.claims_evidence import Evidence, Reading
from schemas.claims_watch import Party, WatchedClaim
from schemas.words import ArticleKind, Stance
from services.classifier.domain.judging.tracks import NEVER_COUNT, Source, Track, Tracks, source_of

SUPPORTING = frozenset({Stance.ASSERTS, Stance.HEDGES})
DENYING = frozenset({Stance.DENIES, Stance.REFUTES})


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of evidence as it counts.

    Attributes:
        origin: Name of the origin; a party's name where the claim names it.
        said_at: When it counts from: published, or first seen if the words came with a later version.
        is_new: Neither a copy's words nor words repeated by a later version.
    """

    evidence: Evidence
    reading: Reading
    origin: str
    said_at: datetime
    position: int
    authority: bool = False
    interested: bool = False
    is_new: bool = True

    @property
    def stance(self) -> Stance:
        """What the origin does with the claim."""
        return self.evidence.stance

    @property
    def accountable(self) -> bool:
        """Whether somebody answers for it."""
        return self.evidence.accountable

    @property
    def supports(self) -> bool:
        """Asserts or hedges."""
        return self.stance in SUPPORTING

    @property
    def denies(self) -> bool:
        """Denies or refutes, and somebody answers for it."""
        return self.stance in DENYING and self.accountable


def _same_words(one: Evidence, other: Evidence) -> bool:
    def key(evidence: Evidence) -> tuple[str, str, Stance, str]:
        return (evidence.origin.casefold(), evidence.entry, evidence.stance, " ".join(evidence.quote.text.casefold().split()))

    return key(one) == key(other)


def _words_of_version(reading: Reading, before: list[Word], *, is_first: bool) -> list[Word]:
    """Return what one version says; words that stood in the version before keep the time they had."""
    words = []
    for position, evidence in enumerate(reading.evidence):
        if evidence.stance is Stance.DISCUSSES:
            continue
        kept = next((word for word in before if _same_words(word.evidence, evidence)), None)
        fresh_at = evidence.said_at or (reading.published_at if is_first else reading.version_seen_at)
        words.append(Word(evidence, reading, evidence.origin, kept.said_at if kept else fresh_at, position))
    return words


def _words_of_track(track: Track) -> Iterator[list[Word]]:
    """Yield, version by version, what the article says; on a live page what has dropped off still stands."""
    words: list[Word] = []
    for number, reading in enumerate(track.versions):
        now = [] if reading.withdrawn or reading.kind in NEVER_COUNT else _words_of_version(reading, words, is_first=number == 0)
        if reading.kind is ArticleKind.LIVE and not reading.withdrawn:
            renewed = {word.evidence.entry for word in now}
            now = [word for word in words if word.evidence.entry not in renewed] + now
        words = now
        yield words


Parties = dict[str, tuple[str, bool]]
"""By folded name: the party's own name, and whether it is an authority (else it is interested)."""


def parties_of(claim: WatchedClaim) -> Parties:
    """Return the parties that the claim names."""

    def names(parties: tuple[Party, ...], *, authority: bool) -> Parties:
        return {name.casefold(): (party.name, authority) for party in parties for name in (party.name, *party.aliases)}

    return names(claim.interested, authority=False) | names(claim.authorities, authority=True)


def as_party(word: Word, parties: Parties) -> Word:
    """Return the word under the name and with the standing that the claim gives its origin."""
    name, authority = parties.get(word.origin.casefold(), ("", False))
    return replace(word, origin=name, authority=authority, interested=not authority) if name else word


def _copied_words(words: list[Word], source: Source, tracks: Tracks) -> list[Word]:
    """Return what a copy adds to its source: only words of speakers whom the source does not have, or all if its page is unknown."""
    if source.article_id:
        page = tracks[source.article_id]
        if page.first.kind in NEVER_COUNT:
            return []
        heard = {evidence.origin.casefold() for version in page.versions for evidence in version.evidence}
        return [word for word in words if not word.evidence.own_voice and word.origin.casefold() not in heard]
    return [replace(word, origin=source.family) if word.evidence.own_voice else word for word in words]


def _wire_time(tracks: Tracks, article_id: str, source: Source) -> datetime:
    """Return when a text first appeared whose source's own page is not known."""
    pages = (article_id, *(twin for twin in tracks[article_id].twins if twin in tracks))
    named = [tracks[page].first for page in pages if any(v.credit_family == source.family for v in tracks[page].versions)]
    return min(reading.published_at for reading in named)


def _as_from_wire(words: list[Word], tracks: Tracks, article_id: str, source: Source) -> list[Word]:
    """Return the words of a wire text with the time of its first printing; only that printing is new."""
    first_at = _wire_time(tracks, article_id, source)
    first = tracks[article_id].first
    if first.published_at == first_at:
        return words
    return [replace(w, said_at=first_at, is_new=False) if w.said_at == first.published_at else w for w in words]


def current_words(tracks: Tracks, article_id: str) -> tuple[list[Word], list[Word]]:
    """Return what an article says now, and all that it has ever said."""
    track = tracks[article_id]
    source = source_of(tracks, article_id)
    ever: list[Word] = []
    now: list[Word] = []
    for words in _words_of_track(track):
        now = words
        if source.article_id != article_id:
            now = _copied_words(words, source, tracks)
            if not source.article_id:
                now = _as_from_wire(now, tracks, article_id, source)
        ever.extend(now)
    return now, ever
