"""Asks a hub for a subscription (section 5.1 of the WebSub Recommendation)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from services.fetcher.domain.polling.schedule import retry_after
from services.fetcher.domain.websub.keys import may_have_secret
from services.fetcher.domain.websub.subscription import LEASE

MAX_REDIRECTS = 3
_REDIRECTS = frozenset({307, 308})
"""Others would turn the request into a GET."""


@dataclass(frozen=True)
class Answer:
    """What the hub said.

    Attributes:
        detail: One line of what went wrong; empty if the hub will verify.
        wait: How long it wants to be left alone; None if it does not say.
        is_away: True if there was no answer at all.
    """

    detail: str = ""
    wait: timedelta | None = None
    is_away: bool = False

    @property
    def is_accepted(self) -> bool:
        """True if the hub will verify now that we meant it."""
        return not self.detail


class HubClient:
    """Sends requests to hubs over one guarded HTTP client."""

    def __init__(self, client: httpx.AsyncClient, *, timeout_s: float) -> None:
        self._client, self._timeout_s = client, timeout_s

    async def subscribe(self, hub: str, *, topic: str, callback: str, secret: str, now: datetime) -> Answer:
        """Ask for a subscription; the secret goes along only to a hub that is reached over HTTPS. Never raises for what a hub does.

        Args:
            now: To turn a Retry-After date into a wait.
        """
        form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback, "hub.lease_seconds": f"{LEASE.total_seconds():.0f}"}
        if may_have_secret(hub):
            form["hub.secret"] = secret
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._post(hub, form, now)
        except TimeoutError:
            return Answer(f"no answer within {self._timeout_s:g} s", is_away=True)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return Answer(type(error).__name__, is_away=isinstance(error, httpx.TransportError))  # its text may quote the address

    async def _post(self, hub: str, form: Mapping[str, str], now: datetime) -> Answer:
        at = httpx.URL(hub)
        for _ in range(MAX_REDIRECTS + 1):
            async with self._client.stream("POST", at, data=form) as response:
                if response.status_code not in _REDIRECTS:
                    return _answer(response, now)
                target = at.join(response.headers.get("location", "")).copy_with(fragment=None)
            if "hub.secret" in form and not may_have_secret(str(target)):
                return Answer("a redirect from https to http")
            at = target
        return Answer(f"more than {MAX_REDIRECTS} redirects")


def _answer(response: httpx.Response, now: datetime) -> Answer:
    if response.is_success:  # 202 as a rule; hubs that have verified meanwhile say 204
        return Answer()
    status = response.status_code
    wait = retry_after(response.headers.get("retry-after"), now=now) if status in (429, 503) else None
    return Answer(f"HTTP {status} {response.reason_phrase}".strip(), wait)
