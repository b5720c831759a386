"""News sitemaps are feeds too; other sitemaps say what is missing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.words import PollReason
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.domain.feeds.entries import Entry

URL = "https://news.example/sitemaps/news.xml"
STORY = (
    "<url><loc>https://news.example/1</loc><lastmod>2017-06-22T12:30:00Z</lastmod><news:news><news:publication>"
    "<news:name>News</news:name><news:language>en</news:language></news:publication><news:publication_date>2017-06-22T14:00+02:00"
    "</news:publication_date><news:title>Leader killed &amp; buried</news:title><news:keywords>war</news:keywords></news:news></url>"
)


def sitemap(*urls: str) -> bytes:
    head = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {head}>{"".join(urls)}</urlset>'.encode()


def test_an_article_of_a_news_sitemap_is_an_entry() -> None:
    [entry] = parse_feed(sitemap(STORY), url=URL).entries

    assert replace(entry, digest="") == Entry(
        guid="https://news.example/1",
        link="https://news.example/1",
        title="Leader killed & buried",
        language="en",
        published_at=datetime(2017, 6, 22, 12, tzinfo=UTC),
        updated_at=datetime(2017, 6, 22, 12, 30, tzinfo=UTC),
    )


def test_addresses_without_a_title_are_counted() -> None:
    feed = parse_feed(sitemap(STORY, "<url><loc>https://news.example/2</loc></url>", "<url/>"), url=URL)

    assert (feed.form, len(feed.entries), feed.dropped) == ("sitemap", 1, {"no_text": 2})


def test_a_broken_sitemap_gives_what_can_be_read() -> None:
    feed = parse_feed(sitemap(STORY, STORY, "<url><loc>x</url>").replace(b"</urlset>", b""), url=URL)

    assert [entry.title for entry in feed.entries] == ["Leader killed & buried"] * 2


INDEXES = {
    "news among others": (
        "<sitemap><loc>https://news.example/a.xml</loc></sitemap><sitemap><loc> https://news.example/news-1.xml?key=1</loc></sitemap>",
        "an index of 2 sitemaps and no feed: take the news sitemaps it lists, https://news.example/news-1.xml",
    ),
    "no news": (
        "<sitemap><loc><![CDATA[https://site.example/a.xml]]></loc></sitemap>",
        "an index of 1 sitemaps and no feed: take the sitemaps it lists, https://site.example/a.xml",
    ),
    "empty": ("", "an index of sitemaps that lists none"),
}


@pytest.mark.parametrize(("listed", "detail"), INDEXES.values(), ids=INDEXES.keys())
def test_an_index_is_refused_and_the_operator_told_what_to_take_instead(listed: str, detail: str) -> None:
    document = f'<?xml version="1.0"?><!-- x --><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'
    with pytest.raises(FeedError) as caught:
        parse_feed(document.encode(), url=URL)

    assert (caught.value.reason, caught.value.detail) == (PollReason.NOT_A_FEED, detail)
