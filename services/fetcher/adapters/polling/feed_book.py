"""The feeds of this process: its share of ``feeds.source.v1`` by consumer group, and their states from ``feeds.state.v1``.

Both topics are keyed by feed id and have equal partition counts, so whoever has a partition of one has that of the other.
"""

import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

from aiokafka import ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas import feeds_source, feeds_state
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import new_consumer
from services.chassis.records import decode
from services.fetcher.adapters.polling.packed_states import PackedStates
from services.fetcher.adapters.polling.partition_counts import partition_counts

log = logging.getLogger(__name__)

WAIT_MS = 200
SOURCES, STATES = feeds_source.TOPIC.name, feeds_state.TOPIC.name


@dataclass
class _Partition:
    """One partition of both topics.

    Attributes:
        end: End of the sources when the partition was assigned; None until it was asked for.
        set_aside_before: Bad records below this offset have been dead-lettered by whoever had the partition earlier.
        is_open: Both topics were read to their ends; before that its feeds must not be polled.
    """

    sources: dict[str, FeedSource] = field(default_factory=dict)
    states: PackedStates = field(default_factory=PackedStates)
    end: int | None = None
    set_aside_before: int = 0
    is_open: bool = False


class KafkaFeedBook(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Knows which feeds are this process's, and what is known of them."""

    def __init__(
        self,
        *,
        bootstrap: str,
        group: str,
        dead_letters: DeadLetters,
        on_change: Callable[[str], None],
        on_open: Callable[[], None],
        release: Callable[[Collection[str]], Awaitable[None]],
        forget: Callable[[str], Awaitable[None]],
        uses_hubs: bool = True,
    ) -> None:
        """Take what is told of changes.

        Args:
            on_change: Called with a feed id whenever its source or ownership has changed.
            on_open: Called when one more partition has been read to its end.
            release: Awaited before feeds are handed to another process: their polls must have ended.
            forget: Awaited when a feed has been removed, to remove its state.
            uses_hubs: False: no hub can reach this process, so that no feed may rely on one, whatever its source and its state say.
        """
        self._bootstrap = bootstrap
        self._sources = new_consumer(bootstrap=bootstrap, client_id="claimwatch-fetcher", group=group)
        self._states = new_consumer(bootstrap=bootstrap, client_id="claimwatch-fetcher-states", group=None)
        self._dead_letters = dead_letters
        self._on_change, self._on_open, self._release, self._forget = on_change, on_open, release, forget
        self._uses_hubs = uses_hubs
        self._partitions: dict[int, _Partition] = {}
        self._places: dict[str, int] = {}
        """Partitions in which feeds were last found: asked many times a poll."""
        self._was_assigned = False

    async def start(self) -> None:
        """Connect and join the group.

        Raises:
            SystemExit: If a topic is missing or the two do not fit together.
        """
        counts = await partition_counts(self._bootstrap, SOURCES, STATES)
        if counts[SOURCES] != counts[STATES]:
            raise SystemExit(f"kafka: {SOURCES} and {STATES} must have equal partition counts, not {counts[SOURCES]} and {counts[STATES]}")
        self._sources.subscribe([SOURCES], listener=self)
        await self._states.start()
        await self._sources.start()

    async def stop(self) -> None:
        """Leave the group, so that others take over at once."""
        await self._sources.stop()
        await self._states.stop()

    @property
    def is_ready(self) -> bool:
        """True once every partition that is ours was read to its end."""
        return self._was_assigned and all(partition.is_open for partition in self._partitions.values())

    @property
    def feed_count(self) -> int:
        """How many feeds are ours. Not ``__len__``: the Kafka client takes a listener of length 0 for none."""
        return sum(len(partition.sources) for partition in self._partitions.values())

    def _partition_of(self, feed_id: str) -> _Partition | None:
        found = self._partitions.get(self._places.get(feed_id, -1))
        if found is None or not found.is_open or feed_id not in found.sources:
            found = None
            for number, partition in self._partitions.items():
                if partition.is_open and feed_id in partition.sources:
                    found, self._places[feed_id] = partition, number
        return found

    def source(self, feed_id: str) -> FeedSource | None:
        """Return a feed if it is ours and may be polled."""
        partition = self._partition_of(feed_id)
        return partition.sources[feed_id] if partition else None

    def state(self, feed_id: str) -> FeedState | None:
        """Return the last known state of a feed; None if it has none."""
        partition = self._partition_of(feed_id)
        return partition.states.get(feed_id) if partition else None

    def outline(self, feed_id: str) -> FeedState | None:
        """Return the last known state of a feed without its articles: quick, and never to be stored."""
        partition = self._partition_of(feed_id)
        return partition.states.outline(feed_id) if partition else None

    def read_feeds(self) -> list[tuple[FeedSource, FeedState]]:
        """Return all feeds that have a state, with its outline."""
        opened = [partition for partition in self._partitions.values() if partition.is_open]
        return [(p.sources[state.feed_id], state) for p in opened for state in p.states.outlines() if state.feed_id in p.sources]

    def remember(self, state: FeedState, before: FeedState | None) -> None:
        """Note a state that has been stored in place of the one before."""
        if partition := self._partition_of(state.feed_id):
            partition.states.replace(before, state)

    async def follow(self) -> None:
        """Read sources as they come, and open partitions as they are assigned, for ever."""
        while True:
            for number, partition in list(self._partitions.items()):
                if not partition.is_open:
                    await self._open(number, partition)
            batches = await self._sources.getmany(timeout_ms=WAIT_MS)
            for place, records in batches.items():
                for record in records:
                    await self._take(record)
                await self._commit(place, records[-1].offset + 1)

    async def _take(self, record: ConsumerRecord) -> None:
        partition = self._partitions.get(record.partition)
        if partition is None or partition.end is None:  # moved away, or about to be read from its start
            return
        key = (record.key or b"").decode(errors="replace")
        if record.value is None:
            await self._remove(partition, key)
            return
        try:
            source = decode(FeedSource, record.value)
            if source.feed_id != key:
                raise ValueError(f"key {key!r} is not the feed id {source.feed_id!r}")
        except (ValidationError, ValueError) as error:
            await self._set_aside(error, record, partition)
            return
        partition.sources[key] = source if self._uses_hubs else source.model_copy(update={"websub": False})
        if partition.is_open:
            self._on_change(key)

    async def _remove(self, partition: _Partition, feed_id: str) -> None:
        was_known = partition.sources.pop(feed_id, None) is not None
        if partition.is_open and was_known:
            self._on_change(feed_id)
            await self._release([feed_id])
            if partition.states.pop(feed_id, None):
                await self._forget(feed_id)

    async def _set_aside(self, error: Exception, record: ConsumerRecord, partition: _Partition) -> None:
        if record.offset < partition.set_aside_before:
            return
        await self._dead_letters.set_aside(
            error,
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            key=record.key,
            value=record.value,
            headers=record.headers,
        )

    async def _commit(self, partition: TopicPartition, offset: int) -> None:
        """Offsets only tell which bad records were set aside; the topic is read from its start every time."""
        known = self._partitions.get(partition.partition)
        if known is None or known.end is None or offset <= known.set_aside_before:
            return
        try:
            await self._sources.commit({partition: offset})
            known.set_aside_before = offset
        except KafkaError as error:  # moved away, or Kafka is: the next commit covers this one
            log.info("feeds.not_committed", extra={"partition": partition.partition, "error": type(error).__name__})

    async def _open(self, number: int, partition: _Partition) -> None:
        """Mark the partition open once both topics were read up to where they ended when it was assigned."""
        place = TopicPartition(SOURCES, number)
        try:
            if partition.end is None:
                partition.set_aside_before = await self._sources.committed(place) or 0
                ends = await self._sources.end_offsets([place])
                self._sources.seek(place, 0)  # should it begin later, the client starts there
                partition.end = ends[place]
                return
            if await self._sources.position(place) < partition.end:
                return
            await self._read_states(number, partition)
        except (KafkaError, AssertionError) as error:  # aiokafka asserts that a partition is assigned
            log.info("feeds.not_opened_yet", extra={"partition": number, "error": type(error).__name__})
            return
        if self._partitions.get(number) is partition:
            partition.is_open = True
            log.info("feeds.opened", extra={"partition": number, "feeds": len(partition.sources), "states": len(partition.states)})
            for feed_id in partition.sources:
                self._on_change(feed_id)
            self._on_open()

    async def _read_states(self, number: int, partition: _Partition) -> None:
        place = TopicPartition(STATES, number)
        end = (await self._states.end_offsets([place]))[place]
        if end == 0:
            return
        self._states.assign([place])
        self._states.seek(place, 0)
        while await self._states.position(place) < end:
            for records in (await self._states.getmany(timeout_ms=WAIT_MS)).values():
                for record in records:
                    _apply_state(record, partition.states)

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """End the polls of feeds that another process may get."""
        gone = [self._partitions.pop(place.partition, None) for place in revoked]
        feed_ids = [feed_id for partition in gone if partition for feed_id in partition.sources]
        for feed_id in feed_ids:
            self._on_change(feed_id)
        await self._release(feed_ids)

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Begin anew with each partition; ``follow`` reads and opens them."""
        self._partitions, self._places = {place.partition: _Partition() for place in assigned}, {}
        self._was_assigned = True


def _apply_state(record: ConsumerRecord, states: PackedStates) -> None:
    key = (record.key or b"").decode(errors="replace")
    if record.value is None:
        states.pop(key, None)
        return
    try:
        states[key] = decode(FeedState, record.value)
    except ValidationError as error:  # not ours, or from a later version: the feed is polled as if for the first time, under the same ids
        log.warning("feed_state.unreadable", extra={"feed_id": key, "offset": record.offset, "errors": error.error_count()})
