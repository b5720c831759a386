"""Behaviour 38 whole: a publisher, a hub on HTTPS, real Kafka and the fetcher, under a clock that only the test moves."""

import asyncio
import hmac
import os
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import trustme
from aiohttp import web
from multidict import MultiDictProxy

from deploy.kafka_local import free_port
from schemas.feeds_state import HubState
from schemas.words import FeedWarning
from services.chassis import http
from tests.integration.fetcher.conftest import Desk, Site, rss

pytestmark = pytest.mark.integration

SECRET = "what the operator has chosen"
OLD = ("a", "An old story", "It was there before.")
NEWS = ("b", "Leader killed", "The ministry says so.")
MORE = ("c", "Leader alive", "The ministry was wrong.")
LEASE = timedelta(hours=12)
QUARTER = timedelta(minutes=17)
"""A little more than a poll interval of 15 minutes with its jitter; four of them are more than one behind a hub."""


class Watch:
    """The time, in a file that the fetcher reads."""

    def __init__(self, path: Path) -> None:
        self.path, self._now = path, datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
        self.advance(timedelta(0))

    def advance(self, by: timedelta) -> None:
        self._now += by
        new = self.path.with_suffix(".new")
        new.write_text(self._now.isoformat())
        os.replace(new, self.path)


@dataclass
class Hub:
    """Verifies who subscribes, and distributes what it is told to."""

    client: aiohttp.ClientSession
    base: str = ""
    plain_base: str = ""
    """The same without TLS."""
    asked: list[MultiDictProxy[str]] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    """Challenges that came back."""
    work: set[asyncio.Task[None]] = field(default_factory=set)
    may_verify: asyncio.Event = field(default_factory=asyncio.Event)

    async def subscribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append(form)  # type: ignore[arg-type]
        task = asyncio.ensure_future(self.verify(dict(form)))  # type: ignore[arg-type]
        self.work.add(task)
        return web.Response(status=202)

    async def verify(self, form: dict[str, str]) -> None:
        await self.may_verify.wait()
        challenge = f"challenge {len(self.asked)}"
        given = {"mode": "subscribe", "topic": form["hub.topic"], "challenge": challenge, "lease_seconds": f"{LEASE.total_seconds():.0f}"}
        async with self.client.get(form["hub.callback"], params={f"hub.{name}": value for name, value in given.items()}) as answer:
            if answer.status == 200 and await answer.text() == challenge:
                self.verified.append(challenge)

    async def distribute(self, body: str, *, secret: str | None = None) -> int:
        form = self.asked[-1]
        signature = hmac.digest((secret or str(form.get("hub.secret", ""))).encode(), body.encode(), "sha1").hex()
        headers = {"X-Hub-Signature": f"sha1={signature}", "Content-Type": "application/rss+xml"}
        try:
            async with self.client.post(form["hub.callback"], data=body.encode(), headers=headers) as answer:
                return answer.status
        except aiohttp.ClientConnectionError:
            return 0


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """Return the authority that the fetcher believes."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    http._ssl_context.cache_clear()
    yield made
    http._ssl_context.cache_clear()


@pytest.fixture
async def hub(authority: trustme.CA) -> AsyncIterator[Hub]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    async with aiohttp.ClientSession() as client:
        made = Hub(client)
        made.may_verify.set()
        app = web.Application()
        app.router.add_post("/", made.subscribe)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        (_, secure), (_, plain) = runner.addresses
        made.base, made.plain_base = f"https://127.0.0.1:{secure}/", f"http://127.0.0.1:{plain}/"
        try:
            yield made
        finally:
            await runner.cleanup()
            await asyncio.gather(*made.work)


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path / "clock")


@pytest.fixture
def settings(watch: Watch) -> dict[str, object]:
    port = free_port()
    return {
        "clock_file": watch.path,
        "public_url": f"http://127.0.0.1:{port}/websub",
        "websub_secret": SECRET,
        "websub_port": port,
    }


def state_of(desk: Desk) -> HubState:
    found = desk.state("a")
    return (found and found.hub) or HubState(hub="", topic="")


def warnings(desk: Desk) -> tuple[FeedWarning, ...]:
    found = desk.state("a")
    return found.warnings if found else ()


@dataclass
class Story:
    """A feed that names the hub, and what comes of it."""

    site: Site
    desk: Desk
    hub: Hub
    watch: Watch

    @property
    def topic(self) -> str:
        return f"{self.site.base}/feed"

    def put(self, *items: tuple[str, str, str]) -> None:
        link = f'<{self.hub.base}>; rel="hub", <{self.topic}>; rel=self'
        self.site.put("/feed", rss(*items), headers={"Link": link})

    async def begin(self) -> None:
        """Return when the feed has been polled once and the hub pushes."""
        self.put(OLD)
        await self.desk.add(self.desk.source("a", self.topic, poll_interval_s=900, max_poll_interval_s=900))
        await self.desk.until(lambda: state_of(self.desk).lease_until)

    async def beside(self) -> None:
        """Add a feed without hub: when that has been polled, the other could have been."""
        self.site.put("/plain", rss(OLD))
        await self.desk.add(self.desk.source("plain", f"{self.site.base}/plain", poll_interval_s=900, max_poll_interval_s=900))
        await self.desk.until(lambda: self.desk.polls("plain"))

    async def quarters(self, number: int) -> int:
        """Let so many poll intervals go by; return the polls that the feed with the hub has had then."""
        for _ in range(number):
            self.watch.advance(QUARTER)
            await self.desk.polled_again("plain", times=1)
        return self.desk.polls("a")

    def titles(self) -> list[str]:
        return [article.title for article in self.desk.articles if article.feed_id == self.desk.feed_id("a")]


@pytest.fixture
def story(site: Site, desk: Desk, hub: Hub, watch: Watch) -> Story:
    return Story(site, desk, hub, watch)


async def test_what_the_hub_pushes_is_an_article_while_no_poll_is_due(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
        assert await story.hub.distribute(rss(NEWS)) == 202
        await story.desk.until(lambda: len(story.desk.articles) == 2)
        await story.desk.until(lambda: state_of(story.desk).pushes == 1)

    [form] = story.hub.asked
    assert (form["hub.mode"], form["hub.topic"], story.hub.verified) == ("subscribe", story.topic, ["challenge 1"])
    assert str(form["hub.callback"]).startswith(f"{settings['public_url']}/{story.desk.feed_id('a')}/")
    assert story.titles() == [OLD[1], NEWS[1]]
    assert story.desk.polls("a") == 1


async def test_what_came_between_the_first_poll_and_the_lease_is_polled_for_at_once_and_not_held_against_the_hub(
    story: Story, settings: dict[str, object]
) -> None:
    story.hub.may_verify.clear()
    async with story.desk.fetcher(**settings):
        story.put(OLD)
        await story.desk.add(story.desk.source("a", story.topic, poll_interval_s=900, max_poll_interval_s=900))
        await story.desk.until(lambda: story.hub.asked)
        story.put(NEWS, OLD)
        story.watch.advance(timedelta(seconds=5))
        story.hub.may_verify.set()
        await story.desk.until(lambda: story.desk.polls("a") == 2)
        await story.desk.until(lambda: len(story.desk.articles) == 2)

    assert (state_of(story.desk).missed, len(story.hub.asked)) == (0, 1)


async def test_a_forged_push_is_acknowledged_and_comes_to_nothing(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
        assert await story.hub.distribute(rss(MORE), secret="guessed") == 202
        assert await story.hub.distribute(rss(NEWS)) == 202
        await story.desk.until(lambda: len(story.desk.articles) == 2)

    assert story.titles() == [OLD[1], NEWS[1]]
    assert state_of(story.desk).pushes <= 1


async def test_neither_secret_nor_callback_address_stands_on_a_topic(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()

    written = " ".join(state.model_dump_json() for state in story.desk.states)
    form = story.hub.asked[0]
    for hidden in (SECRET, str(form["hub.secret"]), str(form["hub.callback"]).rsplit("/", 1)[1]):
        assert hidden not in written


async def test_a_lease_is_renewed_before_it_ends_and_goes_on_without_a_break(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
        first = state_of(story.desk)
        story.watch.advance(LEASE * 0.7)
        await story.desk.until(lambda: state_of(story.desk).lease_until != first.lease_until)

    second = state_of(story.desk)
    assert len(story.hub.asked) == 2
    assert story.hub.asked[0]["hub.callback"] == story.hub.asked[1]["hub.callback"]
    assert first.lease_until is not None
    assert second.lease_until == first.lease_until + LEASE * 0.7
    assert second.since == first.since


async def test_a_restart_keeps_the_lease_and_takes_pushes_at_the_same_address(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
    before = state_of(story.desk)
    async with story.desk.fetcher(**settings):
        async with asyncio.timeout(30):
            while await story.hub.distribute(rss(NEWS)) != 202:
                await asyncio.sleep(0.05)
        await story.desk.until(lambda: len(story.desk.articles) == 2)

    assert len(story.hub.asked) == 1
    assert state_of(story.desk).lease_until == before.lease_until


async def test_a_hub_that_does_not_push_is_not_relied_on_until_it_does(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
        await story.beside()
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 2)  # this one was due already
        story.put(NEWS, OLD)
        assert await story.quarters(3) == 2
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 3)
        assert (state_of(story.desk).missed, warnings(story.desk)) == (1, ())

        story.put(MORE, NEWS, OLD)
        assert await story.quarters(3) == 3
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 4)
        assert (state_of(story.desk).missed, warnings(story.desk)) == (2, (FeedWarning.HUB_UNRELIABLE,))

        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 5)

        await story.hub.distribute(rss(("d", "At last", "By push.")))
        await story.desk.until(lambda: state_of(story.desk).missed == 0)
        await story.desk.until(lambda: warnings(story.desk) == ())

    assert story.titles() == [OLD[1], NEWS[1], MORE[1], "At last"]
    assert story.hub.asked[0]["hub.topic"] == story.topic


async def test_what_a_hub_without_tls_sends_makes_for_a_poll_at_once_and_is_not_read(story: Story, settings: dict[str, object]) -> None:
    story.hub.base = story.hub.plain_base
    async with story.desk.fetcher(**settings):
        await story.begin()
        story.put(NEWS, OLD)
        story.watch.advance(timedelta(minutes=1))
        assert await story.hub.distribute(rss(MORE)) == 202
        await story.desk.until(lambda: len(story.desk.articles) == 2)
        await story.desk.until(lambda: story.desk.polls("a") == 2)

    assert "hub.secret" not in story.hub.asked[0]
    assert story.titles() == [OLD[1], NEWS[1]]
    assert (state_of(story.desk).missed, state_of(story.desk).pushes) == (0, 1)


async def test_a_feed_that_moves_to_another_process_is_subscribed_anew_at_its_address(story: Story, settings: dict[str, object]) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
    port = free_port()
    other = settings | {"public_url": f"http://127.0.0.1:{port}/other", "websub_port": port}
    first = state_of(story.desk).callback
    async with story.desk.fetcher(**other):
        await story.desk.until(lambda: state_of(story.desk).callback != first and state_of(story.desk).lease_until)
        assert await story.hub.distribute(rss(NEWS)) == 202
        await story.desk.until(lambda: len(story.desk.articles) == 2)

    assert str(story.hub.asked[-1]["hub.callback"]).startswith(f"http://127.0.0.1:{port}/other/")


async def test_where_hubs_are_turned_off_nobody_waits_for_their_pushes(story: Story, settings: dict[str, object], watch: Watch) -> None:
    async with story.desk.fetcher(**settings):
        await story.begin()
    async with story.desk.fetcher(clock_file=watch.path):
        await story.beside()
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 2)
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 3)

    found = story.desk.state("a")
    assert found is not None
    assert found.hub is None


async def test_without_a_public_address_a_hub_is_not_used(story: Story, watch: Watch) -> None:
    async with story.desk.fetcher(clock_file=watch.path):
        story.put(OLD)
        await story.desk.add(story.desk.source("a", story.topic, poll_interval_s=900, max_poll_interval_s=900))
        await story.beside()
        await story.quarters(1)
        await story.desk.until(lambda: story.desk.polls("a") == 2)

    assert not story.hub.asked
