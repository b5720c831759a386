"""From an article to what it is about, which watched claims it mentions, and what it says of them. Pure: watch in, records out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from schemas import ids
from schemas.claims_evidence import Evidence, Reading, Signature
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import ClassifiedArticle, Mention, SubjectScore
from schemas.words import ArticleKind
from services.classifier.domain.interests import Stake, merged, with_interested_outlets
from services.classifier.domain.kinds import kind_of
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.signatures import signature
from services.classifier.domain.subjects import subjects_of


@dataclass(frozen=True)
class Watch:
    """What is watched at a moment: claims, their matcher, the known outlets. Swapped whole when any of it changes."""

    claims: Mapping[str, WatchedClaim]
    matcher: Matcher
    outlets: Outlets
    stakes: tuple[Stake, ...] = ()
    """Outlets that speak for somebody."""
    _judged: dict[str, WatchedClaim] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, claims: Iterable[WatchedClaim], outlets: Iterable[Outlet] = ()) -> "Watch":
        """Return the watch of these claims and outlets."""
        by_id = {claim.claim_id: claim for claim in claims}
        listed = list(outlets)
        return cls(by_id, Matcher.compile(by_id.values()), Outlets.of(listed), _stakes(listed))

    def for_judging(self, claim_id: str) -> WatchedClaim | None:
        """Return the claim with the outlets that have a stake in it among its interested parties; None if it is not watched."""
        claim = self.claims.get(claim_id)
        if claim is None:
            return None
        if claim_id not in self._judged:
            self._judged[claim_id] = with_interested_outlets(claim, self.stakes)
        return self._judged[claim_id]

    def with_claims(self, *, upserts: Iterable[WatchedClaim] = (), removed: Collection[str] = ()) -> "Watch":
        """Return the watch after a change of claims."""
        changed = {claim.claim_id: claim for claim in upserts}
        kept = {claim_id: claim for claim_id, claim in self.claims.items() if claim_id not in removed}
        return Watch({**kept, **changed}, self.matcher.changed(upserts=changed.values(), removed=removed), self.outlets, self.stakes)

    def with_outlets(self, outlets: Iterable[Outlet]) -> "Watch":
        """Return the watch with these outlets instead."""
        listed = list(outlets)
        return Watch(self.claims, self.matcher, Outlets.of(listed), _stakes(listed))


def _stakes(outlets: Iterable[Outlet]) -> tuple[Stake, ...]:
    return merged([stake for outlet in outlets if (stake := Stake.of(outlet))])


def judged_differently(before: Watch, after: Watch) -> frozenset[str]:
    """Return the claims that an edit of the registry concerns: other outlets have a stake in them now."""
    if before.stakes == after.stakes:
        return frozenset()
    with_parties = (claim_id for claim_id, claim in after.claims.items() if claim.interested and claim_id in before.claims)
    return frozenset(claim_id for claim_id in with_parties if before.for_judging(claim_id) != after.for_judging(claim_id))


class Reader(Protocol):
    """Takes evidence from a text."""

    name: str
    """Which reader, and which version of it: ``rules-1``."""

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return what the article says of the claim, and who says so; empty if nothing."""
        ...


@dataclass(frozen=True)
class Classification:
    """One article version, classified: the record for everyone, and a reading for each claim concerned."""

    article: ClassifiedArticle
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class _Findings:
    kind: ArticleKind
    subjects: tuple[SubjectScore, ...]
    mentions: tuple[Mention, ...]
    signature: Signature
    credit_family: str


def classify(article: Article, watch: Watch, reader: Reader, *, earlier: Collection[str] = (), classified_at: datetime) -> Classification:
    """Return everything that one article version means to the watched claims.

    Args:
        earlier: Claims that earlier versions of the article were read for. Each gets a reading again, with whatever this version
            still says of it, so that what has gone is replaced. Claims that are watched no more are left out.
    """
    findings = _withdrawn(article) if article.withdrawn else _findings(article, watch)
    mentions = {mention.claim_id: mention for mention in findings.mentions}
    concerned = sorted({*mentions, *earlier} & watch.claims.keys())
    readings = tuple(
        _reading(article, watch, reader, mentions.get(claim_id) or Mention(claim_id=claim_id, matches=()), findings, classified_at)
        for claim_id in concerned
    )
    return Classification(_classified(article, findings, readings, classified_at), readings)


def _withdrawn(article: Article) -> _Findings:
    return _Findings(kind_of(article), (), (), Signature(), "")


def _findings(article: Article, watch: Watch) -> _Findings:
    credit_family = watch.outlets.named_origin(article)
    kind = kind_of(article, origin=watch.outlets.origin_outlet(article) if credit_family else None)
    subjects = subjects_of(article)
    about = {subject.code for subject in subjects}
    mentions = tuple(mention for mention in watch.matcher.mentions(article) if _is_on_subject(watch.claims[mention.claim_id], about))
    return _Findings(kind, subjects, mentions, signature(article.body or article.summary), credit_family)


def _is_on_subject(claim: WatchedClaim, about: set[str]) -> bool:
    """Tell whether the claim's subject filter lets the article through; an article of no sure subject passes."""
    return not claim.subjects or not about or not about.isdisjoint(claim.subjects)


def _reading(article: Article, watch: Watch, reader: Reader, mention: Mention, findings: _Findings, classified_at: datetime) -> Reading:
    claim = watch.claims[mention.claim_id]
    is_mentioned = bool(mention.matches) and not article.withdrawn
    evidence = reader.read(article, claim, mention, kind=findings.kind, outlets=watch.outlets) if is_mentioned else ()
    return Reading(
        reading_id=ids.reading_id(article.article_id, article.version, claim.claim_id),
        claim_id=claim.claim_id,
        article_id=article.article_id,
        version=article.version,
        url=article.url,
        title=article.title,
        outlet=article.outlet,
        credit_family=findings.credit_family,
        kind=findings.kind,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        version_seen_at=article.version_seen_at,
        classified_at=classified_at,
        withdrawn=article.withdrawn,
        backfill=article.backfill,
        signature=findings.signature,
        reader=reader.name,
        evidence=evidence,
    )


def _classified(article: Article, findings: _Findings, readings: Collection[Reading], classified_at: datetime) -> ClassifiedArticle:
    return ClassifiedArticle(
        article_id=article.article_id,
        version=article.version,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        kind=findings.kind,
        language=article.language,
        subjects=findings.subjects,
        mentions=findings.mentions,
        reading_ids=tuple(reading.reading_id for reading in readings),
        signature=findings.signature,
        published_at=article.published_at,
        version_seen_at=article.version_seen_at,
        classified_at=classified_at,
        withdrawn=article.withdrawn,
        backfill=article.backfill,
    )
