"""A pair of a claim and a text, and what is read from it."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from schemas.claims_evidence import Certainty, Evidence
from schemas.news_article import MAX_BODY_CHARS
from schemas.news_classified import SubjectScore
from schemas.words import Stance

MAX_CLAIM_CHARS = 1_000


class Pair(BaseModel):
    """A claim and a text. Unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    id: str | int
    """Whose it is; comes back as it was given."""
    claim: str = Field(min_length=3, max_length=MAX_CLAIM_CHARS)
    """The claim as a plain sentence."""
    text: str = Field(max_length=MAX_BODY_CHARS)
    """What is read: a headline, a sentence, a note, an article. Plain text, paragraphs separated by line breaks."""
    title: str = Field("", max_length=MAX_BODY_CHARS)
    """Headline, where the text has one."""
    outlet: str = ""
    """Who published it; empty: not known."""

    @field_validator("title", "outlet", mode="before")
    @classmethod
    def _null_is_nothing(cls, value: object) -> object:
        return "" if value is None else value

    @field_validator("claim", "text")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not any(character.isalnum() for character in value):
            raise ValueError("there is no word in it")
        return value


class PairReading(BaseModel):
    """What a text says of a claim, as a whole and piece by piece."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    id: str | int
    """The pair's."""
    related: bool
    """Whether the text speaks of what the claim is about."""
    stance: Stance | None
    """What the text as a whole does with the claim; None where it is not related."""
    certainty: Certainty | None
    """How sure the one who says so is; None where the words give no band."""
    speaker: str | None
    """Who says so: the body, or the person by name and role; the outlet in its own voice, empty if it is not known.

    None where the text is not related.
    """
    evidence: tuple[Evidence, ...]
    """Piece by piece, as on ``claims.evidence.v1``: field ``title`` or ``body`` (the text), offsets in code points."""
    subjects: tuple[SubjectScore, ...]
    """What the text is about, by IPTC Media Topics."""
