"""Why a feed could not be read or fetched."""

from datetime import timedelta

from schemas.words import PollReason
from services.fetcher.domain.polling.redirects import Journey


class FeedError(Exception):
    """A poll that failed, with its place in the closed set of reasons.

    Attributes:
        reason: How the poll ended.
        detail: One line for a person; no query string, no secret.
        retry_after: Wait that the server asked for.
        journey: The way that led there; None if that is not known.
    """

    def __init__(self, reason: PollReason, detail: str, *, retry_after: timedelta | None = None, journey: Journey | None = None) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason, self.detail, self.retry_after, self.journey = reason, detail, retry_after, journey
