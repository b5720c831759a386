"""``news.classified.v1``: what an article is about and which watched claims it mentions. Written by the classifier."""

from pydantic import Field

from schemas.claims_evidence import Signature
from schemas.feeds_source import Outlet
from schemas.record import Record, UtcDatetime
from schemas.topic import Topic
from schemas.words import ArticleKind


class SubjectScore(Record):
    """An IPTC Media Topics concept that the article is about."""

    code: str
    """e.g. ``medtop:16000000``."""
    name: str
    score: float = Field(ge=0, le=1)


class Match(Record):
    """Words of a claim found in the article."""

    words: str
    """The keyword, or the literal of the query, as the claim has it."""
    field: str
    """``title``, ``summary`` or ``body``."""
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Mention(Record):
    """The article matched a watched claim."""

    claim_id: str
    matches: tuple[Match, ...]


class ClassifiedArticle(Record):
    """One article version with its subjects and the claims it mentions."""

    article_id: str
    """Key of the record."""
    version: str
    url: str
    outlet: Outlet
    title: str = ""
    kind: ArticleKind
    language: str = ""
    subjects: tuple[SubjectScore, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reading_ids: tuple[str, ...] = ()
    """Readings sent to ``claims.evidence.v1`` because of this version."""
    signature: Signature = Signature()
    published_at: UtcDatetime
    version_seen_at: UtcDatetime
    classified_at: UtcDatetime
    withdrawn: bool = False
    backfill: bool = False


TOPIC = Topic(
    name="news.classified.v1", key="article id", clean_up="delete", value=ClassifiedArticle,
    event_type="claimwatch.article.classified", writers=("classifier",), readers=("alerter", "downstream"),
)
