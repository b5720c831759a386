"""API: watched claims, feeds, and where each claim stands. All of it lives in compacted topics."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from aiokafka.errors import KafkaError
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from schemas import claims_watch, feeds_source
from schemas.claims_status import ClaimStatus
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.record import Record, Slug
from schemas.topic import Topic
from schemas.words import Reason, Status
from services.alerter.adapters.api_parts import ApiParts, Mistake, Position, Problem, Rows, Writer, loaded, mistakes_in, not_found
from services.alerter.adapters.api_sources import StatusInSight, in_sight

R = TypeVar("R", bound=Record)
WRITE_PATIENCE_S = 10.0
READ_BACK_PATIENCE_S = 5.0
FIRST_RULE_VERSION = 1


@dataclass(frozen=True)
class _Table(Generic[R]):
    """One compacted topic as a resource."""

    what: str
    id_field: str
    topic: Topic
    model: type[R]
    rows: Rows[R]
    writer: Writer

    def existing(self, key: str) -> R:
        found = loaded(self.rows).get(key)
        if found is None:
            raise not_found(self.what, key)
        return found

    def parsed(self, key: str, body: dict[str, Any]) -> R:
        """Return the record in a body; unknown fields are refused, the id may be left to the address."""
        if body.get(self.id_field, key) != key:
            mistake = Mistake(self.id_field, "body", f"is not {key}, which the address says")
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"the {self.what} cannot be used as it is", [mistake])
        try:
            return self.model.model_validate({**body, self.id_field: key}, extra="forbid")
        except ValidationError as error:
            detail = f"the {self.what} cannot be used as it is"
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, mistakes_in(error, place="body")) from None

    async def put(self, key: str, record: R) -> bool:
        """Write the record; tell whether it is a new one."""
        is_new = loaded(self.rows).get(key) is None
        await self._written(self.writer.put(self.topic, key, record))
        return is_new

    async def delete(self, key: str) -> None:
        self.existing(key)
        await self._written(self.writer.delete(self.topic, key))

    async def _written(self, writing: Any) -> None:
        try:
            async with asyncio.timeout(WRITE_PATIENCE_S):
                position: Position = await writing
        except (KafkaError, TimeoutError):
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "Kafka cannot be reached; try again", headers={"Retry-After": "5"}) from None
        # It is written; waiting until we read it ourselves only lets the next GET show it.
        with suppress(TimeoutError):
            async with asyncio.timeout(READ_BACK_PATIENCE_S):
                await self.rows.caught_up(position)


def _json(record: Record, status: HTTPStatus = HTTPStatus.OK) -> JSONResponse:
    return JSONResponse(record.model_dump(mode="json", by_alias=True), status)


def tables_router(parts: ApiParts) -> APIRouter:
    """Return the routes of claims and feeds."""
    router = APIRouter()
    claims = _Table("claim", "claim_id", claims_watch.TOPIC, WatchedClaim, parts.claims, parts.writer)
    _add_routes(router, "/claims", claims)
    _add_routes(router, "/feeds", _Table("feed", "feed_id", feeds_source.TOPIC, FeedSource, parts.feeds, parts.writer))

    @router.get("/claims/{claim_id}/status", tags=["claims"], response_model=StatusInSight)
    async def get_status(claim_id: Slug) -> JSONResponse:
        status = loaded(parts.statuses).get(claim_id) or _unreported(claims.existing(claim_id), parts)
        return _json(in_sight(status, parts))

    return router


def _unreported(claim: WatchedClaim, parts: ApiParts) -> ClaimStatus:
    """Return the status of a claim that nobody has said anything of: nothing was written for it so far."""
    now = parts.product_now()
    return ClaimStatus(
        claim_id=claim.claim_id, statement=claim.statement, status=Status.UNREPORTED, announced=Status.UNREPORTED, reason=Reason.NONE,
        rule_version=FIRST_RULE_VERSION, episode=1, sequence=0, origins=0, as_of=now, judged_at=now,
    )  # fmt: skip


def _add_routes(router: APIRouter, path: str, table: _Table[R]) -> None:
    tags: list[Any] = [table.what + "s"]

    @router.get(path, tags=tags, response_model=list[table.model], name=f"list {table.what}s")  # type: ignore[name-defined]
    async def list_all() -> JSONResponse:
        return JSONResponse([row.model_dump(mode="json", by_alias=True) for row in loaded(table.rows).rows()])

    @router.get(f"{path}/{{key}}", tags=tags, response_model=table.model, name=f"get {table.what}")
    async def get_one(key: Slug) -> JSONResponse:
        return _json(table.existing(key))

    @router.put(f"{path}/{{key}}", tags=tags, response_model=table.model, name=f"put {table.what}")
    async def put_one(key: Slug, body: dict[str, Any]) -> JSONResponse:
        record = table.parsed(key, body)
        is_new = await table.put(key, record)
        return _json(record, HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    @router.delete(f"{path}/{{key}}", tags=tags, status_code=HTTPStatus.NO_CONTENT, name=f"delete {table.what}")
    async def delete_one(key: Slug) -> Response:
        await table.delete(key)
        return Response(status_code=HTTPStatus.NO_CONTENT)
