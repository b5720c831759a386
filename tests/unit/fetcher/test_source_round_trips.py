"""What a source says survives the way through a file, and no file breaks the reader."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.feeds_source import FeedSource, Outlet
from schemas.words import OutletKind, PageUse
from services.fetcher.adapters.sources.opml import feed_id_of, read_opml, write_opml
from services.fetcher.adapters.sources.source_files import look_at_sources
from services.fetcher.adapters.sources.source_mistakes import Mistake, SourceFileError
from services.fetcher.adapters.sources.source_yaml import read_yaml, write_yaml

TEXT = st.text(max_size=20)
NAMES = st.lists(st.sampled_from(["World", "World/Asia", "a/b/c", "UI / UX", "/", " x ", "&<\"'>", "نور", "\x01"]) | TEXT, max_size=3).map(
    tuple
)
SECONDS = st.floats(min_value=0.001, max_value=1e9)
URLS = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.example", "www.a.example", "münchen.example", "[2001:db8::1]:8080", "b.example:81"]),
    st.text(max_size=15),
)
OUTLETS = st.builds(
    Outlet,
    name=st.text(min_size=1, max_size=20),
    domain=TEXT | st.sampled_from(["a.example", "b.example/world"]),
    family=TEXT,
    kind=st.sampled_from(OutletKind),
    country=TEXT,
    aliases=NAMES,
    owner=TEXT,
    state=TEXT,
    interests=NAMES,
    language=TEXT,
)
SOURCES = st.lists(
    st.builds(
        FeedSource,
        feed_id=st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True),
        url=URLS,
        outlet=OUTLETS,
        poll_interval_s=SECONDS,
        max_poll_interval_s=st.none() | SECONDS,
        tags=NAMES,
        group=TEXT,
        pages=st.sampled_from(PageUse),
        robots=st.booleans(),
        websub=st.booleans(),
        quiet_after_s=st.none() | SECONDS,
        paused=st.booleans(),
        backfill=st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda source: source.feed_id,
)


def by_id(sources: tuple[FeedSource, ...] | list[FeedSource]) -> dict[str, FeedSource]:
    return {source.feed_id: source for source in sources}


@given(SOURCES)
def test_yaml_gives_the_same_sources_again(sources: list[FeedSource]) -> None:
    found = read_yaml(write_yaml(sources).encode())

    assert found.mistakes == ()
    assert list(found.sources) == sources


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SOURCES)
def test_opml_gives_the_same_sources_again(sources: list[FeedSource]) -> None:
    found = read_opml(write_opml(sources))

    assert (found.mistakes, found.mended) == ((), ())
    assert by_id(found.sources) == by_id(sources)


def test_every_field_of_a_source_is_in_the_round_trip() -> None:
    """A field that is added to the schema belongs into the strategies above."""
    assert (len(FeedSource.model_fields), len(Outlet.model_fields)) == (13, 10)


def test_other_readers_find_title_address_site_and_folders() -> None:
    outlet = Outlet(name="Albion & Co", domain="albion.example")
    url = "https://albion.example/rss"
    source = FeedSource(feed_id=feed_id_of(url), url=url, outlet=outlet, tags=("World/Asia",))  # type: ignore[arg-type]
    written = write_opml([source]).decode()

    assert '<outline text="World" title="World">\n      <outline text="Asia" title="Asia">' in written
    assert (
        'text="Albion &amp; Co" title="Albion &amp; Co" xmlUrl="https://albion.example/rss" htmlUrl="https://albion.example/"/>' in written
    )


OUTLINE = '<outline type="rss" text="A" xmlUrl="https://a.example/rss"/>'
LISTS = {
    "bare ampersands": (
        '<outline text="Q&A & more" xmlUrl="https://a.example/rss?a=1&b=2"/>',
        "Q&A & more",
        "https://a.example/rss?a=1&b=2",
    ),
    "names of HTML": ('<outline text="Caf&eacute;&nbsp;A" xmlUrl="https://a.example/rss"/>', "Café\xa0A", "https://a.example/rss"),
    "quotation marks in the title": (
        '<outline text="The "A" Times" title="The "A" Times" type="rss" xmlUrl="https://a.example/rss"/>',
        'The "A" Times',
        "https://a.example/rss",
    ),
    "HTML in the description": (
        '<outline text="A" description="<p>All <a href="x" class="y">about</a></p><p>A</p>" xmlUrl="https://a.example/rss"></outline>',
        "A",
        "https://a.example/rss",
    ),
    "an attribute twice": ('<outline text="A" text="B" xmlUrl="https://a.example/rss"/>', "A", "https://a.example/rss"),
    "no text": ('<outline xmlUrl="https://www.a.example/rss"/>', "a.example", "https://www.a.example/rss"),
    "capitals": ('<OUTLINE TEXT="A" XMLURL="https://a.example/rss"/>', "A", "https://a.example/rss"),
    "spaces around the address": ('<outline text="A" xmlUrl="\n https://a.example/rss "/>', "A", "https://a.example/rss"),
    "single quotes": ("<outline text='A's & B's' xmlUrl='https://a.example/rss' />", "A's & B's", "https://a.example/rss"),
    "a comment": (f'<!-- <outline text="Old & gone" xmlUrl="https://o.example/"/> -->{OUTLINE}', "A", "https://a.example/rss"),
}


@pytest.mark.parametrize(("outline", "name", "url"), LISTS.values(), ids=LISTS.keys())
def test_a_list_as_people_have_it_is_read(outline: str, name: str, url: str) -> None:
    found = read_opml(f"<opml version='1.0'><head><title>x</title></head><body>\n{outline}\n</body></opml>".encode())

    assert found.mistakes == ()
    (source,) = found.sources
    assert (source.outlet.name, str(source.url)) == (name, url)


ENCODINGS = {
    "a byte order mark": ("utf-8-sig", ""),
    "UTF-16": ("utf-16", "<?xml version='1.0' encoding='UTF-16'?>"),
    "Latin-1 that says so": ("latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?>"),
    "Latin-1 that says UTF-8": ("latin-1", "<?xml version='1.0' encoding='UTF-8'?>"),
    "UTF-8 that says Latin-1": ("utf-8", "<?xml version='1.0' encoding='ISO-8859-1'?>"),
}


@pytest.mark.parametrize(("encoding", "declaration"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_list_in_another_encoding_is_read(encoding: str, declaration: str) -> None:
    found = look_at_sources(f"{declaration}<opml><body>{OUTLINE.replace('A', 'Zürich', 1)}</body></opml>".encode(encoding))

    assert [source.outlet.name for source in found.sources] == ["Zürich"]


def test_folders_and_categories_are_tags_and_a_feed_in_several_folders_has_all() -> None:
    found = read_opml(
        f"""<opml><body><outline text="World"><outline text="Asia" title="Far East">{OUTLINE}</outline></outline>
        <outline text="Daily">{OUTLINE.replace("/>", ' category="/Big/Old,good"/>')}</outline></body></opml>""".encode()
    )

    assert [source.tags for source in found.sources] == [("World/Far East", "Daily", "Big/Old", "good")]


def test_addresses_that_differ_only_in_scheme_or_www_are_two_feeds() -> None:
    urls = ["https://a.example/rss", "http://a.example/rss", "https://www.a.example/rss"]
    found = read_opml("<opml><body>{}</body></opml>".format("".join(f'<outline text="A" xmlUrl="{url}"/>' for url in urls)).encode())

    assert [str(source.url) for source in found.sources] == urls
    assert len(by_id(found.sources)) == 3


def test_a_list_that_is_cut_short_is_a_mistake_and_its_beginning_is_read() -> None:
    found = read_opml(f"<opml><body>{OUTLINE}\n{OUTLINE.replace('a.example', 'b.example')}\n<outline text=".encode())

    assert [mistake.place for mistake in found.mistakes] == ["line 3"]
    assert len(found.sources) == 2


def test_a_mended_list_says_where_it_was_broken() -> None:
    found = read_opml(f"<?xml version='1.0'?>\n\n<opml><body>{OUTLINE}\n{OUTLINE.replace('rss', 'rss?a&b', 2)}</body></opml>".encode())

    assert [mistake.place for mistake in found.mended] == ["line 4"]
    assert found.mistakes == ()


def mistakes_in(content: bytes) -> list[Mistake]:
    try:
        return list(look_at_sources(content).mistakes)
    except SourceFileError as error:
        return error.mistakes


BITS = [
    "<opml>",
    "</opml>",
    "<body>",
    "<outline ",
    "/>",
    ">",
    "<",
    'text="',
    "xmlUrl='",
    '"',
    "'",
    "&",
    "&nbsp;",
    "https://a.example/",
    "http://[",
    "<!--",
    "-->",
]
BITS += [
    "<!DOCTYPE opml [",
    "]>",
    "\0",
    "\ufffe",
    "feeds:",
    "\n  - ",
    "{",
    "}",
    "[",
    "]",
    "url: ",
    "outlet: ",
    "*a",
    "&a ",
    "!!python/x",
    "2017-99-99",
    "? ",
    "\t",
    "=",
]
BITS += [
    "claimwatch:fields='{\"paused\": 1}'",
    "xmlns:claimwatch='https://claimwatch.example/opml/1'",
    "<<: ",
    "!!binary ",
    "- !!timestamp ",
]


@settings(max_examples=400)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(BITS), max_size=30).map(lambda bits: "".join(bits).encode("utf-8", "replace")))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    for body in (content, b"<opml><body>" + content, b"feeds:\n  - " + content):
        mistakes_in(body)


HARD = {
    "deep YAML": b"feeds: " + b"[" * 100_000,
    "YAML that holds itself": b"feeds:\n  - &a {feed_id: x, outlet: *a, url: *a}",
    "a laughing YAML": b"feeds:\n"
    + b"".join(b"  - &a%d [%s]\n" % (n, b",".join([b"*a%d" % (n - 1)] * 9) if n else b"1") for n in range(30)),
    "deep OPML": b"<opml><body>" + b'<outline text="a">' * 100_000,
    "unclosed comments": b"<opml><body>&" + b"<!--" * 500_000,
    "unclosed outlines": b"<opml><body>&" + b"<outline " * 500_000,
    "a laughing document type": b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="x"/></body></opml>',
    "too long": b"<opml>" + b" " * 20_000_001,
}


@pytest.mark.parametrize("content", HARD.values(), ids=HARD.keys())
def test_a_hostile_file_is_refused_at_once(content: bytes) -> None:
    assert mistakes_in(content)
