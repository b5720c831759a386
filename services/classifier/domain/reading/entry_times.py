"""When the entries of a live page were posted, for the evidence taken from them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.claims_evidence import Evidence
from schemas.news_article import Article
from services.classifier.domain.live_pages import entries, said_at

STILL_LIVE = timedelta(hours=36)
"""Seen this long after its date, a page that does not say when it changed last is taken as over: its hours cannot be put on a day."""


def with_entry_times(found: Sequence[Evidence], article: Article) -> tuple[Evidence, ...]:
    """Return the evidence with the time of its entry, where the page's labels give hours and zones."""
    newest = _newest(article)
    listed = entries(article.body if article.body.strip() else article.summary)
    if newest is None or not listed:
        return tuple(found)
    times: dict[str, set[datetime | None]] = {}
    for entry, moment in zip(listed, said_at(listed, seen_at=newest), strict=True):
        times.setdefault(entry.label, set()).add(moment)
    return tuple(_timed(evidence, times.get(evidence.entry, set())) for evidence in found)


def _newest(article: Article) -> datetime | None:
    """Return a time that no entry is later than, and the newest less than a day earlier; None if that cannot be told."""
    if article.updated_at is not None:
        return min(article.updated_at, article.version_seen_at)
    return article.version_seen_at if article.version_seen_at - article.published_at < STILL_LIVE else None


def _timed(evidence: Evidence, moments: set[datetime | None]) -> Evidence:
    """An hour that two entries bear gives no time."""
    moment = next(iter(moments)) if len(moments) == 1 else None
    return evidence if moment is None else evidence.model_copy(update={"said_at": moment})
