"""What is known of an episode: the latest word of each origin, and since when it has been quiet.

A claim in all the papers is heard again with every reading. So what was heard last of a claim is kept: only articles that a reading
touches, and copies of these, are heard anew. What comes out depends on nothing but the articles and the claim.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from schemas.claims_watch import WatchedClaim
from services.classifier.domain.judging.origin_names import bodies_of_people, fuller_names, people_for_bodies, person_key
from services.classifier.domain.judging.tracks import Track, Tracks
from services.classifier.domain.judging.words import Word, as_party, current_words, parties_of

KEPT_HEARINGS = 1_000
"""Claims of which the last hearing is kept: those judged last."""


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


def hear(tracks: Tracks, claim: WatchedClaim) -> Testimony:
    """Return what stands and since when it has been quiet, from all articles of one episode."""
    hearing = _hearings.pop(claim.claim_id, None)
    if hearing is None or (hearing.claim is not claim and hearing.claim != claim):
        hearing = _Hearing(claim)
    _hearings[claim.claim_id] = hearing
    while len(_hearings) > KEPT_HEARINGS:
        _hearings.popitem(last=False)
    return hearing.of(tracks)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one article says now, whom it names as speaking for which body, its last new evidence, the first word that it ever said."""

    words: tuple[Word, ...]
    people: tuple[tuple[str, str], ...]
    fresh_at: datetime | None
    first_at: datetime | None


class _Hearing:
    """The articles of one claim as they were heard last."""

    def __init__(self, claim: WatchedClaim) -> None:
        self.claim = claim
        self._parties = parties_of(claim)
        self._party_names = frozenset(name for name, _ in self._parties.values())
        self._tracks: Tracks = {}
        self._heard: dict[str, _Heard] = {}
        self._by_origin: dict[str, dict[str, Word]] = {}
        """By origin and article the article's latest word."""
        self._best: dict[str, Word] = {}
        self._testimony = Testimony((), None, False)

    def of(self, tracks: Tracks) -> Testimony:
        """Return what these tracks say. They are never changed in place: the same object says the same."""
        if tracks is not self._tracks:
            gone = self._tracks.keys() - tracks.keys()
            changed = {article_id for article_id, track in tracks.items() if self._tracks.get(article_id) is not track}
            touched = _with_copies(changed | gone, self._tracks, tracks)
            self._tracks = tracks
            self._hear_anew(touched)
            self._testimony = self._testify()
        return self._testimony

    def _hear_anew(self, article_ids: Iterable[str]) -> None:
        origins: set[str] = set()
        for article_id in article_ids:
            if before := self._heard.pop(article_id, None):
                for word in before.words:
                    origins.add(word.origin)
                    self._by_origin.get(word.origin, {}).pop(article_id, None)
            if article_id in self._tracks:
                heard = self._heard[article_id] = self._listen(article_id)
                for word in heard.words:
                    origins.add(word.origin)
                    said = self._by_origin.setdefault(word.origin, {})
                    if article_id not in said or _rank(word) > _rank(said[article_id]):
                        said[article_id] = word
        for origin in origins:
            self._choose(origin)

    def _listen(self, article_id: str) -> _Heard:
        now, ever = current_words(self._tracks, article_id)
        fresh = (word.said_at for word in ever if word.is_new and word.accountable and (word.supports or word.denies))
        first = min((word.said_at for word in ever), default=None)
        words = tuple(as_party(word, self._parties) for word in now)
        people = tuple(pair for word in words for pair in people_for_bodies(word.evidence.speaker, word.origin))
        return _Heard(words, people, max(fresh, default=None), first)

    def _choose(self, origin: str) -> None:
        if said := self._by_origin.get(origin):
            self._best[origin] = max(said.values(), key=_rank)
        else:
            self._by_origin.pop(origin, None)
            self._best.pop(origin, None)

    def _testify(self) -> Testimony:
        fresh = [heard.fresh_at for heard in self._heard.values() if heard.fresh_at]
        first = [heard.first_at for heard in self._heard.values() if heard.first_at]
        quiet_since = max(fresh) if fresh else min(first, default=None)
        speaks_for = bodies_of_people(pair for heard in self._heard.values() for pair in heard.people)
        best = [self._for_body(word, speaks_for) for word in self._best.values()]
        return Testimony(_one_word_each(best, self._party_names), quiet_since, bool(first))

    def _for_body(self, word: Word, speaks_for: Mapping[str, str]) -> Word:
        """Return the word of a person under the body that another article names as theirs."""
        body = None if word.authority or word.interested else speaks_for.get(person_key(word.origin))
        return as_party(replace(word, origin=body), self._parties) if body else word


def _one_word_each(words: Sequence[Word], parties: frozenset[str]) -> tuple[Word, ...]:
    fuller = fuller_names(frozenset(word.origin for word in words) - parties)
    latest: dict[str, Word] = {}
    for word in words:
        name = fuller.get(word.origin, word.origin)
        known = latest.get(name.casefold())
        if known is None or _rank(word) > _rank(known):
            latest[name.casefold()] = word if name == word.origin else replace(word, origin=name)
    return tuple(latest.values())


def _rank(word: Word) -> tuple[datetime, datetime, int, str, str]:
    return (word.said_at, word.reading.version_seen_at, word.position, word.reading.article_id, word.evidence.evidence_id)


def _with_copies(article_ids: set[str], *books: Tracks) -> set[str]:
    """Return these articles and all that hang together with them as copies of copies, before or after."""
    found, open_ends = set(article_ids), list(article_ids)
    while open_ends:
        article_id = open_ends.pop()
        tracks: list[Track] = [book[article_id] for book in books if article_id in book]
        for twin in {twin for track in tracks for twin in track.twins} - found:
            found.add(twin)
            open_ends.append(twin)
    return found


_hearings: OrderedDict[str, _Hearing] = OrderedDict()
