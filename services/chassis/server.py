"""Health and metrics over HTTP: ``/healthz`` (alive), ``/readyz`` (at work), ``/metrics`` (Prometheus)."""

import errno
from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


class OpsServer:
    """Serves health and metrics of one process."""

    def __init__(self, *, host: str, port: int, is_ready: Callable[[], bool]) -> None:
        self._host, self._port, self._is_ready = host, port, is_ready
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen.

        Raises:
            SystemExit: If the port is taken, with a line that says which.
        """
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else (error.strerror or "cannot be used")
            raise SystemExit(f"http: port {self._port} on {self._host} {why}; free it or set another HTTP port") from None

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, _: web.Request) -> web.Response:
        ready = self._is_ready()
        return web.json_response({"status": "ready" if ready else "starting"}, status=200 if ready else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
