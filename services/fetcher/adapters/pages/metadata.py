"""Title, authors, dates, credit, address and language of a page, each from the first place that has it."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from services.fetcher.adapters.pages.markup import Markup
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.text import one_line
from services.fetcher.domain.pages.dates import date_in_address, shown_date
from services.fetcher.domain.pages.marks import Node, credit_of, first_text, texts
from services.fetcher.domain.pages.people import agency_in, authors_of

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "publish-date", "publish_date", "published-date", "pubdate", "article.published", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date",
    "rnews:datepublished", "timestamp", "publication_date", "citation_publication_date", "displaydate", "originalpublicationdate",
    "ptime", "article_date_original", "datecreated", "created", "dc.created",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "revision_date", "lastmod", "utime",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "dc.contributor", "cxenseparse:author", "article.author", "rbauthors", "citation_author",
)  # fmt: skip
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,3}")
_SEPARATED = re.compile(r"\s+[|–—·»«•/]+\s+|\s+-{1,2}\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """See ``Page``."""

    title: str
    authors: tuple[str, ...]
    credit: str
    canonical: str
    language: str
    published_at: datetime | None
    updated_at: datetime | None


def _site(markup: Markup, article: Node) -> str:
    return one_line(markup.first("og:site_name", "application-name")) or first_text(article, "publisher")


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _without_site(title: str, *, site: str, host: str) -> str:
    """Return a title without the site's name at its end or start."""
    names = {_plain(site), _plain(host.removeprefix("www.").rpartition(".")[0]), _plain(host.removeprefix("www."))} - {""}
    pieces = _SEPARATED.split(title)
    if len(pieces) < 2:
        return title
    for piece, rest in ((pieces[-1], title[: title.rfind(pieces[-1])]), (pieces[0], title[len(pieces[0]) :])):
        if any(_is_site(_plain(piece), name) for name in names):
            return _without_site(rest.strip(" |–—·»«•/-:"), site=site, host=host)
    return title


def _is_site(piece: str, name: str) -> bool:
    return len(piece) > 1 and (piece in name or (name in piece and len(piece) <= 2 * len(name) + 4))


def _without_last(title: str) -> str:
    """Return a document's title without what follows its last separator, as a rule the site's name."""
    last = _SEPARATED.split(title)[-1]
    rest = title[: title.rfind(last)].strip(" |–—·»«•/-:")
    return rest if len(last.split()) <= 4 and len(rest) >= 15 and len(rest) > len(last) else title


def _title(markup: Markup, article: Node, *, site: str, url: str) -> str:
    host = urlsplit(url).hostname or ""
    named = [
        one_line(text) for text in (markup.first("og:title", "twitter:title", "dc.title", "title", "headline"), _without_last(markup.title))
    ]
    headline = first_text(article, "headline", "name")
    heading = _heading(markup, [headline, *named])
    for candidate in (heading, headline, *named):
        if candidate and (title := _without_site(candidate, site=site, host=host)):
            return title
    return next((text for text in markup.headings if text), "")


def _heading(markup: Markup, others: list[str]) -> str:
    """Return the first-level heading that the head knows too; empty if none is the article's."""
    known = [_plain(text) for text in others if text]
    for heading in markup.headings:
        plain = _plain(heading)
        if len(plain) >= 8 and any((plain in text and len(plain) * 2 > len(text)) or (len(text) >= 8 and text in plain) for text in known):
            return heading
    return ""


def _authors(markup: Markup, article: Node, *, site: str) -> tuple[str, ...]:
    sources = (
        list(texts(article.get("author"))),
        [one_line(text) for text in markup.all(*_AUTHOR) if "://" not in text],
        *markup.bylines,
    )
    return next((authors for bylines in sources if (authors := authors_of(bylines, site=site))), ())


def _credit(markup: Markup, article: Node, authors: tuple[str, ...], *, site: str, url: str) -> str:
    said = credit_of(article, publisher=site) or one_line(markup.first("source-organization", "sourceorganization", "dc.source"))
    own = (_plain(site), _plain((urlsplit(url).hostname or "").removeprefix("www.").rpartition(".")[0]))
    is_own = any(name and _is_site(_plain(said), name) for name in own)
    return (said if "://" not in said and not is_own else "") or agency_in(authors)


def _dates(markup: Markup, article: Node, url: str) -> tuple[datetime | None, datetime | None]:
    written = [
        *texts([article.get("datePublished"), article.get("dateCreated"), article.get("uploadDate")]),
        *markup.all(*_PUBLISHED),
        *markup.times,
    ]
    published = next((date for text in written if (date := shown_date(text))), None)
    published = published or date_in_address(url) or next((date for text in markup.shown_dates if (date := shown_date(text))), None)
    changed = [*texts(article.get("dateModified")), *markup.all(*_UPDATED)]
    updated = next((date for text in changed if (date := parse_date(text))), None)
    return published, updated if updated and (published is None or updated > published) else None


def _canonical(markup: Markup, article: Node, url: str) -> str:
    own = urlsplit(url)
    for written in (
        markup.links.get("canonical", ""),
        markup.first("og:url"),
        *texts([article.get("mainEntityOfPage"), article.get("url")], keys=("@id", "url")),
    ):
        try:
            found = urlsplit(address := urljoin(url, written.strip())) if written else None
        except ValueError:
            continue
        if not found or found.scheme not in ("http", "https") or not found.hostname or " " in address:
            continue
        if found.path in ("", "/") and not found.query and own.path not in ("", "/"):  # the front page is nobody's article
            continue
        return address
    return ""


def _language(markup: Markup, article: Node) -> str:
    for text in (
        markup.language,
        first_text(article, "inLanguage", keys=("alternateName", "name", "@value")),
        markup.first("content-language", "dc.language", "og:locale", "language"),
    ):
        if _LANGUAGE.fullmatch(text.strip()):
            return _as_tag(text.strip())
    return ""


def _as_tag(text: str) -> str:
    """Return the tag in its usual form: en-GB, zh-Hant-TW (RFC 5646, 2.1.1)."""
    first, *rest = text.replace("_", "-").split("-")
    return "-".join(
        [first.lower(), *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)]
    )


def read_metadata(markup: Markup, article: Node, *, url: str) -> Metadata:
    """Return what the page says of its article."""
    site = _site(markup, article)
    authors = _authors(markup, article, site=site)
    published, updated = _dates(markup, article, url)
    return Metadata(
        title=_title(markup, article, site=site, url=url),
        authors=authors,
        credit=_credit(markup, article, authors, site=site, url=url),
        canonical=_canonical(markup, article, url),
        language=_language(markup, article),
        published_at=published,
        updated_at=updated,
    )
