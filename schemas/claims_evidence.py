"""``claims.evidence.v1``: what one article version says of one claim. Written by the classifier, judged by it, read by everyone."""

from pydantic import Field

from schemas.feeds_source import Outlet
from schemas.record import Record, UtcDatetime
from schemas.topic import FOR_EVER, Topic
from schemas.words import ArticleKind, Stance

STRONG_HEDGE_FLOOR = 0.80
"""Lower bound of "very likely" in ICD 203; a hedge from here up is a strong one."""


class Certainty(Record):
    """How sure the speaker is of what they say, as a band of the ICD 203 scale."""

    term: str
    """``certain``, ``almost_certain``, ``very_likely``, ``likely``, ``even_chance``, ``unlikely``, ``very_unlikely``, ``remote``."""
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)


class Quote(Record):
    """The words that were read, and where they stand in the article."""

    text: str = Field(max_length=600)
    field: str = "body"
    """``title``, ``summary`` or ``body``."""
    start: int = Field(0, ge=0)
    """Offset of the first character in that field, in Unicode code points."""
    end: int = Field(0, ge=0)
    """Offset behind the last character."""


class EventReference(Record):
    """Which event the words are about, where the text says so."""

    at: UtcDatetime | None = None
    """When the event happened; midnight UTC where only a day is named; None: undated."""
    place: str = ""
    actor: str = ""


class Evidence(Record):
    """One attributed stance of one article version on one claim."""

    evidence_id: str
    stance: Stance
    certainty: Certainty | None = None
    """None where the words give no band."""
    speaker: str = ""
    """Who says so, as the text names them; empty: the outlet itself."""
    origin: str = Field(min_length=1)
    """What makes it independent: the speaker's organisation, else the cited outlet's family, else the outlet's family."""
    own_voice: bool = False
    """True: the outlet says so on its own account, so that a copy of the text has its source's origin."""
    accountable: bool = True
    """False: "reportedly", "social media say": nobody's own account."""
    quote: Quote
    entry: str = ""
    """On a live page: label of the entry ("15.47"), a statement of its own; empty elsewhere."""
    said_at: UtcDatetime | None = None
    """When it was said, where the page dates it itself; None: the article's own time."""
    event: EventReference = EventReference()


class Signature(Record):
    """Sketch of a text, to find copies: the smallest hashes of its word shingles (bottom-k sketch, Cohen and Kaplan 2007)."""

    shingles: int = Field(0, ge=0)
    """Distinct shingles in the whole text."""
    hashes: tuple[int, ...] = ()
    """The k smallest, ascending, unsigned 32 bit."""


class Reading(Record):
    """All evidence that one article version holds on one claim. It replaces what earlier versions of that article said.

    A version that says nothing of the claim any more is sent too, without evidence, if an earlier one did.
    """

    reading_id: str
    claim_id: str
    """Key of the record."""
    article_id: str
    version: str
    url: str
    title: str = ""
    outlet: Outlet
    credit_family: str = ""
    """Family of the outlet that the text names as its origin (credit line, dateline) where that is another; else empty."""
    kind: ArticleKind
    published_at: UtcDatetime
    first_seen_at: UtcDatetime
    version_seen_at: UtcDatetime
    classified_at: UtcDatetime
    withdrawn: bool = False
    backfill: bool = False
    signature: Signature = Signature()
    reader: str
    """Which reader, and which version of it, took the evidence from the text."""
    evidence: tuple[Evidence, ...] = ()


TOPIC = Topic(
    name="claims.evidence.v1", key="claim id", clean_up="delete", value=Reading, event_type="claimwatch.claim.read",
    writers=("classifier",), readers=("classifier", "alerter", "downstream"), retention_ms=FOR_EVER,
)
