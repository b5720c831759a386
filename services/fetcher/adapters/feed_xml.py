"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0: elements of XML to entries."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from services.fetcher.domain.dates import parse_date
from services.fetcher.domain.entries import MAX_ENTRIES, DeletedEntry, Entry, ParsedFeed
from services.fetcher.domain.text import html_to_text, one_line, plain_text
from services.fetcher.domain.urls import absolute_url

Element: TypeAlias = etree._Element
_ATOM = (
    "http://www.w3.org/2005/atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/atom/ns",
    "http://example.com/necho",
    "http://purl.org/atom/",
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
_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NOT_THE_ARTICLE = frozenset(
    "self edit edit-media enclosure replies related via hub next prev previous first last search license http://schemas.google.com/g/2005#feed".split()
)
_ENTRIES = frozenset({"item", "entry", "atom:entry", "atom:item"})
_IN_BRACKETS = re.compile(r"^\S+@\S+\s*\((.+)\)$")


def _prefix(namespace: str) -> str:
    known = _PREFIXES.get(namespace.lower())
    return known if known is not None else "" if _PLAIN.fullmatch(namespace) else "other"


def _written(element: Element) -> str:
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


class _Names:
    """Tags to short names, each looked up once a document."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, element: Element) -> str:
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        name = self._known.get(tag)
        if name is None:
            namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
            prefix = _prefix(namespace) if namespace else ""
            name = self._known[tag] = f"{prefix}:{local}".lower() if prefix else local.lower()
        return name


class _Fields:
    """The children of one element by short name."""

    def __init__(self, element: Element, names: _Names) -> None:
        self._by_name: dict[str, list[Element]] = {}
        for child in element:
            self._by_name.setdefault(names.of(child), []).append(child)

    def all(self, *wanted: str) -> list[Element]:
        return [element for name in wanted for element in self._by_name.get(name, ())]

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


def _atom_text(element: Element | None) -> str:
    """Return an Atom text construct as plain text (RFC 4287, 3.1; Atom 0.3 with its media types and modes)."""
    if element is None:
        return ""
    kind = (element.get("type") or "").lower()
    if element.get("mode") == "base64" or ("/" in kind and not kind.startswith(("text/", "application/xhtml", "application/xml"))):
        return ""
    if kind in ("text", "text/plain") and not len(element):
        return plain_text(element.text or "")
    return html_to_text(inner(element))


class FeedReader:
    """Reads one document."""

    def __init__(self, root: Element, url: str, *, digests: Sequence[str] = ()) -> None:
        """Take the document.

        Args:
            digests: Of its entries, in their order; none if they were not told apart.
        """
        self._root = root
        self._digests = digests
        self._names = _Names()
        self._is_atom = self._names.of(root) in ("atom:feed", "feed", "atom:entry", "entry")
        self._url = self._base = url
        self._dropped: Counter[str] = Counter()
        self._elements = [e for e in root.iter("{*}item", "{*}entry", "{*}Item") if self._names.of(e) in _ENTRIES]

    def fits(self, tag: str, count: int) -> bool:
        """Return True if the document's entries are that many, and all are written with this name."""
        return len(self._elements) == count and all(_written(element) == tag for element in self._elements)

    def read(self) -> ParsedFeed:
        """Return the whole document; entries that cannot be read are counted."""
        channel = self._root if self._is_atom else next((e for e in self._root.iter("{*}channel")), self._root)
        fields = _Fields(channel, self._names)
        if not self._is_atom:
            self._base = absolute_url(fields.words("link"), self._url) or self._url
        form = "atom" if self._is_atom else "rdf" if self._names.of(self._root).endswith("rdf") else "rss"
        return ParsedFeed(
            form=form,
            title=one_line(inner(fields.first("title", "atom:title", "dc:title"))),
            language=self._language(self._root, fields),
            entries=tuple(self._entries()),
            deleted=tuple(self._deleted()),
            dropped=self._dropped,
        )

    def _entries(self) -> Iterator[Entry]:
        read: Callable[[Element, str], Entry] = self._atom_entry if self._is_atom else self._item
        for number, element in enumerate(self._elements):
            if number >= MAX_ENTRIES:
                self._dropped["too_many"] = len(self._elements) - MAX_ENTRIES
                break
            try:
                yield read(element, self._digests[number] if self._digests else "")
            except (ValueError, TypeError, AttributeError, etree.LxmlError):
                self._dropped["unreadable"] += 1

    def _language(self, element: Element, fields: _Fields) -> str:
        code = fields.words("language", "dc:language", "atom:language") or element.get(f"{_XML}lang") or ""
        return code.strip().replace("_", "-") if len(code) <= 35 else ""

    def _absolute(self, link: str, element: Element) -> str:
        link = link.strip()
        if link.startswith(("http://", "https://")) or not link:
            return link
        base = element.base
        return absolute_url(link, absolute_url(base, self._base) if base else self._base)

    def _item(self, item: Element, digest: str) -> Entry:
        fields = _Fields(item, self._names)
        summary = html_to_text(inner(fields.first("description", "dc:description", "atom:summary", "summary", "itunes:summary")))
        summary = summary or self._media_description(fields)
        content = html_to_text(
            inner(fields.first("content:encoded", "content", "yandex:full-text", "xhtml:body", "xhtml:div", "body", "fulltext", "fullitem"))
        )
        content = content or _atom_text(fields.first("atom:content"))
        guid = fields.words("guid", "atom:id", "dc:identifier") or item.get(_RDF_ABOUT, "").strip()
        return Entry(
            guid=guid,
            link=self._item_link(item, fields),
            title=one_line(inner(fields.first("title", "dc:title", "atom:title", "media:title"))),
            summary="" if summary == content else summary,
            content=content,
            credit=self._credit(fields),
            authors=self._authors(fields),
            language=self._language(item, fields),
            published_at=parse_date(
                fields.words("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "published", "date")
            ),
            updated_at=parse_date(fields.words("dcterms:modified", "atom:updated", "updated", "lastbuilddate")),
            digest=digest,
        )

    def _item_link(self, item: Element, fields: _Fields) -> str:
        original = fields.words("feedburner:origlink")
        if original or (element := fields.first("link")) is None:
            return original or self._alternate(fields.all("atom:link", "link")) or self._permalink(item, fields)
        return self._absolute(element.text or "", element) or self._permalink(item, fields)

    def _permalink(self, item: Element, fields: _Fields) -> str:
        guid = fields.first("guid")
        if guid is not None and guid.get("isPermaLink", "true").lower() != "false" and (guid.text or "").strip().startswith(("http", "/")):
            return self._absolute(guid.text or "", guid)
        return self._absolute(item.get(_RDF_ABOUT) or "", item)

    def _alternate(self, links: list[Element]) -> str:
        usable = [e for e in links if e.get("href") and (e.get("rel") or "alternate").strip().lower() not in _NOT_THE_ARTICLE]
        usable.sort(key=lambda e: ((e.get("rel") or "alternate") != "alternate", "html" not in (e.get("type") or "html")))
        return self._absolute(usable[0].get("href") or "", usable[0]) if usable else ""

    def _media_description(self, fields: _Fields) -> str:
        """Videos have their text in Media RSS, as a rule inside a group."""
        places = (fields, *(_Fields(element, self._names) for element in fields.all("media:group", "media:content")))
        found = (html_to_text(inner(place.first("media:description"))) for place in places)
        return next(filter(None, found), "")

    def _credit(self, fields: _Fields) -> str:
        """Whose text it is. Not ``media:credit``, which as a rule names the photographer."""
        source = fields.first("source")
        named = one_line(inner(source)) if source is not None else self._source_title(fields)
        return named or next((text for e in fields.all("dc:source") if (text := one_line(inner(e))) and "://" not in text), "")

    def _source_title(self, fields: _Fields) -> str:
        source = fields.first("atom:source")
        return one_line(inner(_Fields(source, self._names).first("atom:title", "title"))) if source is not None else ""

    def _authors(self, fields: _Fields) -> tuple[str, ...]:
        found: list[str] = []
        for element in fields.all("dc:creator", "author", "atom:author", "dc:author", "itunes:author"):
            inside = _Fields(element, self._names)
            name = one_line(inner(inside.first("atom:name", "name") if len(element) else element))
            found.append(_IN_BRACKETS.sub(r"\1", name))
        return tuple(dict.fromkeys(name[:200] for name in found if name))[:20]

    def _atom_entry(self, entry: Element, digest: str) -> Entry:
        fields = _Fields(entry, self._names)
        text = fields.first("atom:content", "content", "content:encoded")
        summary = _atom_text(fields.first("atom:summary", "summary", "dc:description")) or self._media_description(fields)
        content = _atom_text(text)
        link = fields.words("feedburner:origlink") or self._alternate(fields.all("atom:link", "link"))
        if not link and (holder := next((e for e in fields.all("atom:content") if e.get("src")), None)) is not None:
            link = self._absolute(holder.get("src") or "", holder)
        return Entry(
            guid=fields.words("atom:id", "id", "guid"),
            link=link,
            title=" ".join(_atom_text(fields.first("atom:title", "title", "dc:title")).split()),
            summary="" if summary == content else summary,
            content=content,
            credit=self._credit(fields),
            authors=self._authors(fields),
            language=self._language(entry, fields),
            published_at=parse_date(
                fields.words("atom:published", "atom:issued", "published", "issued", "dc:date", "atom:created", "created")
            ),
            updated_at=parse_date(fields.words("atom:updated", "atom:modified", "updated", "modified")),
            digest=digest,
        )

    def _deleted(self) -> Iterator[DeletedEntry]:
        """Yield tombstones (RFC 6721), wherever in the document they stand."""
        for element in self._root.iter("{*}deleted-entry"):
            fields = _Fields(element, self._names)
            if ref := (element.get("ref") or "").strip():
                notice = _atom_text(fields.first("at:comment", "comment"))
                yield DeletedEntry(ref, self._alternate(fields.all("atom:link", "link")), parse_date(element.get("when") or ""), notice)
