"""``news.article.v1``: every version of every article, normalised, and every withdrawal. Written by the fetcher."""

from typing import Literal

from pydantic import Field, model_validator

from schemas.feeds_source import Outlet
from schemas.record import Record, UtcDatetime
from schemas.topic import Topic
from schemas.words import TextFrom

MAX_BODY_CHARS = 500_000
"""Longer bodies are cut at the end of a paragraph."""


class TextChange(Record):
    """A passage that differs from the version before: what stood there, and what stands there now."""

    field: Literal["title", "summary", "body", "credit"]
    """Where it is."""
    before: str = ""
    """Words as they were; empty: nothing stood there."""
    after: str = ""
    """Words as they are; empty: they are gone."""


class ClaimReview(Record):
    """Verdict of a fact-check, as the page marks it up (schema.org ClaimReview)."""

    claim: str
    """What was checked, in the page's words."""
    verdict: str = ""
    """In words, e.g. "False"."""
    rating: float | None = Field(None, ge=0, le=1)
    """Share of the scale from worst (0) to best (1); None if the page gives no number."""
    claimant: str = ""
    """Who had made the claim; empty if the page does not say."""


class Article(Record):
    """One version of one article."""

    article_id: str = Field(min_length=1)
    """Derives from the canonical URL, the same for all its spellings. Key of the record."""
    version: str = Field(min_length=1)
    """Derives from the content (title, summary, body, credit, corrections, verdicts, or the notice); not from any date."""
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
    text_from: TextFrom = TextFrom.FEED
    """Where the body was read."""
    updated_at: UtcDatetime | None = None
    """Date of its last change that the article bears; None if it bears none, or one in the future."""
    previous_version: str = ""
    """Version that this one replaces; empty in the first, and where it is not known."""
    changes: tuple[TextChange, ...] = ()
    """What differs from the version before; empty in the first, in a withdrawal, and where that is not known any more."""
    original_url: str = ""
    """Canonical address on another site that the page names: there is where the text comes from; empty if it names none."""
    is_partial: bool = False
    """True: the publisher shows only a part of the text (a paywall, or a teaser)."""
    marked_as: tuple[str, ...] = ()
    """Types that the page claims for itself, by schema.org, e.g. "OpinionNewsArticle", "LiveBlogPosting", "SatiricalArticle"."""
    corrections: tuple[str, ...] = ()
    """Correction notices that the page carries, in its words."""
    claim_reviews: tuple[ClaimReview, ...] = ()
    """Verdicts of a fact-check that the page marks up."""

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
