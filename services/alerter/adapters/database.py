"""The alerter's database: its tables, and transactions that never block the event loop. SQLite by default, any other by URL."""

import asyncio
import fcntl
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Dialect,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")
READERS = 4
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as microseconds since the epoch: exact, sortable, and the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MICROSECOND


metadata = MetaData()
_row_number = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY numbers rows by itself there

endpoints = Table(
    "endpoints", metadata,
    Column("endpoint_id", String(200), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),  # as endpoint_secrets seals it
    Column("state", String(20), nullable=False),
    Column("source", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)  # fmt: skip
subscriptions = Table(
    "subscriptions", metadata,
    Column("subscription_id", String(200), primary_key=True),
    Column("endpoint_id", String(200), ForeignKey("endpoints.endpoint_id"), nullable=False, index=True),
    Column("statuses", JSON, nullable=False),
    Column("source", String(10), nullable=False),
    Column("created_at", Moment, nullable=False),
)  # fmt: skip
EVERY_CLAIM = "*"
subscription_claims = Table(
    "subscription_claims", metadata,
    # One row per claim, so that a transition finds its subscriptions by index, however many there are.
    Column("claim_id", String(200), primary_key=True),
    Column("subscription_id", String(200), ForeignKey("subscriptions.subscription_id"), primary_key=True, index=True),
)  # fmt: skip
consumed = Table(
    "consumed_offsets", metadata,
    Column("kafka_topic", String(249), primary_key=True),
    Column("kafka_partition", Integer, primary_key=True, autoincrement=False),
    Column("next_offset", BigInteger, nullable=False),
)  # fmt: skip
transitions = Table(
    "transitions", metadata,
    Column("transition_id", String(200), primary_key=True),
    Column("claim_id", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("notify", Boolean, nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("traceparent", String(100)),
    Column("body", LargeBinary, nullable=False),  # the bytes of the webhook: every try sends the same ones
    Index("transitions_of_claim", "claim_id", "occurred_at", "transition_id"),
    Index("transitions_by_time", "occurred_at", "transition_id"),
)  # fmt: skip
deliveries = Table(
    "deliveries", metadata,
    Column("delivery_id", _row_number, primary_key=True),
    Column("transition_id", String(200), ForeignKey("transitions.transition_id"), nullable=False),
    Column("endpoint_id", String(200), nullable=False),  # outlives its endpoint
    Column("subscription_id", String(200), nullable=False),
    Column("claim_id", String(200), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("reason", String(30)),
    UniqueConstraint("transition_id", "endpoint_id"),
    Index("deliveries_due", "endpoint_id", "state", "next_attempt_at"),
    Index("deliveries_in_line", "claim_id", "endpoint_id", "state", "sequence"),
    Index("deliveries_by_state", "state", "created_at"),
)  # fmt: skip
attempts = Table(
    "attempts", metadata,
    Column("delivery_id", _row_number, ForeignKey("deliveries.delivery_id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("status_code", Integer),
    Column("reason", String(30), nullable=False),
)  # fmt: skip


class DatabaseAway(Exception):
    """The database cannot be reached, is locked or is full: the same call may succeed later."""


class Database:
    """Runs transactions in threads: writes one after the other, reads beside them."""

    def __init__(self, url: str) -> None:
        """Open, and create what is missing.

        Raises:
            SystemExit: With a line that says why, if the database cannot be opened or another alerter has it open.
        """
        self._lock = _lock_for(url)
        try:
            self._engine = _new_engine(url)
            metadata.create_all(self._engine)
        except (SQLAlchemyError, ImportError) as error:
            why = str(error.orig) if isinstance(error, DBAPIError) else str(error).splitlines()[0]
            raise SystemExit(f"database: {_shown(url)} cannot be opened: {why}; set ALERTER_DATABASE_URL to one that can") from None
        self._writing = self._engine.execution_options(claimwatch_write=True)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work in one transaction and return what it returns once it is durable.

        Raises:
            DatabaseAway: If nothing was written, for a reason that may pass.
        """
        return await self._run(self._writer, self._writing, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run the work on one consistent view. Raises as ``write``."""
        return await self._run(self._readers, self._engine, work)

    async def _run(self, threads: ThreadPoolExecutor, engine: Engine, work: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, _in_transaction, engine, work)

    def close(self) -> None:
        """Finish what runs, and close."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()
        if self._lock is not None:
            os.close(self._lock)


def _in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as error:
        if error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError"):
            raise DatabaseAway(str(error.orig)) from error
        raise


def _new_engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin transactions late, and its own way; see _begin_sqlite
    # FULL: a committed offset must survive a power cut, as its transitions would not be read again.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait for another writer unless it says so at once.
    is_write = connection.get_execution_options().get("claimwatch_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "the URL"


def _lock_for(url: str) -> int | None:
    """Return a lock on the SQLite file, held while the process lives; None for other databases."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SystemExit("database: ALERTER_DATABASE_URL is no database URL; an example is sqlite:///alerter.db") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    path = Path(parsed.database)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # holds secrets: for its owner alone
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SystemExit(f"database: {path} cannot be written: {error.strerror}; set ALERTER_DATABASE_URL to a place that can") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise SystemExit(f"database: {path} is in use by another alerter; stop that one, or use another file") from None
    return lock
