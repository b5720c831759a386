"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0: elements of XML to entries."""

import re
from collections.abc import Iterator

from services.fetcher.adapters.feeds.feed_channel import links_of, wishes_of
from services.fetcher.adapters.feeds.feed_elements import DocumentReader, Element, Fields, atom_text, inner
from services.fetcher.domain.articles.urls import absolute_url, site_of
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import DeletedEntry, Entry, ParsedFeed
from services.fetcher.domain.feeds.text import html_to_text, one_line

_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NOT_THE_ARTICLE = frozenset(
    "self edit edit-media enclosure replies related via hub next prev previous first last search license http://schemas.google.com/g/2005#feed".split()
)
_IN_BRACKETS = re.compile(r"^\S+@\S+\s*\((.+)\)$")
_LONGEST_NAME = 400
_ADDRESS = re.compile(r"(?<=\S)\s*[(<]\S+@\S+[)>]$")


def _title(element: Element | None) -> str:
    return " ".join(atom_text(element).split())


class FeedReader(DocumentReader):
    """Reads one document of RSS, Atom or RDF."""

    _ENTRY_TAGS = ("{*}item", "{*}entry", "{*}Item")
    _ENTRY_NAMES = frozenset({"item", "entry", "atom:entry", "atom:item"})

    def __init__(self, root: Element, url: str) -> None:
        """Take the document and the address relative links go by."""
        super().__init__(root)
        self._is_atom = self._names.of(root) in ("atom:feed", "feed", "atom:entry", "entry")
        self._url = self._base = url

    def read(self) -> ParsedFeed:
        """Return the whole document; entries that cannot be read are counted."""
        channel = self._root if self._is_atom else next((e for e in self._root.iter("{*}channel")), self._root)
        fields = Fields(channel, self._names)
        if not self._is_atom:
            self._base = absolute_url(fields.words("link"), self._url) or self._url
        form = "atom" if self._is_atom else "rdf" if self._names.of(self._root).endswith("rdf") else "rss"
        hub, self_link = (self._absolute(link, channel) for link in links_of(fields))
        return ParsedFeed(
            form=form,
            title=_title(fields.first("atom:title", "title", "dc:title")),
            language=self._language(self._root, fields),
            entries=tuple(self._entries(self._atom_entry if self._is_atom else self._item)),
            deleted=tuple(self._deleted()),
            hub=hub,
            self_link=self_link,
            dropped=self._dropped,
            **wishes_of(fields, self._names),
        )

    def _language(self, element: Element, fields: Fields) -> str:
        code = fields.words("language", "dc:language", "atom:language") or element.get(f"{_XML}lang") or ""
        return code.strip().replace("_", "-") if len(code) <= 35 else ""

    def _absolute(self, link: str, element: Element) -> str:
        link = link.strip()
        if link.startswith(("http://", "https://")) or not link:
            return link
        base = element.base
        return absolute_url(link, absolute_url(base, self._base) if base else self._base)

    def _item(self, item: Element, digest: str) -> Entry:
        fields = Fields(item, self._names)
        summary = html_to_text(inner(fields.first("description", "dc:description", "atom:summary", "summary", "itunes:summary")))
        summary = summary or self._media_description(fields)
        content = html_to_text(
            inner(fields.first("content:encoded", "content", "yandex:full-text", "xhtml:body", "xhtml:div", "body", "fulltext", "fullitem"))
        )
        content = content or atom_text(fields.first("atom:content"))
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

    def _item_link(self, item: Element, fields: Fields) -> str:
        original = fields.words("feedburner:origlink")
        if original or (element := fields.first("link")) is None:
            return original or self._alternate(fields.all("atom:link", "link")) or self._permalink(item, fields)
        return self._absolute(element.text or "", element) or self._permalink(item, fields)

    def _permalink(self, item: Element, fields: Fields) -> str:
        guid = fields.first("guid")
        if guid is not None and guid.get("isPermaLink", "true").lower() != "false" and (guid.text or "").strip().startswith(("http", "/")):
            return self._absolute(guid.text or "", guid)
        return self._absolute(item.get(_RDF_ABOUT) or "", item)

    def _alternate(self, links: list[Element]) -> str:
        usable = [e for e in links if e.get("href") and (e.get("rel") or "alternate").strip().lower() not in _NOT_THE_ARTICLE]
        usable.sort(key=lambda e: ((e.get("rel") or "alternate") != "alternate", "html" not in (e.get("type") or "html")))
        return self._absolute(usable[0].get("href") or "", usable[0]) if usable else ""

    def _media_description(self, fields: Fields) -> str:
        """Videos have their text in Media RSS, as a rule inside a group."""
        places = (fields, *(Fields(element, self._names) for element in fields.all("media:group", "media:content")))
        found = (html_to_text(inner(place.first("media:description"))) for place in places)
        return next(filter(None, found), "")

    def _credit(self, fields: Fields) -> str:
        """Whose text it is: by name, else by the site the source element leads to. Not ``media:credit``: as a rule the photographer."""
        source = fields.first("source")
        named = one_line(inner(source)) if source is not None else self._source_title(fields)
        named = named or next((site for e in fields.all("source") if (site := site_of((e.get("url") or "").strip()))), "")
        return named or next((text for e in fields.all("dc:source") if (text := one_line(inner(e))) and "://" not in text), "")

    def _source_title(self, fields: Fields) -> str:
        source = fields.first("atom:source")
        return _title(Fields(source, self._names).first("atom:title", "title")) if source is not None else ""

    def _authors(self, fields: Fields) -> tuple[str, ...]:
        found: list[str] = []
        for element in fields.all("dc:creator", "author", "atom:author", "dc:author", "itunes:author"):
            named = Fields(element, self._names).first("atom:name", "name") if len(element) else element
            name = one_line(inner(named))[:_LONGEST_NAME]
            found.append(_ADDRESS.sub("", _IN_BRACKETS.sub(r"\1", name)) if "@" in name else name)
        return tuple(dict.fromkeys(name[:200] for name in found if name))[:20]

    def _atom_entry(self, entry: Element, digest: str) -> Entry:
        fields = Fields(entry, self._names)
        text = fields.first("atom:content", "content", "content:encoded")
        summary = atom_text(fields.first("atom:summary", "summary", "dc:description")) or self._media_description(fields)
        content = atom_text(text)
        link = fields.words("feedburner:origlink") or self._alternate(fields.all("atom:link", "link"))
        if not link and (holder := next((e for e in fields.all("atom:content") if e.get("src")), None)) is not None:
            link = self._absolute(holder.get("src") or "", holder)
        return Entry(
            guid=fields.words("atom:id", "id", "guid"),
            link=link,
            title=_title(fields.first("atom:title", "title", "dc:title")),
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
            fields = Fields(element, self._names)
            if ref := (element.get("ref") or "").strip():
                notice = atom_text(fields.first("at:comment", "comment"))
                yield DeletedEntry(ref, self._alternate(fields.all("atom:link", "link")), parse_date(element.get("when") or ""), notice)
