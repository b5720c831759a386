"""What a feed says of itself: hub, own address, how often it wants to be asked."""

import json

import pytest

from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.domain.feeds.entries import ParsedFeed

URL = "https://news.example/feeds/all.xml"


def parse(document: str) -> ParsedFeed:
    return parse_feed(document.encode(), url=URL)


def rss(head: str) -> ParsedFeed:
    return parse(
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>T</title><link>https://news.example/</link>{head}</channel></rss>"
    )


HUB = "https://hub.example/"
NAMED = {
    "rss": rss(f'<atom:link rel="self" href="{URL}"/><atom:link rel="hub" href="{HUB}"/>'),
    "atom": parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="HUB" href="{HUB}"/><link rel="self" href="all.xml"/></feed>'),
    "two hubs, the first counts": rss(f'<atom:link rel="hub self" href="{HUB}"/><atom:link rel="hub" href="x"/>'),
    "json feed": parse(json.dumps({"items": [], "feed_url": URL, "hubs": [{"type": "rssCloud", "url": "x"}, {"type": "WebSub", "url": HUB}]})),
}  # fmt: skip


@pytest.mark.parametrize("feed", NAMED.values(), ids=NAMED.keys())
def test_a_feed_names_its_hub_and_its_own_address(feed: ParsedFeed) -> None:
    assert feed.hub == HUB
    assert feed.self_link in (URL, HUB)


def test_a_hub_within_an_entry_and_one_that_is_no_address_are_none() -> None:
    assert rss('<item><atom:link rel="hub" href="https://hub.example/"/></item>').hub == ""
    assert rss('<atom:link rel="hub" href="javascript:x"/>').hub == ""
    assert parse('{"items": [], "hubs": [3, {"type": 4}]}').hub == ""


ASKED = {
    "minutes to live": ("<ttl>90</ttl>", 5400.0),
    "no time to live": ("<ttl>0</ttl>", None),
    "words": ("<ttl>soon</ttl>", None),
    "hourly": ("<sy:updatePeriod>\nhourly </sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", 3600.0),
    "four times a day": ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21600.0),
    "twice, and daily goes without saying": ("<sy:updateFrequency>2</sy:updateFrequency>", 43200.0),
    "never is once": ("<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 604800.0),
    "ttl counts for more": ("<sy:updatePeriod>daily</sy:updatePeriod><ttl>1</ttl>", 60.0),
    "endless": ("<ttl>99999999999</ttl>", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("head", "expected"), ASKED.values(), ids=ASKED.keys())
def test_a_feed_asks_for_a_time_between_polls(head: str, expected: float | None) -> None:
    assert rss(head).asked_s == expected


def test_hours_and_days_to_leave_out_are_read_as_far_as_they_exist() -> None:
    feed = rss(
        "<skipHours><hour>0</hour><hour>24</hour><hour>23</hour><hour>25</hour><hour>noon</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>monday</day><day>Someday</day></skipDays>"
    )

    assert (feed.skip_hours, feed.skip_days) == ((0, 23), (0, 6))
