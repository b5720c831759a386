"""What an article's own page holds once it is read, before it completes what the feed said."""

from dataclasses import dataclass
from datetime import datetime

from schemas.news_article import ClaimReview
from schemas.words import PageReason


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its texts plain."""

    reason: PageReason
    """``ok`` if it holds an article's text; why not otherwise. The other fields are filled as far as the page has them."""
    title: str = ""
    text: str = ""
    """The article's text, paragraphs separated by a blank line."""
    authors: tuple[str, ...] = ()
    credit: str = ""
    """Agency or outlet whose text it says it is (credit line, JSON-LD sourceOrganization or provider); empty if it names none."""
    canonical: str = ""
    """Absolute address that the page names as its own (rel="canonical", og:url, JSON-LD); empty if none."""
    language: str = ""
    """BCP 47 tag; empty if it does not say."""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    is_partial: bool = False
    """True: the page says that it shows only a part (isAccessibleForFree false, a paywall)."""
    marked_as: tuple[str, ...] = ()
    """schema.org types that it claims for itself."""
    corrections: tuple[str, ...] = ()
    """Correction notices, in its words."""
    claim_reviews: tuple[ClaimReview, ...] = ()
    notice: str = ""
    """What stands in the place of an article that was taken back; empty if it was not."""

    @property
    def is_ok(self) -> bool:
        """True if it holds an article's text."""
        return self.reason is PageReason.OK
