"""What nobody can read is set aside, and a feed that is broken says why, while everything else goes on (behaviours 26, 30, 35)."""

import gzip
import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import httpx
import pytest

from schemas import (
    claims_due,
    claims_evidence,
    claims_override,
    claims_transition,
    claims_watch,
    feeds_source,
    feeds_state,
    news_article,
)
from schemas.feeds_source import FeedSource, Outlet
from schemas.feeds_state import FeedState
from schemas.topic import Topic
from schemas.words import PollReason
from tests.harness.topics import write
from tests.system.dead_letter_view import DeadLetter, Origin, read_until_found
from tests.system.gates import Page
from tests.system.stage import Stage
from tests.system.tellings import Telling

pytestmark = [pytest.mark.system, pytest.mark.asyncio(loop_scope="package")]

TOPICS = [
    module.TOPIC for module in (feeds_source, news_article, claims_watch, claims_evidence, claims_override, claims_due, claims_transition)
]
READERS = {
    feeds_source.TOPIC.name: {"fetcher", "classifier"},
    news_article.TOPIC.name: {"classifier"},
    claims_watch.TOPIC.name: {"classifier"},
    claims_evidence.TOPIC.name: {"classifier"},
    claims_override.TOPIC.name: {"classifier"},
    claims_due.TOPIC.name: {"classifier"},
    claims_transition.TOPIC.name: {"alerter"},
}
HEADERS = {"topic", "partition", "offset", "reason", "exception", "message", "service", "attempts"}
GARBAGE = {"bytes": b"\xff\x00 no text", "text": b"no JSON", "list": b"[]", "other": b'{"greeting": "hello"}', "deep": b"[" * 100_000}
TOO_LARGE = b'{"article_id": "' + b"x" * 5_000_000 + b'"}'
PATIENCE_S = 30.0

Tell = Callable[..., Awaitable[Telling]]
Place = tuple[str, int, int]


async def put(stage: Stage, topic: Topic, partition: int, key: bytes | None, value: bytes | None) -> Place:
    written = await stage.producer.send_and_wait(topic.name, value=value, key=key, partition=partition)
    return written.topic, written.partition, written.offset


async def dead_letters_counted(stage: Stage) -> float:
    total = 0.0
    async with httpx.AsyncClient(trust_env=False) as client:
        for service in stage.stack.services.values():
            text = (await client.get(f"http://127.0.0.1:{service.port}/metrics")).text
            total += sum(float(found) for found in re.findall(r"^claimwatch_dead_letters_total\{.*\} (\S+)$", text, re.MULTILINE))
    return total


async def test_garbage_on_every_topic_is_set_aside_and_the_next_story_is_told_in_full(
    stage: Stage, undisturbed: Telling, tell: Tell
) -> None:
    before, pids = await dead_letters_counted(stage), stage.pids()
    places: dict[Place, bytes] = {}
    for topic in TOPICS:
        for partition in range(topic.partitions):
            for name, value in GARBAGE.items():
                key = f"garbage-{name}-{partition}".encode()
                places[await put(stage, topic, partition, key, value)] = value
        places[await put(stage, topic, 0, b"\xff\xfe", b"{}")] = b"{}"

    told = await tell("after-garbage")
    letters = await read_until_found(stage.kafka.bootstrap, TOPICS, seen_by_readers(places), timeout_s=PATIENCE_S)

    assert told.changes == undisturbed.changes
    assert stage.pids() == pids
    assert_explained(letters, places)
    assert await dead_letters_counted(stage) - before >= len(places)


def seen_by_readers(places: Iterable[Place]) -> set[Origin]:
    """Return who has to set each of these records aside."""
    return {(*place, service) for place in places for service in READERS[place[0]]}


def assert_explained(letters: list[DeadLetter], places: dict[Place, bytes]) -> None:
    mine = {letter.came_from: letter for letter in letters if letter.came_from[:3] in places}
    assert mine.keys() == seen_by_readers(places)
    for origin, letter in mine.items():
        assert letter.said.keys() >= HEADERS
        assert letter.said["reason"] == "unreadable"
        assert letter.value == places[origin[:3]]


@pytest.mark.parametrize("topic", [news_article.TOPIC, claims_evidence.TOPIC, claims_transition.TOPIC], ids=lambda topic: topic.name)
async def test_a_record_larger_than_we_write_and_one_without_value_are_set_aside(stage: Stage, topic: Topic) -> None:
    large = await put(stage, topic, 0, b"large", TOO_LARGE)
    empty = await put(stage, topic, 0, b"empty", None)

    letters = await read_until_found(stage.kafka.bootstrap, [topic], seen_by_readers([large, empty]), timeout_s=PATIENCE_S)

    mine = {letter.came_from[:3]: letter for letter in letters}
    assert mine[empty].key == b"empty"
    assert int(mine[large].said["cut_from_bytes"]) > len(TOO_LARGE)
    assert len(mine[large].value or b"") < len(TOO_LARGE)


ENTRY = "<item><title>{title}</title><link>https://broken.example/{name}</link><description>It rained.</description></item>"
FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{item}</channel></rss>"


def feed(name: str, title: str) -> str:
    return FEED.format(item=ENTRY.format(name=name, title=title))


GOOD = feed("good", "Rain").encode()
XML = ("Content-Type", "text/xml; charset=utf-8")
HTML = ("Content-Type", "text/html")
BROKEN = {
    "html": (
        Page(b"<!DOCTYPE html><html><body>Please enable cookies</body></html>", headers=(HTML,)),
        PollReason.NOT_A_FEED,
    ),
    "empty": (Page(b"", headers=(XML,)), PollReason.EMPTY),
    "gzip": (Page(gzip.compress(GOOD)[:-20], headers=(XML, ("Content-Encoding", "gzip"))), PollReason.BAD_ENCODING),
    "cut": (Page(b"<?xml version='1.0'?><rss><<<", headers=(XML,)), PollReason.PARSE_ERROR),
    "failing": (Page(b"", status=503), PollReason.HTTP_5XX),
}
CHARSETS = {"latin": "cp1252", "utf16": "utf-16", "bom": "utf-8-sig"}


async def test_a_broken_feed_says_why_and_recovers_while_feeds_beside_it_go_on(stage: Stage, undisturbed: Telling, tell: Tell) -> None:
    pages = {name: page for name, (page, _) in BROKEN.items()}
    pages |= {name: Page(feed(name, "Zürich: Café wieder offen").encode(charset), headers=(XML,)) for name, charset in CHARSETS.items()}
    ids = {name: f"broken.{name}" for name in pages}
    for name, page in pages.items():
        stage.site.pages[ids[name]] = page
        source = FeedSource(
            feed_id=ids[name], url=f"{stage.site.base}/feeds/{ids[name]}", outlet=Outlet(name=f"Outlet {name}"), poll_interval_s=60
        )
        await write(stage.producer, feeds_source.TOPIC, source.feed_id, source)

    told = await tell("beside-broken")
    states = await states_of(stage, [ids[name] for name in pages], since=None)

    assert told.changes == undisturbed.changes
    assert {name: states[ids[name]].last_poll.reason for name in BROKEN} == {name: reason for name, (_, reason) in BROKEN.items()}
    for name in BROKEN:
        state = states[ids[name]]
        assert state.last_poll.detail
        assert state.failures > 0
        assert state.next_poll_at > state.last_poll.at
    assert [titles(stage, ids[name]) for name in CHARSETS] == [{"Zürich: Café wieder offen"}] * len(CHARSETS)

    for name in BROKEN:
        stage.site.pages[ids[name]] = Page(GOOD, headers=(XML,))
    later = max(state.next_poll_at for state in states.values()) + timedelta(seconds=1)
    stage.set_clock(later)
    mended = await states_of(stage, [ids[name] for name in BROKEN], since=later)
    assert {(state.last_poll.reason, state.failures) for state in mended.values()} == {(PollReason.OK, 0)}
    for feed_id in ids.values():
        await write(stage.producer, feeds_source.TOPIC, feed_id, None)


async def states_of(stage: Stage, feed_ids: list[str], *, since: datetime | None) -> dict[str, FeedState]:
    """Return the feeds' states once all have been polled, at or after a moment if one is given."""

    def states() -> dict[str, FeedState]:
        latest = {feed_id: stage.view.get(feeds_state.TOPIC, feed_id) for feed_id in feed_ids}
        return {feed_id: state for feed_id, state in latest.items() if state and (since is None or state.last_poll.at >= since)}

    await stage.view.wait_until(lambda: len(states()) == len(feed_ids), what=f"polls of {feed_ids}", timeout_s=PATIENCE_S)
    return states()


def titles(stage: Stage, feed_id: str) -> set[str]:
    return {article.title for article in stage.records(news_article.TOPIC) if article.feed_id == feed_id}
