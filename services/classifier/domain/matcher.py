"""Which watched claims an article mentions, and where.

Two stages. The clause index knows by the article's words alone which ways to match ("clauses") of which claims are worth a second look
(most are decided by it); only of these what is left is evaluated exactly: nearness, absence, longer phrases. A matcher is immutable: a
change of claims makes another one, which shares with the old what has not changed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Match, Mention
from services.classifier.domain import namesakes
from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.claim_patterns import Inflect, from_claim, literal
from services.classifier.domain.clause_index import COLUMNS, ClauseIndex
from services.classifier.domain.inflections import forms
from services.classifier.domain.patterns import Group, Pattern, Text, Token, reported
from services.classifier.domain.words import words_of

_FREQUENT = frozenset(
    "a about after all also an and any are as at be been before but by can could day down first for from had has have he her his "
    "if in into is it its last leader man more most new no not of on one or other out over people police president said says she "
    "so some state than that the their them there they this time to two up was we were what when which who will with would year "
    "years you minister government killed kill dead die died death attack report reports news country world war official officials "
    "spokesman army company market bank".split()
)
MAX_PLACES = 60
"""Places told of one claim's words: enough to read by, whatever a text repeats."""

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


@dataclass(frozen=True)
class Matcher:
    """All watched claims, ready to be looked for."""

    _ways: Mapping[str, Ways]
    _numbers: Mapping[str, Sequence[int]]
    """By claim the numbers of its clauses in the index, one for each pattern that can be told by groups."""
    _owners: Sequence[str]
    """By number of the clause the claim that it is of."""
    _remainders: Mapping[int, Pattern]
    """By number of the clause what to ask of an article that meets its groups; most need nothing more."""
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
        return cls.none(inflect).changed(upserts=claims)

    @classmethod
    def none(cls, inflect: Inflect = forms) -> "Matcher":
        """Return a matcher of no claims."""
        return cls({}, {}, (), {}, ClauseIndex.empty(), {}, inflect)

    def changed(self, *, upserts: Iterable[WatchedClaim] = (), removed: Collection[str] = ()) -> "Matcher":
        """Return a matcher with claims added, replaced and taken out. Costs little next to compiling all of them."""
        ways = {claim.claim_id: ways_of(claim, inflect=self._inflect) for claim in upserts}
        gone = {*removed, *ways} & self._ways.keys()
        living = sum(map(len, self._numbers.values())) - sum(len(self._numbers[claim_id]) for claim_id in gone)
        if len(self._owners) - living > FEW + MOST_GONE * len(self._owners):
            kept = {claim_id: way for claim_id, way in self._ways.items() if claim_id not in gone}
            return Matcher.none(self._inflect)._with({**kept, **ways}, ())
        return self._with(ways, gone)

    def _with(self, ways: Mapping[str, Ways], gone: Collection[str]) -> "Matcher":
        all_ways, numbers, remainders = dict(self._ways), dict(self._numbers), dict(self._remainders)
        out = [number for claim_id in gone for number in numbers.pop(claim_id)]
        for claim_id in gone:
            del all_ways[claim_id]
        for number in out:
            remainders.pop(number, None)
        needed = [(way, pattern, groups) for way in ways.values() for pattern in way.patterns if (groups := pattern.groups)]
        owners = [*self._owners, *(way.claim_id for way, _, _ in needed)]
        for number, (way, pattern, groups) in enumerate(needed, len(self._owners)):
            numbers[way.claim_id] = (*numbers.get(way.claim_id, ()), number)
            if left := pattern if way.namesakes or len(groups) > COLUMNS + 1 else pattern.remainder:
                remainders[number] = left
        counts = Counter(self._counts)
        for _, _, groups in needed:
            counts.update({token for group in groups for token in group})
        added = [sorted(groups, key=lambda group: _frequency(group, counts)) for _, _, groups in needed]
        index = self._index.changed(added, out)
        return Matcher({**all_ways, **ways}, numbers, owners, remainders, index, counts, self._inflect)

    def __len__(self) -> int:
        return len(self._ways)

    @property
    def tokens(self) -> KeysView[Token]:
        """What is looked up of an article: all tokens that any clause needs."""
        return self._index.tokens

    def claim_ids(self, article: Article) -> frozenset[str]:
        """Return which claims the article mentions."""
        return self._matching(ArticleText(article))

    def mentions(self, article: Article, *, limit: int = MAX_PLACES) -> tuple[Mention, ...]:
        """Return which claims the article mentions, and where, by claim id.

        Args:
            limit: Places told of one claim's words, the first ones; one more is told where there are more.
        """
        text = ArticleText(article)
        return tuple(_mention(self._ways[claim_id], text, limit) for claim_id in sorted(self._matching(text)))

    def _matching(self, text: ArticleText) -> frozenset[str]:
        candidates = self._index.candidates(text)
        undecided = candidates & self._remainders.keys()
        matching = {self._owners[number] for number in candidates - undecided}
        for number in undecided:
            claim_id = self._owners[number]
            if claim_id not in matching and self._remainders[number].holds(_view(self._ways[claim_id], text)):
                matching.add(claim_id)
        return frozenset(matching)


def ways_of(claim: WatchedClaim, *, inflect: Inflect) -> Ways:
    """Return what to look for to find a claim."""
    others = tuple(literal(name) for name in claim.subject.not_ if words_of(name))
    own = tuple(literal(name) for name in (claim.subject.name, *claim.subject.aliases) if words_of(name)) if others else ()
    return Ways(claim.claim_id, tuple(from_claim(claim, inflect=inflect)), others, own)


def _frequency(group: Group, counts: Mapping[Token, int]) -> tuple[int, int, int]:
    """Estimate how often articles hold a token of the group: what many claims look for, many articles hold."""
    frequent = sum(token in _FREQUENT or (token[-1] == "*" and len(token) < 5) for token in group)
    return (1_000 * frequent + sum(counts[token] for token in group), len(group), -max(map(len, group)))


def _view(ways: Ways, text: ArticleText) -> Text:
    return namesakes.without(text, ways.namesakes, own_names=ways.own_names) if ways.namesakes else text


def _mention(ways: Ways, text: ArticleText, limit: int) -> Mention:
    view = _view(ways, text)
    places: dict[tuple[str, int, int], str] = {}
    for pattern in ways.patterns:
        if len(places) <= limit and pattern.holds(view):
            for found in reported(pattern, view):
                places.setdefault(text.place(found.first, found.last), found.words)
    matches = (Match(words=words, field=name, start=start, end=end) for (name, start, end), words in islice(places.items(), limit + 1))
    return Mention(claim_id=ways.claim_id, matches=tuple(matches))
