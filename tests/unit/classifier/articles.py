"""Articles, claims and outlets for the classifier's unit tests."""

from datetime import UTC, datetime
from typing import Any

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article

AT = datetime(2017, 6, 22, 9, 0, tzinfo=UTC)


def article(body: str = "", *, title: str = "", outlet: Outlet | str = "Albion Times", **fields: Any) -> Article:
    """An article of this text; anything else as the test needs it."""
    known = {
        "article_id": "a1",
        "version": "v1",
        "url": "https://albiontimes.example/a1",
        "feed_id": "albion",
        "published_at": AT,
        "first_seen_at": AT,
        "version_seen_at": AT,
    }
    return Article(title=title, body=body, outlet=Outlet(name=outlet) if isinstance(outlet, str) else outlet, **{**known, **fields})


def claim(
    *keywords: str, query: str = "", name: str = "Abu Bakr al-Baghdadi", aliases: tuple[str, ...] = ("Baghdadi", "IS leader"), **fields: Any
) -> WatchedClaim:
    """A claim with these keywords or this query."""
    subject = {"name": name, "aliases": aliases, "not": fields.pop("not_", ())}
    return WatchedClaim(
        **{"claim_id": "c1", "statement": "It happened", "keywords": keywords, "query": query, "subject": subject, **fields}
    )
