"""Ours and others' extractors under one signature. Those that are not installed are left out, and it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Found:
    """What an extractor read from a page."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    day: date | None = None


Extract = Callable[[bytes, str], Found]


def _ours() -> Extract:
    from services.fetcher.adapters.pages.reader import read_page

    def extract(body: bytes, url: str) -> Found:
        page = read_page(body, url=url)
        return Found(page.text, page.title, page.authors, page.published_at.date() if page.published_at else None)

    return extract


def _trafilatura(**options: Any) -> Callable[[], Extract]:
    def load() -> Extract:
        import trafilatura

        def extract(body: bytes, url: str) -> Found:
            read = trafilatura.bare_extraction(body, url=url, with_metadata=True, include_comments=False, **options)
            if read is None:
                return Found()
            day = date.fromisoformat(read.date[:10]) if read.date else None
            return Found(read.text or "", read.title or "", tuple((read.author or "").split("; ")), day)

        return extract

    return load


def _rs_trafilatura() -> Extract:
    import rs_trafilatura

    def extract(body: bytes, url: str) -> Found:
        read = rs_trafilatura.extract(body.decode("utf-8", "replace"), url=url)
        day = date.fromisoformat(read.date[:10]) if read.date else None
        return Found(read.main_content or "", read.title or "", tuple((read.author or "").split("; ")), day)

    return extract


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(body: bytes, url: str) -> Found:
        tree = HTMLTree.parse_from_bytes(body, detect_encoding(body))
        return Found(extract_plain_text(tree, main_content=True, alt_texts=False, links=False), tree.title or "")

    return extract


def _readability() -> Extract:
    from lxml import html
    from readability import Document

    def extract(body: bytes, url: str) -> Found:
        document = Document(body)
        return Found("\n".join(html.fromstring(document.summary()).itertext()), document.short_title() or "")

    return extract


def _newspaper() -> Extract:
    import newspaper

    def extract(body: bytes, url: str) -> Found:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        day = article.publish_date.date() if hasattr(article.publish_date, "date") else None
        return Found(article.text or "", article.title or "", tuple(article.authors), day)

    return extract


CONTENDERS: dict[str, Callable[[], Extract]] = {
    "claimwatch": _ours,
    "trafilatura": _trafilatura(),
    "trafilatura fast": _trafilatura(fast=True),
    "rs-trafilatura": _rs_trafilatura,
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
}
