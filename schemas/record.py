"""What every record has in common: frozen, UTC, and tolerant of fields that a later writer adds."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints


def _as_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


UtcDatetime = Annotated[AwareDatetime, AfterValidator(_as_utc)]
"""An aware date and time, kept in UTC; a naive one is refused."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,199}$")]
"""Lower-case letters, digits, dot, dash and underscore; safe in a URL, a file name and a Kafka key."""


class Record(BaseModel):
    """Base of every model on a topic. Unknown fields are ignored, so that writers may add optional ones."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)
