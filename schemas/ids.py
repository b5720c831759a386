"""How ids are made. Every id derives from what the thing is (RFC 9562 version 5), so that doing a thing twice names it once."""

import hashlib
from uuid import UUID, uuid5

from schemas.article_address import address_key

NAMESPACE = UUID("6c1f4a52-0d6f-5c0e-9d0e-5a3f6f1f7c11")


def derived_id(kind: str, *parts: str) -> str:
    """Return the id of the thing of this kind with these identifying parts, in this order."""
    return str(uuid5(NAMESPACE, "\x1f".join((kind, *parts))))


def article_id(canonical_url: str) -> str:
    """Return the id of the article at a canonical URL; one id for all spellings of its address (``article_address.py``)."""
    return derived_id("article", address_key(canonical_url))


def content_version(*parts: str) -> str:
    """Return 16 hex digits that name a content: equal for equal texts, whatever date they bear."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def reading_id(article: str, version: str, claim: str) -> str:
    """Return the id of what one article version says of one claim."""
    return derived_id("reading", article, version, claim)


def evidence_id(article: str, version: str, claim: str, sentence: str) -> str:
    """Return the id of one piece of evidence; ``sentence`` tells pieces of one reading apart."""
    return derived_id("evidence", article, version, claim, sentence)


def transition_id(claim: str, episode: int, sequence: int) -> str:
    """Return the id of one change of status; it is the event id and the webhook id as well."""
    return derived_id("transition", claim, str(episode), str(sequence))


def override_id(claim: str, author: str, at: str) -> str:
    """Return the id of one decision of an operator; ``at`` in ISO 8601."""
    return derived_id("override", claim, author, at)
