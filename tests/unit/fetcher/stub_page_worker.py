"""A worker whose pages do as they say: it hangs, dies, or answers with its own process id."""

import os
import time

from schemas.words import PageReason
from services.fetcher.adapters.pages.worker import serve
from services.fetcher.domain.pages.page import Page


def obey(body: bytes, *, url: str, content_type: str) -> Page:
    if body == b"hang":
        time.sleep(600)
    if body == b"die":
        os._exit(3)
    if body == b"eat":
        bytearray(8_000_000_000)
    if body == b"print":
        print("a library talks")
    return Page(PageReason.OK, title=url, language=content_type, text=str(os.getpid()))


if __name__ == "__main__":
    serve(obey)
