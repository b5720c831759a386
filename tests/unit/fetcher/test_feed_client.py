"""Against a real server on loopback."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import brotli
import pytest
from aiohttp import web

from schemas.words import PollReason
from services.chassis.http import new_client
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.polling.feed_client import MAX_REDIRECTS, FeedClient, Fetched, shown
from services.fetcher.domain.polling.hosts import host_of
from services.fetcher.domain.polling.polls import Validators
from tests.unit.fetcher.samples import NOW

BODY = b"<rss/>" * 100
VALIDATORS = Validators('W/"a b"', "yesterday, as this server calls it")


class Server:
    """Answers each path in its way, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.release = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        name = request.match_info["name"]
        if name.startswith("hop"):
            target = f"hop{int(name[3:]) - 1}" if name != "hop1" else "/ok"
            return web.Response(status=int(request.query.get("status", 302)), headers={"Location": target})
        response: web.StreamResponse = await getattr(self, f"_{name}")(request)
        return response

    async def _ok(self, request: web.Request) -> web.Response:
        found = {"ETag": 'W/"a b"', "Last-Modified": "odd"}
        if request.headers.get("If-None-Match") == VALIDATORS.etag:
            return web.Response(status=304, headers=found)
        return web.Response(body=BODY, headers=found)

    async def _gzip(self, _: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(BODY), headers={"Content-Encoding": "gzip"})

    async def _br(self, _: web.Request) -> web.Response:
        return web.Response(body=brotli.compress(BODY), headers={"Content-Encoding": "br"})

    async def _cut(self, _: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"})

    async def _bomb(self, _: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(b"\0" * 10_000_000), headers={"Content-Encoding": "gzip"})

    async def _limited(self, _: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "120"})

    async def _away(self, _: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "Thu, 22 Jun 2017 13:00:00 GMT"})

    async def _forbidden(self, _: web.Request) -> web.Response:
        return web.Response(status=403, headers={"Retry-After": "120"})

    async def _gone(self, _: web.Request) -> web.Response:
        return web.Response(status=410)

    async def _challenge(self, _: web.Request) -> web.Response:
        return web.Response(status=403, headers={"cf-mitigated": "challenge"})

    async def _blocked(self, _: web.Request) -> web.Response:
        return web.Response(status=503, text="<!DOCTYPE html><title>Just a moment...</title>", content_type="text/html")

    async def _smiling(self, _: web.Request) -> web.Response:
        return web.Response(text="<html><script>window._cf_chl_opt={}</script></html>", content_type="text/html")

    async def _silent(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=429, headers={"Retry-After": "120"})
        await response.prepare(request)
        await self.release.wait()
        return response

    async def _circle(self, request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "circle?back" if "back" not in request.query_string else "circle"})

    async def _told(self, _: web.Request) -> web.Response:
        links = '<https://hub.example/>; rel="hub"'
        return web.Response(body=BODY, headers={"Link": links, "Cache-Control": "max-age=600"})

    async def _partial(self, _: web.Request) -> web.Response:
        return web.Response(status=206, body=BODY)

    async def _unasked(self, _: web.Request) -> web.Response:
        return web.Response(status=304)

    async def _itself(self, _: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "itself"})

    async def _nowhere(self, _: web.Request) -> web.Response:
        return web.Response(status=302)

    async def _inside(self, _: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": "http://169.254.169.254/latest/"})

    async def _file(self, _: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "file:///etc/passwd"})

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>")
        await self.release.wait()
        return response


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Server, FeedClient, str]]:
    server, app = Server(), web.Application()
    app.router.add_get("/{name}", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with new_client(timeout_s=5, allow=["127.0.0.1"]) as http:
            client = FeedClient(http, timeout_s=0.5, max_body_bytes=1_000_000)
            yield server, client, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        server.release.set()
        await runner.cleanup()


async def fetch(name: str, validators: Validators = Validators()) -> Fetched:  # noqa: B008  # frozen
    async with serving() as (_, client, base):
        return await client.fetch(f"{base}/{name}", validators=validators, now=NOW)


@pytest.mark.parametrize("name", ["ok", "gzip", "br"])
async def test_a_document_is_read_in_every_encoding(name: str) -> None:
    assert (await fetch(name)).body == BODY


async def test_validators_are_echoed_to_the_letter_and_a_304_has_no_body() -> None:
    async with serving() as (server, client, base):
        first = await client.fetch(f"{base}/ok", validators=Validators(), now=NOW)
        again = await client.fetch(f"{base}/ok", validators=VALIDATORS, now=NOW)

    assert first.validators == Validators('W/"a b"', "odd")
    assert "If-None-Match" not in server.asked[0].headers
    assert server.asked[1].headers["If-None-Match"] == VALIDATORS.etag
    assert server.asked[1].headers["If-Modified-Since"] == VALIDATORS.last_modified
    assert again.body is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_to_the_document(status: int) -> None:
    fetched = await fetch(f"hop5?status={status}")

    assert fetched.body == BODY
    assert fetched.url.endswith("/ok")


FAILURES = {
    "hop6": PollReason.REDIRECT,
    "itself": PollReason.REDIRECT,
    "nowhere": PollReason.REDIRECT,
    "inside": PollReason.REFUSED_ADDRESS,
    "file": PollReason.REFUSED_ADDRESS,
    "cut": PollReason.BAD_ENCODING,
    "bomb": PollReason.TOO_LARGE,
    "limited": PollReason.RATE_LIMITED,
    "away": PollReason.HTTP_5XX,
    "forbidden": PollReason.HTTP_4XX,
    "gone": PollReason.GONE,
    "challenge": PollReason.BOT_WALL,
    "blocked": PollReason.BOT_WALL,
    "smiling": PollReason.BOT_WALL,
    "silent": PollReason.RATE_LIMITED,
    "circle": PollReason.REDIRECT,
    "partial": PollReason.HTTP_4XX,
    "unasked": PollReason.HTTP_4XX,
    "drip": PollReason.TIMEOUT,
}


@pytest.mark.parametrize(("name", "reason"), FAILURES.items(), ids=FAILURES.keys())
async def test_a_failure_has_its_reason(name: str, reason: PollReason) -> None:
    with pytest.raises(FeedError) as caught:
        await fetch(name)
    assert caught.value.reason is reason
    assert caught.value.detail


async def test_the_way_there_and_what_the_server_adds_are_told() -> None:
    async with serving() as (_, client, base):
        moved = await client.fetch(f"{base}/hop2?status=308", validators=Validators(), now=NOW)
        told = await client.fetch(f"{base}/told", validators=Validators(), now=NOW)
        with pytest.raises(FeedError) as caught:
            await client.fetch(f"{base}/hop9", validators=Validators(), now=NOW)

    assert moved.journey
    assert [(hop.status, hop.to.removeprefix(base)) for hop in moved.journey.hops] == [(308, "/hop1"), (302, "/ok")]
    assert moved.journey.permanent_end == f"{base}/hop1"
    assert (told.links, told.fresh_for_s) == ('<https://hub.example/>; rel="hub"', 600)
    assert caught.value.journey
    assert len(caught.value.journey.hops) == MAX_REDIRECTS + 1


async def test_a_redirect_is_not_followed_to_a_server_that_has_asked_to_be_left_alone() -> None:
    class Holds:
        def held_until(self, servers: Iterable[str]) -> datetime | None:
            return NOW + timedelta(hours=2) if set(servers) == {host_of(base)} else None

    async with serving() as (server, _, base), new_client(timeout_s=5, allow=["127.0.0.1"]) as http:
        held = FeedClient(http, timeout_s=5, max_body_bytes=10_000, holds=Holds())
        with pytest.raises(FeedError) as caught:
            await held.fetch(f"{base}/hop3", validators=Validators(), now=NOW)

    assert (caught.value.reason, caught.value.retry_after) == (PollReason.RATE_LIMITED, timedelta(hours=2))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("name", "wait"),
    [("limited", timedelta(seconds=120)), ("silent", timedelta(seconds=120)), ("away", timedelta(hours=1)), ("forbidden", None)],
)
async def test_the_wait_a_server_asks_for_is_taken_on_429_and_503_only(name: str, wait: timedelta | None) -> None:
    with pytest.raises(FeedError) as caught:
        await fetch(name)
    assert caught.value.retry_after == wait


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1/", PollReason.CONNECT),
        ("http://10.0.0.1/", PollReason.REFUSED_ADDRESS),
        ("http://user:pass@127.0.0.1/", PollReason.REFUSED_ADDRESS),
        ("http://nowhere.invalid/", PollReason.DNS),
    ],
)
async def test_a_server_that_is_not_there_has_its_reason(url: str, reason: PollReason) -> None:
    async with new_client(timeout_s=5, allow=["127.0.0.1"]) as http:
        client = FeedClient(http, timeout_s=5, max_body_bytes=1000)
        with pytest.raises(FeedError) as caught:
            await client.fetch(url, validators=Validators(), now=NOW)
    assert caught.value.reason is reason
    assert "pass" not in caught.value.detail


def test_a_query_is_not_shown() -> None:
    assert shown("https://user:pw@news.example/feed?key=secret#x") == "https://news.example/feed"
