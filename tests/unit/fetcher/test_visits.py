"""When pages are visited, and what a visit comes to (behaviour 9: gone, withdrawn, back again)."""

from datetime import timedelta

import pytest

from schemas.feeds_state import SeenArticle
from schemas.news_article import Article
from schemas.words import PageReason
from services.fetcher.domain.pages.page import Page
from services.fetcher.domain.pages.visits import WAITS, Visit, article_after, is_due, seen_after
from tests.unit.fetcher.samples import NOW, STORY, reap

URL = "https://news.example/1"
ARTICLE: Article = reap(STORY).new[0]
NEVER_VISITED = reap(STORY).seen[0].model_copy(update={"url": URL})
READ = Visit(PageReason.OK, Page(PageReason.OK, text="It stands here. " * 60), etag='"1"')
GONE = Visit(PageReason.GONE, detail="The page is gone (HTTP 404).")


def after_visits(*visits: Visit) -> SeenArticle:
    seen = NEVER_VISITED
    for visit in visits:
        seen = seen_after(seen, visit, url=URL, now=NOW)
    return seen


def test_a_page_is_visited_at_once_and_then_ever_more_rarely_until_it_is_let_go() -> None:
    seen, waits = NEVER_VISITED, []
    assert is_due(seen, NOW)
    while (seen := seen_after(seen, READ, url=URL, now=NOW)).url:
        wait = next(wait for wait in WAITS if is_due(seen, NOW + wait))
        assert not is_due(seen, NOW + wait - timedelta(seconds=1))
        waits.append(wait)

    assert tuple(waits) == WAITS
    assert not is_due(seen, NOW + timedelta(days=365))


def test_what_has_no_page_to_visit_is_never_due() -> None:
    assert not is_due(NEVER_VISITED.model_copy(update={"url": ""}), NOW)


TAKEN_BACK = {
    "gone once": ((READ,), GONE, False),
    "gone twice": ((READ, GONE), GONE, True),
    "gone, back, gone": ((READ, GONE, READ), GONE, False),
    "gone for good": ((READ,), Visit(PageReason.GONE, is_final=True), True),
    "never there": ((GONE, GONE), GONE, False),
    "unreachable twice": ((READ, Visit(PageReason.UNREACHABLE)), Visit(PageReason.UNREACHABLE), False),
    "behind a wall": ((READ,), Visit(PageReason.BOT_WALL), False),
    "a notice in its place": ((READ,), Visit(PageReason.NO_TEXT, Page(PageReason.NO_TEXT, notice="Published in error.")), True),
}


@pytest.mark.parametrize(("before", "visit", "expected"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_a_visit_takes_an_article_back_or_not(before: tuple[Visit, ...], visit: Visit, expected: bool) -> None:
    assert article_after(ARTICLE, after_visits(*before), visit, now=NOW).withdrawn is expected


def test_a_page_that_is_back_stands_again() -> None:
    seen = after_visits(READ, GONE)
    taken_back = article_after(ARTICLE, seen, GONE, now=NOW)
    back = article_after(taken_back, seen_after(seen, GONE, url=URL, now=NOW), READ, now=NOW)

    assert (back.withdrawn, back.notice) == (False, "")
    assert back.body.startswith("It stands here.")


def test_a_wall_changes_nothing() -> None:
    assert article_after(ARTICLE, NEVER_VISITED, Visit(PageReason.CONSENT, Page(PageReason.CONSENT, title="Cookies")), now=NOW) == ARTICLE


def test_a_paywall_says_that_only_a_part_is_shown() -> None:
    visit = Visit(PageReason.PAYWALL, Page(PageReason.PAYWALL, authors=("A. B.",), is_partial=True, text="Subscribe"))
    made = article_after(ARTICLE, NEVER_VISITED, visit, now=NOW)

    assert (made.is_partial, made.authors, made.body) == (True, ("A. B.",), ARTICLE.body)


def test_validators_of_the_page_that_was_read_outlive_a_visit_that_failed() -> None:
    seen = after_visits(READ, Visit(PageReason.UNREACHABLE))

    assert seen.page
    assert (seen.page.etag, seen.page.was_read, seen.page.visits) == ('"1"', True, 2)
