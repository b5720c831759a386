from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.ids import article_id
from schemas.news_article import MAX_BODY_CHARS
from services.fetcher.domain.articles.articles import KEPT_UNLISTED, harvest, needs_whole
from services.fetcher.domain.feeds.entries import MAX_ENTRIES, DeletedEntry, Entry, ParsedFeed
from tests.unit.fetcher.samples import LATER, NOW, STORY, reap, source


def test_a_new_entry_is_a_new_article_with_all_that_the_feed_says() -> None:
    found = reap(replace(STORY, credit="CPA", authors=("Ann",), content="Body."), backfill=True)

    [article] = found.new
    assert (article.article_id, article.url) == (article_id(STORY.link), STORY.link)
    assert (article.title, article.summary, article.body, article.credit, article.authors) == (
        STORY.title,
        STORY.summary,
        "Body.",
        "CPA",
        ("Ann",),
    )
    assert (article.published_at, article.first_seen_at, article.version_seen_at) == (NOW, NOW, NOW)
    assert (article.language, article.backfill, article.withdrawn) == ("en", True, False)


def test_the_same_text_says_nothing_new_whatever_its_date() -> None:
    first = reap(STORY)
    again = reap(replace(STORY, published_at=LATER, updated_at=LATER), after=first, now=LATER)

    assert again.articles == ()
    assert again.seen[0].first_seen_at == NOW
    assert again.seen[0].last_listed_at == LATER


@pytest.mark.parametrize(
    "change", [{"title": "Leader may be dead"}, {"summary": "Others doubt it."}, {"content": "More."}, {"credit": "CPA"}]
)
def test_a_changed_text_is_a_new_version_of_the_same_article(change: dict[str, str]) -> None:
    first = reap(STORY)
    second = reap(replace(STORY, **change), after=first, now=LATER)  # type: ignore[arg-type]

    [version] = second.changed
    assert version.article_id == first.new[0].article_id
    assert version.version != first.new[0].version
    assert (version.first_seen_at, version.version_seen_at, version.published_at) == (NOW, LATER, NOW)


def test_a_text_that_goes_back_is_a_version_again() -> None:
    edited = reap(replace(STORY, title="Other"), after=reap(STORY), now=LATER)

    assert reap(STORY, after=edited, now=LATER).changed[0].version == reap(STORY).new[0].version


DATES = {
    "its own": (NOW - timedelta(days=1), None, NOW - timedelta(days=1)),
    "updated where published is missing": (None, NOW - timedelta(days=2), NOW - timedelta(days=2)),
    "none": (None, None, NOW),
    "in the future": (NOW + timedelta(seconds=1), None, NOW),
    "now": (NOW, None, NOW),
}


@pytest.mark.parametrize(("published", "updated", "expected"), DATES.values(), ids=DATES.keys())
def test_an_article_bears_its_date_or_the_time_it_was_seen(
    published: datetime | None, updated: datetime | None, expected: datetime
) -> None:
    assert reap(replace(STORY, published_at=published, updated_at=updated)).new[0].published_at == expected


def test_a_later_version_without_date_bears_the_time_of_the_first() -> None:
    undated = replace(STORY, published_at=None)

    assert reap(replace(undated, title="Other"), after=reap(undated), now=LATER).changed[0].published_at == NOW


def test_an_entry_without_text_is_dropped_and_counted() -> None:
    found = reap(Entry(guid="1", link="https://news.example/1"), STORY)

    assert found.dropped == {"no_text": 1}
    assert (len(found.new), found.entries) == (1, 2)


def test_an_entry_listed_twice_is_one_article() -> None:
    found = reap(STORY, replace(STORY, published_at=LATER))

    assert len(found.new) == 1
    assert found.dropped == {"duplicate": 1}


IDENTITIES = {
    "the link without tracking": (Entry(link="https://news.example/1?utm_source=rss#top", guid="x"), "https://news.example/1"),
    "a guid that is an address": (Entry(guid="https://news.example/2"), "https://news.example/2"),
    "a guid that is none": (Entry(guid="tag:news.example,2017:3"), "https://news.example/feed#2c70e12b:tag:news.example,2017:3"),
}


@pytest.mark.parametrize(("entry", "url"), IDENTITIES.values(), ids=IDENTITIES.keys())
def test_an_article_is_known_by(entry: Entry, url: str) -> None:
    found = reap(replace(entry, title="x")).new[0]

    assert found.url.split("#")[0] == url.split("#")[0]
    assert found.url.split(":")[-1] == url.split(":")[-1]
    assert "secret" not in found.url


def test_without_link_and_guid_an_article_is_known_by_feed_and_text() -> None:
    one, other = reap(Entry(title="One"), Entry(title="Other")).new

    assert one.url != other.url
    assert one.url == reap(Entry(title="One")).new[0].url


def test_entries_that_share_a_page_are_articles_of_their_own() -> None:
    page = "https://news.example/live"
    found = reap(*(Entry(guid=f"g{n}", link=f"{page}#post-{n}", title=f"Post {n}") for n in range(3)))
    front = reap(*(Entry(guid=f"g{n}", link=page, title=f"Post {n}") for n in range(3)))

    assert [article.url for article in found.new] == [f"{page}#post-{n}" for n in range(3)]
    assert [article.url for article in front.new] == [f"{page}#g{n}" for n in range(3)]


def test_the_last_entry_left_of_a_shared_page_stays_the_article_it_was() -> None:
    page = "https://news.example/live"
    posts = [Entry(guid=f"g{n}", link=f"{page}#post-{n}", title=f"Post {n}") for n in range(2)]

    assert reap(posts[0], after=reap(*posts), now=LATER).articles == ()


NOTICES = [
    {"title": "WITHDRAWN: Leader killed"},
    {"title": "Leader killed", "summary": "This story was published in error."},
    {"title": "Leader killed", "summary": "The Albion Times has withdrawn this article."},
    {"title": "Retraction: Leader killed"},
    {"title": "Leader killed", "content": "This article has been removed."},
]


@pytest.mark.parametrize("notice", NOTICES, ids=str)
def test_a_notice_in_the_place_of_a_published_article_withdraws_it_once(notice: dict[str, str]) -> None:
    first = reap(STORY)
    second = reap(replace(STORY, **notice), after=first, now=LATER)  # type: ignore[arg-type]
    third = reap(replace(STORY, **notice, published_at=LATER), after=second, now=LATER)  # type: ignore[arg-type]

    [withdrawn] = second.withdrawn
    assert withdrawn.article_id == first.new[0].article_id
    assert withdrawn.withdrawn
    assert withdrawn.notice in notice.values()
    assert (withdrawn.title, withdrawn.summary, withdrawn.body) == ("", "", "")
    assert third.articles == ()


@pytest.mark.parametrize(
    "title", ["Withdrawal: troops leave the city", "Troops withdrawn from city", "Retracted", "Withdrawn candidate speaks"]
)
def test_news_that_begins_like_a_notice_is_news(title: str) -> None:
    [article] = reap(replace(STORY, title=title)).new

    assert not article.withdrawn


def test_an_article_that_comes_back_after_its_withdrawal_is_a_version() -> None:
    gone = reap(replace(STORY, title="WITHDRAWN: it was wrong"), after=reap(STORY), now=LATER)

    assert len(reap(STORY, after=gone, now=LATER).changed) == 1


GONE = DeletedEntry(ref="https://news.example/1", notice="Published in error.", deleted_at=LATER)


@pytest.mark.parametrize("ref", ["https://news.example/1?utm_source=rss", "tag:news.example,2017:1"])
def test_a_deleted_entry_withdraws_its_article_once(ref: str) -> None:
    first = reap(replace(STORY, guid="tag:news.example,2017:1"))
    second = reap(after=first, deleted=(replace(GONE, ref=ref),), now=LATER)
    third = reap(after=second, deleted=(replace(GONE, ref=ref),), now=LATER)

    [withdrawn] = second.withdrawn
    assert (withdrawn.article_id, withdrawn.withdrawn, withdrawn.notice) == (first.new[0].article_id, True, "Published in error.")
    assert third.articles == ()


def test_a_deleted_entry_that_is_still_listed_is_withdrawn_unless_it_was_changed_since() -> None:
    first = reap(STORY)
    stale = reap(STORY, after=first, deleted=(GONE,), now=LATER)
    restored = reap(replace(STORY, updated_at=LATER + timedelta(minutes=1)), after=first, deleted=(GONE,), now=LATER)

    assert (len(stale.withdrawn), len(restored.withdrawn)) == (1, 0)


def test_a_deletion_of_what_was_never_published_is_counted() -> None:
    found = reap(deleted=(GONE,))

    assert (found.articles, found.dropped) == ((), {"unknown_withdrawal": 1})


def test_a_long_body_is_cut_at_a_paragraph() -> None:
    [article] = reap(replace(STORY, content="word\n\n" * 200_000)).new

    assert len(article.body) <= MAX_BODY_CHARS
    assert article.body.endswith("word")


def test_entries_beyond_the_cap_are_counted() -> None:
    found = reap(*(Entry(guid=str(n), title="x") for n in range(MAX_ENTRIES + 5)))

    assert len(found.new) == MAX_ENTRIES
    assert found.dropped == {"too_many": 5}


def test_articles_that_left_the_feed_are_remembered_the_oldest_forgotten_first() -> None:
    found = None
    for day in range(KEPT_UNLISTED + 50):
        found = reap(Entry(guid=str(day), title=f"Day {day}"), after=found, now=NOW + timedelta(days=day))

    assert found is not None
    assert len(found.seen) == KEPT_UNLISTED + 1
    assert min(article.last_listed_at for article in found.seen) == NOW + timedelta(days=49)


def test_articles_are_published_the_oldest_first() -> None:
    dates = [NOW - timedelta(hours=n) for n in range(5)]
    found = reap(*(replace(STORY, link=f"https://news.example/{d.hour}", published_at=d) for d in dates))

    assert [article.published_at for article in found.articles] == sorted(dates)


texts = st.text(max_size=20)
links = st.one_of(texts, st.sampled_from(["https://news.example/1", "https://news.example/1#a", "/x"]))
dates = st.none() | st.datetimes(timezones=st.just(UTC))
entries = st.builds(Entry, guid=texts, link=links, title=texts, summary=texts, content=texts, credit=texts, published_at=dates)


@given(st.lists(entries, max_size=12))
def test_every_entry_is_an_article_or_counted_and_reading_again_adds_nothing(listed: list[Entry]) -> None:
    first = reap(*listed)
    again = reap(*listed, after=first, now=LATER)

    assert len(first.new) + sum(first.dropped.values()) == len(listed) == first.entries
    assert len({article.article_id for article in first.new}) == len(first.new)
    assert all(article.article_id == article_id(article.url) for article in first.new)
    assert again.articles == ()


def test_an_entry_that_stands_as_it_stood_is_not_read_and_stays_known() -> None:
    first = reap(replace(STORY, digest="d1"))
    feed = ParsedFeed("rss", unchanged=("d1",))
    second = harvest(feed, source=source(), seen=first.seen, now=LATER)

    assert (second.articles, second.entries) == ((), 1)
    assert [seen.article_id for seen in second.seen] == [first.new[0].article_id]
    assert second.seen[0].last_listed_at == LATER


def test_a_listing_is_not_noted_anew_at_every_poll() -> None:
    first = reap(replace(STORY, digest="d1"))
    second = harvest(ParsedFeed("rss", unchanged=("d1",)), source=source(), seen=first.seen, now=NOW + timedelta(minutes=5))

    assert second.seen == first.seen


def test_entries_that_share_a_page_are_always_read() -> None:
    shared = [replace(STORY, guid=f"g{n}", title=f"Update {n}", digest=f"d{n}") for n in range(2)]

    assert [seen.digest for seen in reap(*shared).seen] == ["", ""]


def test_a_new_entry_on_the_page_of_a_known_one_makes_the_document_be_read_whole() -> None:
    first = reap(replace(STORY, digest="d1"))
    newcomer = replace(STORY, guid="another", title="Update", digest="d2")
    other = replace(STORY, guid="other", link="https://news.example/2", digest="d3")

    assert needs_whole(ParsedFeed("rss", entries=(newcomer,), unchanged=("d1",)), source=source(), seen=first.seen)
    assert not needs_whole(ParsedFeed("rss", entries=(other,), unchanged=("d1",)), source=source(), seen=first.seen)
    assert not needs_whole(ParsedFeed("rss", entries=(newcomer,)), source=source(), seen=first.seen)


def test_deletions_are_only_understood_in_the_whole_document() -> None:
    first = reap(replace(STORY, digest="d1"))
    feed = ParsedFeed("atom", unchanged=("d1",), deleted=(DeletedEntry(ref=STORY.link),))

    assert needs_whole(feed, source=source(), seen=first.seen)


def test_the_same_words_in_other_bytes_are_no_new_version() -> None:
    first = reap(replace(STORY, digest="d1"))
    second = reap(replace(STORY, digest="d2"), after=first)

    assert (second.articles, second.seen[0].digest) == ((), "d2")
