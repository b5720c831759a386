"""Which watched claims an article mentions, and where.

Two stages. The clause index knows by the article's words alone which ways to match ("clauses") of which claims are worth a second look
(most are decided by it); only of these what is left is evaluated exactly: nearness, absence, longer phrases. A matcher is immutable: a
change of claims makes another one, which shares with the old what has not changed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Match, Mention
from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.claim_patterns import Inflect, from_claim, literal
from services.classifier.domain.clause_index import COLUMNS, ClauseIndex
from services.classifier.domain.inflections import forms
from services.classifier.domain.patterns import Excerpt, Group, Pattern, Text, Token, reported, widest
from services.classifier.domain.words import words_of

_FREQUENT = frozenset(
    "a about after all also an and any are as at be been before but by can could day down first for from had has have he her his "
    "if in into is it its last leader man more most new no not of on one or other out over people police president said says she "
    "so some state than that the their them there they this time to two up was we were what when which who will with would year "
    "years you minister government killed kill dead die died death attack report reports news country world war official officials "
    "spokesman army company market bank".split()
)
MOST_GONE = 0.5
"""Part of the clauses that may have been taken out before the index is made anew of those that are left."""
FEW = 1_000
"""Clauses that may always have been taken out."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways in which a claim can match, and the namesakes that must not be taken for its subject."""

    claim_id: str
    patterns: tuple[Pattern, ...]
    namesakes: tuple[Pattern, ...]
    own_names: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One way in which a claim can match, as the index knows it by its number.

    Attributes:
        remainder: What to ask of an article that meets the clause's groups; None if nothing.
    """

    ways: Ways
    remainder: Pattern | None


@dataclass(frozen=True)
class Matcher:
    """All watched claims, ready to be looked for."""

    _numbers: Mapping[str, tuple[int, ...]]
    """By claim the numbers of its clauses."""
    _clauses: Sequence[Clause | None]
    _index: ClauseIndex
    _counts: Mapping[Token, int]
    """By token how many clauses need it."""
    _inflect: Inflect

    @classmethod
    def compile(cls, claims: Iterable[WatchedClaim], *, inflect: Inflect = forms) -> "Matcher":
        """Return a matcher of these claims.

        Args:
            inflect: All forms of a folded word that count as it.
        """
        return cls({}, (), ClauseIndex.empty(), {}, inflect).changed(upserts=claims)

    def changed(self, *, upserts: Iterable[WatchedClaim] = (), removed: Collection[str] = ()) -> "Matcher":
        """Return a matcher with claims added, replaced and taken out. Costs little next to compiling all of them."""
        ways = {claim.claim_id: _ways(claim, self._inflect) for claim in upserts}
        gone = {*removed, *ways} & self._numbers.keys()
        living = sum(map(len, self._numbers.values())) - sum(len(self._numbers[claim_id]) for claim_id in gone)
        if len(self._clauses) - living > FEW + MOST_GONE * len(self._clauses):
            kept = [self._ways_of(claim_id) for claim_id in self._numbers.keys() - gone]
            return Matcher({}, (), ClauseIndex.empty(), {}, self._inflect)._with([*kept, *ways.values()], ())
        return self._with(ways.values(), gone)

    def _ways_of(self, claim_id: str) -> Ways:
        return next(clause.ways for number in self._numbers[claim_id] if (clause := self._clauses[number]))

    def _with(self, ways: Collection[Ways], gone: Collection[str]) -> "Matcher":
        needed = [(way, pattern, groups) for way in ways for pattern in way.patterns if (groups := pattern.groups)]
        counts = Counter(self._counts)
        for _, _, groups in needed:
            counts.update({token for group in groups for token in group})
        numbers, clauses = dict(self._numbers), list(self._clauses)
        out = [number for claim_id in gone for number in numbers.pop(claim_id)]
        for number in out:
            clauses[number] = None
        for way in ways:
            numbers[way.claim_id] = ()
        for way, pattern, groups in needed:
            numbers[way.claim_id] += (len(clauses),)
            clauses.append(Clause(way, pattern if way.namesakes or len(groups) > COLUMNS + 1 else pattern.remainder))
        added = [sorted(groups, key=lambda group: _frequency(group, counts)) for _, _, groups in needed]
        return Matcher(numbers, clauses, self._index.changed(added, out), counts, self._inflect)

    def __len__(self) -> int:
        return len(self._numbers)

    def claim_ids(self, article: Article) -> frozenset[str]:
        """Return which claims the article mentions."""
        return frozenset(self._matching(ArticleText(article)))

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """Return which claims the article mentions, and where, by claim id."""
        text = ArticleText(article)
        matching = self._matching(text)
        return tuple(_mention(matching[claim_id], text) for claim_id in sorted(matching))

    def _matching(self, text: ArticleText) -> dict[str, Ways]:
        matching: dict[str, Ways] = {}
        for number in self._index.candidates(text):
            if (clause := self._clauses[number]) and clause.ways.claim_id not in matching:
                if clause.remainder is None or clause.remainder.holds(_view(clause.ways, text)):
                    matching[clause.ways.claim_id] = clause.ways
        return matching


def _ways(claim: WatchedClaim, inflect: Inflect) -> Ways:
    namesakes = tuple(literal(name) for name in claim.subject.not_ if words_of(name))
    own = tuple(literal(name) for name in (claim.subject.name, *claim.subject.aliases) if words_of(name)) if namesakes else ()
    return Ways(claim.claim_id, tuple(from_claim(claim, inflect=inflect)), namesakes, own)


def _frequency(group: Group, counts: Mapping[Token, int]) -> tuple[int, int, int]:
    """Estimate how often articles hold a token of the group: what many claims look for, many articles hold."""
    frequent = sum(token in _FREQUENT or (token[-1] == "*" and len(token) < 5) for token in group)
    return (1_000 * frequent + sum(counts[token] for token in group), len(group), -max(map(len, group)))


def _view(ways: Ways, text: ArticleText) -> Text:
    """Return the text without the names of namesakes; where a longer name of the subject covers one, it stays."""
    if not ways.namesakes:
        return text
    own = [(found.first, found.last) for name in ways.own_names for found in name.found(text)]
    hidden: set[int] = set()
    for namesake in ways.namesakes:
        for found in namesake.found(text):
            if not any(first <= found.first and found.last <= last and last - first > found.last - found.first for first, last in own):
                hidden.update(range(found.first, found.last + 1))
    return Excerpt(text, lambda position: position not in hidden) if hidden else text


def _mention(ways: Ways, text: ArticleText) -> Mention:
    view = _view(ways, text)
    places: dict[tuple[str, int, int], str] = {}
    for pattern in ways.patterns:
        if pattern.holds(view):
            for found in widest(reported(pattern, view)):
                places.setdefault(text.place(found.first, found.last), found.words)
    matches = (Match(words=words, field=name, start=start, end=end) for (name, start, end), words in places.items())
    return Mention(claim_id=ways.claim_id, matches=tuple(matches))
