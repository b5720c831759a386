"""Verdicts of fact-checks as pages mark them up (schema.org ClaimReview)."""

import math
from collections.abc import Iterable
from typing import Any

from schemas.news_article import ClaimReview
from services.fetcher.domain.pages.marks import Node, first_text, types_of

MAX_REVIEWS = 50


def _number(value: Any) -> float | None:
    try:
        number = float(str(value).replace(",", ".")) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _rating(node: Node) -> float | None:
    """Return the share of its scale. Google's guide for ClaimReview: 1 is worst and 5 best where they are not given."""
    value, best, worst = (_number(node.get(name)) for name in ("ratingValue", "bestRating", "worstRating"))
    best, worst = 5.0 if best is None else best, 1.0 if worst is None else worst
    if value is None or best <= worst or not worst <= value <= best:  # 0 and -1 stand for "no rating"
        return None
    return (value - worst) / (best - worst)


def _node(value: Any) -> Node:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {}


def _review(node: Node) -> ClaimReview | None:
    rating, claim = _node(node.get("reviewRating")), _node(node.get("itemReviewed"))
    words = first_text(node, "claimReviewed") or first_text(claim, "name", "description", "text")
    if not words:
        return None
    return ClaimReview(
        claim=words,
        verdict=first_text(rating, "alternateName", "name", "ratingExplanation"),
        rating=_rating(rating),
        claimant=first_text(claim, "author") or first_text(_node(claim.get("appearance")), "author"),
    )


def claim_reviews_of(nodes: Iterable[Node]) -> tuple[ClaimReview, ...]:
    """Return the verdicts among the nodes of a page, each once."""
    found = (_review(node) for node in nodes if "ClaimReview" in types_of(node))
    return tuple(dict.fromkeys(review for review in found if review is not None))[:MAX_REVIEWS]
