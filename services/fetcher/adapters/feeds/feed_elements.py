"""Elements of XML by short names: "dc:creator" whatever prefix a document gives that namespace."""

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, TypeAlias

from lxml import etree

from services.fetcher.domain.feeds.entries import MAX_ENTRIES, Entry
from services.fetcher.domain.feeds.text import html_to_text, plain_text

Element: TypeAlias = etree._Element
_ATOM = (
    "http://www.w3.org/2005/atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/atom/ns",
    "http://purl.org/atom/",
    "http://purl.org/echo/",  # what it was called before it was Atom
    "http://purl.org/pie/",
    "http://example.com/necho",
    "http://example.com/newformat#",
)
_PREFIXES = {
    **dict.fromkeys(_ATOM, "atom"),
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "https://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "https://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://news.yandex.ru": "yandex",
    "http://news.yandex.ru/": "yandex",
}
# The addresses RSS itself was put under over the years; its elements are known without any.
_PLAIN = re.compile(
    r"http://(?:purl\.org/rss/1\.0/?|purl\.org/net/rss1\.1#|(?:my|channel)\.netscape\.com/rdf/simple/0\.9/?|"
    r"my\.netscape\.com/publish/formats/rss-0\.91\.dtd|backend\.userland\.com/rss\w*|blogs\.law\.harvard\.edu/tech/rss)",
    re.IGNORECASE,
)


def _prefix(namespace: str) -> str:
    known = _PREFIXES.get(namespace.lower())
    return known if known is not None else "" if _PLAIN.fullmatch(namespace) else "other"


def written(element: Element) -> str:
    """Return an element's name as it stands in the document."""
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


class Names:
    """Tags to short names, each looked up once a document."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, element: Element) -> str:
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        name = self.known.get(tag)
        if name is None:
            namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
            prefix = _prefix(namespace) if namespace else ""
            name = self.known[tag] = f"{prefix}:{local}".lower() if prefix else local.lower()
        return name


class Fields:
    """The children of one element by short name."""

    def __init__(self, element: Element, names: Names) -> None:
        self._by_name: dict[str, list[Element]] = {}
        by_name, known = self._by_name, names.known.get
        for child in element:
            name = known(child.tag) or names.of(child)
            if name in by_name:
                by_name[name].append(child)
            else:
                by_name[name] = [child]

    def all(self, *wanted: str) -> list[Element]:
        by_name = self._by_name
        return [element for name in wanted if name in by_name for element in by_name[name]]

    def first(self, *wanted: str) -> Element | None:
        """Return the first that holds anything, in the order of the names."""
        by_name = self._by_name
        for name in wanted:
            if name in by_name:
                for element in by_name[name]:
                    if len(element) or (element.text or "").strip():
                        return element
        return None

    def words(self, *wanted: str) -> str:
        element = self.first(*wanted)
        if element is None:
            return ""
        return ("".join(element.itertext()) if len(element) else element.text or "").strip()


def inner(element: Element | None) -> str:
    """Return what an element holds as markup, whether it was escaped or not."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def atom_text(element: Element | None) -> str:
    """Return an Atom text construct as plain text (RFC 4287, 3.1; Atom 0.3 with its media types and modes)."""
    if element is None:
        return ""
    kind = (element.get("type") or "").strip().lower()
    if element.get("mode") == "base64" or kind == "application/octet-stream":
        return html_to_text(_from_base64(element.text or ""))
    if "/" in kind and not kind.startswith(("text/", "application/xhtml", "application/xml")):
        return ""
    if kind in ("text", "text/plain") and not len(element):
        return plain_text(element.text or "")
    return html_to_text(inner(element))


def _from_base64(text: str) -> str:
    """Return what is written in base64; empty if it is no text."""
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return ""


class DocumentReader:
    """What readers of all forms have in common: the entries of a document, in their order, up to the most that is read."""

    _ENTRY_TAGS: ClassVar[tuple[str, ...]]
    """To find them; any namespace."""
    _ENTRY_NAMES: ClassVar[frozenset[str]]
    """Short names, to see that they are what they seem."""

    def __init__(self, root: Element) -> None:
        """Take the document."""
        self._root = root
        self._digests: Sequence[str] = ()
        self._names = Names()
        self._dropped: Counter[str] = Counter()
        self._elements = [e for e in root.iter(*self._ENTRY_TAGS) if self._names.of(e) in self._ENTRY_NAMES]

    def fits(self, tag: str, count: int) -> bool:
        """Return True if the document's entries are that many, and all are written with this name."""
        return len(self._elements) == count and all(written(element) == tag for element in self._elements)

    def name_entries(self, digests: Sequence[str]) -> None:
        """Take the digests of the entries, in their order; without them they have none."""
        self._digests = digests

    def _entries(self, read: Callable[[Element, str], Entry | None]) -> Iterator[Entry]:
        for number, element in enumerate(self._elements):
            if number >= MAX_ENTRIES:
                self._dropped["too_many"] = len(self._elements) - MAX_ENTRIES
                break
            try:
                entry = read(element, self._digests[number] if self._digests else "")
            except (ValueError, TypeError, AttributeError, etree.LxmlError):
                self._dropped["unreadable"] += 1
                continue
            if entry is None:
                self._dropped["no_text"] += 1
            else:
                yield entry
