"""Which watched claims an article mentions, and where.

Two stages. A claim is filed under the rarest words that an article must contain for it to match; one look at the article's words
finds the few claims worth a second look, and only these are evaluated exactly. A matcher is immutable: a change of claims makes
another one, which shares with the old what has not changed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Match, Mention
from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.claim_patterns import Inflect, from_claim, literal
from services.classifier.domain.inflections import forms
from services.classifier.domain.patterns import Excerpt, Group, Pattern, Text, reported, widest
from services.classifier.domain.words import words_of

_FREQUENT = frozenset(
    "a about after all also an and any are as at be been before but by can could day down first for from had has have he her his "
    "if in into is it its last leader man more most new no not of on one or other out over people police president said says she "
    "so some state than that the their them there they this time to two up was we were what when which who will with would year "
    "years you minister government killed kill dead die died death attack report reports news country world war official officials "
    "spokesman army company market bank".split()
)


@dataclass(frozen=True)
class Clause:
    """One way in which a claim can match.

    Attributes:
        rest: What an article must contain besides the words that the clause is filed under, the rarest first.
        is_decided: Filed words and rest decide alone; the pattern need not be asked.
    """

    claim_id: str
    pattern: Pattern
    anchor: Group
    rest: tuple[Group, ...]
    is_decided: bool


@dataclass(frozen=True)
class CompiledClaim:
    """A claim's clauses, and the namesakes that must not be taken for its subject."""

    clauses: tuple[Clause, ...]
    namesakes: tuple[Pattern, ...]
    own_names: tuple[Pattern, ...]


Index = Mapping[str, tuple[tuple[Group, Clause], ...]]
"""By word the clauses filed under it, each with the first group of its rest: the test that fails most often, at hand."""


@dataclass(frozen=True)
class Matcher:
    """All watched claims, ready to be looked for."""

    _claims: Mapping[str, CompiledClaim]
    _index: Index
    _counts: Mapping[str, int]
    _prefix_lengths: tuple[int, ...]
    _inflect: Inflect

    @classmethod
    def compile(cls, claims: Iterable[WatchedClaim], *, inflect: Inflect = forms) -> "Matcher":
        """Return a matcher of these claims.

        Args:
            inflect: All forms of a folded word that count as it.
        """
        return cls({}, {}, Counter(), (), inflect).changed(upserts=claims)

    def changed(self, *, upserts: Iterable[WatchedClaim] = (), removed: Collection[str] = ()) -> "Matcher":
        """Return a matcher with claims added, replaced and taken out. Costs little next to compiling all of them."""
        patterns = {claim.claim_id: (claim, from_claim(claim, inflect=self._inflect)) for claim in upserts}
        counts = Counter(self._counts)
        for _, ways in patterns.values():
            for way in ways:
                counts.update({word for group in way.groups for word in group})
        compiled = {claim_id: _compiled(claim, ways, counts) for claim_id, (claim, ways) in patterns.items()}
        claims, index = dict(self._claims), dict(self._index)
        _unfile(index, [claims.pop(claim_id) for claim_id in {*removed, *compiled} if claim_id in claims])
        _file(index, compiled.values())
        lengths = _prefix_lengths(clause for claim in compiled.values() for clause in claim.clauses).union(self._prefix_lengths)
        return Matcher({**claims, **compiled}, index, counts, tuple(sorted(lengths)), self._inflect)

    def __len__(self) -> int:
        return len(self._claims)

    def claim_ids(self, article: Article) -> frozenset[str]:
        """Return which claims the article mentions."""
        return self._matching(self._text(article))

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """Return which claims the article mentions, and where, by claim id."""
        text = self._text(article)
        return tuple(self._mention(claim_id, text) for claim_id in sorted(self._matching(text)))

    def _text(self, article: Article) -> ArticleText:
        text = ArticleText(article)
        if self._prefix_lengths:
            text.add_prefixes(self._prefix_lengths)
        return text

    def _matching(self, text: ArticleText) -> frozenset[str]:
        matching: set[str] = set()
        for clause in self._candidates(text.tokens):
            if clause.claim_id not in matching and (clause.is_decided or clause.pattern.holds(self._view(clause.claim_id, text))):
                matching.add(clause.claim_id)
        return frozenset(matching)

    def _candidates(self, tokens: set[str]) -> Iterator[Clause]:
        index = self._index
        lacks = tokens.isdisjoint
        for word in index.keys() & tokens:
            for clause in [clause for second, clause in index[word] if not lacks(second)]:
                for group in clause.rest[1:]:
                    if lacks(group):
                        break
                else:
                    yield clause

    def _view(self, claim_id: str, text: ArticleText) -> Text:
        """Return the text without the names of namesakes; where a longer name of the subject covers one, it stays."""
        claim = self._claims[claim_id]
        if not claim.namesakes:
            return text
        own = [(found.first, found.last) for name in claim.own_names for found in name.found(text)]
        hidden: set[int] = set()
        for namesake in claim.namesakes:
            for found in namesake.found(text):
                if not any(first <= found.first and found.last <= last and last - first > found.last - found.first for first, last in own):
                    hidden.update(range(found.first, found.last + 1))
        return Excerpt(text, lambda position: position not in hidden) if hidden else text

    def _mention(self, claim_id: str, text: ArticleText) -> Mention:
        view = self._view(claim_id, text)
        places: dict[tuple[str, int, int], str] = {}
        for clause in self._claims[claim_id].clauses:
            if all(not text.tokens.isdisjoint(group) for group in (clause.anchor, *clause.rest)) and clause.pattern.holds(view):
                for found in widest(reported(clause.pattern, view)):
                    places.setdefault(text.place(found.first, found.last), found.words)
        matches = (Match(words=words, field=name, start=start, end=end) for (name, start, end), words in places.items())
        return Mention(claim_id=claim_id, matches=tuple(matches))


def _compiled(claim: WatchedClaim, patterns: list[Pattern], counts: Mapping[str, int]) -> CompiledClaim:
    namesakes = tuple(literal(name) for name in claim.subject.not_ if words_of(name))
    own = tuple(literal(name) for name in (claim.subject.name, *claim.subject.aliases) if words_of(name)) if namesakes else ()
    clauses = tuple(_clause(claim.claim_id, pattern, counts, has_namesakes=bool(namesakes)) for pattern in patterns if pattern.groups)
    return CompiledClaim(clauses, namesakes, own)


def _clause(claim_id: str, pattern: Pattern, counts: Mapping[str, int], *, has_namesakes: bool) -> Clause:
    anchor, *rest = sorted(pattern.groups, key=lambda group: _frequency(group, counts))
    return Clause(claim_id, pattern, anchor, tuple(rest), pattern.is_decided and not has_namesakes)


def _prefix_lengths(clauses: Iterable[Clause]) -> set[int]:
    return {len(word) - 1 for clause in clauses for group in (clause.anchor, *clause.rest) for word in group if word[-1] == "*"}


def _frequency(group: Group, counts: Mapping[str, int]) -> tuple[int, int, int]:
    """Estimate how often articles hold a word of the group: what many claims look for, many articles hold."""
    frequent = sum(word in _FREQUENT or (word[-1] == "*" and len(word) < 5) for word in group)
    return (1_000 * frequent + sum(counts[word] for word in group), len(group), -max(map(len, group)))


Filed = dict[str, tuple[tuple[Group, Clause], ...]]


def _file(index: Filed, claims: Iterable[CompiledClaim]) -> None:
    filed: dict[str, list[tuple[Group, Clause]]] = {}
    for claim in claims:
        for clause in claim.clauses:
            entry = (clause.rest[0] if clause.rest else clause.anchor, clause)
            for word in clause.anchor:
                filed.setdefault(word, []).append(entry)
    for word, clauses in filed.items():
        index[word] = (*index.get(word, ()), *clauses)


def _unfile(index: Filed, claims: Iterable[CompiledClaim]) -> None:
    gone = {id(clause): clause for claim in claims for clause in claim.clauses}
    for word in {word for clause in gone.values() for word in clause.anchor}:
        left = tuple(entry for entry in index[word] if id(entry[1]) not in gone)
        if left:
            index[word] = left
        else:
            del index[word]
