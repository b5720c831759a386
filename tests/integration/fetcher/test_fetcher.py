"""Feeds over real HTTP to articles on real Kafka."""

import asyncio
import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka import ConsumerRecord

from schemas.words import PollReason
from tests.integration.fetcher.conftest import Desk, Site, rss

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
COMMAND = "import typer; from services.fetcher.cli import register; app = typer.Typer(); register(app); app()"
STORY = ("a", "Leader killed", "The leader was killed, the ministry says.")


async def test_a_feed_becomes_articles_once_and_an_unchanged_feed_nothing(site: Site, desk: Desk) -> None:
    page = site.put("/feed", rss(STORY), etag='W/"odd, one"')
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/feed"))
        await desk.until(lambda: desk.articles)
        await desk.polled_again("a")

    [article] = desk.articles
    state = desk.state("a")
    assert (article.title, article.summary, article.url) == (STORY[1], STORY[2], "https://news.example/a")
    assert state is not None
    assert (state.last_poll.reason, state.last_poll.published, state.etag) == (PollReason.NOT_MODIFIED, 0, 'W/"odd, one"')
    assert page.hits[-1]["If-None-Match"] == 'W/"odd, one"'


async def test_an_edited_entry_is_a_new_version_and_a_notice_a_withdrawal(site: Site, desk: Desk) -> None:
    site.put("/feed", rss(STORY))
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/feed"))
        await desk.until(lambda: len(desk.articles) == 1)
        site.put("/feed", rss(("a", "Leader may have been killed", STORY[2])))
        await desk.until(lambda: len(desk.articles) == 2)
        site.put("/feed", rss(("a", "WITHDRAWN: Leader killed", "This story was published in error.")))
        await desk.until(lambda: len(desk.articles) == 3)
        await desk.polled_again("a")

    first, second, third = desk.articles
    assert first.article_id == second.article_id == third.article_id
    assert len({first.version, second.version, third.version}) == 3
    assert first.first_seen_at == third.first_seen_at < second.version_seen_at < third.version_seen_at
    assert (second.withdrawn, third.withdrawn, third.notice) == (False, True, "WITHDRAWN: Leader killed")


BROKEN = {
    "html": ({"body": b"<!DOCTYPE html><html><body>Sorry</body></html>"}, PollReason.NOT_A_FEED),
    "empty": ({"body": b""}, PollReason.EMPTY),
    "gzip": ({"body": gzip.compress(rss(STORY).encode())[:-30], "headers": {"Content-Encoding": "gzip"}}, PollReason.BAD_ENCODING),
    "gone": ({"body": b"", "status": 410}, PollReason.GONE),
    "limited": ({"body": b"", "status": 429, "headers": {"Retry-After": "3600"}}, PollReason.RATE_LIMITED),
    "failing": ({"body": b"", "status": 500}, PollReason.HTTP_5XX),
    "loop": ({"body": b"", "status": 302, "headers": {"Location": "/loop"}}, PollReason.REDIRECT),
    "inside": ({"body": b"", "status": 302, "headers": {"Location": "http://10.0.0.1/"}}, PollReason.REFUSED_ADDRESS),
    "broken": ({"body": b"<rss<<<<"}, PollReason.PARSE_ERROR),
}


async def test_broken_feeds_are_recorded_with_their_reason_while_the_others_go_on(site: Site, desk: Desk) -> None:
    for name, (answer, _) in BROKEN.items():
        site.put(f"/{name}", **answer)  # type: ignore[arg-type]
    site.put("/good", rss(STORY))
    wrong = rss(("w", "Café – Zürich", "ok")).encode("cp1252")
    site.put("/wrong", wrong, headers={"Content-Type": "text/xml; charset=utf-8"})
    async with desk.fetcher(retry_after_scope="feed"):
        await desk.add(*(desk.source(name, f"{site.base}/{name}") for name in (*BROKEN, "good", "wrong")))
        await desk.until(lambda: all(desk.state(name) for name in (*BROKEN, "good", "wrong")))
        await desk.polled_again("good", times=3)

    found = {name: state.last_poll.reason for name in BROKEN if (state := desk.state(name))}
    assert found == {name: reason for name, (_, reason) in BROKEN.items()}
    assert {article.title for article in desk.articles} == {STORY[1], "Café – Zürich"}
    limited = desk.state("limited")
    assert limited is not None
    assert (limited.next_poll_at - limited.last_poll.at).total_seconds() >= 3600
    assert desk.polls("limited") == 1


async def test_two_fetchers_share_the_feeds_and_one_takes_over_when_the_other_stops(site: Site, desk: Desk) -> None:
    names = [f"n{number}" for number in range(24)]
    for name in names:
        site.put(f"/{name}", rss((name, f"Story {name}", "text")))
    await desk.add(*(desk.source(name, f"{site.base}/{name}") for name in names))
    async with desk.fetcher(user_agent="First/1"):
        await desk.until(lambda: len(desk.articles) == 24)
        async with desk.fetcher(user_agent="Second/1"):
            await desk.until(lambda: any("Second/1" in str(page.hits[-1:]) for page in site.pages.values()))
            await desk.polled_again(*names, times=3)
            last = [page.hits[-1]["User-Agent"] for page in site.pages.values()]
            assert set(last) == {"First/1", "Second/1"}
            by_feed = [{hit["User-Agent"] for hit in page.hits[-2:]} for page in site.pages.values()]
            assert all(len(agents) == 1 for agents in by_feed)
        await desk.polled_again(*names, times=3)

    assert len(desk.articles) == 24


async def test_a_restart_publishes_nothing_again_and_goes_on_with_its_validators(site: Site, desk: Desk) -> None:
    page = site.put("/feed", rss(STORY), etag='"one"')
    await desk.add(desk.source("a", f"{site.base}/feed"))
    async with desk.fetcher():
        await desk.until(lambda: desk.state("a"))
    first_hits = len(page.hits)
    async with desk.fetcher():
        await desk.polled_again("a")

    assert len(desk.articles) == 1
    assert page.hits[first_hits]["If-None-Match"] == '"one"'


async def test_changes_pauses_and_removals_take_effect_without_restart(site: Site, desk: Desk) -> None:
    site.put("/old", rss(STORY))
    new = site.put("/new", rss(("b", "Another story", "text")))
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/old"))
        await desk.until(lambda: len(desk.articles) == 1)
        await desk.add(desk.source("a", f"{site.base}/new"))
        await desk.until(lambda: len(desk.articles) == 2)
        await desk.add(desk.source("a", f"{site.base}/new", paused=True), desk.source("b", f"{site.base}/old"))
        await desk.until(lambda: desk.polls("b") > 1)
        hits = len(new.hits)
        await desk.polled_again("b", times=4)
        assert len(new.hits) <= hits + 1
        await desk.send(desk.feed_id("b"), None)
        await desk.add(desk.source("c", f"{site.base}/new"))
        await desk.until(lambda: desk.polls("c") > 1)
        before = desk.polls("b")
        await desk.polled_again("c", times=4)
        assert desk.polls("b") <= before + 1


async def test_an_unreadable_source_goes_to_its_dead_letter_topic_once_and_the_rest_is_polled(site: Site, desk: Desk) -> None:
    site.put("/feed", rss(STORY))
    await desk.send(desk.feed_id("bad"), b"{not json")
    await desk.send(desk.feed_id("odd"), b'{"feed_id": "x"}')
    await desk.add(desk.source("a", f"{site.base}/feed"))

    def letters() -> list[ConsumerRecord]:
        return [record for record in desk.records if record.key.decode().startswith(desk.name)]

    for _ in range(2):
        async with desk.fetcher():
            await desk.until(lambda: len(letters()) >= 2)  # each partition is opened in its own time
            await desk.polled_again("a")

    mine = letters()
    assert sorted(record.key.decode() for record in mine) == [desk.feed_id("bad"), desk.feed_id("odd")]
    assert {name for name, _ in mine[0].headers} >= {"__dlq.errors.topic", "__dlq.errors.message"}
    for name in ("bad", "odd"):
        await desk.send(desk.feed_id(name), None)


async def test_a_clock_that_jumps_makes_feeds_due_at_once_and_frozen_time_none(site: Site, desk: Desk, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2017-06-22T12:00:00+00:00")
    page = site.put("/feed", rss(STORY))
    async with desk.fetcher(clock_file=clock):
        await desk.add(desk.source("a", f"{site.base}/feed", poll_interval_s=900))
        await desk.until(lambda: desk.polls("a") == 1)
        site.put("/feed", rss(STORY, ("b", "Another story", "text")))
        await desk.read(for_ms=500)
        assert len(page.hits) == 1
        moved = tmp_path / "moved"
        moved.write_text("2017-06-29T12:00:00+00:00")
        moved.replace(clock)
        await desk.until(lambda: len(desk.articles) == 2, timeout_s=5)
        await desk.until(lambda: desk.polls("a") == 2)

    second = desk.state("a")
    assert second is not None
    assert second.last_poll.at == second.last_success_at == datetime(2017, 6, 29, 12, tzinfo=UTC)
    assert desk.articles[1].version_seen_at == datetime(2017, 6, 29, 12, tzinfo=UTC)


async def test_a_server_that_hangs_delays_no_other_feed(site: Site, desk: Desk) -> None:
    site.put("/slow", b"", hangs=True)
    site.put("/good", rss(STORY))
    async with desk.fetcher(timeout_s=30):
        await desk.add(desk.source("slow", f"{site.base}/slow"), desk.source("good", f"{site.base}/good"))
        await desk.until(lambda: site.pages["/slow"].hits)
        await desk.polled_again("good", times=5)
        assert desk.state("slow") is None
        site.release.set()
        await desk.until(lambda: desk.state("slow"))


async def test_feeds_are_loaded_listed_and_removed_by_the_command(site: Site, desk: Desk, tmp_path: Path) -> None:
    site.put("/feed", rss(STORY))
    file = tmp_path / "feeds.yaml"
    file.write_text(
        f"feeds:\n  - {{feed_id: {desk.feed_id('a')}, url: '{site.base}/feed', outlet: {{name: News}}, poll_interval_s: 0.2}}\n"
    )

    async def claimwatch(*arguments: str) -> str:
        command = (sys.executable, "-c", COMMAND, *arguments, "--bootstrap", desk.bootstrap)
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    async with desk.fetcher():
        assert "1 feeds written" in await claimwatch("feeds", "load", str(file))
        await desk.until(lambda: desk.articles)
        assert desk.feed_id("a") in await claimwatch("feeds", "list")
        await claimwatch("feeds", "remove", desk.feed_id("a"))
        assert desk.feed_id("a") not in await claimwatch("feeds", "list")
