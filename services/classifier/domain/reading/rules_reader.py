"""The reader by rules: joins segmentation, attribution, hits and judgement; holds the parses of recent articles."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Protocol

from spacy.tokens import Doc

from schemas.claims_evidence import Evidence
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Mention
from schemas.words import ArticleKind
from services.classifier.domain.live_pages import entries
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.claim_frame import ClaimFrame, compile_claim
from services.classifier.domain.reading.evidence import evidence_of
from services.classifier.domain.reading.factcheck import with_verdict
from services.classifier.domain.reading.headlines import headline_sentence
from services.classifier.domain.reading.memory import Passage
from services.classifier.domain.reading.origins import OriginFinder
from services.classifier.domain.reading.parties import Parties
from services.classifier.domain.reading.passages import read_passage
from services.classifier.domain.reading.selection import chosen
from services.classifier.domain.reading.sentences import Sentence, split
from services.classifier.domain.reading.words_spoken import Words

SILENT = frozenset({ArticleKind.SATIRE, ArticleKind.OPINION, ArticleKind.QUESTION, ArticleKind.RETROSPECTIVE})
"""Kinds of text that never count."""

KEPT_ARTICLES = 4
"""Articles whose parses are kept: all claims that one mentions are read in a row."""

KEPT_PARSES = 400
"""Sentences and segments parsed per article; a longer one is read no further."""

_Key = tuple[str, str]


class Pipeline(Protocol):
    """Parses English, one text or many."""

    def __call__(self, text: str) -> Doc: ...

    def pipe(self, texts: Iterable[str]) -> Iterable[Doc]: ...


class Parses:
    """The parses of one article's sentences and segments, each made once."""

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp, self._docs = nlp, dict[str, Doc]()

    def prepare(self, texts: Iterable[str]) -> None:
        """Parse several texts at once, a third cheaper than one by one."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._docs][: max(0, KEPT_PARSES - len(self._docs))]
        if wanted:
            self._docs.update(zip(wanted, self._nlp.pipe(wanted), strict=True))

    def __call__(self, text: str) -> Doc | None:
        """Return the parse of a text; None when the article has used up its share."""
        found = self._docs.get(text)
        if found is None and len(self._docs) < KEPT_PARSES:
            found = self._docs[text] = self._nlp(text)
        return found


class RulesReader:
    """Reads by rules over a dependency parse. One instance per thread: it caches parses and claims."""

    name = "rules-1"

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp = nlp
        self._articles: OrderedDict[_Key, Parses] = OrderedDict()
        self._frames: dict[str, tuple[WatchedClaim, ClaimFrame, Parties]] = {}

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return what the article says of the claim, and who says so; empty if nothing."""
        if kind in SILENT or article.withdrawn:
            return ()
        frame, parties = self._frame(claim)
        finder = OriginFinder(frame, parties, article.outlet, outlets)
        parses = self._parses(article)
        words: list[Words] = []
        is_silent = True
        for passage in _passages(article, kind):
            spoken, has_hits = read_passage(passage, frame, finder, parses, article.published_at)
            is_silent = is_silent and not has_hits
            words += chosen(spoken)
        if kind is ArticleKind.FACT_CHECK:
            words = with_verdict(words, article, finder)
        elif is_silent and not words:
            words = self._headline(article, frame, finder, parses)
        return evidence_of(words, article, claim, reader=self.name)

    def _headline(self, article: Article, frame: ClaimFrame, finder: OriginFinder, parses: Parses) -> list[Words]:
        sentence = headline_sentence(article.title)
        if sentence is None:
            return []
        spoken, _ = read_passage(Passage("", (sentence,), ""), frame, finder, parses, article.published_at)
        return chosen(spoken)

    def _frame(self, claim: WatchedClaim) -> tuple[ClaimFrame, Parties]:
        known = self._frames.get(claim.claim_id)
        if known is None or known[0] != claim:
            known = self._frames[claim.claim_id] = (claim, compile_claim(claim, self._nlp), Parties(claim))
        return known[1], known[2]

    def _parses(self, article: Article) -> Parses:
        key = (article.article_id, article.version)
        parses = self._articles.pop(key, None) or Parses(self._nlp)
        self._articles[key] = parses
        while len(self._articles) > KEPT_ARTICLES:
            self._articles.popitem(last=False)
        return parses


def _passages(article: Article, kind: ArticleKind) -> list[Passage]:
    """Return what is read as one run of text: the body, or each entry of a live page; the summary where there is no body."""
    field, text = ("body", article.body) if article.body.strip() else ("summary", article.summary)
    if kind is ArticleKind.LIVE and (found := entries(text)):
        return [Passage(entry.label, tuple(split(entry.text, field=field, offset=entry.start)), "") for entry in found]
    sentences: tuple[Sentence, ...] = tuple(split(text, field=field))
    return [Passage("", sentences, article.title)]
