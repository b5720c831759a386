"""Sends one signed request and says how it ended. Whether and when to try again is decided elsewhere."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from services.alerter.domain.deliveries import Answer, Reason, parse_retry_after, reason_for
from services.alerter.domain.signing import signed_headers
from services.chassis.http import DnsError, RefusedAddress, TlsError

MAX_ANSWER_BYTES = 64 * 1024
"""An answer's body is read only so that the connection can be used again; past this it is not worth it."""
BODY_PATIENCE_S = 1.0
PATIENCE_STATUSES = (429, 503, 504)


@dataclass(frozen=True)
class WebhookRequest:
    """What is sent: the body is signed and sent as it is, byte for byte."""

    webhook_id: str
    url: str
    body: bytes
    secrets: tuple[str, ...] = field(repr=False)
    traceparent: str | None = None


class WebhookSender:
    """Tries webhooks over one client."""

    def __init__(self, client: httpx.AsyncClient, *, timeout_s: float, now: Callable[[], datetime]) -> None:
        """Take a client that follows no redirects and refuses addresses that are not public.

        Args:
            now: The machine's time even in replays: receivers refuse a signature whose time is far from theirs.
        """
        self._client, self._timeout_s, self._now = client, timeout_s, now

    async def attempt(self, request: WebhookRequest) -> Answer:
        """Send it once. Every way that it may end is a value; nothing is raised."""
        started = time.perf_counter()
        try:
            # Bounds the whole wait: the client's own time-outs begin anew with every byte of a trickling answer.
            async with asyncio.timeout(self._timeout_s):
                response = await self._client.send(self._signed(request), stream=True)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Answer(_reason_of(error), time.perf_counter() - started)
        duration_s = time.perf_counter() - started
        await _drain(response)
        retry_after = response.headers.get("retry-after") if response.status_code in PATIENCE_STATUSES else None
        return Answer(reason_for(response.status_code), duration_s, response.status_code, parse_retry_after(retry_after, now=self._now()))

    def _signed(self, request: WebhookRequest) -> httpx.Request:
        timestamp = int(self._now().timestamp())
        headers = {"content-type": "application/json"}
        headers |= signed_headers(request.secrets, webhook_id=request.webhook_id, timestamp=timestamp, body=request.body)
        if request.traceparent:
            headers["traceparent"] = request.traceparent
        return self._client.build_request("POST", request.url, content=request.body, headers=headers)


async def _drain(response: httpx.Response) -> None:
    """Read the answer's body, within bounds. The status has been said: whatever is wrong after it changes nothing."""
    size = 0
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(BODY_PATIENCE_S):
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    break
    with suppress(httpx.HTTPError):
        await response.aclose()


def _reason_of(error: Exception) -> Reason:
    if isinstance(error, RefusedAddress):
        return Reason.REFUSED_ADDRESS
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | ValueError):
        return Reason.BAD_URL
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Reason.TIMEOUT
    for kind, reason in ((DnsError, Reason.DNS), (TlsError, Reason.TLS), (httpx.ConnectError, Reason.CONNECT)):
        if isinstance(error, kind):
            return reason
    return Reason.NETWORK
