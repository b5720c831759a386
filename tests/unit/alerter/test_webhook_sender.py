"""One request: signed as sent, never redirected, and every ending a value."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from services.alerter.adapters.webhook_sender import WebhookRequest, WebhookSender
from services.alerter.domain.deliveries import Answer, Reason
from services.chassis.http import DnsError, RefusedAddress, TlsError
from tests.unit.alerter.builders import SECRET

Handler = Callable[[httpx.Request], httpx.Response]


def answering(status_code: int, **headers: str) -> httpx.Response:
    return httpx.Response(status_code, headers=headers, stream=httpx.ByteStream(b"thanks"))


async def attempt(handler: Handler, *, url: str = "https://hooks.example/in", body: bytes = b"{}", timeout_s: float = 5) -> Answer:
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
        sender = WebhookSender(client, timeout_s=timeout_s, now=lambda: datetime.now(UTC))
        return await sender.attempt(WebhookRequest("id-1", url, body, (SECRET,), "00-" + "a" * 32 + "-" + "b" * 16 + "-01"))


async def test_the_bytes_that_are_signed_are_the_bytes_that_are_sent() -> None:
    """Behaviour 15."""
    requests: list[httpx.Request] = []
    body = '{"a": "“quoted” — \\u00e9",  "b":1.0}'.encode()

    answer = await attempt(lambda request: requests.append(request) or answering(204), body=body)

    assert (answer.reason, answer.status_code) == (Reason.OK, 204)
    (request,) = requests
    assert request.content == body
    assert request.headers["webhook-id"] == "id-1"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["traceparent"].startswith("00-aaaa")
    Webhook(SECRET).verify(request.content, dict(request.headers))


async def test_a_redirect_is_not_followed() -> None:
    requests: list[httpx.Request] = []

    answer = await attempt(lambda request: requests.append(request) or answering(307, location="https://elsewhere.example"))

    assert answer.reason is Reason.REDIRECT
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ConnectError("refused"), Reason.CONNECT),
        (httpx.ConnectTimeout("silence"), Reason.TIMEOUT),
        (httpx.ReadTimeout("silence"), Reason.TIMEOUT),
        (httpx.RemoteProtocolError("nonsense"), Reason.NETWORK),
        (httpx.ReadError("reset"), Reason.NETWORK),
        (DnsError("no such name"), Reason.DNS),
        (TlsError("expired"), Reason.TLS),
        (RefusedAddress("private"), Reason.REFUSED_ADDRESS),
        (httpx.UnsupportedProtocol("gopher"), Reason.BAD_URL),
    ],
)
async def test_every_failure_has_its_reason(error: Exception, reason: Reason) -> None:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    answer = await attempt(handler)

    assert (answer.reason, answer.status_code) == (reason, None)


async def test_a_url_that_is_none_is_a_value_too() -> None:
    assert (await attempt(lambda _: answering(200), url="https://[::1")).reason is Reason.BAD_URL


async def test_a_receiver_that_does_not_answer_is_left_after_the_time_out() -> None:
    async def hang(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    answer = await attempt(hang, timeout_s=0.05)  # type: ignore[arg-type]

    assert answer.reason is Reason.TIMEOUT
    assert answer.duration_s < 2


async def test_an_answer_without_end_is_left_after_a_while() -> None:
    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b"x" * 10_000

    assert (await attempt(lambda _: httpx.Response(200, stream=Endless()))).reason is Reason.OK


async def test_a_status_that_was_said_counts_whatever_its_body_does() -> None:
    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"x"
            raise httpx.ReadError("reset")

    assert (await attempt(lambda _: httpx.Response(200, stream=Broken()))).reason is Reason.OK


@pytest.mark.parametrize(
    ("status_code", "expected"),
    [(429, timedelta(seconds=7)), (503, timedelta(seconds=7)), (504, timedelta(seconds=7)), (500, None), (200, None)],
)
async def test_retry_after_is_heard_where_it_means_patience(status_code: int, expected: timedelta | None) -> None:
    answer = await attempt(lambda _: answering(status_code, **{"retry-after": "7"}))

    assert answer.retry_after == expected


def test_the_secret_is_not_shown_by_a_request() -> None:
    assert SECRET not in repr(WebhookRequest("id", "https://a.example", b"", (SECRET,)))
