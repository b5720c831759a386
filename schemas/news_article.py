"""``news.article.v1``: every version of every article, normalised, and every withdrawal. Written by the fetcher."""

from pydantic import Field, model_validator

from schemas.feeds_source import Outlet
from schemas.record import Record, UtcDatetime
from schemas.topic import Topic

MAX_BODY_CHARS = 500_000
"""Longer bodies are cut at the end of a paragraph."""


class Article(Record):
    """One version of one article."""

    article_id: str = Field(min_length=1)
    """Derives from the canonical URL. Key of the record."""
    version: str = Field(min_length=1)
    """Derives from the content (title, summary, body, credit, or the notice); not from any date."""
    url: str = Field(min_length=1)
    """Canonical address."""
    feed_id: str
    """Feed it was found in."""
    outlet: Outlet
    """Who published it."""
    title: str = ""
    """Headline, plain text."""
    summary: str = ""
    """What the feed carries as summary, plain text; empty if the feed has only the body."""
    body: str = Field("", max_length=MAX_BODY_CHARS)
    """Text, paragraphs separated by a blank line; empty if the feed does not carry it."""
    credit: str = ""
    """Credit line or source element: whose text this is, e.g. "CPA"; empty if none is named."""
    authors: tuple[str, ...] = ()
    """Names in the byline, as the feed gives them."""
    language: str = ""
    """BCP 47 tag as the feed gives it; empty if unknown."""
    published_at: UtcDatetime
    """Date that the article bears; the time it was first seen if it bears none or one in the future."""
    first_seen_at: UtcDatetime
    """When any version of the article was first seen."""
    version_seen_at: UtcDatetime
    """When this version was first seen."""
    withdrawn: bool = False
    """True: the publisher has taken the article back. It says nothing any more."""
    notice: str = ""
    """What the publisher left in its place."""
    backfill: bool = False
    """True: loaded afterwards. Rebuilds history, notifies nobody."""

    @model_validator(mode="after")
    def _says_something(self) -> "Article":
        if not (self.withdrawn or self.title or self.summary or self.body):
            raise ValueError("an article that is not withdrawn needs a title, a summary or a body")
        return self


TOPIC = Topic(
    name="news.article.v1",
    key="article id",
    clean_up="delete",
    value=Article,
    event_type="claimwatch.article.published",
    writers=("fetcher", "operator"),
    readers=("classifier", "downstream"),
)
