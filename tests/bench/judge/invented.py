"""Claims and readings made up for the judge's benchmark: the same on every run."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from schemas.claims_evidence import Certainty, Evidence, Quote, Reading
from schemas.claims_watch import Party, Subject, WatchedClaim
from schemas.feeds_source import Outlet
from schemas.ids import article_id, evidence_id, reading_id
from schemas.words import ArticleKind, Stance
from services.classifier.domain.signatures import signature

START = datetime(2026, 1, 1, tzinfo=UTC)
STANCES = (Stance.ASSERTS, Stance.ASSERTS, Stance.HEDGES, Stance.CANNOT_CONFIRM, Stance.DENIES)
VOCABULARY = [f"word{number}" for number in range(4_000)]
LIKELY = Certainty(term="likely", low=0.55, high=0.8)


def claim(number: int) -> WatchedClaim:
    """Return one claim with an authority and an interested party."""
    name = f"Vessel{number}"
    return WatchedClaim(
        claim_id=f"claim-{number}", statement=f"The {name} has sunk", keywords=(f"{name} sunk",), subject=Subject(name=name),
        authorities=(Party(name="Coast Guard"),), interested=(Party(name="Owner"),),
    )  # fmt: skip


def _origin(number: int) -> str:
    return f"Office {number} of Port {number % 9}"


def readings(claim_id: str, count: int, *, origins: int, seed: int = 1) -> Iterator[Reading]:
    """Yield readings of one claim, a minute apart, each of another article with a text of its own."""
    drawn = random.Random(f"{claim_id} {seed}")
    for number in range(count):
        at = START + timedelta(minutes=number)
        url = f"https://outlet{drawn.randrange(400)}.example/{claim_id}/{seed}-{number}"
        article, origin = article_id(url), _origin(drawn.randrange(origins))
        stance = drawn.choice(STANCES)
        words = f"{origin}: {stance} {number}"
        piece = Evidence(
            evidence_id=evidence_id(article, "v1", claim_id, words), stance=stance, certainty=LIKELY if stance is Stance.HEDGES else None,
            speaker=origin, origin=origin, quote=Quote(text=words), reader="invented-1",
        )  # fmt: skip
        yield Reading(
            reading_id=reading_id(article, "v1", claim_id), claim_id=claim_id, article_id=article, version="v1", url=url,
            outlet=Outlet(name=f"Outlet {url[14:17]}"), kind=ArticleKind.NEWS, published_at=at, first_seen_at=at, version_seen_at=at,
            classified_at=at, reader="invented-1", evidence=(piece,), signature=signature(" ".join(drawn.choices(VOCABULARY, k=250))),
        )  # fmt: skip
