"""Files of feeds: OPML as readers export it, and YAML with everything a source can say."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from lxml import etree
from pydantic import ValidationError

from schemas.feeds_source import FeedSource, Outlet
from services.fetcher.domain.urls import site_of

MAX_ID_CHARS = 80
_NOT_SLUG = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file."""

    place: str
    """Where: line, and which entry."""
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.field}: {self.reason}"


class SourceFileError(Exception):
    """The file is refused as a whole; nothing of it is to be used."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


def read_sources_file(path: Path) -> list[FeedSource]:
    """Return the feeds of an OPML or YAML file, told apart by what is in it.

    Raises:
        SourceFileError: With every mistake in it: place, field and reason.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceFileError([Mistake(str(path), "file", error.strerror or "cannot be read")]) from error
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _opml(content)
    return _yaml(content)


def feed_id_of(url: str) -> str:
    """Return an id for a feed that has only an address: readable, the same every time, one per address."""
    parts = urlsplit(url)
    slug = _NOT_SLUG.sub("-", f"{site_of(url)}{parts.path}".lower()).strip("-.")
    if parts.query or len(slug) > MAX_ID_CHARS or not slug or not slug[0].isalnum():
        digest = hashlib.sha256(url.encode()).hexdigest()[:8]
        slug = f"{slug[:MAX_ID_CHARS].strip('-.')}-{digest}".lstrip("-.")
    return slug


def _opml(content: bytes) -> list[FeedSource]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceFileError([Mistake(f"line {error.lineno}", "OPML", error.msg or "cannot be read")]) from error
    if root.tag != "opml":
        raise SourceFileError([Mistake("line 1", "OPML", f"the root element is <{root.tag}>, not <opml>")])
    outlines = [outline for outline in root.iter("outline") if _attribute(outline, "xmlUrl") is not None]
    found, mistakes = [], []
    for outline in outlines:
        place = f"line {outline.sourceline}"
        try:
            found.append(_from_outline(outline))
        except ValidationError as error:
            names = {"url": "xmlUrl", "outlet": "title"}
            mistakes += [Mistake(place, names.get(str(e["loc"][0]), str(e["loc"][0])), e["msg"]) for e in error.errors(include_url=False)]
    if not outlines:
        mistakes.append(Mistake("line 1", "outline", "no outline has an xmlUrl: there is no feed in it"))
    if mistakes:
        raise SourceFileError(mistakes)
    return list({source.feed_id: source for source in found}.values())  # readers list a feed in several folders


def _attribute(outline: Any, name: str) -> str | None:
    return next((str(value).strip() for key, value in outline.attrib.items() if key.lower() == name.lower()), None)


def _from_outline(outline: Any) -> FeedSource:
    url = _attribute(outline, "xmlUrl") or ""
    site = site_of(_attribute(outline, "htmlUrl") or "") or site_of(url)
    name = _attribute(outline, "title") or _attribute(outline, "text") or site
    return FeedSource.model_validate({"feed_id": feed_id_of(url), "url": url, "outlet": {"name": name, "domain": site}})


def _yaml(content: bytes) -> list[FeedSource]:
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
        document = yaml.safe_load(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SourceFileError(
            [Mistake(f"line {mark.line + 1}" if mark else "file", "YAML", getattr(error, "problem", None) or "cannot be read")]
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("feeds"), list) or set(document) != {"feeds"}:
        raise SourceFileError([Mistake("line 1", "feeds", "the file must hold `feeds:` and a list of feeds, and nothing else")])
    lines = _lines(node)
    found: dict[str, FeedSource] = {}
    mistakes: list[Mistake] = []
    for number, item in enumerate(document["feeds"], 1):
        place = f"line {lines[number - 1]} (feed {number})"
        try:
            source = FeedSource.model_validate(item)
        except ValidationError as error:
            mistakes += [Mistake(place, ".".join(map(str, e["loc"])) or "feed", e["msg"]) for e in error.errors(include_url=False)]
            continue
        finally:
            mistakes += [Mistake(place, name, "there is no such field") for name in _unknown_fields(item)]
        if source.feed_id in found:
            mistakes.append(Mistake(place, "feed_id", f"{source.feed_id!r} stands in the file twice"))
        found[source.feed_id] = source
    if mistakes:
        raise SourceFileError(mistakes)
    return list(found.values())


def _lines(node: Any) -> list[int]:
    feeds = next(value for key, value in node.value if key.value == "feeds")
    return [item.start_mark.line + 1 for item in feeds.value]


def _unknown_fields(item: object) -> Iterator[str]:
    """Yield misspelt fields: records ignore what they do not know, a person's file should not."""
    if not isinstance(item, dict):
        return
    yield from (str(name) for name in item if name not in FeedSource.model_fields)
    if isinstance(outlet := item.get("outlet"), dict):
        yield from (f"outlet.{name}" for name in outlet if name not in Outlet.model_fields)
