"""Pages read in processes of their own, so that the event loop never waits for a page.

Our own few lines, because a broken or hanging process must cost one page: the standard library's pool gives up all work in hand
when one of its processes dies, and cannot end a single one.
"""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from pydantic import ValidationError

from schemas.words import PageReason
from services.fetcher.adapters.pages.worker import LENGTH, PAGES, READY
from services.fetcher.domain.pages.page import Page

PAGE_TIMEOUT_S = 10.0
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 1.0
PAGES_PER_WORKER = 5_000
"""After so many pages a process makes room for a new one: parsers' memory is fragmented and does not come back."""
MAX_ANSWER_BYTES = 64_000_000
WORKER = (sys.executable, "-m", "services.fetcher.adapters.pages.worker")
log = logging.getLogger(__name__)


class _Worker:
    def __init__(self, process: Process) -> None:
        self._process = process
        self.pages = 0

    @classmethod
    async def start(cls, command: Sequence[str]) -> "_Worker":
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
        worker = cls(process)
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                if await worker._answers.readexactly(1) != READY:
                    raise ValueError("the worker did not say that it is ready")
        except BaseException:
            await worker.kill()
            raise
        return worker

    @property
    def _answers(self) -> asyncio.StreamReader:
        assert self._process.stdout is not None
        return self._process.stdout

    @property
    def _questions(self) -> asyncio.StreamWriter:
        assert self._process.stdin is not None
        return self._process.stdin

    async def ask(self, body: bytes, head: bytes) -> Page:
        self.pages += 1
        for frame in (head, body):
            self._questions.write(LENGTH.pack(len(frame)))
            self._questions.write(frame)
        await self._questions.drain()
        (size,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
        if size > MAX_ANSWER_BYTES:
            raise ValueError(f"an answer of {size} bytes")
        return PAGES.validate_json(await self._answers.readexactly(size))

    async def kill(self) -> None:
        """End the process at once, and wait until it is gone."""
        if self._process.returncode is None:
            try:
                self._process.kill()
            except ProcessLookupError:
                pass
        await self._gone()

    async def stop(self) -> None:
        """Let the process end by itself, or end it."""
        self._questions.close()
        try:
            async with asyncio.timeout(STOP_TIMEOUT_S):
                await self._gone()
        except TimeoutError:
            await self.kill()

    async def _gone(self) -> None:
        self._questions.close()
        await self._process.wait()
        try:
            await self._questions.wait_closed()
        except (BrokenPipeError, ConnectionResetError):
            pass


class PagePool:
    """Reads pages in up to ``workers`` processes, each started when it is first needed."""

    def __init__(self, *, workers: int, timeout_s: float = PAGE_TIMEOUT_S, command: Sequence[str] = WORKER) -> None:
        """Start nothing yet.

        Args:
            workers: Pages read at once.
            timeout_s: Seconds for one page; then its process is ended and replaced.
            command: What a process runs; see ``worker``.
        """
        self._places = asyncio.Semaphore(workers)
        self._timeout_s = timeout_s
        self._command = tuple(command)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._is_closed = False

    async def read(self, body: bytes, *, url: str, content_type: str = "") -> Page:
        """Return what a page holds; ``failed`` if its process died or took too long over it. Other pages are not touched."""
        head = json.dumps({"url": url, "content_type": content_type}).encode()
        async with self._places:
            if self._is_closed:
                return Page(PageReason.FAILED)
            try:
                worker = await self._worker()
            except (OSError, TimeoutError, EOFError, ValueError):
                log.exception("page_worker.not_started")
                return Page(PageReason.FAILED)
            return await self._ask(worker, body, head)

    async def _worker(self) -> _Worker:
        if self._idle:
            return self._idle.pop()
        worker = await _Worker.start(self._command)
        self._all.add(worker)
        return worker

    async def _ask(self, worker: _Worker, body: bytes, head: bytes) -> Page:
        try:
            async with asyncio.timeout(self._timeout_s):
                page = await worker.ask(body, head)
        except (TimeoutError, EOFError, OSError, ValidationError, ValueError) as error:
            log.warning("page_worker.replaced", extra={"reason": type(error).__name__})
            await self._drop(worker)
            return Page(PageReason.FAILED)
        except BaseException:  # cancelled: its answer would be taken for that of the next page
            await self._drop(worker)
            raise
        await self._give_back(worker)
        return page

    async def _give_back(self, worker: _Worker) -> None:
        if worker.pages < PAGES_PER_WORKER and not self._is_closed:
            self._idle.append(worker)
            return
        self._all.discard(worker)
        await worker.stop()

    async def _drop(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.kill()

    async def close(self) -> None:
        """End all processes within seconds; pages in hand come to nothing."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        busy = self._all.difference(idle)
        self._all.clear()
        await asyncio.gather(*(worker.stop() for worker in idle), *(worker.kill() for worker in busy))
