"""Behaviours 26, 28 and 29 over real HTTP and real Kafka, across restarts of the fetcher."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.words import FeedWarning, HealthChange, PollReason
from tests.integration.fetcher.conftest import Desk, Site, rss

pytestmark = pytest.mark.integration

STORY = ("a", "Leader killed", "The leader was killed, the ministry says.")
BEGINNING = datetime(2017, 6, 22, 12, tzinfo=UTC)


class ClockFile:
    """The product's clock, set by hand."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clock"
        self.set(BEGINNING)

    def set(self, moment: datetime) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self.path)


async def test_a_retry_after_holds_every_feed_of_its_server_and_group_and_outlives_a_restart(
    site: Site, other_site: Site, desk: Desk, tmp_path: Path
) -> None:
    clock = ClockFile(tmp_path)
    held = {
        "limited": site.put("/limited", rss(STORY)),
        "beside": site.put("/beside", rss(STORY)),
        "group": other_site.put("/group", rss(STORY)),
    }
    free = other_site.put("/free", rss(STORY))
    await desk.add(
        desk.source("limited", f"{site.base}/limited", group=desk.name, poll_interval_s=60),
        desk.source("beside", f"{site.base}/beside", poll_interval_s=300),
        desk.source("group", f"{other_site.base}/group", group=desk.name, poll_interval_s=300),
        desk.source("free", f"{other_site.base}/free", poll_interval_s=60),
    )
    async with desk.fetcher(clock_file=clock.path):
        await desk.until(lambda: all(desk.polls(name) == 1 for name in (*held, "free")))
        held["limited"].status, held["limited"].headers = 429, {"Retry-After": "Thu, 22 Jun 2017 14:00:00 GMT"}
        clock.set(BEGINNING + timedelta(minutes=2))
        await desk.until(lambda: desk.polls("limited") == 2)
    asked = {name: len(page.hits) for name, page in held.items()}
    times_free = len(free.hits)
    for minutes in (60, 115):
        clock.set(BEGINNING + timedelta(minutes=minutes))
        async with desk.fetcher(clock_file=clock.path):
            await desk.polled_again("free", times=1)
            clock.set(BEGINNING + timedelta(minutes=minutes + 4.9))
            await desk.polled_again("free", times=1)
    assert {name: len(page.hits) for name, page in held.items()} == asked
    assert len(free.hits) >= times_free + 4
    held["limited"].status = 200
    async with desk.fetcher(clock_file=clock.path):
        clock.set(BEGINNING + timedelta(hours=3))
        await desk.polled_again(*held, times=1)

    state = desk.state("limited")
    assert state
    assert (state.failures, state.blocked_until) == (0, None)


async def test_a_permanent_redirect_is_kept_after_three_polls_and_across_a_restart(site: Site, desk: Desk) -> None:
    old = site.put("/old", b"", status=301, headers={"Location": "/new"})
    passing = site.put("/passing", b"", status=302, headers={"Location": "/new"})
    new = site.put("/new", rss(STORY))
    await desk.add(desk.source("moved", f"{site.base}/old"), desk.source("passing", f"{site.base}/passing"))
    async with desk.fetcher():
        await desk.until(lambda: desk.polls("moved") >= 5 and desk.polls("passing") >= 5)
        asked = len(old.hits)
    async with desk.fetcher():
        await desk.polled_again("moved", "passing", times=3)

    moved, followed = desk.state("moved"), desk.state("passing")
    assert moved
    assert followed
    assert (moved.resolved_url, moved.url) == (f"{site.base}/new", f"{site.base}/old")
    assert moved.warnings == (FeedWarning.MOVED, FeedWarning.MERGED)
    assert (followed.resolved_url, followed.warnings) == (None, (FeedWarning.MERGED,))
    assert (asked, len(old.hits)) == (3, 3)
    assert len(passing.hits) >= 8
    assert len(new.hits) >= 16
    assert len(desk.articles) == 1


async def test_a_lost_feed_is_told_once_and_its_return_once_though_the_fetcher_restarts_in_between(
    site: Site, desk: Desk, tmp_path: Path
) -> None:
    clock = ClockFile(tmp_path)
    page = site.put("/feed", rss(STORY))
    await desk.add(desk.source("a", f"{site.base}/feed", poll_interval_s=60))

    async def poll_on(times: int) -> None:
        for _ in range(times):
            state = desk.state("a")
            assert state
            clock.set(state.next_poll_at + timedelta(seconds=1))
            await desk.polled_again("a", times=1)

    async with desk.fetcher(clock_file=clock.path):
        await desk.until(lambda: desk.polls("a") == 1)
        page.status = 500
        await poll_on(7)
    async with desk.fetcher(clock_file=clock.path):
        await poll_on(2)
        page.status = 200
        await poll_on(1)
    async with desk.fetcher(clock_file=clock.path):
        await poll_on(2)

    (lost_id, lost), (found_id, found) = desk.health
    assert (lost.change, lost.reason, lost.since) == (HealthChange.STALE, PollReason.HTTP_5XX, BEGINNING)
    assert (found.change, found.reason, found.since) == (HealthChange.RECOVERED, PollReason.OK, BEGINNING)
    assert found.failures > lost.failures
    assert lost_id != found_id


async def test_a_feed_that_its_server_bars_goes_out_of_sight_without_a_poll(site: Site, desk: Desk, tmp_path: Path) -> None:
    clock = ClockFile(tmp_path)
    page = site.put("/feed", rss(STORY))
    await desk.add(desk.source("a", f"{site.base}/feed", poll_interval_s=60))
    async with desk.fetcher(clock_file=clock.path):
        await desk.until(lambda: desk.polls("a") == 1)
        page.status, page.headers = 503, {"Retry-After": "40000"}
        clock.set(BEGINNING + timedelta(minutes=5))
        await desk.until(lambda: desk.polls("a") == 2)
        assert desk.health == []
        clock.set(BEGINNING + timedelta(hours=2))
        await desk.until(lambda: desk.health)

    [(_, lost)] = desk.health
    assert (lost.change, lost.reason, len(page.hits)) == (HealthChange.STALE, PollReason.HTTP_5XX, 2)


async def test_servers_that_hang_take_no_place_from_feeds_of_others(site: Site, other_site: Site, desk: Desk) -> None:
    slow = [f"slow{number}" for number in range(12)]
    for name in slow:
        site.put(f"/{name}", b"", hangs=True)
    other_site.put("/good", rss(STORY))
    await desk.add(*(desk.source(name, f"{site.base}/{name}") for name in slow))
    async with desk.fetcher(concurrency=3, timeout_s=30):
        await desk.until(lambda: sum(bool(site.pages[f"/{name}"].hits) for name in slow) >= 2)
        await desk.add(desk.source("good", f"{other_site.base}/good"))
        await desk.until(lambda: desk.polls("good") >= 5)
        assert not any(desk.polls(name) for name in slow)
        assert sum(bool(site.pages[f"/{name}"].hits) for name in slow) <= 6
        site.release.set()
        await desk.until(lambda: all(desk.polls(name) for name in slow))
