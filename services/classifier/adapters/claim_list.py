"""What is watched now: all claims and outlets, read from Kafka whole before anything is classified, then followed.

Every classifier reads every partition of both topics, without a group. A change is swapped in by replacing the watch; whoever is
classifying goes on with the old one to the end of its article.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from itertools import islice
from typing import Protocol, TypeVar

from aiokafka import ConsumerRecord

from schemas import claims_watch, feeds_source
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.record import Record
from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import TableReader
from services.chassis.records import decode
from services.classifier.domain.classify import Watch, judged_differently

log = logging.getLogger(__name__)

DEBOUNCE_S = 0.15
"""Changes that come within this time are swapped in together. Well below the 2 s in which a change has to be seen."""

OnChange = Callable[[frozenset[str]], Awaitable[None]]
R = TypeVar("R", bound=Record)


class Table(Protocol):
    """A compacted topic that can be read whole and then followed."""

    async def start(self) -> None: ...
    async def read_to_end(self, apply: Callable[[ConsumerRecord], None]) -> int: ...
    def follow(self) -> AsyncIterator[ConsumerRecord]: ...
    async def stop(self) -> None: ...


def _key_of(record: ConsumerRecord) -> str:
    if not record.key:
        raise ValueError("the record has no key")
    return bytes(record.key).decode()


def _value_of(record: ConsumerRecord, model: type[R], *, id_field: str) -> R | None:
    """Return the record's model, None for a tombstone.

    Raises:
        ValueError: If it cannot be read, or bears the key of another.
    """
    key = _key_of(record)
    if record.value is None:
        return None
    value = decode(model, record.value)
    if getattr(value, id_field) != key:
        raise ValueError(f"{id_field} and the record's key differ")
    return value


def _with_changes(watch: Watch, changed: Mapping[str, WatchedClaim | None], failures: dict[str, Exception]) -> Watch:
    """Return the watch with these claims changed. One that cannot be compiled stays as it was and is put among the failures.

    Whatever is wrong with one claim must not keep the others from being watched: they are taken by halves until it is found.
    """
    if not changed:
        return watch
    try:
        gone = [claim_id for claim_id, claim in changed.items() if claim is None]
        return watch.with_claims(upserts=[claim for claim in changed.values() if claim], removed=gone)
    except Exception as error:
        if len(changed) == 1:
            failures.update(dict.fromkeys(changed, error))
            return watch
    half = len(changed) // 2
    for part in (islice(changed.items(), half), islice(changed.items(), half, None)):
        watch = _with_changes(watch, dict(part), failures)
    return watch


class ClaimList:
    """Holds the current watch and keeps it current."""

    def __init__(
        self,
        *,
        bootstrap: str,
        on_change: OnChange | None = None,
        on_outlets: Callable[[], Awaitable[None]] | None = None,
        dead_letters: DeadLetters | None = None,
        open_table: Callable[[str], Table] | None = None,
    ) -> None:
        """Prepare to read.

        Args:
            on_change: Called with the ids of claims that came, changed or went, or whose interested outlets did, after the changed watch
                is in place. Not at the start.
            on_outlets: Called after a change of the registry is in place. Not at the start.
            dead_letters: Where unreadable records go; None: they are only logged and left out. A record that stays in the
                topic is set aside again at every start; its offset tells that it is the same.
            open_table: Opens a topic; None: of Kafka.
        """
        self._open = open_table or (lambda topic: TableReader(topic, bootstrap=bootstrap, client_id="claimwatch-classifier-watch"))
        self._on_change, self._on_outlets, self._dead_letters = on_change, on_outlets, dead_letters
        self._sources: dict[str, FeedSource] = {}
        self._watch = Watch.of(())
        self._tables: list[Table] = []
        self._changed: dict[str, tuple[WatchedClaim | None, ConsumerRecord]] = {}
        self._outlets_changed = False
        self._wake = asyncio.Event()

    @property
    def watch(self) -> Watch:
        """What is watched now. Take it once for an article and keep it to its end."""
        return self._watch

    async def start(self) -> None:
        """Read both topics to their end. The watch is complete when this returns.

        Raises:
            SystemExit: If a topic does not exist.
        """
        for topic, apply in ((claims_watch.TOPIC.name, self._take_claim), (feeds_source.TOPIC.name, self._take_source)):
            table = self._open(topic)
            await table.start()
            self._tables.append(table)
            unreadable: list[tuple[ConsumerRecord, Exception]] = []
            count = await table.read_to_end(lambda record, apply=apply, bad=unreadable: self._try(record, apply, bad))  # type: ignore[misc]
            for record, error in unreadable:
                await self._set_aside(record, error)
            log.info("watch.read", extra={"kafka_topic": topic, "records": count, "unreadable": len(unreadable)})
        await self._swap()

    async def stop(self) -> None:
        """Disconnect."""
        while self._tables:
            await self._tables.pop().stop()

    async def run(self) -> None:
        """Follow both topics, for ever, swapping in what changes."""
        claims, sources = self._tables
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(claims, self._take_claim))
            tasks.create_task(self._follow(sources, self._take_source))
            tasks.create_task(self._swap_changes())

    async def _follow(self, table: Table, apply: Callable[[ConsumerRecord], None]) -> None:
        async for record in table.follow():
            unreadable: list[tuple[ConsumerRecord, Exception]] = []
            self._try(record, apply, unreadable)
            for bad, error in unreadable:
                await self._set_aside(bad, error)
            self._wake.set()
            await asyncio.sleep(0)  # many changes at once come without a wait between them; articles are read meanwhile

    async def _swap_changes(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(DEBOUNCE_S)
            self._wake.clear()
            outlets = self._watch.outlets
            changed = await self._swap()
            if changed and self._on_change:
                await self._on_change(changed)
            if self._watch.outlets is not outlets and self._on_outlets:
                await self._on_outlets()

    async def _swap(self) -> frozenset[str]:
        """Put the changes in place; return the ids of the claims that differ now, or are to be judged differently."""
        changed, self._changed = self._changed, {}
        differing = {claim_id: claim for claim_id, (claim, _) in changed.items() if self._watch.claims.get(claim_id) != claim}
        new_outlets, self._outlets_changed = self._outlets_changed, False
        touched: frozenset[str] = frozenset()
        if differing or new_outlets:
            before = self._watch
            self._watch, failures = await asyncio.to_thread(self._after, differing, new_outlets)
            for claim_id, error in failures.items():
                del differing[claim_id]
                await self._set_aside(changed[claim_id][1], error)
            touched = await asyncio.to_thread(judged_differently, before, self._watch) if new_outlets else touched
            log.info("watch.changed", extra={"claims": len(self._watch.claims), "changed": len(differing), "feeds": len(self._sources)})
        return touched.union(differing)

    def _after(self, changed: Mapping[str, WatchedClaim | None], new_outlets: bool) -> tuple[Watch, dict[str, Exception]]:
        """Return the watch after these changes, and why claims among them could not be taken in. Runs beside the event loop."""
        failures: dict[str, Exception] = {}
        watch = _with_changes(self._watch, changed, failures)
        return (watch.with_outlets([source.outlet for source in list(self._sources.values())]) if new_outlets else watch), failures

    def _try(
        self, record: ConsumerRecord, apply: Callable[[ConsumerRecord], None], unreadable: list[tuple[ConsumerRecord, Exception]]
    ) -> None:
        try:
            apply(record)
        except Exception as error:  # whatever is wrong with one record, the list goes on
            unreadable.append((record, error))

    def _take_claim(self, record: ConsumerRecord) -> None:
        self._changed[_key_of(record)] = _value_of(record, WatchedClaim, id_field="claim_id"), record

    def _take_source(self, record: ConsumerRecord) -> None:
        source, feed_id = _value_of(record, FeedSource, id_field="feed_id"), _key_of(record)
        if source is None:
            self._outlets_changed |= self._sources.pop(feed_id, None) is not None
        elif source != self._sources.get(feed_id):
            self._sources[feed_id] = source
            self._outlets_changed = True

    async def _set_aside(self, record: ConsumerRecord, error: Exception) -> None:
        key = bytes(record.key or b"").decode(errors="replace")
        where = {"kafka_topic": record.topic, "key": key, "offset": record.offset}
        log.error("watch.unreadable", extra={**where, "error": type(error).__name__})
        if self._dead_letters:
            await self._dead_letters.set_aside(
                error,
                topic=record.topic,
                partition=record.partition,
                offset=record.offset,
                key=record.key,
                value=record.value,
                headers=record.headers,
            )
