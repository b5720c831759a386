"""Behaviours 9 and 10: what a feed says, completed by pages and by the version before; our own ports faked."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.news_article import Article, TextChange
from schemas.words import PageReason, TextFrom
from services.fetcher.adapters.pages.completion import MAX_VISITS, Completion
from services.fetcher.domain.articles.articles import Harvest, harvest
from services.fetcher.domain.feeds.entries import Entry
from services.fetcher.domain.pages.page import Page
from services.fetcher.domain.pages.visits import WAITS, Visit
from tests.unit.fetcher.samples import NOW, STORY, document, source

TEXT = "The ministry says that the leader was killed in a strike on Tuesday. " * 12
SOFTER = Entry(guid="1", link="https://news.example/1", title="Leader may have been killed", published_at=NOW)


@dataclass
class FakePages:
    """Answers each address with what was put there last."""

    answers: dict[str, Visit] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)
    hanging: frozenset[str] = frozenset()

    async def visit(self, url: str, *, source: FeedSource, seen: SeenArticle) -> Visit:
        self.visited.append(url)
        if url in self.hanging:
            await asyncio.Event().wait()
        return self.answers.get(url, Visit(PageReason.UNREACHABLE))

    def hold(self, text: str, url: str = "https://news.example/1") -> None:
        self.answers[url] = Visit(PageReason.OK, Page(PageReason.OK, text=text))


@dataclass
class FakeTopic:
    """Keeps what was published, as the archive."""

    articles: dict[str, Article] = field(default_factory=dict)

    async def last_version(self, seen: SeenArticle) -> Article | None:
        article = self.articles.get(seen.article_id)
        return article if article and article.version == seen.version else None


class Desk:
    """A feed that is read again and again."""

    def __init__(self, timeout_s: float = 5) -> None:
        self.pages, self.topic = FakePages(), FakeTopic()
        self.completion = Completion(archive=self.topic, pages=self.pages, timeout_s=timeout_s, max_age=timedelta(days=3))
        self.seen: tuple[SeenArticle, ...] = ()

    async def read(self, *entries: Entry, at: datetime = NOW, **more: object) -> Harvest:
        asked = source(**more)
        before: Iterable[SeenArticle] = self.seen
        found = harvest(document(*entries), source=asked, seen=self.seen, now=at)
        found = await self.completion.complete(asked, found, before=before, now=at)
        self.topic.articles |= {article.article_id: article for article in found.articles}
        self.seen = found.seen
        return found


async def test_a_lead_is_completed_by_its_page_and_published_once() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    first = await desk.read(STORY)
    second = await desk.read(STORY, at=NOW + timedelta(minutes=1))

    assert [(article.body, article.text_from) for article in first.articles] == [(TEXT, TextFrom.PAGE)]
    assert second.articles == ()
    assert desk.pages.visited == ["https://news.example/1"]


async def test_a_page_that_cannot_be_read_leaves_the_words_of_the_feed_and_is_asked_again() -> None:
    desk = Desk()
    first = await desk.read(STORY)
    desk.pages.hold(TEXT)
    second = await desk.read(STORY, at=NOW + WAITS[0])

    assert [article.text_from for article in first.new] == [TextFrom.FEED]
    assert [(article.text_from, article.previous_version) for article in second.changed] == [(TextFrom.PAGE, first.new[0].version)]


async def test_behaviour_10_an_edit_in_the_feed_says_what_it_changed() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    first = await desk.read(STORY)
    second = await desk.read(SOFTER, at=NOW + timedelta(minutes=1))

    (edited,) = second.changed
    assert edited.previous_version == first.new[0].version
    assert edited.changes[0] == TextChange(field="title", before="Leader killed", after="Leader may have been killed")
    assert edited.body == TEXT


async def test_an_edit_whose_page_is_out_of_reach_keeps_the_text_of_the_page() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    await desk.read(STORY)
    desk.pages.answers.clear()
    (edited,) = (await desk.read(SOFTER, at=NOW + timedelta(minutes=1))).changed

    assert (edited.title, edited.body) == ("Leader may have been killed", TEXT)


async def test_an_edit_on_the_page_alone_is_a_new_version() -> None:
    desk = Desk()
    desk.pages.hold(f"{TEXT}He is dead.")
    await desk.read(STORY)
    desk.pages.hold(f"{TEXT}He may be dead.")
    second = await desk.read(STORY, at=NOW + WAITS[0])

    (edited,) = second.changed
    assert edited.changes == (TextChange(field="body", before="He is dead.", after="He may be dead."),)
    assert edited.version_seen_at == NOW + WAITS[0]
    assert (await desk.read(STORY, at=NOW + WAITS[0] + timedelta(minutes=1))).articles == ()


async def test_behaviour_9_a_page_taken_off_takes_the_article_back_and_only_once() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    await desk.read(STORY)
    desk.pages.answers["https://news.example/1"] = Visit(PageReason.GONE, is_final=True, detail="The page is gone (HTTP 410).")
    taken_back = await desk.read(STORY, at=NOW + WAITS[0])
    afterwards = await desk.read(STORY, at=NOW + WAITS[0] + WAITS[1])

    assert [article.notice for article in taken_back.withdrawn] == ["The page is gone (HTTP 410)."]
    assert afterwards.articles == ()


async def test_a_page_that_comes_back_is_published_again_with_its_headline() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    await desk.read(STORY)
    desk.pages.answers["https://news.example/1"] = Visit(PageReason.GONE, is_final=True)
    await desk.read(STORY, at=NOW + WAITS[0])
    desk.pages.answers["https://news.example/1"] = Visit(PageReason.OK, Page(PageReason.OK, title="Leader killed", text=TEXT))
    (back,) = (await desk.read(STORY, at=NOW + WAITS[0] + WAITS[1])).articles

    assert (back.withdrawn, back.title, back.body) == (False, "Leader killed", TEXT)


async def test_a_page_that_hangs_holds_nothing_up_but_itself() -> None:
    desk = Desk(timeout_s=0.05)
    other = Entry(guid="2", link="https://news.example/2", title="Bridge opened", published_at=NOW)
    desk.pages.hanging = frozenset({"https://news.example/1"})
    desk.pages.hold(TEXT, "https://news.example/2")
    found = await desk.read(STORY, other)

    assert {article.title: article.text_from for article in found.new} == {"Leader killed": TextFrom.FEED, "Bridge opened": TextFrom.PAGE}
    assert [seen.page for seen in desk.seen if seen.url == "https://news.example/1"] == [None]


async def test_old_articles_are_published_without_a_visit() -> None:
    desk = Desk()
    desk.pages.hold(TEXT)
    found = await desk.read(STORY, at=NOW + timedelta(days=4))

    assert [article.text_from for article in found.new] == [TextFrom.FEED]
    assert desk.pages.visited == []


async def test_pages_beyond_the_bound_wait_for_the_next_poll() -> None:
    desk = Desk()
    entries = [Entry(guid=str(n), link=f"https://news.example/{n}", title=f"Title {n}", published_at=NOW) for n in range(MAX_VISITS + 5)]
    found = await desk.read(*entries)

    assert len(found.new) == MAX_VISITS + 5
    assert len(desk.pages.visited) == MAX_VISITS


async def test_a_withdrawal_in_the_feed_names_the_version_that_it_takes_back() -> None:
    desk = Desk()
    first = await desk.read(STORY, pages="never")
    notice = Entry(guid="1", link="https://news.example/1", title="WITHDRAWN: Leader killed", published_at=NOW)
    found = await desk.read(notice, at=NOW + timedelta(minutes=1), pages="never")

    assert [article.previous_version for article in found.withdrawn] == [first.new[0].version]
