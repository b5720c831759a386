"""What robots.txt lets us read (RFC 9309), and what it cannot do to us."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.adapters.pages.robots import KEPT, MAX_KEPT_CHARS, RETRY_AFTER, Robots
from tests.unit.fetcher.samples import NOW

PAGE = "https://albion.example/private/story"
FILE = "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\nSitemap: https://albion.example/news.xml\n"


class FakeClock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        self.time = max(self.time, moment)


class Site:
    """Answers /robots.txt in one way, and counts."""

    def __init__(self, answer: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if isinstance(self.answer, Exception):
            raise self.answer
        return streamed(self.answer if isinstance(self.answer, httpx.Response) else self.answer(request))


def streamed(answer: httpx.Response) -> httpx.Response:
    """Return the answer as it comes from a server, not read yet."""
    return httpx.Response(answer.status_code, stream=httpx.ByteStream(answer.content), headers=answer.headers)


def robots_of(site: Site, clock: FakeClock | None = None, agent: str = "Claimwatch/0.1") -> Robots:
    return Robots(httpx.AsyncClient(transport=httpx.MockTransport(site)), clock=clock or FakeClock(), agent=agent)


FILES = {
    "disallowed for all": (FILE, False),
    "another path": ("User-agent: *\nDisallow: /other/", True),
    "the longer rule wins": ("User-agent: *\nDisallow: /private\nAllow: /private/story", True),
    "our own group wins": ("User-agent: *\nDisallow: /\nUser-agent: claimwatch\nAllow: /", True),
    "our own group forbids": ("User-agent: claimwatch\nDisallow: /", False),
    "a group of ours and another's": ("User-agent: GPTBot\nUser-agent: Claimwatch\nDisallow: /", False),
    "another's group": ("User-agent: GPTBot\nDisallow: /", True),
    "another's group, ours before it": ("User-agent: Claimwatch\nDisallow: /x\nUser-agent: GPTBot\nDisallow: /", True),
    "a wildcard": ("User-agent: *\nDisallow: /*/story$", False),
    "a byte order mark": ("\ufeffUser-agent: *\nDisallow: /", False),
    "a page of HTML": ("<!doctype html><title>Not found</title>", True),
    "nothing": ("", True),
}


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES.keys())
async def test_the_file_says_what_may_be_read(text: str, expected: bool) -> None:
    assert await robots_of(Site(httpx.Response(200, text=text))).allows(PAGE) is expected


ANSWERS = {
    "404": (httpx.Response(404), True),
    "403": (httpx.Response(403), True),
    "429 is no answer": (httpx.Response(429), False),
    "500": (httpx.Response(500), False),
    "503": (httpx.Response(503), False),
    "no connection": (httpx.ConnectError("refused"), False),
    "no answer in time": (httpx.ReadTimeout("slow"), False),
    "broken compression": (httpx.Response(200, content=b"no gzip", headers={"content-encoding": "compress"}), False),
    "redirects without end": (lambda request: httpx.Response(301, headers={"location": f"{request.url}/"}), True),
    "five megabytes": (httpx.Response(200, content=b"User-agent: *\nDisallow: /\n" + b"#" * 5_000_000), True),
}


@pytest.mark.parametrize(("answer", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
async def test_what_the_server_answers_decides_where_there_is_no_file(answer: httpx.Response | Exception, expected: bool) -> None:
    assert await robots_of(Site(answer)).allows(PAGE) is expected


async def test_redirects_are_followed_to_other_hosts() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "albion.example":
            return httpx.Response(301, headers={"location": "https://www.albion.example/robots.txt"})
        return httpx.Response(200, text=FILE)

    assert not await robots_of(Site(answer)).allows(PAGE)


@pytest.mark.parametrize("url", ["", "ftp://albion.example/", "mailto:a@b", "https://", "http://[broken/"])
async def test_what_is_no_http_address_is_not_allowed_and_nobody_is_asked(url: str) -> None:
    site = Site(httpx.Response(200, text=""))

    assert not await robots_of(site).allows(url)
    assert site.asked == []


async def test_delay_and_sitemaps_are_read() -> None:
    robots = robots_of(Site(httpx.Response(200, text=FILE)))

    assert await robots.crawl_delay(PAGE) == timedelta(seconds=7)
    assert await robots.sitemaps(PAGE) == ("https://albion.example/news.xml",)


@pytest.mark.parametrize(("text", "expected"), [("1e300", timedelta(days=1)), ("nan", None), ("-1", None), ("0.5", timedelta(seconds=0.5))])
async def test_an_absurd_delay_is_bounded_or_ignored(text: str, expected: timedelta | None) -> None:
    robots = robots_of(Site(httpx.Response(200, text=f"User-agent: *\nCrawl-delay: {text}\n")))

    assert await robots.crawl_delay(PAGE) == expected


async def test_a_host_is_asked_once_a_day_and_each_scheme_and_port_by_itself() -> None:
    site, clock = Site(httpx.Response(200, text=FILE)), FakeClock()
    robots = robots_of(site, clock)

    await asyncio.gather(*(robots.allows(PAGE) for _ in range(20)))
    await robots.allows("https://ALBION.example/else")
    assert len(site.asked) == 1

    await robots.allows("http://albion.example:8080/")
    assert site.asked[1:] == ["http://albion.example:8080/robots.txt"]

    clock.time = NOW + KEPT
    await robots.allows(PAGE)
    assert len(site.asked) == 3


async def test_a_host_that_cannot_answer_is_asked_again_soon() -> None:
    site, clock = Site(httpx.Response(503)), FakeClock()
    robots = robots_of(site, clock)
    assert not await robots.allows(PAGE)

    site.answer = httpx.Response(404)
    assert not await robots.allows(PAGE)
    clock.time = NOW + RETRY_AFTER
    assert await robots.allows(PAGE)


async def test_a_file_that_was_read_holds_on_while_the_host_cannot_answer() -> None:
    site, clock = Site(httpx.Response(200, text=FILE)), FakeClock()
    robots = robots_of(site, clock)
    await robots.allows(PAGE)

    site.answer = httpx.Response(500)
    clock.time = NOW + KEPT

    assert await robots.allows("https://albion.example/public")
    assert not await robots.allows(PAGE)


async def test_one_who_is_cancelled_does_not_take_the_answer_from_the_others() -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def slow(_: httpx.Request) -> httpx.Response:
        asked.set()
        await answer.wait()
        return streamed(httpx.Response(200, text=""))

    robots = Robots(httpx.AsyncClient(transport=httpx.MockTransport(slow)), clock=FakeClock(), agent="Claimwatch/0.1")
    first, second = asyncio.create_task(robots.allows(PAGE)), asyncio.create_task(robots.allows(PAGE))
    await asked.wait()
    first.cancel()
    answer.set()

    assert await second is True


async def test_thousands_of_robots_with_thousands_of_rules_cost_no_more_than_their_text() -> None:
    text = "".join(f"User-agent: r{n}\n" for n in range(12_000)) + "".join(f"Disallow: /p{n}\n" for n in range(12_000))
    robots = robots_of(Site(httpx.Response(200, text=text + "User-agent: *\nDisallow: /private\n")))

    assert not await robots.allows(PAGE)
    assert await robots.allows("https://albion.example/p7")


async def test_what_is_kept_of_all_hosts_is_bounded() -> None:
    site = Site(httpx.Response(200, text="#" * 511_000))
    robots = robots_of(site)
    hosts = MAX_KEPT_CHARS // 511_000 + 2
    for n in range(hosts):
        await robots.allows(f"https://host{n}.example/")

    await robots.allows(f"https://host{hosts - 1}.example/")
    assert len(site.asked) == hosts
    await robots.allows("https://host0.example/")
    assert len(site.asked) == hosts + 1


@given(st.text(max_size=300) | st.text(alphabet="user-agent:*$%/allowdis \n\r\0#", max_size=300))
def test_no_file_raises(text: str) -> None:
    async def ask() -> None:
        await robots_of(Site(httpx.Response(200, content=text.encode("utf-8", "replace")))).allows(PAGE)

    asyncio.run(ask())
