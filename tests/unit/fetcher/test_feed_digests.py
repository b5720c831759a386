"""Entries that were read before are not read again (behaviour 26: a poll costs what is new in it)."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.fetcher.adapters.feeds import feed_parser
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.domain.feeds.entries import ParsedFeed

URL = "https://news.example/feeds/all.xml"


def parse(document: str, known: frozenset[str] = frozenset()) -> ParsedFeed:
    return parse_feed(document.encode("utf-8", "surrogatepass"), url=URL, known=known)


def rss(*items: str, between: str = "\n") -> str:
    written = between.join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{written}</channel></rss>'


def atom(*entries: str, between: str = "\n") -> str:
    written = between.join(f'<a:entry xml:lang="en">{entry}</a:entry>' for entry in entries)
    return f'<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="/x/">{written}<a:title>T</a:title></a:feed>'


def rdf(*items: str, between: str = "\n") -> str:
    written = between.join(f'<item rdf:about="u">{item}</item>' for item in items)
    head = '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    return f"{head}<channel><items><rdf:Seq/></items><link>https://other.example/</link></channel>{written}</rdf:RDF>"


def json_feed(*items: str, between: str = "\n") -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": item, "content_html": item} for item in items]})


def sitemap(*items: str, between: str = "\n") -> str:
    written = between.join(f"<url><loc>/{number}</loc><news:news>{item}</news:news></url>" for number, item in enumerate(items))
    return f'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{written}</urlset>'


INSIDE = st.lists(
    st.sampled_from(
        ["<title>A</title>", "<news:title>A</news:title>", "<link>1</link>", "<guid>g</guid>", "text ", "é", "&amp;", "&nbsp;", "<![CDATA[ <item> ]]>", "<![CDATA[</item>]]>",
         "<![CDATA[</item><item>]]>", "<!-- <item> -->", "<!-- </item> -->", "<!-- </item><item> -->", "<!-->-->", "<?x </item><item> ?>", "<?>?>",
         "<item><title>in</title></item>", "<entry/>", "<x:y/>", "<b>", "</b>", "]]>", "<title/>", "<a at=\"]]>\"/>", "<![CDATA[", "<![CDATA[<![CDATA[ ]]>"]
    ),
    max_size=4,
).map("".join)  # fmt: skip
BETWEEN = st.sampled_from(["", "\n", "<!-- <item> -->", "<!--", "-->", "<![CDATA[<item/>]]>", "<item/>", "<entry></entry>", "<items/>"])
FORMS = st.sampled_from([rss, atom, rdf, json_feed, sitemap])


def bare(feed: ParsedFeed) -> ParsedFeed:
    return replace(feed, entries=(), unchanged=(), dropped={})


@settings(deadline=None, max_examples=400)
@given(FORMS, st.lists(INSIDE, min_size=1, max_size=5), BETWEEN, st.data())
def test_what_is_new_is_read_the_same_whether_the_rest_is_known_or_not(
    form: Callable[..., str], items: list[str], between: str, data: st.DataObject
) -> None:
    document = form(*items, between=between)
    try:
        whole = parse(document)
    except feed_parser.FeedError:
        return
    known = data.draw(st.frozensets(st.sampled_from([e.digest for e in whole.entries if e.digest] or ["none"])))

    part = parse(document, known)

    assert part.entries == tuple(entry for entry in whole.entries if entry.digest not in known)
    assert part.unchanged == tuple(entry.digest for entry in whole.entries if entry.digest in known)
    assert part.dropped == whole.dropped
    assert bare(part) == bare(whole)


@pytest.mark.parametrize("form", [rss, atom, rdf, json_feed])
def test_an_entry_that_changed_is_read_and_the_others_are_not(form: Callable[..., str]) -> None:
    first = parse(form("<title>A</title>", "<title>B</title>", "<title>C</title>"))
    known = frozenset(entry.digest for entry in first.entries)
    assert len(known) == 3

    second = parse(form("<title>new</title>", "<title>A</title>", "<title>B, corrected</title>", "<title>C</title>"), known)

    assert [entry.title or entry.guid for entry in second.entries] in (
        ["new", "B, corrected"],
        ["<title>new</title>", "<title>B, corrected</title>"],
    )
    assert second.unchanged == (first.entries[0].digest, first.entries[2].digest)


def test_a_document_of_known_entries_is_read_without_looking_into_them(monkeypatch: pytest.MonkeyPatch) -> None:
    document = rss("<title>A</title>", "<title>B</title>")
    known = frozenset(entry.digest for entry in parse(document).entries)
    monkeypatch.setattr("services.fetcher.adapters.feeds.feed_xml.html_to_text", None)

    assert len(parse(document, known).unchanged) == 2


UNCERTAIN = {
    "an entry tag within CDATA": rss("<title>A</title><description><![CDATA[</item><item>]]></description>"),
    "an entry within a comment": rss("<title>A</title>", between="").replace("</channel>", "<!-- <item>old</item> --></channel>"),
    "nested entries": rss("<title>A</title><item><title>B</title></item>"),
    "an empty entry": rss("<title>A</title>").replace("</channel>", "<item/></channel>"),
    "entries of two names": rss("<title>A</title>").replace("</channel>", "<entry><title>B</title></entry></channel>"),
    "a blank in the end tag": rss("<title>A</title>").replace("</item>", "</item >"),
    "broken XML": rss("<title>A</title><b>"),
}


@pytest.mark.parametrize("document", UNCERTAIN.values(), ids=UNCERTAIN.keys())
def test_where_an_entry_cannot_be_told_apart_for_certain_it_has_no_digest(document: str) -> None:
    assert {entry.digest for entry in parse(document).entries} == {""}


def test_the_roots_namespaces_and_language_are_part_of_a_digest_and_what_changes_with_each_poll_is_not() -> None:
    document = rss("<title>A</title>")
    [first] = parse(document).entries

    assert parse(document.replace("<title>T", "<lastBuildDate>x</lastBuildDate><title>T")).entries == (first,)
    assert parse(document.replace("<rss ", '<rss xml:lang="fr" ')).entries[0].digest != first.digest


@pytest.mark.parametrize("form", [rss, json_feed])
def test_entries_beyond_the_most_that_is_read_are_counted_with_and_without_known_ones(
    form: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("feed_elements", "feed_slices", "feed_json"):
        monkeypatch.setattr(f"services.fetcher.adapters.feeds.{module}.MAX_ENTRIES", 3)
    document = form(*(f"<title>{number}</title>" for number in range(5)))
    whole = parse(document)

    part = parse(document, frozenset(entry.digest for entry in whole.entries[:2]))

    assert (len(whole.entries), whole.dropped) == (3, {"too_many": 2})
    assert (part.entries, len(part.unchanged), part.dropped) == (whole.entries[2:], 2, {"too_many": 2})
