"""How the demo's site writes its feeds and pages: RSS, Atom, RDF, JSON Feed, HTML. Plain functions over the story."""

import json
from collections.abc import Callable
from email.utils import format_datetime
from html import escape

from deploy.demo.story import Entry, StoryOutlet

CONTENT_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}


def render_feed(outlet: StoryOutlet, entries: tuple[Entry, ...], *, site: str) -> str:
    """Return an outlet's feed in the outlet's format."""
    return _FORMATS[outlet.feed_format](outlet, entries, f"{site}/{outlet.outlet_id}")


def render_page(outlet: StoryOutlet, entry: Entry) -> str:
    """Return the page of one article."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(entry.title)} - {escape(outlet.outlet.name)}</title>'
        f'<meta property="article:published_time" content="{entry.at.isoformat()}"></head>'
        f"<body><article><h1>{escape(entry.title)}</h1>{_body(entry)}</article></body></html>"
    )


def _body(entry: Entry) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in entry.paragraphs)


def _rss(outlet: StoryOutlet, entries: tuple[Entry, ...], base: str) -> str:
    items = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{base}/{entry.entry_id}</link>"
        f'<guid isPermaLink="true">{base}/{entry.entry_id}</guid><pubDate>{format_datetime(entry.at)}</pubDate>'
        f"<description>{escape(entry.paragraphs[0])}</description>"
        f"<content:encoded>{escape(_body(entry))}</content:encoded></item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(outlet.outlet.name)}</title><link>{base}</link><description>All articles</description>"
        f"<language>en</language>{items}</channel></rss>"
    )


def _atom(outlet: StoryOutlet, entries: tuple[Entry, ...], base: str) -> str:
    items = "".join(
        f'<entry><title>{escape(entry.title)}</title><link rel="alternate" href="{base}/{entry.entry_id}"/>'
        f"<id>{base}/{entry.entry_id}</id><published>{entry.at.isoformat()}</published><updated>{entry.at.isoformat()}</updated>"
        f'<content type="html">{escape(_body(entry))}</content></entry>'
        for entry in entries
    )
    updated = entries[0].at.isoformat() if entries else "2017-06-01T00:00:00+00:00"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f'<title>{escape(outlet.outlet.name)}</title><id>{base}</id><link href="{base}"/><updated>{updated}</updated>{items}</feed>'
    )


def _rdf(outlet: StoryOutlet, entries: tuple[Entry, ...], base: str) -> str:
    links = "".join(f'<rdf:li rdf:resource="{base}/{entry.entry_id}"/>' for entry in entries)
    items = "".join(
        f'<item rdf:about="{base}/{entry.entry_id}"><title>{escape(entry.title)}</title><link>{base}/{entry.entry_id}</link>'
        f"<dc:date>{entry.at.isoformat()}</dc:date><description>{escape(entry.paragraphs[0])}</description>"
        f"<content:encoded>{escape(_body(entry))}</content:encoded></item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f'<channel rdf:about="{base}"><title>{escape(outlet.outlet.name)}</title><link>{base}</link>'
        f"<description>All articles</description><dc:language>en</dc:language><items><rdf:Seq>{links}</rdf:Seq></items></channel>"
        f"{items}</rdf:RDF>"
    )


def _json(outlet: StoryOutlet, entries: tuple[Entry, ...], base: str) -> str:
    items = [
        {
            "id": f"{base}/{entry.entry_id}",
            "url": f"{base}/{entry.entry_id}",
            "title": entry.title,
            "content_html": _body(entry),
            "date_published": entry.at.isoformat(),
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.outlet.name,
        "home_page_url": base,
        "language": "en",
        "items": items,
    }
    return json.dumps(feed)


_FORMATS: dict[str, Callable[[StoryOutlet, tuple[Entry, ...], str], str]] = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}
