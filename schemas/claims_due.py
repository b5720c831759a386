"""``claims.due.v1`` (internal): a claim has to be judged again because time has passed or the claim was changed."""

from schemas.record import Record, UtcDatetime
from schemas.topic import DAY_MS, Topic


class Due(Record):
    """Judge this claim as of this moment."""

    claim_id: str
    """Key of the record."""
    at: UtcDatetime
    """Clock time as of which to judge."""


TOPIC = Topic(
    name="claims.due.v1",
    key="claim id",
    clean_up="delete",
    value=Due,
    event_type="claimwatch.claim.due",
    writers=("classifier",),
    readers=("classifier",),
    retention_ms=7 * DAY_MS,
    internal=True,
)
