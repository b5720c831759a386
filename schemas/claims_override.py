"""``claims.override.v1``: what people decide on a claim over the head of the status rule. Kept for ever: it is the audit trail."""

from pydantic import Field, model_validator

from schemas.record import Record, Slug, UtcDatetime
from schemas.topic import FOR_EVER, Topic
from schemas.words import Status


class Override(Record):
    """One decision of an operator: a status to set, or the rule's own view to be let in again."""

    override_id: str
    """Derives from claim, author and time."""
    claim_id: Slug
    """Key of the record."""
    status: Status | None = None
    """The status from now on; None: what the rule makes of the evidence, again."""
    locked: bool = False
    """True: it stands until another decision. False: it stands until the rule's own view changes."""
    author: str = Field(min_length=1, max_length=200)
    """Who decided."""
    reason: str = Field(min_length=1, max_length=2000)
    """Why; subscribers are told."""
    at: UtcDatetime
    """When."""

    @model_validator(mode="after")
    def _only_a_status_can_be_locked(self) -> "Override":
        if self.locked and self.status is None:
            raise ValueError("locked without a status: name the status that is to stand")
        return self


TOPIC = Topic(
    name="claims.override.v1",
    key="claim id",
    clean_up="delete",
    value=Override,
    event_type="claimwatch.claim.overridden",
    writers=("operator",),
    readers=("classifier", "downstream"),
    retention_ms=FOR_EVER,
)
