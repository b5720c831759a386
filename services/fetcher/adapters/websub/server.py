"""Where hubs reach the fetcher: verification of intent (GET) and content distribution (POST), sections 5.3 and 7 of WebSub."""

import asyncio
import errno
import logging
from collections.abc import Awaitable
from datetime import timedelta

from aiohttp import web

from schemas.feeds_state import HubState
from services.chassis.clock import Clock
from services.fetcher import telemetry
from services.fetcher.adapters.websub.subscriber import FeedDesk, HubChange, subscription
from services.fetcher.domain.websub.keys import Keys, is_signed, may_have_secret
from services.fetcher.domain.websub.subscription import denied, is_wanted, pinged, released, verified

log = logging.getLogger(__name__)

BODY_TIMEOUT_S = 30.0
"""For a whole body; a hub that drips bytes is cut off here."""
ANSWER_WITHIN_S = 3.0
"""Hubs give up after some seconds, and send again: what takes longer (the feed is being polled) is acknowledged before it is done."""
PUSHES_AT_ONCE = 16
"""Bodies held at once; others are told to come back. Bounds memory."""
COME_BACK_S = 30
SHUTDOWN_S = 1.0
"""For answers that are under way when the process stops."""
MAX_LOGGED_CHARS = 200


class CallbackServer:
    """Listens for hubs. Everything about a callback address that is not known by its token is answered as if there was nothing."""

    def __init__(self, desk: FeedDesk, *, keys: Keys, clock: Clock, host: str, port: int, max_body_bytes: int) -> None:
        self._desk, self._keys, self._clock = desk, keys, clock
        self._host, self._port, self._max_body_bytes = host, port, max_body_bytes
        self._runner: web.AppRunner | None = None
        self._reading = 0
        self._work: set[asyncio.Future[object]] = set()

    async def start(self) -> None:
        """Listen.

        Raises:
            SystemExit: If the port is taken, with a line that says which.
        """
        app = web.Application(client_max_size=self._max_body_bytes)
        place = "/{before:(?:.*/)?}{feed_id:[^/]+}/{token:[^/]+}"  # whatever path a proxy leaves in front
        app.router.add_get(place, self._verify, allow_head=False)
        app.router.add_post(place, self._distribute)
        self._runner = web.AppRunner(
            app, access_log=None, auto_decompress=False, shutdown_timeout=SHUTDOWN_S
        )  # a log would be one of tokens
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else (error.strerror or "cannot be used")
            raise SystemExit(f"websub: port {self._port} on {self._host} {why}; set another FETCHER_WEBSUB_PORT") from None

    @property
    def port(self) -> int:
        """The port that is listened on; of use where 0 was asked for."""
        return int(self._runner.addresses[0][1]) if self._runner else self._port

    async def stop(self) -> None:
        """Stop listening, and let go of what is not done: the hub has been told nothing, or polling will find it."""
        if self._runner:
            await self._runner.cleanup()
        for work in self._work:
            work.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def _feed_of(self, request: web.Request) -> str | None:
        feed_id = request.match_info["feed_id"]
        return feed_id if self._keys.is_token(request.match_info["token"], feed_id=feed_id) else None

    def _goes_on(self, work: Awaitable[object]) -> "asyncio.Future[object]":
        """Have it done beside the answer."""
        task = asyncio.ensure_future(work)
        self._work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Future[object]") -> None:
        self._work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("hub.callback_failed", exc_info=error)

    async def _verify(self, request: web.Request) -> web.Response:
        """Say yes to what we asked for, whoever asks; the lease counts only after a request of ours."""
        feed_id = self._feed_of(request)
        if feed_id is None:
            return web.Response(status=404)
        if self._desk.source(feed_id) is None:
            return _come_back()
        hub = subscription(self._desk, feed_id)
        mode, topic = request.query.get("hub.mode"), request.query.get("hub.topic", "")
        if not is_wanted(hub, topic=topic) or mode not in ("subscribe", "denied"):
            return web.Response(status=404)
        now = self._clock.now()
        if mode == "denied":
            log.warning("hub.denied", extra={"feed_id": feed_id, "detail": request.query.get("hub.reason", "")[:MAX_LOGGED_CHARS]})
            self._change(feed_id, lambda hub: denied(hub, now=now))
            return web.Response()
        lease = _lease(request.query.get("hub.lease_seconds", ""))
        self._change(feed_id, lambda hub: verified(hub, feed_id=feed_id, lease=lease, now=now) if hub.topic == topic else hub)
        challenge = request.query.get("hub.challenge", "")
        return web.Response(text=challenge, content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})

    def _change(self, feed_id: str, change: HubChange) -> None:
        self._goes_on(self._desk.change_hub(feed_id, change))

    async def _distribute(self, request: web.Request) -> web.Response:
        feed_id = self._feed_of(request)
        if feed_id is None:
            return _counted("unknown", web.Response(status=404))
        if self._desk.source(feed_id) is None:
            return _counted("not_ours", _come_back())
        hub = subscription(self._desk, feed_id)
        if hub is None:  # paused, or without hub by now: the hub may end it
            self._change(feed_id, released)
            return _counted("unknown", web.Response(status=410))
        if self._reading + len(self._work) >= PUSHES_AT_ONCE:
            return _counted("refused", _come_back())
        self._reading += 1
        try:
            body = await self._body(request)
        finally:
            self._reading -= 1
        return _counted("refused", body) if isinstance(body, web.Response) else await self._take(request, feed_id, hub, body)

    async def _take(self, request: web.Request, feed_id: str, hub: HubState, body: bytes) -> web.Response:
        if not may_have_secret(hub.hub):
            now = self._clock.now()
            self._change(feed_id, lambda hub: pinged(hub, now=now))
            return _counted("ping", web.Response(status=202))
        secret = self._keys.secret(feed_id, hub=hub.hub, topic=hub.topic)
        if not is_signed(body, header=request.headers.get("X-Hub-Signature"), secret=secret):
            log.warning("hub.forged_push", extra={"feed_id": feed_id})
            return _counted("forged", web.Response(status=202))  # section 7.1: acknowledged, and ignored
        work = self._goes_on(self._push(feed_id, body, request.headers.get("Content-Type", "")))
        await asyncio.wait([work], timeout=ANSWER_WITHIN_S)
        return web.Response(status=202)

    async def _push(self, feed_id: str, body: bytes, content_type: str) -> None:
        was_taken = await self._desk.push(feed_id, body, content_type)
        telemetry.PUSHES.labels(result="taken" if was_taken else "unreadable").inc()
        if not was_taken:  # some hubs only say that there is news
            now = self._clock.now()
            await self._desk.change_hub(feed_id, lambda hub: pinged(hub, now=now))

    async def _body(self, request: web.Request) -> bytes | web.Response:
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return web.Response(status=415)
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                return await request.read()
        except TimeoutError:
            return web.Response(status=408)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (web.RequestPayloadError, ConnectionError):
            return web.Response(status=400)


def _lease(text: str) -> timedelta | None:
    return timedelta(seconds=min(int(text), 10**9)) if text.isascii() and text.isdecimal() and len(text) < 20 else None


def _come_back() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(COME_BACK_S)})


def _counted(result: str, response: web.Response) -> web.Response:
    telemetry.PUSHES.labels(result=result).inc()
    return response
