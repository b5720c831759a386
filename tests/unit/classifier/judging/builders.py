"""Short ways to write readings, words and claims in tests of the judge."""

from datetime import UTC, datetime, timedelta

from schemas.claims_evidence import Certainty, EventReference, Evidence, Quote, Reading, Signature
from schemas.claims_watch import Party, Policy, Subject, WatchedClaim
from schemas.feeds_source import Outlet
from schemas.ids import article_id, evidence_id, reading_id
from schemas.words import ArticleKind, Stance
from services.classifier.domain.judging.words import Word

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
STRONG = Certainty(term="very_likely", low=0.8, high=0.95)
WEAK = Certainty(term="likely", low=0.55, high=0.8)

AUTHORITIES = ("Ministry", "Court")
INTERESTED = ("Rival", "Ally")


def hours(number: float) -> datetime:
    """Return the moment so many hours after noon of the first day."""
    return NOON + timedelta(hours=number)


def claim(**changes: object) -> WatchedClaim:
    """Return a claim with two authorities and two interested parties."""
    fields: dict[str, object] = {
        "claim_id": "dam-failed", "statement": "The dam failed", "keywords": ("dam failed",), "subject": Subject(name="The dam"),
        "authorities": tuple(Party(name=name) for name in AUTHORITIES), "interested": tuple(Party(name=name) for name in INTERESTED),
    }  # fmt: skip
    policy = {key: changes.pop(key) for key in ("min_origins", "hold_s", "stale_after_days") if key in changes}
    return WatchedClaim(**{**fields, "policy": Policy(**policy), **changes})


def evidence(
    origin: str,
    what: str,
    *,
    words: str = "",
    accountable: bool = True,
    own_voice: bool = False,
    event_at: datetime | None = None,
    entry: str = "",
) -> Evidence:
    """Return evidence; ``what`` is a stance, or ``strong`` or ``weak`` for a hedge."""
    band = {"strong": STRONG, "weak": WEAK}.get(what)
    stance = Stance.HEDGES if band else Stance(what)
    text = words or f"{origin} {what}"
    return Evidence(
        evidence_id=evidence_id("a", "v", "c", text), stance=stance, certainty=band, speaker=origin, origin=origin, own_voice=own_voice,
        accountable=accountable, quote=Quote(text=text), event=EventReference(at=event_at), entry=entry,
    )  # fmt: skip


def reading(
    *pieces: Evidence,
    page: str = "p1",
    version: str = "v1",
    at: float = 0,
    published: float | None = None,
    outlet: str = "Gazette",
    credit: str = "",
    text: int = 0,
    **changes: object,
) -> Reading:
    """Return a reading of a page; ``text`` other than 0 gives it a signature that equals that of every page with the same number."""
    article = article_id(f"https://{page}.example/")
    hashes = tuple(range(text * 1000, text * 1000 + 20)) if text else ()
    fields: dict[str, object] = {
        "reading_id": reading_id(article, version, "dam-failed"), "claim_id": "dam-failed", "article_id": article, "version": version,
        "url": f"https://{page}.example/", "outlet": Outlet(name=outlet), "credit_family": credit, "kind": ArticleKind.NEWS,
        "published_at": hours(at if published is None else published), "first_seen_at": hours(at), "version_seen_at": hours(at),
        "classified_at": hours(at), "reader": "test", "evidence": pieces, "signature": Signature(shingles=len(hashes), hashes=hashes),
    }  # fmt: skip
    return Reading(**{**fields, **changes})


def word(origin: str, what: str, *, at: float = 0, accountable: bool = True) -> Word:
    """Return a standing word; origins named as parties of the claim have their standing."""
    piece = evidence(origin, what, accountable=accountable)
    return Word(piece, reading(piece, page=origin, at=at), origin, hours(at), 0, origin in AUTHORITIES, origin in INTERESTED)


def is_copy(one: Signature, other: Signature) -> bool:
    """Texts are copies where their signatures are equal."""
    return one.hashes == other.hashes
