# a document is easier to read on one line
"""Documents in every format, sound and broken. Texts are our own."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.words import PollReason
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.domain.feeds.entries import Entry, ParsedFeed

URL = "https://news.example/feeds/all.xml"
NOON = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)


def parse(document: str | bytes, content_type: str = "") -> ParsedFeed:
    return parse_feed(document.encode() if isinstance(document, str) else document, url=URL, content_type=content_type)


def only(document: str | bytes, content_type: str = "") -> Entry:
    [entry] = parse(document, content_type).entries
    return entry


def rss(item: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel><title>T</title>{head}<item>{item}</item></channel></rss>'


NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:x="http://elsewhere.example/rss-extension"'
)
FULL_ENTRY = Entry(
    guid="g-1", link="https://news.example/1", title="Leader killed & buried", summary="In short.", content="First.\n\nSecond.", credit="CPA",
    authors=("Ann Author",), language="", published_at=NOON, updated_at=None,
)  # fmt: skip
RSS2 = rss(
    "<title>Leader killed &amp; buried</title><link>https://news.example/1</link><guid isPermaLink='false'>g-1</guid><description>In short.</description>"
    "<content:encoded><![CDATA[<p>First.</p><p>Second.</p>]]></content:encoded><source url='https://cpa.example/'>CPA</source>"
    "<dc:creator>Ann Author</dc:creator><pubDate>Thu, 22 Jun 2017 12:00:00 GMT</pubDate>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>g-1</id><title type="html">Leader killed &amp;amp; buried</title>
<link rel="self" href="https://news.example/1.atom"/><link rel="enclosure" href="https://news.example/1.mp3"/><link href="https://news.example/1"/>
<summary>In short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content>
<author><name>Ann Author</name></author><source><id>s</id><title>CPA</title></source><published>2017-06-22T12:00:00Z</published></entry></feed>"""
ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><id>g-1</id><title>Leader killed &amp; buried</title>
<link rel="alternate" type="text/html" href="https://news.example/1"/><summary type="text/plain">In short.</summary>
<content type="text/html" mode="escaped">&lt;p>First.&lt;/p>&lt;p>Second.&lt;/p></content><author><name>Ann Author</name></author>
<source><title>CPA</title></source><issued>2017-06-22T14:00:00+02:00</issued></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://news.example/"><title>T</title></channel>
<item rdf:about="g-1"><title>Leader killed &amp; buried</title><link>https://news.example/1</link><description>In short.</description>
<content:encoded>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content:encoded><dc:source>CPA</dc:source><dc:creator>Ann Author</dc:creator>
<dc:date>2017-06-22T12:00Z</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("document", [RSS2, ATOM, ATOM03, RDF], ids=["rss 2.0", "atom 1.0", "atom 0.3", "rdf"])
def test_every_xml_format_gives_the_same_entry(document: str) -> None:
    assert replace(only(document), digest="") == FULL_ENTRY


def test_json_feed_gives_its_entries_and_counts_what_is_none() -> None:
    item = {"id": 7, "url": "/1", "title": "Leader killed", "summary": "In short.", "content_html": "<p>First.</p><p>Second.</p>",
            "authors": [{"name": "Ann Author"}, {}], "date_published": "2017-06-22T12:00:00Z", "language": "en-GB"}  # fmt: skip
    feed = parse(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "T",
                "items": [item, "odd", None, {"id": "2", "content_text": "a\n\nb"}],
            }
        )
    )

    assert feed.form == "json"
    assert replace(feed.entries[0], digest="") == Entry(
        "7", "https://news.example/1", "Leader killed", "In short.", "First.\n\nSecond.", "", ("Ann Author",), "en-GB", NOON
    )
    assert feed.entries[1].content == "a\n\nb"
    assert feed.dropped == {"unreadable": 2}


ITEMS = {
    "only a description is the summary": ("<description>Text.</description>", {"summary": "Text.", "content": ""}),
    "only content is the body": ("<content:encoded>Text.</content:encoded>", {"summary": "", "content": "Text."}),
    "the same text twice is the body": ("<description>Text.</description><content:encoded>&lt;p>Text.&lt;/p></content:encoded>", {"summary": "", "content": "Text."}),
    "a permalink is the link": ("<guid>https://news.example/p</guid>", {"link": "https://news.example/p"}),
    "a guid that is no permalink is not": ("<guid isPermaLink='false'>https://news.example/p</guid>", {"link": ""}),
    "a relative link": ("<link>/a/1</link>", {"link": "https://news.example/a/1"}),
    "an atom link": ("<atom:link rel='self' href='/self'/><atom:link href='/a'/>", {"link": "https://news.example/a"}),
    "the address before the proxy": ("<link>https://proxy.example/1</link><feedburner:origLink>https://news.example/1</feedburner:origLink>", {"link": "https://news.example/1"}),
    "a link in CDATA": ("<link><![CDATA[ https://news.example/1 ]]></link>", {"link": "https://news.example/1"}),
    "no date": ("<title>x</title>", {"published_at": None}),
    "a date that is none": ("<pubDate>yesterday</pubDate>", {"published_at": None}),
    "author before mail": ("<dc:creator>Ann Author (ann@news.example)</dc:creator>", {"authors": ("Ann Author",)}),
    "author with mail": ("<author>ann@news.example (Ann Author)</author>", {"authors": ("Ann Author",)}),
    "a source without a name is known by its site": ("<source url='https://www.cpa.example/rss'/>", {"credit": "cpa.example"}),
    "a photographer is no credit": ("<media:credit>Pic Agency</media:credit>", {"credit": ""}),
    "text of a video": ("<media:group><media:description>Said.</media:description></media:group>", {"summary": "Said."}),
    "unescaped markup": ("<description><p>One</p><p>Two</p></description>", {"summary": "One\n\nTwo"}),
    "an extension's element of the same name": ("<x:description>wrong</x:description><description>right</description>", {"summary": "right"}),
    "markup in a title": ("<title>&lt;i&gt;Leader&lt;/i&gt; killed</title>", {"title": "Leader killed"}),
    "language": ("<dc:language>en_GB</dc:language>", {"language": "en-GB"}),
}  # fmt: skip


@pytest.mark.parametrize(("item", "expected"), ITEMS.values(), ids=ITEMS.keys())
def test_an_item_of_rss_is_read(item: str, expected: dict[str, object]) -> None:
    entry = only(rss(item))

    assert {name: getattr(entry, name) for name in expected} == expected


def test_relative_links_of_rss_go_by_the_channels_link_and_of_atom_by_xml_base() -> None:
    head = "<link>https://site.example/news/</link>"
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/"><entry xml:base="y/"><title>t</title><link href="1"/></entry></feed>'

    assert only(rss("<link>1</link>", head)).link == "https://site.example/news/1"
    assert only(atom).link == "https://base.example/x/y/1"


BASE64 = {
    "text of Atom 0.3": ("<title mode='base64' type='text/html'>QSAmYW1wOyA8Yj5CPC9iPg==</title>", "A & B"),
    "bytes that are text": ("<title type='application/octet-stream'>\n QSAmYW1wOyA8Yj5CPC9iPg== \n</title>", "A & B"),
    "bytes that are none": ("<title type='application/octet-stream'>/9j/4AAQ</title>", ""),
    "no base64": ("<title mode='base64'>!</title>", ""),
}


@pytest.mark.parametrize(("title", "expected"), BASE64.values(), ids=BASE64.keys())
def test_text_in_base64_is_read(title: str, expected: str) -> None:
    assert only(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>{title}</entry></feed>').title == expected


TITLE = "Café – Zürich €"
ENCODED = {
    "utf-8": (lambda d: d.encode(), ""),
    "utf-8 with BOM": (lambda d: b"\xef\xbb\xbf" + d.encode(), ""),
    "utf-16 with BOM": (lambda d: d.encode("utf-16"), ""),
    "utf-16-be without BOM": (lambda d: d.encode("utf-16-be"), ""),
    "utf-32 with BOM": (lambda d: d.encode("utf-32"), ""),
    "utf-32-be without BOM": (lambda d: d.encode("utf-32-be"), ""),
    "a codec of Python": (lambda d: d.encode(), "text/xml; charset=unicode_escape"),
    "declared windows-1252": (lambda d: d.replace('"1.0"', '"1.0" encoding="windows-1252"').encode("cp1252"), ""),
    "windows-1252 called latin-1": (lambda d: d.replace('"1.0"', '"1.0" encoding="iso-8859-1"').encode("cp1252"), ""),
    "windows-1252 by header": (lambda d: d.encode("cp1252"), "text/xml; charset=windows-1252"),
    "header says utf-8, bytes do not": (lambda d: d.encode("cp1252"), "text/xml; charset=utf-8"),
    "header says latin-1, bytes are utf-8": (lambda d: d.encode(), "text/xml; charset=iso-8859-1"),
    "declaration says utf-16, bytes are utf-8": (lambda d: d.replace('"1.0"', '"1.0" encoding="utf-16"').encode(), ""),
    "an encoding that does not exist": (lambda d: d.replace('"1.0"', '"1.0" encoding="x-klingon"').encode(), "text/xml; charset=klingon"),
    "a codec that is no charset": (lambda d: d.encode(), "text/xml; charset=hex"),
    "gzip file": (lambda d: gzip.compress(d.encode()), "application/octet-stream"),
    "leading blank lines": (lambda d: b"\n\n  " + d.encode(), ""),
    "NULs and controls": (lambda d: d.replace("Caf", "\x00\x08Caf").encode(), ""),
}


@pytest.mark.parametrize(("encode", "content_type"), ENCODED.values(), ids=ENCODED.keys())
def test_a_title_is_read_in_any_encoding(encode: object, content_type: str) -> None:
    assert only(encode(rss(f"<title>{TITLE}</title>")), content_type).title == TITLE  # type: ignore[operator]


BROKEN = {
    "undefined entities": (rss("<title>A&nbsp;B &eacute; &copy;</title>"), "A B é ©"),
    "bare ampersand": (rss("<title>A & B &c</title>"), "A & B &c"),
    "upper-case hex": (rss("<title>&#X41;</title>"), "A"),
    "undeclared prefix": (rss("<y:odd>1</y:odd><title>A</title>"), "A"),
    "unclosed end": (rss("<title>A</title>").removesuffix("</item></channel></rss>"), "A"),
    "cut in a tag": (rss("<title>A</title><desc")[: -len("</item></channel></rss>")], "A"),
    "mismatched tags inside": (rss("<title>A</title><description><p>one<b>two</p></description>"), "A"),
    "document type with a subset": (
        '<!DOCTYPE rss [<!ENTITY x "y">]>' + rss("<title>A</title>").removeprefix('<?xml version="1.0"?>'),
        "A",
    ),
    "a document type that is never closed": ("<!DOCTYPE rss [ " + rss("<title>A</title>").removeprefix('<?xml version="1.0"?>'), "A"),
    "text behind the end": (rss("<title>A</title>") + "<!-- served in 0.1 s --> trailing", "A"),
}


@pytest.mark.parametrize(("document", "title"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_document_gives_what_can_be_read(document: str, title: str) -> None:
    assert [entry.title for entry in parse(document).entries] == [title]


def test_entries_before_a_break_are_kept_and_the_rest_is_counted() -> None:
    items = "".join(f"<item><title>Story {number}</title></item>" for number in range(5))
    feed = parse(f"<rss><channel>{items}<item><title>Story 5</title></channel></rss><<<<")

    assert len(feed.entries) + sum(feed.dropped.values()) >= 6
    assert len(feed.entries) >= 5


def test_a_broken_entry_spoils_no_other_and_is_read_as_far_as_it_goes() -> None:
    items = "".join(f"<item><title>Story {n}</title><link>/{n}</link></item>" for n in range(2000))
    broken = (
        items.replace("<title>Story 7<", "<title>Story <b <").replace("Story 9</title>", "Story 9</tit").replace("Story 11<", "S </item> <")
    )
    feed = parse(f'<?xml version="1.0"?><rss><channel><title>T</title>{broken}')

    assert feed.title == "T"
    assert len(feed.entries) == 2000
    assert {f"Story {n}" for n in range(2000)} - {entry.title for entry in feed.entries} <= {"Story 7", "Story 9", "Story 11"}
    assert feed.dropped == {}


REFUSED = {
    "nothing": (b"", PollReason.EMPTY),
    "blanks and NULs": (b" \n\x00\xef\xbb\xbf ", PollReason.EMPTY),
    "html": (b"<!DOCTYPE html><html><body><item>x</item></body></html>", PollReason.NOT_A_FEED),
    "html after comments": (b"<!-- a --><!-- b -->\n<HTML lang=en>", PollReason.NOT_A_FEED),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', PollReason.NOT_A_FEED),
    "text": (b"Too many requests", PollReason.NOT_A_FEED),
    "json of another sort": (b'{"error": "no"}', PollReason.NOT_A_FEED),
    "a list of json": (b"[1, 2]", PollReason.NOT_A_FEED),
    "broken json": (b'{"version": "https://jsonfeed.org', PollReason.PARSE_ERROR),
    "deep json": (b'{"items":' * 100_000, PollReason.PARSE_ERROR),
    "broken xml": (b"<rss<<<<", PollReason.PARSE_ERROR),
    "a document type without end": (b"<!DOCTYPE x [ <item>", PollReason.PARSE_ERROR),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), PollReason.NOT_A_FEED),
    "broken gzip": (gzip.compress(RSS2.encode())[:-20], PollReason.BAD_ENCODING),
    "a gzip bomb": (gzip.compress(b"\0" * 20_000_000), PollReason.TOO_LARGE),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_feed_is_refused_with_its_reason(body: bytes, reason: PollReason) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert caught.value.reason is reason
    assert caught.value.detail


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse("<rss><channel><title>Quiet</title></channel></rss>").entries == ()


def test_billion_laughs_and_external_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">'
        '<!ENTITY % ext SYSTEM "http://127.0.0.1:1/x.dtd"> %ext;]>'
        "<rss><channel><item><title>A &l11; &file;</title></item></channel></rss>"
    )

    assert only(document).title == "A &l11; &file;"


def test_deleted_entries_are_read_with_their_notice() -> None:
    feed = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>T</title>'
        '<at:deleted-entry ref="https://news.example/1" when="2017-06-22T12:00:00Z"><at:comment>Published in error.</at:comment>'
        '<link href="https://news.example/one"/></at:deleted-entry></feed>'
    )

    [deleted] = feed.deleted
    assert (deleted.ref, deleted.link, deleted.deleted_at, deleted.notice) == (
        "https://news.example/1",
        "https://news.example/one",
        NOON,
        "Published in error.",
    )


def test_a_document_of_another_dialect_goes_to_the_fallback() -> None:
    cdf = '<CHANNEL HREF="https://news.example/"><TITLE>T</TITLE><ITEM HREF="/1"><TITLE>Leader killed</TITLE><ABSTRACT>Text.</ABSTRACT></ITEM></CHANNEL>'

    assert (only(cdf).title, only(cdf).summary) == ("Leader killed", "Text.")


def survives(body: bytes) -> None:
    try:
        parse(body)
    except FeedError as error:
        assert error.reason in PollReason  # noqa: PT017  # both ends are right; nothing else may be raised


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    survives(body)


SOUND = [RSS2.encode(), ATOM.encode(), RDF.encode(), ATOM03.encode("utf-16"), b'{"items": [{"id": "1", "title": "x"}]}']


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SOUND), st.integers(0, 1500), st.integers(0, 40), st.binary(max_size=20))
def test_any_damage_to_a_sound_feed_is_survived(body: bytes, start: int, length: int, splinter: bytes) -> None:
    survives(body[:start] + splinter + body[start + length :])


@pytest.mark.parametrize("opening", ["<a>", "<!--", "<![CDATA[", "&lt;", "<!DOCTYPE [", "<!---->", "<?x?>", "<item>"])
def test_endless_repetition_takes_no_time(opening: str) -> None:
    import time

    began = time.perf_counter()
    survives(f"<rss><channel><item><title>{opening * 20_000}".encode())
    survives((opening * 20_000).encode())

    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55296;", "&#xDFFF", "&#0;", "&#x110000;", "&#xFFFE;", "&#99999999;"])
@pytest.mark.parametrize("document", ["<title>a{}b</title>", "<{}title>ab</title>", "<title t='{}'>ab</title>", "{}<title>ab</title>"])
def test_a_reference_to_no_character_stops_nothing(reference: str, document: str) -> None:
    body = f"<rss><channel><item>{document.format(reference)}<link>https://news.example/1</link></item></channel></rss>"
    broken = body.replace("<channel>", "<channel><a>").replace("<rss>", f"<rss>{reference}")

    for text in (body, broken):
        feed = parse_feed(text.encode(), url="https://news.example/feed")
        assert len(feed.entries) + sum(feed.dropped.values()) == 1
        for entry in feed.entries:
            entry.title.encode()  # half a surrogate pair cannot be
