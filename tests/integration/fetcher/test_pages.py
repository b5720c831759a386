"""Behaviours 9 and 10 end to end: articles' own pages over real HTTP, versions read back from real Kafka."""

import uuid

import pytest

from schemas.news_article import Article, TextChange
from schemas.words import PageReason, TextFrom
from services.chassis.kafka import new_producer
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from services.fetcher.adapters.pages.article_archive import KafkaArticleArchive
from services.fetcher.domain.feeds.entries import Entry
from tests.integration.fetcher.conftest import Desk, Site
from tests.unit.fetcher.samples import reap

pytestmark = pytest.mark.integration

PARAGRAPHS = [
    "The ministry said on Tuesday that the leader of the group had been killed in a strike on a house north of the town.",
    "Two officials of the ministry spoke of a meeting that had been watched for days before the aircraft were sent.",
    "The group itself has not answered, and nobody has shown a photograph of the body so far, the ministry added.",
    "Earlier reports of this kind had turned out to be untrue, and the coalition said that it was looking into it.",
    "Residents who could be reached by telephone told of three explosions shortly before midnight, and of smoke.",
    "The house belongs to a merchant who left the town a year ago; it is not known who has lived in it since then.",
]


def feed(site: Site, *, title: str = "Leader killed") -> str:
    return (
        '<rss version="2.0"><channel><title>News</title><item>'
        f"<link>{site.base}/story?utm_source=rss</link><title>{title}</title><description>The ministry says so.</description>"
        "</item></channel></rss>"
    )


def page(*paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Leader killed - News</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>Leader killed</h1>{text}</article>"
        "<footer>About us, contact, privacy</footer></body></html>"
    )


async def until_articles(desk: Desk, count: int) -> list[Article]:
    await desk.until(lambda: len(desk.articles) == count)
    return desk.articles


async def test_a_lead_is_published_with_the_text_of_its_page(site: Site, desk: Desk) -> None:
    site.put("/feed", feed(site))
    story = site.put("/story", page(*PARAGRAPHS, head='<meta name="author" content="R. Calder">'), headers={"Content-Type": "text/html"})
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/feed"))
        [article] = await until_articles(desk, 1)
        await desk.polled_again("a")

    assert (article.title, article.summary, article.text_from) == ("Leader killed", "The ministry says so.", TextFrom.PAGE)
    assert all(paragraph in article.body for paragraph in PARAGRAPHS)
    assert "contact" not in article.body
    assert article.authors == ("R. Calder",)
    assert len(story.hits) == 1
    assert len(desk.articles) == 1


async def test_an_edit_names_the_version_before_and_what_it_changed_even_by_another_process(site: Site, desk: Desk) -> None:
    site.put("/feed", feed(site))
    site.put("/story", page(*PARAGRAPHS), headers={"Content-Type": "text/html"})
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/feed"))
        await until_articles(desk, 1)
        await desk.polled_again("a", times=1)
    softer = PARAGRAPHS[0].replace("had been killed", "may have been killed")
    site.put("/feed", feed(site, title="Leader may have been killed"))
    site.put("/story", page(softer, *PARAGRAPHS[1:]), headers={"Content-Type": "text/html"})
    async with desk.fetcher():
        first, second = await until_articles(desk, 2)

    assert second.previous_version == first.version
    assert second.changes == (
        TextChange(field="title", before="Leader killed", after="Leader may have been killed"),
        TextChange(field="body", before=PARAGRAPHS[0], after=softer),
    )


async def test_a_page_that_says_no_to_robots_is_not_read(site: Site, desk: Desk) -> None:
    site.put("/feed", feed(site))
    site.put("/robots.txt", "User-agent: *\nDisallow: /story\n", headers={"Content-Type": "text/plain"})
    story = site.put("/story", page(*PARAGRAPHS), headers={"Content-Type": "text/html"})
    async with desk.fetcher():
        await desk.add(desk.source("a", f"{site.base}/feed"))
        [article] = await until_articles(desk, 1)
        await desk.until(lambda: desk.state("a"))
    [seen] = desk.states[-1].seen

    assert (article.body, article.text_from) == ("", TextFrom.FEED)
    assert seen.page
    assert (seen.page.reason, story.hits) == (PageReason.ROBOTS, [])


async def test_a_server_that_hangs_on_a_page_holds_up_only_that_page(site: Site, desk: Desk) -> None:
    site.put("/feed", feed(site))
    site.put("/story", "", hangs=True)
    async with desk.fetcher(page_timeout_s=0.5):
        await desk.add(desk.source("a", f"{site.base}/feed"))
        [article] = await until_articles(desk, 1)
        site.release.set()

    assert (article.summary, article.text_from) == ("The ministry says so.", TextFrom.FEED)


async def test_a_long_version_among_others_is_read_back_and_one_that_is_not_there_is_none(kafka: str) -> None:
    desk_id = uuid.uuid4().hex
    entries = [
        Entry(guid=f"{n}", link=f"https://{desk_id}.example/{n}", title=f"Title {n}", content=f"{n} {'long ' * 30_000}") for n in range(20)
    ]
    found = reap(*entries)
    producer = new_producer(kafka, client_id="test")
    await producer.start()
    archive = KafkaArticleArchive(kafka)
    try:
        published = await KafkaArticlePublisher(producer).publish(found.articles)
        notes = [seen.model_copy(update={"place": published.places[seen.article_id]}) for seen in found.seen]
        versions = [await archive.last_version(seen) for seen in notes]
        elsewhere = await archive.last_version(notes[0].model_copy(update={"place": notes[1].place}))
    finally:
        await archive.stop()
        await producer.stop()

    assert [version.article_id for version in versions if version] == [seen.article_id for seen in notes]
    assert elsewhere is None
