"""The reader by rules: joins segmentation, attribution, hits and judgement; holds the parses of recent articles."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from schemas.claims_evidence import Evidence
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Mention
from schemas.words import ArticleKind, Limit
from services.classifier.domain.live_pages import entries
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.claim_compiler import compile_claim
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.entry_times import with_entry_times
from services.classifier.domain.reading.evidence import evidence_of
from services.classifier.domain.reading.factcheck import with_verdict
from services.classifier.domain.reading.headlines import headline_sentence
from services.classifier.domain.reading.issued import in_the_issuers_voice
from services.classifier.domain.reading.memory import Passage
from services.classifier.domain.reading.origins import OriginFinder
from services.classifier.domain.reading.parses import Parses, Pipeline
from services.classifier.domain.reading.parties import Parties
from services.classifier.domain.reading.passages import read_passage
from services.classifier.domain.reading.selection import chosen, in_window
from services.classifier.domain.reading.sentences import is_left_out, split
from services.classifier.domain.reading.words_spoken import Words

SILENT = frozenset({ArticleKind.SATIRE, ArticleKind.OPINION, ArticleKind.QUESTION, ArticleKind.RETROSPECTIVE})
"""Kinds of text that never count."""

KEPT_CLAIMS = 5_000
"""Claims that are kept as the reader sees them, those read for last; 30 kB each, and 6 ms to make anew."""

KEPT_ARTICLES = 4
"""Articles whose parses are kept: all claims that one mentions are read in a row."""

MAX_ENTRIES = 200
"""Entries of a live page that are read, the newest."""

_Key = tuple[str, str]


@dataclass
class _Kept:
    """What is kept of an article while its claims are read for: its parses, and its passages as those of a kind."""

    parses: Parses
    passages: dict[ArticleKind, list[Passage]] = field(default_factory=dict)


class RulesReader:
    """Reads by rules over a dependency parse. One instance per thread: it caches parses and claims."""

    name = "rules-2"

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp = nlp
        self._articles: OrderedDict[_Key, _Kept] = OrderedDict()
        self._frames: OrderedDict[str, tuple[WatchedClaim, ClaimFrame, Parties]] = OrderedDict()

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return what the article says of the claim, and who says so; empty if nothing."""
        if kind in SILENT or article.withdrawn:
            return ()
        frame, parties = self._frame(claim)
        finder = OriginFinder(frame, parties, article.outlet, outlets)
        kept = self._kept(article)
        parses = kept.parses
        parses.begin_claim()
        words: list[Words] = []
        is_silent = True
        for passage in self._passages(article, kind, kept):
            spoken, has_hits = read_passage(passage, frame, finder, parses, article.published_at)
            is_silent = is_silent and not has_hits
            words += chosen(in_window(spoken, claim.window))
        if kind is ArticleKind.FACT_CHECK:
            words = with_verdict(words, article, finder)
        elif is_silent and not words:
            words = self._headline(article, frame, finder, parses)
        if kind is ArticleKind.PRESS_RELEASE:
            words = in_the_issuers_voice(words, article, parties)
        found = evidence_of(words, article, claim, reader=self.name)
        return with_entry_times(found, article) if kind is ArticleKind.LIVE else found

    def _headline(self, article: Article, frame: ClaimFrame, finder: OriginFinder, parses: Parses) -> list[Words]:
        sentence = headline_sentence(article.title)
        if sentence is None:
            return []
        spoken, _ = read_passage(Passage("", (sentence,), ""), frame, finder, parses, article.published_at)
        return chosen(in_window(spoken, frame.claim.window))

    def _frame(self, claim: WatchedClaim) -> tuple[ClaimFrame, Parties]:
        known = self._frames.pop(claim.claim_id, None)
        if known is None or known[0] != claim:
            known = (claim, compile_claim(claim, self._at_once(claim.keywords)), Parties(claim))
        self._frames[claim.claim_id] = known
        if len(self._frames) > KEPT_CLAIMS:
            self._frames.popitem(last=False)
        return known[1], known[2]

    def _at_once(self, texts: Sequence[str]) -> Callable[[str], Doc]:
        """Return what parses, with these texts parsed already: many short ones at once take half as long as one by one."""
        docs = dict(zip(texts, self._nlp.pipe(texts), strict=True))
        return lambda text: docs[text] if text in docs else self._nlp(text)

    def limits(self, article: Article) -> frozenset[Limit]:
        """Return which limits the reading of this article has hit so far."""
        return frozenset(self._kept(article).parses.limits)

    def _kept(self, article: Article) -> _Kept:
        key = (article.article_id, article.version)
        kept = self._articles.pop(key, None) or _Kept(Parses(self._nlp))
        self._articles[key] = kept
        while len(self._articles) > KEPT_ARTICLES:
            self._articles.popitem(last=False)
        return kept

    def _passages(self, article: Article, kind: ArticleKind, kept: _Kept) -> list[Passage]:
        if kind not in kept.passages:
            kept.passages[kind], limits = _passages(article, kind)
            kept.parses.limits |= limits
        return kept.passages[kind]


def _passages(article: Article, kind: ArticleKind) -> tuple[list[Passage], set[Limit]]:
    """Return what is read as one run of text: the body, or each entry of a live page; the summary where there is no body.

    And the limits that were hit.
    """
    name, text = ("body", article.body) if article.body.strip() else ("summary", article.summary)
    limits: set[Limit] = set()
    if kind is ArticleKind.LIVE and (found := entries(text)):
        limits = {Limit.ENTRIES} if len(found) > MAX_ENTRIES else set()
        passages = [Passage(entry.label, tuple(split(entry.text, field=name, offset=entry.start)), "") for entry in found[-MAX_ENTRIES:]]
    else:
        passages = [Passage("", tuple(split(text, field=name)), article.title)]
        limits = {Limit.LONG_SENTENCES} if is_left_out(text, passages[0].sentences) else set()
    return passages, limits
