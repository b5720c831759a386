"""From tracks to words: who has said what, when it counts from, and which word of each origin is the latest."""

from collections import deque
from collections.abc import Iterable, Iterator
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


def _parties(claim: WatchedClaim) -> Parties:
    def names(parties: tuple[Party, ...], *, authority: bool) -> Parties:
        return {name.casefold(): (party.name, authority) for party in parties for name in (party.name, *party.aliases)}

    return names(claim.interested, authority=False) | names(claim.authorities, authority=True)


def _as_party(word: Word, parties: Parties) -> Word:
    """Return the word under the name and with the standing that the claim gives its origin."""
    name, authority = parties.get(word.origin.casefold(), ("", False))
    return replace(word, origin=name, authority=authority, interested=not authority) if name else word


_TITLES = frozenset("dr prof professor mr mrs ms sir lady gen general col colonel capt captain mother father sheriff judge".split())
_JOINTS = frozenset("the a an of and for at in".split())


def _name_words(origin: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others, folded, without a title in front."""
    words = origin.casefold().replace(",", " ").replace(".", " ").split()
    return tuple(
        word for place, word in enumerate(words) if word not in _JOINTS and not (place == 0 and word in _TITLES and len(words) > 1)
    )


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...], full_name: str) -> bool:
    if not short or not set(short) < set(full):
        return False
    heads = {full[-1], full_name.casefold().partition(" of ")[0].split()[-1]}
    return len(short) > 1 or short[0] in heads


def _one_name_each(words: list[Word]) -> list[Word]:
    """Return the words with origins that are plainly one another's under the fuller name.

    "federation" is the "World Chess Federation" that spoke before, "Coast University" speaks in "Yaw Boateng of Coast University". Parties
    keep the name that the claim gives them; a name that may be two others' stays.
    """
    parties = {word.origin for word in words if word.authority or word.interested}
    names = {origin: _name_words(origin) for origin in {word.origin for word in words} - parties}
    fuller: dict[str, str] = {}
    for origin, own in sorted(names.items()):
        alike = [other for other in sorted(names) if names[other] == own]
        if alike[0] != origin and own:
            fuller[origin] = alike[0]
            continue
        wider = [other for other, theirs in names.items() if _is_short_for(own, theirs, other)]
        widest = [other for other in wider if not any(set(names[other]) < set(names[third]) for third in wider)]
        if len({names[other] for other in widest}) == 1:
            fuller[origin] = min(widest)
    fullest = {origin: fuller.get(other, other) for origin, other in fuller.items()}
    return [replace(word, origin=fullest[word.origin]) if word.origin in fullest else word for word in words]


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


def _current_words(tracks: Tracks, article_id: str) -> tuple[list[Word], list[Word]]:
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


@dataclass(frozen=True)
class Testimony:
    """What is known of an episode.

    Attributes:
        standing: The latest word of each origin, in no order that matters.
        quiet_since: Publication time of the last new evidence, else of the first word; None if nothing was ever said.
        ever_said: Whether anything was ever said, even if it was taken back.
    """

    standing: tuple[Word, ...]
    quiet_since: datetime | None
    ever_said: bool


def _latest(words: Iterable[Word]) -> tuple[Word, ...]:
    latest: dict[str, Word] = {}
    for word in words:
        known = latest.get(word.origin.casefold())
        if known is None or _rank(word) > _rank(known):
            latest[word.origin.casefold()] = word
    return tuple(latest.values())


def _rank(word: Word) -> tuple[datetime, datetime, int, str, str]:
    return (word.said_at, word.reading.version_seen_at, word.position, word.reading.article_id, word.evidence.evidence_id)


def _quiet_since(words: list[Word]) -> datetime | None:
    fresh = [w.said_at for w in words if w.is_new and w.accountable and (w.supports or w.denies)]
    return max(fresh) if fresh else min((word.said_at for word in words), default=None)


_MEMO_SIZE = 8
_memo: deque[tuple[Tracks, WatchedClaim, Testimony]] = deque(maxlen=_MEMO_SIZE)


def hear(tracks: Tracks, claim: WatchedClaim) -> Testimony:
    """Return what stands and since when it has been quiet, from all articles of one episode."""
    # One step of a claim asks several times of the same tracks, and they are never changed in place: identity is enough.
    for known_tracks, known_claim, testimony in _memo:
        if known_tracks is tracks and known_claim is claim:
            return testimony
    heard = _hear(tracks, claim)
    _memo.append((tracks, claim, heard))
    return heard


def _hear(tracks: Tracks, claim: WatchedClaim) -> Testimony:
    parties = _parties(claim)
    now: list[Word] = []
    ever: list[Word] = []
    for article_id in tracks:
        current, all_words = _current_words(tracks, article_id)
        now.extend(_as_party(word, parties) for word in current)
        ever.extend(all_words)
    return Testimony(standing=_latest(_one_name_each(now)), quiet_since=_quiet_since(ever), ever_said=bool(ever))
