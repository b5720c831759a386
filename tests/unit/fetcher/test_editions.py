"""What a version of an article is made of: the feed, the page, and the version before (behaviours 9, 10 and 11)."""

from datetime import timedelta

import pytest

from schemas.news_article import Article, ClaimReview, TextChange
from schemas.words import PageReason, PageUse, TextFrom
from services.fetcher.domain.articles.editions import (
    WHOLE_BODY_CHARS,
    WHOLE_SUMMARY_CHARS,
    after,
    is_whole,
    version_of,
    wants_page,
    with_body_of,
    with_page,
    withdrawn,
)
from services.fetcher.domain.pages.page import Page
from tests.unit.fetcher.samples import LATER, NOW, STORY, reap, source

LONG = "The ministry says that the leader was killed in a strike on Tuesday. " * 12
TEXT = f"{LONG}\n\nThe other side has not answered."


def article(**fields: object) -> Article:
    made = reap(STORY).new[0].model_copy(update=fields)
    return made.model_copy(update={"version": version_of(made)})


def page(**fields: object) -> Page:
    return Page(**({"reason": PageReason.OK, "title": "Leader killed - News", "text": TEXT} | fields))  # type: ignore[arg-type]


WHOLE = {
    "a long body": (LONG, "", True),
    "a long summary, where that is all there is": ("", LONG, True),
    "a lead": ("The ministry says so.", "", False),
    "a long text that breaks off": (f"{LONG} He was about to …", "", False),
    "three dots in brackets": (f"{LONG} He was about to [...]", "", False),
    "an invitation to read on": (f"{LONG}\n\nRead more at News »", "", False),
    "an invitation to go on": (f"{LONG}\n\nContinue reading…", "", False),
    "somebody who reads": (f"{LONG} He likes to read.", "", True),
}


@pytest.mark.parametrize(("body", "summary", "expected"), WHOLE.values(), ids=WHOLE)
def test_a_feed_carries_the_whole_text_or_not(body: str, summary: str, expected: bool) -> None:
    assert is_whole(article(body=body, summary=summary)) is expected


PAGES = {
    "needed": (PageUse.WHEN_NEEDED, {"body": ""}, True),
    "not needed": (PageUse.WHEN_NEEDED, {"body": LONG}, False),
    "always": (PageUse.ALWAYS, {"body": LONG}, True),
    "never": (PageUse.NEVER, {"body": ""}, False),
    "withdrawn": (PageUse.ALWAYS, {"withdrawn": True}, False),
    "one entry of a page": (PageUse.ALWAYS, {"url": "https://news.example/live#3"}, False),
}


@pytest.mark.parametrize(("use", "fields", "expected"), PAGES.values(), ids=PAGES)
def test_the_page_is_read_where_the_source_says_so_and_the_feed_leaves_something_open(
    use: PageUse, fields: dict[str, object], expected: bool
) -> None:
    assert wants_page(source(pages=use), article(**fields)) is expected


def test_history_is_not_completed_from_pages_of_today() -> None:
    assert not wants_page(source(pages=PageUse.ALWAYS, backfill=True), article())


def test_the_page_gives_the_text_and_what_the_feed_left_open() -> None:
    read = page(authors=("R. Calder",), credit="CPA", language="en-GB", updated_at=NOW, marked_as=("NewsArticle",), is_partial=True)
    made = with_page(article(language="", credit="", authors=()), read, now=LATER)

    assert (made.title, made.body, made.text_from) == ("Leader killed", TEXT, TextFrom.PAGE)
    assert (made.authors, made.credit, made.language, made.updated_at) == (("R. Calder",), "CPA", "en-GB", NOW)
    assert (made.marked_as, made.is_partial) == (("NewsArticle",), True)
    assert made.version == version_of(made) != article().version


def test_what_the_feed_says_stands_before_what_the_page_says() -> None:
    said = {"credit": "CPA", "authors": ("A. B.",), "language": "de"}
    made = with_page(article(**said), page(credit="Other", authors=("C. D.",), language="en"), now=LATER)

    assert {name: getattr(made, name) for name in said} == said


def test_a_page_that_holds_less_than_the_feed_adds_no_text() -> None:
    made = with_page(article(body=LONG), page(text="Subscribe to read on."), now=LATER)

    assert (made.body, made.text_from) == (LONG, TextFrom.FEED)


def test_the_page_dates_an_article_that_the_feed_leaves_undated() -> None:
    undated = article(published_at=LATER, first_seen_at=LATER)

    assert with_page(undated, page(published_at=NOW), now=LATER).published_at == NOW
    assert with_page(article(first_seen_at=LATER), page(published_at=LATER), now=LATER).published_at == NOW
    assert with_page(undated, page(published_at=LATER + timedelta(days=1)), now=LATER).published_at == LATER


ELSEWHERE = {
    "an agency's page": ("https://agency.example/1", "https://agency.example/1"),
    "the same site": ("https://news.example/other", ""),
    "another host of the site": ("https://www.news.example/1", ""),
    "a part of the site": ("https://world.news.example/1", ""),
    "no address": ("javascript:void(0)", ""),
    "none": ("", ""),
}


@pytest.mark.parametrize(("canonical", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_canonical_address_on_another_site_says_whose_text_it_is(canonical: str, expected: str) -> None:
    assert with_page(article(), page(canonical=canonical), now=LATER).original_url == expected


def test_a_new_verdict_or_correction_is_a_new_version() -> None:
    plain = with_page(article(), page(), now=LATER)
    corrected = with_page(article(), page(corrections=("It was Monday.",)), now=LATER)
    judged = with_page(article(), page(claim_reviews=(ClaimReview(claim="x", verdict="False"),)), now=LATER)

    assert len({plain.version, corrected.version, judged.version}) == 3


def test_where_the_page_cannot_be_read_this_time_its_text_of_last_time_stands() -> None:
    before = with_page(article(), page(credit="CPA"), now=LATER)
    edited = with_body_of(article(title="Leader may have been killed"), before)

    assert (edited.title, edited.body, edited.text_from, edited.credit) == ("Leader may have been killed", TEXT, TextFrom.PAGE, "CPA")
    assert edited.version == version_of(edited)


def test_no_text_is_taken_over_from_what_was_withdrawn_or_came_from_the_feed() -> None:
    assert with_body_of(article(), withdrawn(with_page(article(), page(), now=LATER), "gone")) == article()
    assert with_body_of(article(), article(body=LONG)) == article()


def test_a_withdrawn_article_says_nothing_any_more() -> None:
    made = withdrawn(with_page(article(), page(corrections=("x",)), now=LATER), "  Published in error.  ")

    assert (made.withdrawn, made.notice) == (True, "Published in error.")
    assert (made.title, made.summary, made.body, made.corrections) == ("", "", "", ())


def test_a_successor_names_the_version_before_and_what_changed() -> None:
    before, now = article(), article(title="Leader may have been killed")
    made = after(before, now, version=before.version)

    assert made.previous_version == before.version
    assert made.changes == (TextChange(field="title", before="Leader killed", after="Leader may have been killed"),)


def test_behaviour_11_an_old_article_with_a_new_date_keeps_its_first_date() -> None:
    before, redated = article(), article(title="Leader killed!", published_at=LATER)
    made = after(before, redated, version=before.version)

    assert (made.published_at, made.updated_at) == (NOW, LATER)


def test_without_the_version_before_only_its_name_is_given() -> None:
    made = after(None, article(), version="0123")

    assert (made.previous_version, made.changes, made.published_at) == ("0123", (), NOW)


def test_a_withdrawal_is_not_compared() -> None:
    assert after(article(), withdrawn(article(), "gone"), version="0123").changes == ()


def test_the_bounds_of_a_whole_text_are_where_they_are_said_to_be() -> None:
    for field, bound in (("body", WHOLE_BODY_CHARS), ("summary", WHOLE_SUMMARY_CHARS)):
        assert not is_whole(article(**{"body": "", "summary": "", field: "x" * (bound - 1)}))
        assert is_whole(article(**{"body": "", "summary": "", field: "x" * bound}))
