"""API: endpoints and subscriptions."""

import secrets
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from sqlalchemy import Connection

from schemas.ids import derived_id
from schemas.record import Slug
from schemas.webhooks import TestPing
from schemas.words import Status
from services.alerter.adapters import endpoint_secrets, subscription_store
from services.alerter.adapters.api_parts import ApiParts, Mistake, Problem, not_found
from services.alerter.adapters.endpoint_address import BadAddress, check_resolved
from services.alerter.adapters.subscription_store import Endpoint, EndpointState, NewEndpoint, Source, StoredSubscription
from services.alerter.adapters.webhook_sender import WebhookRequest
from services.alerter.domain.deliveries import Reason
from services.alerter.domain.signing import key_of
from services.alerter.domain.subscriptions import Subscription


class EndpointBody(BaseModel):
    """An endpoint to be made."""

    model_config = ConfigDict(extra="forbid")

    endpoint_id: Slug | None = None
    """None: one is made up."""
    url: Annotated[str, Field(max_length=2000)]
    secret: SecretStr | None = None
    """``whsec_`` and base64 of 24 to 64 bytes; None: a new one, shown once in the answer."""

    @field_validator("secret")
    @classmethod
    def _secret_is_sound(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            key_of(value.get_secret_value())
        return value


class EndpointView(BaseModel):
    """An endpoint, without its secret."""

    endpoint_id: str
    url: str
    state: EndpointState
    source: Source
    created_at: datetime
    disabled_at: datetime | None = None


class NewEndpointView(EndpointView):
    """An endpoint as it was made."""

    secret: str | None = None
    """The new signing secret. Keep it now: it is never shown again. None where you gave it yourself."""


class SubscriptionBody(BaseModel):
    """A subscription to be made."""

    model_config = ConfigDict(extra="forbid")

    subscription_id: Slug | None = None
    """None: one is made up."""
    endpoint_id: Slug
    claims: tuple[Slug, ...] = ()
    """Empty: every claim."""
    statuses: tuple[Status, ...] = ()
    """Statuses that a claim moves to; empty: all."""


class SubscriptionView(SubscriptionBody):
    """A subscription."""

    source: Source
    created_at: datetime


class PingView(BaseModel):
    """How a test ping went."""

    delivered: bool
    reason: Reason
    status_code: int | None
    duration_s: float
    webhook_id: str


def endpoint_view(endpoint: Endpoint) -> EndpointView:
    """Return an endpoint as the API shows it."""
    return EndpointView(**vars(endpoint))


def subscription_view(stored: StoredSubscription) -> SubscriptionView:
    """Return a subscription as the API shows it."""
    wanted = stored.wanted
    return SubscriptionView(
        subscription_id=wanted.subscription_id, endpoint_id=wanted.endpoint_id, claims=tuple(sorted(wanted.claims)),
        statuses=tuple(sorted(wanted.statuses)), source=stored.source, created_at=stored.created_at,
    )  # fmt: skip


def _existing(connection: Connection, endpoint_id: str) -> Endpoint:
    endpoint = subscription_store.find_endpoint(connection, endpoint_id)
    if endpoint is None:
        raise not_found("endpoint", endpoint_id)
    return endpoint


def _not_of_file(source: Source, what: str) -> None:
    if source is Source.FILE:
        raise Problem(HTTPStatus.CONFLICT, f"this {what} is the subscription file's; take it out there and start the alerter again")


def endpoints_router(parts: ApiParts) -> APIRouter:
    """Return the routes of endpoints."""
    router = APIRouter(tags=["endpoints"])

    @router.get("/endpoints")
    async def list_endpoints() -> list[EndpointView]:
        return [endpoint_view(one) for one in await parts.database.read(subscription_store.list_endpoints)]

    @router.post("/endpoints", status_code=HTTPStatus.CREATED)
    async def make_endpoint(body: EndpointBody, response: Response) -> NewEndpointView:
        try:
            await check_resolved(body.url, parts.allow)
        except BadAddress as error:
            mistake = Mistake("url", "body", str(error))
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "webhooks cannot be sent there", [mistake]) from None
        secret = body.secret.get_secret_value() if body.secret else endpoint_secrets.new_secret()
        new = NewEndpoint(body.endpoint_id or f"ep-{secrets.token_hex(8)}", body.url, secret)
        made = await parts.database.write(lambda connection: _make_endpoint(connection, new, parts.now()))
        response.headers["Location"] = f"/endpoints/{made.endpoint_id}"
        response.headers["Cache-Control"] = "no-store"
        return NewEndpointView(**vars(made), secret=None if body.secret else secret)

    @router.get("/endpoints/{endpoint_id}")
    async def get_endpoint(endpoint_id: Slug) -> EndpointView:
        return endpoint_view(await parts.database.read(lambda connection: _existing(connection, endpoint_id)))

    @router.delete("/endpoints/{endpoint_id}", status_code=HTTPStatus.NO_CONTENT)
    async def delete_endpoint(endpoint_id: Slug) -> None:
        def work(connection: Connection) -> None:
            _not_of_file(_existing(connection, endpoint_id).source, "endpoint")
            subscription_store.delete_endpoint(connection, endpoint_id, now=parts.now())

        await parts.database.write(work)

    @router.post("/endpoints/{endpoint_id}:enable")
    async def enable_endpoint(endpoint_id: Slug) -> EndpointView:
        def work(connection: Connection) -> Endpoint:
            endpoint = _existing(connection, endpoint_id)
            subscription_store.set_state(connection, endpoint_id, EndpointState.ENABLED, now=parts.now())
            return replace(endpoint, state=EndpointState.ENABLED, disabled_at=None)

        return endpoint_view(await parts.database.write(work))

    @router.post("/endpoints/{endpoint_id}:ping")
    async def ping_endpoint(endpoint_id: Slug) -> PingView:
        def work(connection: Connection) -> tuple[Endpoint, str]:
            return _existing(connection, endpoint_id), subscription_store.secret_of(connection, endpoint_id)

        endpoint, secret = await parts.database.read(work)
        return await _ping(parts, endpoint, secret)

    return router


def _make_endpoint(connection: Connection, new: NewEndpoint, now: datetime) -> Endpoint:
    if subscription_store.find_endpoint(connection, new.endpoint_id):
        raise Problem(HTTPStatus.CONFLICT, f"there is an endpoint {new.endpoint_id} already")
    subscription_store.add_endpoint(connection, new, source=Source.API, now=now)
    return _existing(connection, new.endpoint_id)


async def _ping(parts: ApiParts, endpoint: Endpoint, secret: str) -> PingView:
    now = parts.now()
    webhook_id = derived_id("ping", endpoint.endpoint_id, now.isoformat())
    body = TestPing(timestamp=now, data={"endpoint_id": endpoint.endpoint_id}).model_dump_json().encode()
    answer = await parts.sender.attempt(WebhookRequest(webhook_id, endpoint.url, body, (secret,)))
    return PingView(
        delivered=answer.reason is Reason.OK, reason=answer.reason, status_code=answer.status_code,
        duration_s=round(answer.duration_s, 4), webhook_id=webhook_id,
    )  # fmt: skip


def subscriptions_router(parts: ApiParts) -> APIRouter:
    """Return the routes of subscriptions."""
    router = APIRouter(tags=["subscriptions"])

    @router.get("/subscriptions")
    async def list_subscriptions() -> list[SubscriptionView]:
        return [subscription_view(one) for one in await parts.database.read(subscription_store.list_subscriptions)]

    @router.post("/subscriptions", status_code=HTTPStatus.CREATED)
    async def make_subscription(body: SubscriptionBody, response: Response) -> SubscriptionView:
        wanted = Subscription(
            subscription_id=body.subscription_id or f"sub-{secrets.token_hex(8)}", endpoint_id=body.endpoint_id,
            claims=frozenset(body.claims), statuses=frozenset(body.statuses),
        )  # fmt: skip
        made = await parts.database.write(lambda connection: _make_subscription(connection, wanted, parts.now()))
        response.headers["Location"] = f"/subscriptions/{wanted.subscription_id}"
        return subscription_view(made)

    @router.get("/subscriptions/{subscription_id}")
    async def get_subscription(subscription_id: Slug) -> SubscriptionView:
        return subscription_view(await parts.database.read(lambda connection: _subscription(connection, subscription_id)))

    @router.delete("/subscriptions/{subscription_id}", status_code=HTTPStatus.NO_CONTENT)
    async def delete_subscription(subscription_id: Slug) -> None:
        def work(connection: Connection) -> None:
            _not_of_file(_subscription(connection, subscription_id).source, "subscription")
            subscription_store.delete_subscription(connection, subscription_id)

        await parts.database.write(work)

    return router


def _subscription(connection: Connection, subscription_id: str) -> StoredSubscription:
    stored = subscription_store.find_subscription(connection, subscription_id)
    if stored is None:
        raise not_found("subscription", subscription_id)
    return stored


def _make_subscription(connection: Connection, wanted: Subscription, now: datetime) -> StoredSubscription:
    if subscription_store.find_endpoint(connection, wanted.endpoint_id) is None:
        mistake = Mistake("endpoint_id", "body", f"there is no endpoint {wanted.endpoint_id}")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "the subscription has no endpoint", [mistake])
    if subscription_store.find_subscription(connection, wanted.subscription_id):
        raise Problem(HTTPStatus.CONFLICT, f"there is a subscription {wanted.subscription_id} already")
    subscription_store.add_subscription(connection, wanted, source=Source.API, now=now)
    return _subscription(connection, wanted.subscription_id)
