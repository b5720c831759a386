"""Reads pairs: is the text about the claim, what do the rules find in it, what does the second opinion make of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from schemas import ids
from schemas.claims_evidence import Evidence, Quote
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import Mention, SubjectScore
from services.classifier.domain.classify import Reader
from services.classifier.domain.kinds import kind_of
from services.classifier.domain.opinion.second_opinion import SecondOpinion
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.pairs.bare_claims import claim_of
from services.classifier.domain.pairs.other_events import FEW_SENTENCES, is_another_event, shape_of
from services.classifier.domain.pairs.pair import Pair, PairReading
from services.classifier.domain.pairs.speaker_names import called
from services.classifier.domain.pairs.spoken import finders_of, speaker_in
from services.classifier.domain.pairs.units import Unit, View, view_of
from services.classifier.domain.pairs.verdict import Verdict, by_rules, certainty_of, weighed
from services.classifier.domain.reading.parses import Pipeline
from services.classifier.domain.reading.sentences import plain
from services.classifier.domain.subjects import subjects_of

UNNAMED_OUTLET = "outlet"
"""What the outlet is called in the evidence of a pair that names none."""

OPINION_NAME = "opinion-1"
"""The reader that a piece names which only the second opinion found."""

QUOTE_CHARS = 300
KEPT = 2_000

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""A pair bears no date. None is needed but as a point for "yesterday" to be before."""


@dataclass(frozen=True)
class _Text:
    """A text as an article, with what does not depend on the claim."""

    article: Article
    subjects: tuple[SubjectScore, ...]


class PairReader:
    """Reads pairs one by one; keeps what it made of recent claims and texts. One instance per thread."""

    def __init__(self, reader: Reader, parse: Pipeline, asked: SecondOpinion, *, uses_opinion: bool = True) -> None:
        self._reader, self._asked, self._uses_opinion = reader, asked, uses_opinion
        self._claim = lru_cache(KEPT)(lambda claim: claim_of(claim, parse))
        self._text = lru_cache(KEPT)(_text_of)
        self._finders = lru_cache(KEPT)(lambda claim: finders_of(self._claim(claim), parse))
        self._shape = lru_cache(KEPT)(lambda claim: shape_of(claim, self._claim(claim), parse))
        self._parse = parse
        self._outlets = Outlets.of(())

    def read(self, pair: Pair) -> PairReading:
        """Return what the pair's text says of its claim."""
        text = self._text(pair.title, pair.text, pair.outlet)
        view = view_of(pair.claim, pair.title, pair.text, self._asked)
        evidence = self.by_rules(pair) if view.is_related or view.units else ()
        if (not view.is_related and not evidence) or self.is_near_miss(pair, view):
            return PairReading(id=pair.id, related=False, stance=None, certainty=None, speaker=None, evidence=(), subjects=text.subjects)
        verdict = self._verdict(pair, view, evidence)
        if not evidence and self._uses_opinion and view.units:
            evidence = (self._piece(text.article, self._claim(pair.claim), view, verdict),)
        return PairReading(
            id=pair.id,
            related=True,
            stance=verdict.stance,
            certainty=certainty_of(verdict.stance, verdict.piece),
            speaker=self._speaker(pair, verdict.piece or next(iter(evidence), None)),
            evidence=evidence,
            subjects=text.subjects,
        )

    def _speaker(self, pair: Pair, piece: Evidence | None) -> str:
        return called(piece, self._shape(pair.claim).frame, outlet=pair.outlet) if piece is not None else pair.outlet

    def by_rules(self, pair: Pair) -> tuple[Evidence, ...]:
        """Return what the rules find, whether the text is related or not."""
        claim, article = self._claim(pair.claim), self._text(pair.title, pair.text, pair.outlet).article
        mention = Mention(claim_id=claim.claim_id, matches=())
        return self._reader.read(article, claim, mention, kind=kind_of(article), outlets=self._outlets)

    def is_near_miss(self, pair: Pair, view: View) -> bool:
        """Tell whether a text that shares the claim's words is about another event."""
        if view.sentences > FEW_SENTENCES:
            return False
        parts = ((pair.title if unit.field == "title" else pair.text)[unit.start : unit.end] for unit in view.units)
        docs = [self._parse(plain(part)) for part in parts]
        shape = self._shape(pair.claim)
        return is_another_event(shape, docs, f"{pair.title}\n{pair.text}")

    def _verdict(self, pair: Pair, view: View, evidence: tuple[Evidence, ...]) -> Verdict:
        if not self._uses_opinion or view.opinion is None or not view.units:
            return by_rules(evidence)
        nearest = _nearest(view)
        return weighed(view.opinion, evidence, (pair.title if nearest.field == "title" else pair.text)[nearest.start : nearest.end])

    def _piece(self, article: Article, claim: WatchedClaim, view: View, verdict: Verdict) -> Evidence:
        """Return the verdict as a piece of evidence: the words nearest to the claim, and who says them."""
        unit = _nearest(view)
        text, end = _field(article, unit), min(unit.end, unit.start + QUOTE_CHARS)
        origin = speaker_in(text[unit.start : unit.end], claim.statement, self._finders(claim.statement)(article.outlet), self._parse)
        return Evidence(
            evidence_id=ids.evidence_id(article.article_id, article.version, claim.claim_id, f"{unit.field}:{unit.start}:opinion"),
            stance=verdict.stance,
            certainty=certainty_of(verdict.stance, None),
            speaker=origin.speaker,
            origin=origin.name,
            own_voice=origin.own_voice,
            accountable=origin.accountable,
            quote=Quote(text=text[unit.start : end], field=unit.field, start=unit.start, end=end),
            reader=OPINION_NAME,
        )


def _text_of(title: str, text: str, outlet: str) -> _Text:
    digest = sha256("\0".join((title, text, outlet)).encode("utf-8", "replace")).hexdigest()
    article = Article(
        article_id=digest,
        version=digest,
        url=f"pair:{digest[:24]}",
        feed_id="pairs",
        outlet=Outlet(name=outlet or UNNAMED_OUTLET),
        title=title,
        body=text,
        published_at=_NO_DATE,
        first_seen_at=_NO_DATE,
        version_seen_at=_NO_DATE,
    )
    return _Text(article, subjects_of(article))


def _nearest(view: View) -> Unit:
    return max(view.units, key=lambda one: (one.share, one.field == "title"))


def _field(article: Article, unit: Unit) -> str:
    return article.title if unit.field == "title" else article.body
