"""Who may use the API: whoever bears the key; without one, programs of this machine, and no web page by way of its browser."""

import hmac
from http import HTTPStatus

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.alerter.adapters.api_parts import problem_response

OPEN_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
MAX_BODY_BYTES = 1_000_000


class Access:
    """ASGI middleware that lets a request through or answers it with a problem."""

    def __init__(self, app: ASGIApp, *, key: SecretStr | None, only_local: bool) -> None:
        """Wrap an app.

        Args:
            key: Every request but health and metrics must bear it; None: none needed.
            only_local: Without a key: refuse requests that address the machine by another name than its loopback ones
                (DNS rebinding), and those that a web page of another site has sent.
        """
        self._app, self._key, self._only_local = app, key, only_local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := self._refusal(scope["path"], Headers(scope=scope))):
            status, detail = refusal
            headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else None
            return await problem_response(status, detail, headers=headers)(scope, receive, send)
        await self._app(scope, receive, send)

    def _refusal(self, path: str, headers: Headers) -> tuple[HTTPStatus, str] | None:
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers:
            return HTTPStatus.LENGTH_REQUIRED, "send the body with its Content-Length"
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has at most {MAX_BODY_BYTES} bytes"
        if path in OPEN_PATHS:
            return None
        if self._key is not None:
            return None if self._bears_key(headers) else (HTTPStatus.UNAUTHORIZED, "send the key: Authorization: Bearer KEY")
        if self._only_local and not _is_local(headers):
            return HTTPStatus.FORBIDDEN, "without a key the API serves programs of this machine only, at 127.0.0.1 or localhost"
        return None

    def _bears_key(self, headers: Headers) -> bool:
        assert self._key is not None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._key.get_secret_value().encode())


def _is_local(headers: Headers) -> bool:
    host = headers.get("host", "")
    name = host[: host.rindex("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    return name.lower() in LOCAL_HOSTS and headers.get("sec-fetch-site", "none") in ("none", "same-origin")
