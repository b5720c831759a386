"""A process that reads pages, one after the other, for the fetcher that started it: ``python -m services.fetcher.adapters.pages.worker``.

Frames on standard input and output: four bytes of length, then the frame. A question is two frames, its head (JSON: url,
content_type) and the page's bytes; the answer is one, the ``Page`` as JSON. Nothing that comes from a page is unpickled: a page
that breaks a parser breaks this process alone.
"""

import ctypes
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

from pydantic import TypeAdapter

from services.fetcher.domain.pages.page import Page

LENGTH = struct.Struct(">I")
READY = b"\x01"
MAX_MEMORY_BYTES = 2_000_000_000
"""Address space of one worker; a page that needs more ends it."""
NICENESS = 5
"""Below the event loop's process, which has feeds to poll."""
_PR_SET_PDEATHSIG = 1
PAGES: TypeAdapter[Page] = TypeAdapter(Page)


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the fetcher dies, however it dies. Elsewhere than on Linux the closed pipe does."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1 and os.getpid() != 1:  # it died before we asked
        os._exit(0)


def _limit() -> None:
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the fetcher stops us in order
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if sys.platform == "linux":
        limit = MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MAX_MEMORY_BYTES)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _frame(source: BinaryIO) -> bytes | None:
    """Return the next frame; None when the fetcher has closed the pipe."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = source.read(size)
    return body if len(body) == size else None


def serve(read: Callable[..., Page], *, longest_s: int = 60) -> None:
    """Answer questions until the pipe closes.

    Args:
        read: ``read_page``.
        longest_s: Seconds after which the kernel ends a process that hangs in one page, should nobody else.
    """
    _die_with_parent()
    _limit()
    source = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as target:
        os.dup2(2, 1)  # whatever a library prints is no answer
        target.write(READY)
        target.flush()
        while (head := _frame(source)) is not None and (body := _frame(source)) is not None:
            question = json.loads(head)
            signal.alarm(longest_s)
            answer = PAGES.dump_json(read(body, url=question["url"], content_type=question["content_type"]))
            signal.alarm(0)
            target.write(LENGTH.pack(len(answer)) + answer)
            target.flush()


if __name__ == "__main__":
    from services.fetcher.adapters.pages.reader import read_page

    serve(read_page)
