"""What stands in a page's head, and in those few elements of its body that say who wrote it and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml import etree

from services.fetcher.adapters.pages.json_ld import Node, read_nodes

MAX_VALUE_CHARS = 2000
MAX_VALUES = 50
"""Of one kind: headings, dates, names."""
MAX_TEXT_NODES = 100
MAX_SCANNED = 150_000
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|writer|reporter|creator|article-by)(?:[_-]+(?:name|names|link|title|info|text))?(?:$|[\s_]|--)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|time|timestamp|pubdate|published|posted|publish-?date|published-?date|post-?date)(?:$|[\s_]|--)",
    re.IGNORECASE,
)
_BOXES_OF_ALL = frozenset(("html", "body", "main", "article", "section"))
_SCANNED = (
    "meta",
    "link",
    "script",
    "title",
    "h1",
    "time",
    "a",
    "span",
    "div",
    "p",
    "li",
    "address",
    "section",
    "article",
    "header",
    "b",
    "strong",
)


@dataclass(slots=True)
class Markup:
    """Raw values, in the order of the page."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    """Contents of meta elements by name, property or itemprop, in lower case."""
    links: dict[str, str] = field(default_factory=dict)
    """First address by relation."""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    """Machine-readable dates of time elements: those that are marked as the publication's come first."""
    shown_dates: list[str] = field(default_factory=list)
    """Texts of elements that are named as dates."""
    bylines: list[list[str]] = field(default_factory=list)
    """Texts of the first elements that are marked as authors, and of the first that are named so."""
    language: str = ""
    item_types: list[str] = field(default_factory=list)
    """Types of microdata."""
    nodes: list[Node] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """Return the first content under one of the names that is not blank."""
        return next((text for name in names for content in self.meta.get(name, ()) if (text := content.strip())), "")

    def all(self, *names: str) -> Iterator[str]:
        """Yield every content under the names."""
        return (text for name in names for content in self.meta.get(name, ()) if (text := content.strip()))


def text_of(element: etree._Element, limit: int = MAX_VALUE_CHARS) -> str:
    """Return the element's text, tidied; bounded in characters and in the elements that are looked at."""
    pieces: list[str] = []
    stack: list[etree._Element | str] = [element]
    left = MAX_TEXT_NODES
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif isinstance(item.tag, str) and item.tag not in ("script", "style"):
            pieces.append(item.text or "")
            for child in reversed(item[:MAX_TEXT_NODES]):
                stack += (child.tail or "", child)
    return " ".join(" ".join(pieces).split())[:limit]


def _first_group(found: list[etree._Element]) -> list[str]:
    """Return the texts of the first element that has one and of its like beside it; further down stand the authors of other texts."""
    filled = [(element, text) for element in found if (text := text_of(element, 300))]
    if not filled:
        return []
    near = _around(filled[0][0])
    return [text for element, text in filled if near & _around(element)]


def _around(element: etree._Element) -> set[etree._Element]:
    """Return the element itself, its parent, and the parent of that: authors stand in one box, or each in a box of its own in one."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return {one for one in (element, parent, above) if one is not None and one.tag not in _BOXES_OF_ALL}


@lru_cache(maxsize=20_000)
def _kind(names: str) -> str:
    return "byline" if _BYLINE.search(names) else "date" if _DATE.search(names) else ""


class _Scan:
    def __init__(self) -> None:
        self.out = Markup()
        self._scripts: list[str] = []
        self._marked: list[etree._Element] = []
        self._named: list[etree._Element] = []
        self._first_times: list[str] = []

    def read(self, root: etree._Element) -> Markup:
        self.out.language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
        for element in islice(root.iter(*_SCANNED), MAX_SCANNED):
            match element.tag:
                case "meta":
                    self._meta(element)
                case "link":
                    self._link(element)
                case "script":
                    if "ld+json" in (element.get("type") or "").lower() and element.text:
                        self._scripts.append(element.text)
                case "title":
                    self.out.title = self.out.title or text_of(element)
                case "h1" if len(self.out.headings) < MAX_VALUES:
                    self.out.headings.append(text_of(element))
                case "time":
                    self._time(element)
                case _:
                    self._other(element)
        self.out.times = self._first_times + self.out.times
        self.out.bylines = [_first_group(self._marked), _first_group(self._named)]
        self.out.nodes = read_nodes(self._scripts)
        return self.out

    def _meta(self, element: etree._Element) -> None:
        get = element.get
        content = get("content")
        if content is None:
            return
        for name in (get("name"), get("property"), get("itemprop"), get("http-equiv")):
            if name:
                for single in name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.").split()[:5]:
                    self.out.meta.setdefault(single, []).append(content[:MAX_VALUE_CHARS])

    def _link(self, element: etree._Element) -> None:
        href = element.get("href")
        for relation in (element.get("rel") or "").lower().split()[:5]:
            if href:
                self.out.links.setdefault(relation, href.strip()[:MAX_VALUE_CHARS])

    def _time(self, element: etree._Element) -> None:
        value = element.get("datetime") or element.get("content") or ""
        names = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        is_first = "publish" in names or "created" in names or element.get("pubdate") is not None
        target = self._first_times if is_first else self.out.times
        if len(self.out.shown_dates) >= MAX_VALUES:
            return
        if value:
            target.append(value[:100])
        if shown := text_of(element, 100):
            self.out.shown_dates.append(shown)

    def _other(self, element: etree._Element) -> None:
        attributes = element.attrib
        if not attributes:
            return
        get = attributes.get
        if (kind := get("itemtype")) and len(self.out.item_types) < MAX_VALUES:
            self.out.item_types.append(kind.rstrip("/").rsplit("/", 1)[-1][:100])
        prop, rel = get("itemprop"), get("rel")
        if (prop and "author" in prop.split()) or (rel and "author" in rel.split()):
            if len(self._marked) < MAX_VALUES:
                self._marked.append(element)
        elif prop and "datePublished" in prop.split() and len(self._first_times) < MAX_VALUES:
            self._first_times.append((get("content") or get("datetime") or text_of(element, 100))[:100])
        elif (names := get("class")) and len(names) < 500:
            named = _kind(names)
            if named == "byline" and len(self._named) < MAX_VALUES:
                self._named.append(element)
            elif named == "date" and len(self.out.shown_dates) < MAX_VALUES:
                self.out.shown_dates.append(text_of(element, 200))


def read_markup(root: etree._Element) -> Markup:
    """Return what the page says of itself."""
    return _Scan().read(root)
