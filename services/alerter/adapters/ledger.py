"""Writes down what became of attempts: those that end while a transaction runs share the next one."""

import asyncio
import logging

from services.alerter.adapters import outbox
from services.alerter.adapters.database import Database, DatabaseAway

log = logging.getLogger(__name__)
AWAY_PAUSE_S = 1.0
MAX_BATCH = 500

Entry = tuple[outbox.Attempted, asyncio.Future[None]]


class Ledger:
    """Settles deliveries, many in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def settle(self, tried: outbox.Attempted) -> None:
        """Return once it is durable. While the database is away this waits: what was sent must not be forgotten."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((tried, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="ledger")
        await done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            try:
                await self._write([tried for tried, _ in batch])
            except Exception as error:
                _finish(batch, error)
            else:
                _finish(batch, None)

    async def _write(self, tried: list[outbox.Attempted]) -> None:
        while True:
            try:
                return await self._database.write(lambda connection: outbox.settle(connection, tried))
            except DatabaseAway as error:
                log.warning("database.away", extra={"reason": str(error)})
                await asyncio.sleep(AWAY_PAUSE_S)


def _finish(batch: list[Entry], error: Exception | None) -> None:
    for _, done in batch:
        if done.done():  # whoever waited has been cancelled
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
