"""What every record has in common: frozen, UTC, and tolerant of fields that a later writer adds."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints, WithJsonSchema


def _as_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


_RFC_3339 = {"type": "string", "format": "date-time", "pattern": r"[Tt ].*([Zz]|[+-][0-9]{2}:?[0-9]{2})$"}
"""The pattern says what ``format`` may leave unchecked: that there is an offset."""

UtcDatetime = Annotated[AwareDatetime, AfterValidator(_as_utc), WithJsonSchema(_RFC_3339)]
"""An aware date and time, kept in UTC; a naive one is refused."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,199}$")]
"""Lower-case letters, digits, dot, dash and underscore; safe in a URL, a file name and a Kafka key."""


class Record(BaseModel):
    """Base of every model on a topic. Unknown fields are ignored, so that writers may add optional ones."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)
