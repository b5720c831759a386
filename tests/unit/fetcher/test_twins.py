"""Behaviour 29: two feeds that lead to one address are known as twins, and know of each other's articles."""

from datetime import timedelta

from schemas.feeds_state import FeedState, PageVisit, SeenArticle
from schemas.words import PageReason
from services.fetcher.domain.polling.twins import Twins, known_to_any
from tests.unit.fetcher.samples import LATER, NOW, source, state

PLACE, ELSEWHERE = "https://news.example/real", "https://other.example/"
ONE, TWO, OLD = source(feed_id="one"), source(feed_id="two"), source(feed_id="old", backfill=True)


def seen(name: str, version: str = "v1", *, listed: object = NOW, page: PageVisit | None = None) -> SeenArticle:
    return SeenArticle.model_validate(
        {"article_id": name, "version": version, "first_seen_at": NOW, "last_listed_at": listed, "page": page}
    )


def knowing(feed_id: str, *articles: SeenArticle) -> FeedState:
    return state(seen=articles).model_copy(update={"feed_id": feed_id})


def test_feeds_found_at_one_address_are_twins_until_one_is_found_elsewhere_or_goes() -> None:
    twins = Twins()
    twins.state_of = knowing
    twins.note(ONE, PLACE)
    twins.note(TWO, PLACE)

    assert [other.feed_id for other in twins.others(ONE, PLACE)] == ["two"]
    twins.note(TWO, ELSEWHERE)
    assert twins.others(ONE, PLACE) == []
    assert twins.address_of("two") == ELSEWHERE
    twins.note(TWO, PLACE)
    twins.forget("two")
    assert twins.others(ONE, PLACE) == []


def test_the_latest_state_of_a_twin_counts() -> None:
    twins = Twins()
    states = {"two": knowing("two", seen("x", "v1"))}
    twins.state_of = states.get
    twins.note(TWO, PLACE)

    states["two"] = knowing("two", seen("x", "v2"))

    assert [other.seen[0].version for other in twins.others(ONE, PLACE)] == ["v2"]


def test_an_archive_is_no_twin_of_a_feed_whose_articles_may_notify() -> None:
    twins = Twins()
    twins.state_of = knowing
    twins.note(OLD, PLACE)

    assert twins.others(ONE, PLACE) == []


def test_of_an_article_that_both_know_the_latest_word_counts() -> None:
    visit = PageVisit(at=LATER + timedelta(hours=1), reason=PageReason.OK)
    own = (seen("a", "own", listed=LATER), seen("b", "own"), seen("c", "own"), seen("d", "own", listed=LATER))
    theirs = (
        seen("a", "theirs"),
        seen("b", "theirs", listed=LATER),
        seen("c", "theirs"),
        seen("d", "theirs", page=visit),
        seen("e", "theirs"),
    )

    found = {article.article_id: article.version for article in known_to_any(own, [knowing("two", *theirs)])}

    assert found == {"a": "own", "b": "theirs", "c": "own", "d": "theirs", "e": "theirs"}
