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
    """Lower bound of the band, a probability."""
    high: float = Field(ge=0, le=1)
    """Upper bound of the band, a probability."""


class Quote(Record):
    """The words that were read, and where they stand in the article."""

    text: str = Field(max_length=600)
    """The words themselves, as the article has them."""
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
    """Where it happened, as the text names it; empty: not said."""
    actor: str = ""
    """Who did it, as the text names them; empty: not said."""


class Evidence(Record):
    """One attributed stance of one article version on one claim."""

    evidence_id: str
    """Derives from article version, claim and sentence."""
    stance: Stance
    """What the speaker does with the claim."""
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
    """The words that say so."""
    entry: str = ""
    """On a live page: label of the entry ("15.47"), a statement of its own; empty elsewhere."""
    said_at: UtcDatetime | None = None
    """When it was said, where the page dates it itself; None: the article's own time."""
    event: EventReference = EventReference()
    """Which event the words are about."""
    cites: str = ""
    """Outlet that the words rest on ("Reuters reported"), as the text names it; empty: none."""
    reader: str = ""
    """Which reader, and which version of it, took it from the text: ``rules-2``."""


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
    """Derives from article, version and claim."""
    claim_id: str
    """Key of the record."""
    article_id: str
    """The article that was read."""
    version: str
    """Content version of it that was read."""
    url: str
    """Canonical address of the article."""
    title: str = ""
    """Its headline."""
    outlet: Outlet
    """Who published it."""
    credit_family: str = ""
    """Family of the outlet that the text names as its origin (credit line, dateline) where that is another; else empty."""
    kind: ArticleKind
    """Sort of text; some sorts never count."""
    published_at: UtcDatetime
    """Date that the article bears."""
    first_seen_at: UtcDatetime
    """When any version of the article was first seen."""
    version_seen_at: UtcDatetime
    """When this version was first seen."""
    classified_at: UtcDatetime
    """When it was read."""
    withdrawn: bool = False
    """True: the publisher has taken the article back; there is no evidence in it any more."""
    backfill: bool = False
    """True: loaded afterwards. Rebuilds history, notifies nobody."""
    signature: Signature = Signature()
    """Sketch of the article's text, to tell copies."""
    reader: str
    """Which reader, and which version of it, took the evidence from the text."""
    evidence: tuple[Evidence, ...] = ()
    """In the order of the text."""


TOPIC = Topic(
    name="claims.evidence.v1",
    key="claim id",
    clean_up="delete",
    value=Reading,
    event_type="claimwatch.claim.read",
    writers=("classifier",),
    readers=("classifier", "alerter", "downstream"),
    retention_ms=FOR_EVER,
)
