"""From an article to what it is about, which watched claims it mentions, and what it says of them. Pure: watch in, records out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from schemas import ids
from schemas.claims_evidence import Evidence, Reading, Signature
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import ClassifiedArticle, Mention, SubjectScore
from schemas.words import ArticleKind, Limit
from services.classifier.domain import bounds
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
        gone = frozenset(removed)
        kept = {claim_id: claim for claim_id, claim in self.claims.items() if claim_id not in gone}
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
    """Which reader, and which version of it: ``rules-2``."""

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return what the article says of the claim, and who says so; empty if nothing."""
        ...

    def limits(self, article: Article) -> frozenset[Limit]:
        """Return which limits the reading of this article has hit so far; ``Limit.CLAIMS``: it is not to be read for further claims."""
        ...


@dataclass(frozen=True)
class Failure:
    """A claim that the article could not be read for: the reader raised. What earlier versions said of it stands."""

    claim_id: str
    error: Exception


@dataclass(frozen=True)
class Classification:
    """One article version, classified: the record for everyone, and a reading for each claim concerned."""

    article: ClassifiedArticle
    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...] = ()


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
    text, capped = bounds.bounded(article)
    findings = _withdrawn(text) if article.withdrawn else _findings(article, text, watch)
    readings, failures, unread = _readings(text, watch, reader, findings, earlier, classified_at)
    mentions, unlisted = bounds.listed(findings.mentions)
    capped |= unread | unlisted
    return Classification(_classified(text, replace(findings, mentions=mentions), readings, capped, classified_at), readings, failures)


def _readings(
    article: Article, watch: Watch, reader: Reader, findings: _Findings, earlier: Collection[str], classified_at: datetime
) -> tuple[tuple[Reading, ...], tuple[Failure, ...], set[Limit]]:
    """Return a reading for each claim, by claim id, as far as the limits allow; those that failed; and the limits hit."""
    readings = [
        _reading(article, watch.claims[gone], reader, (), findings, classified_at) for gone in _mentioned_no_more(findings, earlier, watch)
    ]
    failures: list[Failure] = []
    capped: set[Limit] = set()
    for count, mention in enumerate(bounds.in_order_of_reading(findings.mentions, earlier)):
        if count == bounds.MAX_CLAIMS_READ or Limit.CLAIMS in reader.limits(article):
            capped.add(Limit.CLAIMS)
            break
        try:
            evidence = reader.read(article, watch.claims[mention.claim_id], mention, kind=findings.kind, outlets=watch.outlets)
        except Exception as error:  # whatever one claim does to the reader, the others are read
            failures.append(Failure(mention.claim_id, error))
            continue
        kept = bounds.evidence_kept(evidence, findings.kind)
        capped |= {Limit.EVIDENCE} if len(kept) < len(evidence) else set()
        readings.append(_reading(article, watch.claims[mention.claim_id], reader, kept, findings, classified_at))
    capped |= reader.limits(article) - {Limit.CLAIMS} if findings.mentions else set()
    return tuple(sorted(readings, key=lambda reading: reading.claim_id)), tuple(failures), capped


def _mentioned_no_more(findings: _Findings, earlier: Collection[str], watch: Watch) -> list[str]:
    mentioned = {mention.claim_id for mention in findings.mentions}
    return sorted(claim_id for claim_id in {*earlier} - mentioned if claim_id in watch.claims)  # not over all claims, which are many


def _withdrawn(article: Article) -> _Findings:
    return _Findings(kind_of(article), (), (), Signature(), "")


def _findings(article: Article, text: Article, watch: Watch) -> _Findings:
    """Return what can be told without reading. Credits stand at the very end of a text, so they are told from the whole of it."""
    credit_family = watch.outlets.named_origin(article)
    kind = kind_of(article, origin=watch.outlets.origin_outlet(article) if credit_family else None)
    subjects = subjects_of(text)
    about = {subject.code for subject in subjects}
    mentions = tuple(mention for mention in watch.matcher.mentions(text) if _is_on_subject(watch.claims[mention.claim_id], about))
    return _Findings(kind, subjects, mentions, signature(text.body or text.summary), credit_family)


def _is_on_subject(claim: WatchedClaim, about: set[str]) -> bool:
    """Tell whether the claim's subject filter lets the article through; an article of no sure subject passes."""
    return not claim.subjects or not about or not about.isdisjoint(claim.subjects)


def _reading(
    article: Article, claim: WatchedClaim, reader: Reader, evidence: tuple[Evidence, ...], findings: _Findings, classified_at: datetime
) -> Reading:
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


def _classified(
    article: Article, findings: _Findings, readings: Collection[Reading], capped: Collection[Limit], classified_at: datetime
) -> ClassifiedArticle:
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
        capped=tuple(sorted(capped)),
    )
