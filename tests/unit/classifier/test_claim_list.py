"""The watch follows its topics: complete at the start, changed by records and tombstones, unharmed by what cannot be read."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from schemas import claims_watch, feeds_source
from schemas.feeds_source import FeedSource, Outlet
from services.chassis.records import encode
from services.classifier.adapters import claim_list
from services.classifier.adapters.claim_list import ClaimList
from services.classifier.domain.classify import Watch
from tests.unit.classifier.articles import article, claim

CLAIMS, SOURCES = claims_watch.TOPIC.name, feeds_source.TOPIC.name


class FakeTable:
    """A topic in memory."""

    def __init__(self, topic: str) -> None:
        self.topic, self.early, self.is_open = topic, [], False
        self.late: asyncio.Queue[Any] = asyncio.Queue()

    def record(self, key: str | None, value: bytes | None) -> Any:
        return SimpleNamespace(topic=self.topic, partition=0, offset=len(self.early), key=key and key.encode(), value=value, headers=())

    async def start(self) -> None:
        self.is_open = True

    async def stop(self) -> None:
        self.is_open = False

    async def read_to_end(self, apply: Callable[[Any], None]) -> int:
        for record in self.early:
            apply(record)
        return len(self.early)

    async def follow(self) -> AsyncIterator[Any]:
        while True:
            yield await self.late.get()


class FakeDeadLetters:
    def __init__(self) -> None:
        self.keys: list[tuple[str, bytes | None]] = []

    async def set_aside(self, error: Exception, *, topic: str, key: bytes | None, **_: Any) -> None:
        self.keys.append((topic, key))


@pytest.fixture
def tables() -> dict[str, FakeTable]:
    return {name: FakeTable(name) for name in (CLAIMS, SOURCES)}


@pytest.fixture(autouse=True)
def _no_debounce(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_list, "DEBOUNCE_S", 0)


def source(feed_id: str, outlet: Outlet) -> bytes:
    return encode(FeedSource(feed_id=feed_id, url="https://feeds.example/", outlet=outlet))


@asynccontextmanager
async def following(watched: ClaimList) -> AsyncIterator[None]:
    await watched.start()
    running = asyncio.ensure_future(watched.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await watched.stop()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.005)


async def test_the_watch_is_complete_when_it_has_started(tables: dict[str, FakeTable]) -> None:
    old = tables[CLAIMS]
    old.early = [old.record("c1", encode(claim("quake"))), old.record("c2", encode(claim("flood", claim_id="c2"))), old.record("c2", None)]
    tables[SOURCES].early = [tables[SOURCES].record("f1", source("f1", Outlet(name="Continental Press Agency")))]
    told: list[frozenset[str]] = []

    async def on_change(ids: frozenset[str]) -> None:
        told.append(ids)

    watched = ClaimList(bootstrap="", on_change=on_change, open_table=tables.__getitem__)
    await watched.start()

    assert set(watched.watch.claims) == {"c1"}
    assert watched.watch.matcher.claim_ids(article("A quake.")) == {"c1"}
    assert watched.watch.outlets.find("CPA") is not None
    assert told == []
    await watched.stop()
    assert not any(table.is_open for table in tables.values())


async def test_changes_are_swapped_in_and_told(tables: dict[str, FakeTable]) -> None:
    told: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    tables[CLAIMS].early = [tables[CLAIMS].record("c1", encode(claim("quake")))]
    watched = ClaimList(bootstrap="", on_change=told.put, open_table=tables.__getitem__)

    async with following(watched), asyncio.timeout(5):
        before = watched.watch
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c2", encode(claim("flood", claim_id="c2"))))
        assert await told.get() == {"c2"}
        assert watched.watch.matcher.claim_ids(article("A flood.")) == {"c2"}

        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c1", None))
        assert await told.get() == {"c1"}
        assert set(watched.watch.claims) == {"c2"}
        assert set(before.claims) == {"c1"}

        tables[SOURCES].late.put_nowait(tables[SOURCES].record("f1", source("f1", Outlet(name="Lake Radio"))))
        await until(lambda: watched.watch.outlets.find("Lake Radio") is not None)
        tables[SOURCES].late.put_nowait(tables[SOURCES].record("f1", None))
        await until(lambda: watched.watch.outlets.find("Lake Radio") is None)


async def test_every_edit_of_the_registry_is_told_after_it_is_in_place(tables: dict[str, FakeTable]) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()

    async def on_outlets() -> None:
        found = watched.watch.outlets.find("Lake Radio")
        told.put_nowait(found.family if found else "")

    tables[SOURCES].early = [tables[SOURCES].record("f1", source("f1", Outlet(name="Lake Radio")))]
    watched = ClaimList(bootstrap="", on_outlets=on_outlets, open_table=tables.__getitem__)

    async with following(watched), asyncio.timeout(5):
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c1", encode(claim("quake"))))
        await until(lambda: "c1" in watched.watch.claims)
        tables[SOURCES].late.put_nowait(tables[SOURCES].record("f1", source("f1", Outlet(name="Lake Radio", family="Big Group"))))
        assert await told.get() == "Big Group"
        assert told.empty()


async def test_an_edit_of_an_outlet_that_makes_it_interested_tells_the_claims_concerned(tables: dict[str, FakeTable]) -> None:
    """Behaviour 31: an edit of the registry re-evaluates open claims."""
    told: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    tables[CLAIMS].early = [
        tables[CLAIMS].record("c1", encode(claim("quake", interested=({"name": "Russia"},)))),
        tables[CLAIMS].record("c2", encode(claim("flood", claim_id="c2"))),
    ]
    tables[SOURCES].early = [tables[SOURCES].record("f1", source("f1", Outlet(name="Steppe Live")))]
    watched = ClaimList(bootstrap="", on_change=told.put, open_table=tables.__getitem__)

    async with following(watched), asyncio.timeout(5):
        tables[SOURCES].late.put_nowait(tables[SOURCES].record("f1", source("f1", Outlet(name="Steppe Live", state="Russia"))))
        assert await told.get() == {"c1"}


async def test_the_same_record_again_is_no_change(tables: dict[str, FakeTable]) -> None:
    told: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    tables[CLAIMS].early = [tables[CLAIMS].record("c1", encode(claim("quake")))]
    watched = ClaimList(bootstrap="", on_change=told.put, open_table=tables.__getitem__)

    async with following(watched), asyncio.timeout(5):
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c1", encode(claim("quake"))))
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c2", encode(claim("flood", claim_id="c2"))))
        seen = await told.get()

    assert "c1" not in seen
    assert told.empty()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bad", b"no json"),
        ("bad", b"{}"),
        ("bad", encode(claim("quake", claim_id="other"))),
        (None, encode(claim("quake", claim_id="bad"))),
        ("bad", encode(claim("quake", claim_id="bad")).replace(b'["quake"],"query":""', b'[],"query":"NOT quake"')),
    ],
    ids=["no JSON", "not the model", "another's key", "no key", "a query that must not be"],
)
async def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(tables: dict[str, FakeTable], key: str | None, value: bytes) -> None:
    letters = FakeDeadLetters()
    good = tables[CLAIMS].record("c1", encode(claim("quake")))
    bad = tables[CLAIMS].record(key, value)
    tables[CLAIMS].early = [bad, good]
    watched = ClaimList(bootstrap="", dead_letters=letters, open_table=tables.__getitem__)  # type: ignore[arg-type]

    async with following(watched):
        assert set(watched.watch.claims) == {"c1"}
        tables[CLAIMS].late.put_nowait(bad)
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c2", encode(claim("flood", claim_id="c2"))))
        await until(lambda: "c2" in watched.watch.claims)

    assert letters.keys == [(CLAIMS, key and key.encode())] * 2


async def test_articles_are_read_by_the_old_watch_while_the_new_one_is_made(
    tables: dict[str, FakeTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made on the event loop it would wait here for ever for what only the event loop can do."""
    article_was_read = threading.Event()
    made = Watch.with_claims

    def slow(watch: Watch, **changes: Any) -> Watch:
        assert article_was_read.wait(5)
        return made(watch, **changes)

    tables[CLAIMS].early = [tables[CLAIMS].record("c1", encode(claim("quake")))]
    told: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    watched = ClaimList(bootstrap="", on_change=told.put, open_table=tables.__getitem__)
    async with following(watched), asyncio.timeout(5):
        monkeypatch.setattr(Watch, "with_claims", slow)
        tables[CLAIMS].late.put_nowait(tables[CLAIMS].record("c2", encode(claim("flood", claim_id="c2"))))
        await asyncio.sleep(0.05)
        during = watched.watch.matcher.claim_ids(article("A quake and a flood."))
        article_was_read.set()
        assert await told.get() == {"c2"}

    assert during == {"c1"}
    assert watched.watch.matcher.claim_ids(article("A quake and a flood.")) == {"c1", "c2"}


async def test_many_changes_at_once_leave_the_event_loop_free_between_them(tables: dict[str, FakeTable]) -> None:
    watched = ClaimList(bootstrap="", open_table=tables.__getitem__)
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with following(watched):
        for number in range(200):
            tables[CLAIMS].late.put_nowait(tables[CLAIMS].record(f"c{number}", encode(claim("quake", claim_id=f"c{number}"))))
        counting = asyncio.ensure_future(count_turns())
        await until(lambda: tables[CLAIMS].late.empty())
        counting.cancel()
        assert turns >= 200
        await until(lambda: len(watched.watch.claims) == 200)


async def test_a_claim_that_cannot_be_compiled_is_set_aside_and_the_others_are_watched(
    tables: dict[str, FakeTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Watch.with_claims

    def fails_on_bad(watch: Watch, *, upserts: Any = (), removed: Any = ()) -> Watch:
        if any(claim.statement == "It fails" for claim in upserts):
            raise RecursionError("too deep")
        return made(watch, upserts=upserts, removed=removed)

    monkeypatch.setattr(Watch, "with_claims", fails_on_bad)
    letters, told = FakeDeadLetters(), asyncio.Queue[frozenset[str]]()
    table = tables[CLAIMS]
    table.early = [table.record(f"c{number}", encode(claim("quake", claim_id=f"c{number}"))) for number in range(9)]
    table.early += [table.record("bad", encode(claim("quake", claim_id="bad", statement="It fails"))), table.record("c8", None)]
    watched = ClaimList(bootstrap="", on_change=told.put, dead_letters=letters, open_table=tables.__getitem__)  # type: ignore[arg-type]

    async with following(watched), asyncio.timeout(5):
        assert set(watched.watch.claims) == {f"c{number}" for number in range(8)}
        table.late.put_nowait(table.record("c1", encode(claim("flood", claim_id="c1", statement="It fails"))))
        table.late.put_nowait(table.record("c2", encode(claim("flood", claim_id="c2"))))
        assert await told.get() == {"c2"}

    assert letters.keys == [(CLAIMS, b"bad"), (CLAIMS, b"c1")]
    assert watched.watch.matcher.claim_ids(article("A flood.")) == {"c2"}
    assert "c1" in watched.watch.matcher.claim_ids(article("A quake."))
