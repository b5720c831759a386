"""The book's own readings as the product's records: to test the status rule apart from reading (``READER=gold``)."""

from schemas.claims_evidence import Certainty, EventReference, Evidence, Quote, Reading
from schemas.ids import evidence_id, reading_id
from schemas.news_article import Article
from schemas.words import ArticleKind, OutletKind, Stance
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.signatures import signature
from tests.scenarios.book import GoldEvidence, Scenario, Step

BANDS = {"strong": Certainty(term="very_likely", low=0.8, high=0.95), "weak": Certainty(term="likely", low=0.55, high=0.8)}


def _evidence(gold: GoldEvidence, article: Article, number: int, *, live: bool, own: set[str]) -> Evidence:
    words = f"{gold.origin} {gold.stance} {gold.strength}"
    band = BANDS.get(gold.strength) if gold.stance is Stance.HEDGES else None
    return Evidence(
        evidence_id=evidence_id(article.article_id, article.version, gold.claim_id, f"{number} {words}"),
        stance=gold.stance, certainty=band, speaker=gold.origin, origin=gold.origin, own_voice=gold.origin in own,
        accountable=gold.accountable, quote=Quote(text=words), entry=words if live else "",
        event=EventReference(at=article.published_at if gold.new_episode else None),
    )  # fmt: skip


def gold_readings(scenario: Scenario, step: Step, article: Article, outlets: Outlets) -> list[Reading]:
    """Return one reading per claim of the scenario, with the evidence that the book has for this step."""
    credit = outlets.named_origin(article)
    own = {article.outlet.origin_family, article.outlet.name, credit} - {""}
    kind = ArticleKind.SATIRE if article.outlet.kind is OutletKind.SATIRE else ArticleKind.LIVE if step.live else ArticleKind.NEWS
    return [
        Reading(
            reading_id=reading_id(article.article_id, article.version, claim.claim_id), claim_id=claim.claim_id,
            article_id=article.article_id, version=article.version, url=article.url, title=article.title, outlet=article.outlet,
            credit_family=credit, kind=kind, published_at=article.published_at, first_seen_at=article.first_seen_at,
            version_seen_at=article.version_seen_at, classified_at=article.version_seen_at, withdrawn=article.withdrawn,
            backfill=article.backfill, signature=signature(article.body or article.summary), reader="gold",
            evidence=tuple(
                _evidence(gold, article, number, live=step.live, own=own)
                for number, gold in enumerate(step.reading) if gold.claim_id == claim.claim_id
            ),
        )
        for claim in scenario.claims
    ]  # fmt: skip
