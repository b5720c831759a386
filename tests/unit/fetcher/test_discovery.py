"""Finding the feeds of a site from its address (behaviour 31: sources), on a site held in memory."""

import json
from datetime import datetime, timedelta

import httpx
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from services.fetcher import cli, feeds_cli
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.pages.robots import Robots
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.adapters.sources.discovery import MAX_TRIES, Discovery, Findings
from services.fetcher.adapters.sources.site_links import site_links
from services.fetcher.domain.sources.discovery import FoundBy, FoundFeed, looks_like_feed, well_known_feeds
from tests.unit.fetcher.samples import NOW

SITE = "https://albion.example"


def rss(title: str = "Albion", text: str = "short", extra: str = "") -> str:
    item = f"<item><title>Leader killed</title><link>{SITE}/1</link><pubDate>Thu, 22 Jun 2017 10:00:00 GMT</pubDate>{{}}</item>"
    content = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{text}</content:encoded>"
    return f"<rss version='2.0'><channel><title>{title}</title>{extra}{item.format(content)}</channel></rss>"


def page(*head: str, body: str = "") -> str:
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>"


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


class FakeClock:
    def __init__(self) -> None:
        self.time = NOW
        self.waits: list[timedelta] = []

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        self.waits.append(moment - self.time)
        self.time = moment


class Site:
    """Pages by path; everything else is 404."""

    def __init__(self, **pages: str) -> None:
        self.pages = {"/" if name == "home" else f"/{name}": text for name, text in pages.items()}
        self.asked: list[str] = []
        self.clock = FakeClock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        text = self.pages.get(request.url.raw_path.decode())
        if text is None:
            return httpx.Response(404, stream=httpx.ByteStream(b"not here"))
        if text.startswith("-> "):
            return httpx.Response(302, headers={"location": text[3:]}, stream=httpx.ByteStream(b""))
        kind = "text/html" if text.startswith("<!doctype") else "text/plain"
        return httpx.Response(200, headers={"content-type": kind}, stream=httpx.ByteStream(text.encode()))

    async def find(self, path: str = "/") -> Findings:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        robots = Robots(http, clock=self.clock, agent="Claimwatch/0.1")
        return await Discovery(FeedClient(http, timeout_s=5, max_body_bytes=1_000_000), robots, clock=self.clock).find(SITE + path)

    async def urls(self, path: str = "/") -> list[str]:
        return [feed.url.removeprefix(SITE) for feed in (await self.find(path)).feeds]


async def test_an_address_that_is_a_feed_is_found_as_itself() -> None:
    site = Site(
        rss=rss(extra="<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='https://hub.example/'/>", text="x" * 900)
    )
    (feed,) = (await site.find("/rss")).feeds

    assert (feed.url, feed.found_by, feed.title, feed.entries) == (f"{SITE}/rss", FoundBy.ITSELF, "Albion", 1)
    assert (feed.newest_at, feed.full_text, feed.hub) == (NOW.replace(hour=10), True, "https://hub.example/")
    assert site.asked == ["/rss"]


async def test_feeds_that_the_page_names_are_fetched_and_nothing_is_guessed() -> None:
    site = Site(home=page(link("/world"), link("sport", "application/feed+json"), link("/gone")), world=rss("World"))
    site.pages["/sport"] = '{"version": "https://jsonfeed.org/version/1.1", "title": "Sport", "items": []}'
    found = await site.find()

    assert [(feed.title, feed.found_by) for feed in found.feeds] == [("World", FoundBy.DECLARED), ("Sport", FoundBy.DECLARED)]
    assert [(url.removeprefix(SITE), why) for url, why in found.tried] == [("/gone", "http_4xx: HTTP 404 Not Found")]
    assert set(site.asked) == {"/", "/world", "/sport", "/gone", "/robots.txt"}


async def test_links_that_look_like_feeds_are_tried_where_the_page_names_none() -> None:
    site = Site(home=page(body='<a href="/about">About</a><a href="/rss/world.xml">RSS</a>'), **{"rss/world.xml": rss()})

    assert await site.urls() == ["/rss/world.xml"]
    assert "/about" not in site.asked


async def test_usual_places_are_tried_last_and_the_first_feed_ends_it() -> None:
    site = Site(home=page(), **{"rss.xml": rss(), "index.xml": rss("Other")})

    assert await site.urls() == ["/rss.xml"]
    assert site.asked == ["/", "/robots.txt", "/feed", "/rss", "/rss.xml"]


async def test_places_that_robots_txt_forbids_are_not_guessed() -> None:
    site = Site(
        home=page(), **{"rss.xml": rss(), "feed.xml": rss("Other"), "robots.txt": "User-agent: *\nDisallow: /rss\nDisallow: /feed$\n"}
    )

    assert await site.urls() == ["/feed.xml"]
    assert not {"/rss", "/rss.xml", "/feed"} & set(site.asked)


async def test_a_news_sitemap_is_found_by_robots_txt() -> None:
    news = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url>"
        f"<loc>{SITE}/1</loc><n:news><n:publication_date>2017-06-22</n:publication_date><n:title>Leader killed</n:title></n:news></url></urlset>"
    )
    site = Site(home=page(), **{"robots.txt": f"Sitemap: {SITE}/news.xml\n", "news.xml": news})

    assert [feed.found_by for feed in (await site.find()).feeds] == [FoundBy.SITEMAP]


async def test_requests_come_one_after_the_other_with_the_gap_that_the_site_asks_for() -> None:
    site = Site(home=page(link("/a"), link("/b")), a=rss("A"), b=rss("B"), **{"robots.txt": "User-agent: *\nCrawl-delay: 4\n"})
    await site.find()

    assert site.clock.waits == [timedelta(seconds=4)] * 2


async def test_the_same_feed_under_two_addresses_is_one() -> None:
    site = Site(home=page(link("/a"), link("/b"), link("/c")), a=rss(), b="-> /a", c=rss())

    assert await site.urls() == ["/a"]


async def test_a_page_with_endless_links_is_left_after_some() -> None:
    site = Site(home=page(*(link(f"/{n}") for n in range(200))))
    await site.find()

    assert len(site.asked) <= MAX_TRIES + 2


async def test_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FeedError, match="http_4xx"):
        await Site().find("/nowhere")


PAGES = {
    "relative to the page": (link("feed/"), f"{SITE}/news/feed/"),
    "relative to the base element": (f'<base href="https://static.example/x/">{link("feed")}', "https://static.example/x/feed"),
    "a base that is relative": (f'<base href="/other/">{link("feed")}', f"{SITE}/other/feed"),
    "without a scheme": (link("//feeds.example/a"), "https://feeds.example/a"),
    "feed: before the address": (link("feed:https://a.example/f"), "https://a.example/f"),
    "feed: as the scheme": (link("feed://a.example/f"), "https://a.example/f"),
    "capitals and parameters": (link("/f", "Application/RSS+XML; charset=utf-8", "ALTERNATE home"), f"{SITE}/f"),
    "rel feed": ('<link rel="feed" href="/f">', f"{SITE}/f"),
    "in the body": (f"</head><body>{link('/f')}", f"{SITE}/f"),
    "a style sheet": (link("/f", rel="alternate stylesheet"), None),
    "another language": ('<link rel="alternate" hreflang="fr" href="/fr">', None),
    "an interface for programs": (link("/wp-json/1", "application/json"), None),
    "a mail address": (link("mailto:a@b.example"), None),
    "a broken address": (link("http://[/"), None),
}


@pytest.mark.parametrize(("head", "expected"), PAGES.values(), ids=PAGES.keys())
def test_feeds_are_read_from_a_page(head: str, expected: str | None) -> None:
    found = site_links(page(head).encode(), url=f"{SITE}/news/")

    assert found.declared == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/feed/", True),
        (f"{SITE}/world/rss", True),
        (f"{SITE}/rss/world.xml", True),
        (f"{SITE}/news-rss.php", True),
        (f"{SITE}/rss.xml", True),
        (f"{SITE}/atom/1.0", True),
        (f"{SITE}/news.rss", True),
        ("https://feeds.albion.example/world", True),
        (f"{SITE}/?format=rss", True),
        (f"{SITE}/feedback", False),
        (f"{SITE}/stories/how-to-feed", False),
        (f"{SITE}/", False),
        ("mailto:feed@albion.example", False),
    ],
)
def test_addresses_of_feeds_look_like_it(url: str, expected: bool) -> None:
    assert looks_like_feed(url) is expected


def test_usual_places_are_those_of_the_section_then_of_the_site() -> None:
    found = well_known_feeds(f"{SITE}/world")

    assert found[0] == f"{SITE}/world/feed"
    assert found[7] == f"{SITE}/feed"
    assert len(well_known_feeds(f"{SITE}/")) == 7


@given(st.binary(max_size=300) | st.text(alphabet="<>/\"'= linkahrefbs:&;\0", max_size=200).map(str.encode))
def test_no_page_breaks_the_search_for_links(body: bytes) -> None:
    for text in (body, b"<html><link rel=feed href=" + body, b"<base href='" + body + b"'><a href=/rss>"):
        site_links(text, url=SITE)


FEED = FoundFeed(f"{SITE}/rss", FoundBy.DECLARED, "rss", "Albion", 3, NOW, True, "https://hub.example/")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setattr(feeds_cli, "_found", lambda url, allow: Findings([FEED], [(f"{SITE}/x", "not_a_feed: a page")]))
    app = typer.Typer()
    cli.register(app)
    return app


def test_what_was_found_is_shown(command: typer.Typer) -> None:
    shown = CliRunner().invoke(command, ["feeds", "find", "albion.example"]).output

    assert f"{SITE}/rss\n    Albion: rss, declared, 3 entries, newest 2017-06-22 12:00, full text\n    hub https://hub.example/" in shown
    assert "no feed: https://albion.example/x: not_a_feed: a page" in shown


def test_what_was_found_is_shown_as_json(command: typer.Typer) -> None:
    found = CliRunner().invoke(command, ["feeds", "find", SITE, "--json"])

    assert json.loads(found.stdout)["feeds"][0]["full_text"] is True


def test_what_was_found_is_added_once_with_its_outlet(command: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(feeds_cli, "_sources", lambda _: dict(kept))
    monkeypatch.setattr(feeds_cli, "_write", lambda _, sources: kept.update({source.feed_id: source for source in sources}))
    arguments = ["feeds", "find", SITE, "--add", "--outlet", "Albion Times", "--tag", "World"]

    assert "albion.example-rss added" in CliRunner().invoke(command, arguments).output
    assert "albion.example-rss is polled already" in CliRunner().invoke(command, arguments).output
    (source,) = kept.values()
    assert (source.outlet.name, source.outlet.domain, source.tags) == ("Albion Times", "albion.example", ("World",))  # type: ignore[attr-defined]


def test_adding_needs_an_outlet(command: typer.Typer) -> None:
    assert CliRunner().invoke(command, ["feeds", "find", SITE, "--add"]).exit_code == 2
