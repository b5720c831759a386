"""Pages are read in processes that can hang or die without harm to anything but their page (behaviour 30)."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.words import PageReason
from services.fetcher.adapters.pages.pool import PagePool

STUB = (sys.executable, str(Path(__file__).with_name("stub_page_worker.py")))
URL = "https://albion.example/world/1"


def is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


async def gone(pid: int, *, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while is_running(pid) and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    return not is_running(pid)


@pytest.fixture
async def pool() -> AsyncIterator[PagePool]:
    pool = PagePool(workers=1, timeout_s=5, command=STUB)
    yield pool
    await pool.close()


async def pid_of(pool: PagePool) -> int:
    return int((await pool.read(b"", url=URL)).text)


async def test_a_page_comes_back_whole_from_a_process_of_its_own() -> None:
    body = "<html lang=en><h1>Dam holds</h1><article><p>%s</p></article>" % ("The dam above Ostrava has held, the river board said. " * 9)
    pool = PagePool(workers=1)

    page = await pool.read(body.encode(), url=URL, content_type="text/html; charset=utf-8")
    await pool.close()

    assert (page.reason, page.title, page.language) == (PageReason.OK, "Dam holds", "en")
    assert page.text.startswith("The dam above Ostrava has held")


async def test_nothing_is_started_before_the_first_page(pool: PagePool) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()

    assert children == Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert not pool._all


async def test_one_process_reads_many_pages_and_is_told_their_address_and_type(pool: PagePool) -> None:
    first = await pool.read(b"", url=URL, content_type="text/html")
    second = await pool.read(b"print", url=URL + "?p=2")

    assert (first.title, first.language, second.title) == (URL, "text/html", URL + "?p=2")
    assert first.text == second.text != str(os.getpid())


async def test_a_page_that_kills_its_process_fails_alone() -> None:
    pool = PagePool(workers=2, timeout_s=5, command=STUB)

    pages = await asyncio.gather(*(pool.read(body, url=URL) for body in (b"die", b"a", b"die", b"b", b"c")))
    await pool.close()

    assert [page.reason for page in pages] == ["failed", "ok", "failed", "ok", "ok"]


async def test_a_process_that_hangs_is_ended_in_time_and_replaced(pool: PagePool) -> None:
    first = await pid_of(pool)
    pool._timeout_s = 0.3

    started = time.monotonic()
    page = await pool.read(b"hang", url=URL)
    took = time.monotonic() - started

    pool._timeout_s = 5
    assert page.reason is PageReason.FAILED
    assert took < 2
    assert not is_running(first)
    assert await pid_of(pool) != first


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
async def test_a_page_cannot_take_the_machines_memory(pool: PagePool) -> None:
    assert (await pool.read(b"eat", url=URL)).reason is PageReason.FAILED
    assert (await pool.read(b"", url=URL)).reason is PageReason.OK


async def test_whoever_is_cancelled_leaves_no_answer_for_the_next_page(pool: PagePool) -> None:
    first = await pid_of(pool)
    task = asyncio.create_task(pool.read(b"hang", url=URL))
    await asyncio.sleep(0.05)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    page = await pool.read(b"", url=URL + "/next")
    assert page.title == URL + "/next"
    assert not is_running(first)


async def test_closing_ends_processes_that_hang_too_within_two_seconds() -> None:
    pool = PagePool(workers=2, timeout_s=60, command=STUB)
    idle = await pid_of(pool)
    hanging = asyncio.create_task(pool.read(b"hang", url=URL))
    await asyncio.sleep(0.05)
    second = await pid_of(pool)

    started = time.monotonic()
    await pool.close()

    assert time.monotonic() - started < 2
    assert (await hanging).reason is PageReason.FAILED
    assert not is_running(idle)
    assert not is_running(second)
    assert (await pool.read(b"", url=URL)).reason is PageReason.FAILED


async def test_a_worker_that_cannot_be_started_fails_its_page_only() -> None:
    pool = PagePool(workers=1, command=("/nowhere/python",))

    page = await pool.read(b"", url=URL)
    await pool.close()

    assert page.reason is PageReason.FAILED


ORPHANS = """
import asyncio, sys
from services.fetcher.adapters.pages.pool import PagePool

async def main():
    pool = PagePool(workers=2, timeout_s=600, command=(sys.executable, sys.argv[1]))
    busy, idle = await asyncio.gather(pool.read(b"", url=""), pool.read(b"print", url=""))
    hanging = asyncio.create_task(pool.read(b"hang", url=""))
    await asyncio.sleep(0.1)
    print(busy.text, idle.text, flush=True)
    await hanging

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_no_process_outlives_a_fetcher_that_is_killed() -> None:
    fetcher = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ORPHANS, STUB[1], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert fetcher.stdout is not None
    pids = [int(pid) for pid in (await asyncio.wait_for(fetcher.stdout.readline(), 60)).split()]
    assert len(set(pids)) == 2
    assert all(is_running(pid) for pid in pids)

    fetcher.send_signal(signal.SIGKILL)
    await fetcher.wait()

    assert [await gone(pid, within_s=5) for pid in pids] == [True, True]
