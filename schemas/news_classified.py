"""``news.classified.v1``: what an article is about and which watched claims it mentions. Written by the classifier."""

from pydantic import Field

from schemas.claims_evidence import Signature
from schemas.feeds_source import Outlet
from schemas.record import Record, UtcDatetime
from schemas.topic import Topic
from schemas.words import ArticleKind, Limit


class SubjectScore(Record):
    """An IPTC Media Topics concept that the article is about."""

    code: str
    """e.g. ``medtop:16000000``."""
    name: str
    """Its English name, e.g. "conflict, war and peace"."""
    score: float = Field(ge=0, le=1)
    """How much the article is about it, 0 to 1; not a probability."""


class Match(Record):
    """Words of a claim found in the article."""

    words: str
    """The keyword, or the literal of the query, as the claim has it."""
    field: str
    """``title``, ``summary`` or ``body``."""
    start: int = Field(ge=0)
    """Offset of the first character in that field, in Unicode code points."""
    end: int = Field(ge=0)
    """Offset behind the last character."""


class Mention(Record):
    """The article matched a watched claim."""

    claim_id: str
    """The watched claim."""
    matches: tuple[Match, ...]
    """Where its words stand."""


class ClassifiedArticle(Record):
    """One article version with its subjects and the claims it mentions."""

    article_id: str
    """Key of the record."""
    version: str
    """Content version that was classified."""
    url: str
    """Canonical address."""
    outlet: Outlet
    """Who published it."""
    title: str = ""
    """Headline, plain text."""
    kind: ArticleKind
    """Sort of text; some sorts never count as evidence."""
    language: str = ""
    """BCP 47 tag of the text; empty if unknown."""
    subjects: tuple[SubjectScore, ...] = ()
    """What it is about, the highest score first."""
    mentions: tuple[Mention, ...] = ()
    """Watched claims whose words are in it."""
    reading_ids: tuple[str, ...] = ()
    """Readings sent to ``claims.evidence.v1`` because of this version."""
    signature: Signature = Signature()
    """Sketch of the text, to tell copies."""
    published_at: UtcDatetime
    """Date that the article bears."""
    version_seen_at: UtcDatetime
    """When this version was first seen."""
    classified_at: UtcDatetime
    """When it was classified."""
    withdrawn: bool = False
    """True: the publisher has taken the article back."""
    backfill: bool = False
    """True: loaded afterwards. Rebuilds history, notifies nobody."""
    capped: tuple[Limit, ...] = ()
    """Limits that the article hit: what of it was too much to be taken whole. Empty: it was."""


TOPIC = Topic(
    name="news.classified.v1",
    key="article id",
    clean_up="delete",
    value=ClassifiedArticle,
    event_type="claimwatch.article.classified",
    writers=("classifier",),
    readers=("alerter", "downstream"),
)
