"""Whatever comes in through a parser's door is read or refused with a reason, within two seconds (behaviour 30)."""

import gzip
import json
from datetime import UTC, timedelta
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.adapters.feeds.feed_text import decode, mended, without_prolog
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import ParsedFeed
from services.fetcher.domain.feeds.text import html_to_text, one_line, plain_text

URL = "https://news.example/feeds/all.xml"
DEADLINE = timedelta(seconds=2)
fuzz = settings(deadline=DEADLINE, max_examples=150)

ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-be",
    "utf-32",
    "iso-8859-1",
    "windows-1252",
    "koi8-r",
    "shift_jis",
    "gb18030",
    "big5",
    "us-ascii",
]
LABELS = st.sampled_from([*ENCODINGS, "x-klingon", "hex", "rot13", "zip", "utf-7", "idna", "punycode", "unicode_escape", "", "utf8\0", "é"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=30)
PIECES = st.sampled_from(
    ["<", ">", "&", "&amp;", "&nbsp;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<item>", "</item>", "<entry xmlns='u'/>",
     "<channel>", "</rss>", "<!DOCTYPE rss [", "]>", "\x00", "\ufeff", "\ud800", "<title type='xhtml'>", "<link href='//[/'>", "xml:base='http://['",
     "<pubDate>9999999999999</pubDate>", "<ttl>-1</ttl>", "<skipHours><hour>x</hour></skipHours>", "<guid isPermaLink=''>/</guid>", "<url><loc>"]
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A sound document in any form, with whatever in its fields."""
    form = draw(st.sampled_from(["rss", "rdf", "atom", "sitemap", "json"]))
    words = [draw(WORDS) for _ in range(4)]
    if form == "json":
        return json.dumps({"items": [{"id": words[0], "title": words[1], "content_html": words[2], "url": words[3]}] * 2})
    title, text, link, name = (f"<![CDATA[{w.replace(']]>', '')}]]>" if draw(st.booleans()) else escape(w) for w in words)
    inside = f"<title>{title}</title><link href={quoteattr(words[2])}>{link}</link><description>{text}</description><author>{name}</author>"
    if form == "sitemap":
        return f"<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>{link}</loc><n:news><n:title>{title}</n:title></n:news></url></urlset>"
    if form == "atom":
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title><entry>{inside}</entry><entry>{inside}</entry></feed>'
    item = f"<item>{inside}<pubDate>{draw(st.sampled_from(['Thu, 22 Jun 2017 12:00:00 GMT', 'x']))}</pubDate></item>"
    if form == "rdf":
        return f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{item}{item}</rdf:RDF>'
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{item}{item}</channel></rss>'


def survives(body: bytes, content_type: str = "") -> ParsedFeed | None:
    """Return what was read; None if it was refused. Anything else that is raised fails the test."""
    try:
        return parse_feed(body, url=URL, content_type=content_type, known=frozenset({"0123456789abcdef"}))
    except FeedError as error:
        assert error.detail  # noqa: PT017  # a refusal is one of two right ends
        return None


@fuzz
@given(documents())
def test_a_sound_document_gives_all_its_entries(document: str) -> None:
    feed = survives(document.encode())

    assert feed is not None
    assert len(feed.entries) + sum(feed.dropped.values()) in (1, 2)
    for entry in feed.entries:
        json.dumps([entry.title, entry.summary, entry.content, entry.authors, entry.credit]).encode()
        assert entry.link == "" or entry.link.startswith("http")


@fuzz
@given(documents(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES | st.text(max_size=5)), max_size=6))
def test_pieces_put_in_and_cut_out_anywhere_are_survived(document: str, cuts: list[tuple[float, int, str]]) -> None:
    for place, length, piece in cuts:
        at = int(place * len(document))
        document = document[:at] + piece + document[at + length :]

    survives(document.encode("utf-8", "surrogatepass"))


@fuzz
@given(documents(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7)), max_size=8), st.floats(0, 1), st.booleans())
def test_flipped_bits_and_a_lost_end_are_survived(document: str, flips: list[tuple[float, int]], end: float, is_packed: bool) -> None:
    body = bytearray(gzip.compress(document.encode()) if is_packed else document.encode())
    for place, bit in flips:
        body[min(len(body) - 1, int(place * len(body)))] ^= 1 << bit

    survives(bytes(body))
    survives(bytes(body[: int(end * len(body))]))


@fuzz
@given(documents(), st.sampled_from(ENCODINGS), LABELS, LABELS)
def test_any_encoding_under_any_name_is_survived(document: str, encoding: str, declared: str, header: str) -> None:
    document = document.replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)

    feed = survives(document.encode(encoding, "replace"), f"text/xml; charset={header}")

    assert feed is None or feed.form in ("rss", "rdf", "atom", "sitemap", "json") or feed.form


@fuzz
@given(st.binary(max_size=500), LABELS)
def test_any_bytes_are_text(body: bytes, header: str) -> None:
    text = decode(body, f"text/xml; charset={header}")
    without_prolog(mended(text)).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(["id", "url", "title", "authors", "name", "type"]) | st.text(max_size=5), inside, max_size=4),
    max_leaves=12,
)  # fmt: skip
ITEM_KEYS = [
    "id",
    "url",
    "external_url",
    "title",
    "summary",
    "content_html",
    "content_text",
    "authors",
    "author",
    "language",
    "date_published",
]


@fuzz
@given(st.lists(st.dictionaries(st.sampled_from(ITEM_KEYS), JSON, max_size=6) | JSON, max_size=4), JSON, JSON)
def test_json_of_any_shape_is_read_and_every_item_accounted_for(items: list[object], hubs: object, title: object) -> None:
    feed = survives(json.dumps({"items": items, "hubs": hubs, "title": title, "language": title, "feed_url": hubs}).encode())

    assert feed is not None
    assert len(feed.entries) + sum(feed.dropped.values()) == len(items)


@fuzz
@given(st.from_regex(r"(\w{3}, )?\d{1,5}[-/ .]?(\w{2,4}|\d+)[-/ .]?\d{1,5}[T ]?(\d{1,3}:?){0,4}[.,]?\d{0,9} ?([+-]\d{1,6}|[A-Z]{1,5})?"))
def test_what_looks_like_a_date_is_one_or_none(text: str) -> None:
    found = parse_date(text)

    assert found is None or found.tzinfo is UTC


@fuzz
@given(
    st.lists(
        PIECES | st.text(max_size=8) | st.sampled_from(["<p>", "<table>", "<td>", "</div>", "<script>", "<svg>", "<a href='", "<br"])
    ).map("".join)
)
def test_any_markup_is_text_fit_to_be_sent(markup: str) -> None:
    for found in (html_to_text(markup), one_line(markup), plain_text(markup)):
        found.encode()
        assert found == found.strip()
        assert not set("\x00\x1d\x1e") & set(found)
