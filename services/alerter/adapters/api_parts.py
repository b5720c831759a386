"""What the API's routes work with, and how they say that something is wrong (RFC 9457 problem details)."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from schemas.claims_status import ClaimStatus
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.record import Record
from schemas.topic import Topic
from services.alerter.adapters.database import Database, DatabaseAway
from services.alerter.adapters.webhook_sender import WebhookSender
from services.alerter.domain.sight import FeedHealth
from services.chassis.addresses import AllowList

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)
Position = tuple[int, int]


class Rows(Protocol[R_co]):
    """The latest record per key of a compacted topic."""

    @property
    def is_loaded(self) -> bool: ...

    def get(self, key: str) -> R_co | None: ...

    def rows(self) -> Sequence[R_co]: ...

    async def caught_up(self, position: Position) -> None: ...


class Writer(Protocol):
    """Writes to compacted topics."""

    async def put(self, topic: Topic, key: str, record: Record) -> Position: ...

    async def delete(self, topic: Topic, key: str) -> Position: ...


@dataclass(frozen=True)
class ApiParts:
    """Everything that the routes reach.

    Attributes:
        now: The machine's time, for what happens to endpoints.
        product_now: The product's time, which a replay drives.
    """

    database: Database
    sender: WebhookSender
    writer: Writer
    claims: Rows[WatchedClaim]
    statuses: Rows[ClaimStatus]
    feeds: Rows[FeedSource]
    health: Rows[FeedHealth]
    allow: AllowList
    now: Callable[[], datetime]
    product_now: Callable[[], datetime]
    is_ready: Callable[[], bool]


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong with a request.

    Attributes:
        field: Path of the field, e.g. ``policy.min_origins``; empty for the whole.
        place: ``body``, ``query`` or ``path``.
    """

    field: str
    place: str
    reason: str


class Problem(Exception):
    """Ends a request with problem details."""

    def __init__(self, status: HTTPStatus, detail: str, mistakes: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.mistakes, self.headers = status, detail, mistakes, headers


def not_found(what: str, key: str) -> Problem:
    """Return the problem that there is no such thing."""
    return Problem(HTTPStatus.NOT_FOUND, f"there is no {what} {key}")


def loaded(rows: Rows[R]) -> Rows[R]:
    """Return the rows, once they have been read."""
    if not rows.is_loaded:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "still reading Kafka; try again", headers={"Retry-After": "2"})
    return rows


def mistakes_in(error: ValidationError | RequestValidationError, *, place: str = "") -> list[Mistake]:
    """Return what is wrong, field by field. Never the values: they may hold secrets.

    Args:
        place: Where the data was; empty: the first part of each location tells.
    """
    found = []
    for item in error.errors():
        location = [str(part) for part in item["loc"]]
        where = place or (location.pop(0) if location else "body")
        found.append(Mistake(".".join(location), where, str(item["msg"]).removeprefix("Value error, ")))
    return found


def problem_response(
    status: HTTPStatus, detail: str, mistakes: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a response of problem details (RFC 9457); ``errors`` is our extension."""
    content: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    if mistakes:
        content["errors"] = [vars(mistake) for mistake in mistakes]
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def add_problem_handlers(app: FastAPI) -> None:
    """Make every way that a request may fail answer with problem details."""
    handlers: dict[type[Exception], Callable[[Any, Any], Awaitable[JSONResponse]]] = {
        Problem: _on_problem, RequestValidationError: _on_invalid, HTTPException: _on_http, DatabaseAway: _on_away, Exception: _on_unknown,
    }  # fmt: skip
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_problem(_: Request, problem: Problem) -> JSONResponse:
    return problem_response(problem.status, problem.detail, problem.mistakes, problem.headers)


async def _on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, "the request cannot be used as it is", mistakes_in(error))


async def _on_http(_: Request, error: HTTPException) -> JSONResponse:
    status = HTTPStatus(error.status_code)
    detail = "there is nothing at this address" if status is HTTPStatus.NOT_FOUND else str(error.detail)
    return problem_response(status, detail, headers=error.headers)


async def _on_away(_: Request, error: DatabaseAway) -> JSONResponse:
    log.warning("database.away", extra={"reason": str(error)})
    return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "the database cannot be reached; try again", headers={"Retry-After": "5"})


async def _on_unknown(request: Request, error: Exception) -> JSONResponse:
    log.error("api.failed", extra={"path": request.url.path, "error": type(error).__name__})
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log says what")
