"""The text of a file or an address, for the command line. Articles of the service come with their text; nothing here is part of it."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from lxml import etree
from lxml import html as lxml_html

from services.chassis.http import new_client, read_body

MAX_BYTES = 16_000_000
MAX_REDIRECTS = 5
TIMEOUT_S = 30
_FIELDS = ("body", "text", "articleBody", "summary")
_PARAGRAPHS = ("p", "blockquote", "li")


class NoText(Exception):
    """There is no text at the place, and why."""


async def text_at(place: str, *, allow: Sequence[str] = ()) -> str:
    """Return the text at a file or an address: of JSON the field body, text or summary, of HTML its paragraphs, else all of it.

    Args:
        allow: Hosts and networks that may be fetched from although they are not public.

    Raises:
        NoText: If it cannot be read, or holds none.
    """
    body = await _fetched(place, allow) if place.startswith(("http://", "https://")) else _read(Path(place))
    text = text_of(body.decode("utf-8-sig", "replace"))
    if not text.strip():
        raise NoText("there is no text in it")
    return text


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoText(error.strerror or "cannot be read") from error


async def _fetched(url: str, allow: Sequence[str]) -> bytes:
    try:
        async with asyncio.timeout(TIMEOUT_S), new_client(timeout_s=TIMEOUT_S, allow=allow) as client:
            for _ in range(MAX_REDIRECTS + 1):
                async with client.stream("GET", url) as response:
                    if response.is_redirect and "location" in response.headers:
                        url = str(httpx.URL(url).join(response.headers["location"]))
                        continue
                    if response.status_code != 200:
                        raise NoText(f"HTTP {response.status_code}")
                    return await read_body(response, limit_bytes=MAX_BYTES)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise NoText(str(error) or type(error).__name__) from error
    raise NoText(f"more than {MAX_REDIRECTS} redirects")


def text_of(document: str) -> str:
    """Return the text of a document; see ``text_at``."""
    head = document.lstrip()[:1]
    if head == "{" and isinstance(found := _json(document), dict):
        return next((text for name in _FIELDS if isinstance(text := found.get(name), str) and text), "")
    return _paragraphs(document) if head == "<" else document


def _json(document: str) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError):
        return None


def _paragraphs(document: str) -> str:
    try:
        root = lxml_html.document_fromstring(document.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    found = next(iter(root.iter("article")), root)
    return "\n\n".join(" ".join(str(part.text_content()).split()) for part in found.iter(*_PARAGRAPHS))
