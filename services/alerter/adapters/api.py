"""The HTTP API: its parts put together, and the server it runs in."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import SecretStr

from services.alerter.adapters.api_access import Access
from services.alerter.adapters.api_endpoints import endpoints_router, subscriptions_router
from services.alerter.adapters.api_history import history_router
from services.alerter.adapters.api_parts import ApiParts, add_problem_handlers
from services.alerter.adapters.api_sources import sources_router
from services.alerter.adapters.api_tables import tables_router

LAST_REQUESTS_S = 2


def build_api(parts: ApiParts, *, key: SecretStr | None, only_local: bool) -> FastAPI:
    """Return the API; see ``Access`` for ``key`` and ``only_local``."""
    # The interactive pages load scripts from elsewhere; the description itself is at /openapi.json.
    app = FastAPI(title="Claimwatch", version="0.1.0", docs_url=None, redoc_url=None)
    add_problem_handlers(app)
    for router in (
        tables_router(parts),
        sources_router(parts),
        endpoints_router(parts),
        subscriptions_router(parts),
        history_router(parts),
        _health_router(parts),
    ):
        app.include_router(router)
    app.add_middleware(Access, key=key, only_local=only_local)
    return app


def _health_router(parts: ApiParts) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def is_alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def is_ready() -> JSONResponse:
        ready = parts.is_ready()
        return JSONResponse({"status": "ready" if ready else "starting"}, 200 if ready else 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the service."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class ApiServer:
    """Serves the API until told to stop."""

    def __init__(self, *, host: str, port: int) -> None:
        """Take the port at once, so that a taken one is told before anything else begins.

        Raises:
            SystemExit: If it cannot be had, with a line that says which.
        """
        self._socket = _listen(host, port)

    @property
    def port(self) -> int:
        """The port that was got."""
        port: int = self._socket.getsockname()[1]
        return port

    async def run(self, app: FastAPI, stop: asyncio.Event) -> None:
        """Serve; requests under way when it stops are finished, within bounds."""
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=LAST_REQUESTS_S)
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[self._socket]), name="api")
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            server.should_exit = True
            await serving


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        why = "is taken by another program" if error.errno == errno.EADDRINUSE else (error.strerror or "cannot be used")
        raise SystemExit(f"http: port {port} on {host} {why}; free it or set ALERTER_HTTP_PORT") from None
