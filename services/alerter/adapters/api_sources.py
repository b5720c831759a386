"""API: whether each feed is seen, so that "no news" can be told apart from "cannot see"."""

from fastapi import APIRouter

from schemas.claims_status import ClaimStatus
from schemas.record import Slug
from services.alerter.adapters.api_parts import ApiParts, loaded, not_found
from services.alerter.domain.sight import Sight, SourceSight, sight_of, source_sight


class StatusInSight(ClaimStatus):
    """Where a claim stands, and how far silence about it can be trusted."""

    sight: Sight
    """What of the world is seen at present; anything but "all": there may be news that we cannot see."""


def sight_now(parts: ApiParts) -> Sight:
    """Return how much of the world is in sight."""
    return sight_of(loaded(parts.feeds).rows(), loaded(parts.health).get, now=parts.product_now())


def in_sight(status: ClaimStatus, parts: ApiParts) -> StatusInSight:
    """Return a status with what silence about it is worth."""
    return StatusInSight(**dict(status), sight=sight_now(parts))


def sources_router(parts: ApiParts) -> APIRouter:
    """Return the routes of the feeds' health."""
    router = APIRouter(tags=["sources"])

    @router.get("/sources")
    async def list_sources() -> list[SourceSight]:
        health, now = loaded(parts.health), parts.product_now()
        return [source_sight(source, health.get(source.feed_id), now=now) for source in loaded(parts.feeds).rows()]

    @router.get("/sources/{feed_id}")
    async def get_source(feed_id: Slug) -> SourceSight:
        source = loaded(parts.feeds).get(feed_id)
        if source is None:
            raise not_found("feed", feed_id)
        return source_sight(source, loaded(parts.health).get(feed_id), now=parts.product_now())

    return router
