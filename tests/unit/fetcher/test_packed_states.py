"""States are kept small in memory, and come out as they went in."""

import tracemalloc

import pytest

from schemas.feeds_state import FeedState, SeenArticle
from services.fetcher.adapters.polling.packed_states import PackedStates
from tests.unit.fetcher.samples import NOW, state


def seen(number: int) -> SeenArticle:
    return SeenArticle(article_id=f"article-{number}", version=f"v{number}", first_seen_at=NOW, last_listed_at=NOW, place=f"1:{number}")


def knowing(count: int, feed_id: str = "one") -> FeedState:
    return state(seen=tuple(map(seen, range(count)))).model_copy(update={"feed_id": feed_id})


@pytest.mark.parametrize("count", [0, 1, 300])
def test_a_state_comes_out_as_it_went_in(count: int) -> None:
    states = PackedStates()

    states["one"] = knowing(count)

    assert states["one"] == knowing(count)
    assert (list(states), len(states)) == (["one"], 1)


def test_an_outline_has_everything_but_the_articles() -> None:
    states = PackedStates()
    states["one"] = knowing(3)

    assert states.outline("one") == knowing(0)
    assert states.outlines() == [knowing(0)]
    assert states.outline("two") is None


@pytest.mark.parametrize("count", [3, 4], ids=["as many, but others", "one more"])
def test_articles_that_differ_from_those_before_replace_them(count: int) -> None:
    states = PackedStates()
    states["one"] = knowing(3)
    after = knowing(count).model_copy(update={"polls": 9, "seen": tuple(seen(number + 1) for number in range(count))})

    states.replace(states["one"], after)

    assert states["one"] == after


def test_articles_that_are_the_same_stay_and_the_rest_is_replaced() -> None:
    states = PackedStates()
    states["one"] = knowing(3)
    before = states["one"]
    after = before.model_copy(update={"polls": before.polls + 1})

    states.replace(before, after)

    assert states["one"] == after


def test_a_state_that_was_removed_meanwhile_comes_back_whole() -> None:
    states = PackedStates()
    states["one"] = knowing(3)
    before = states.pop("one")

    states.replace(before, before)

    assert states["one"] == before
    assert states.get("two") is None


def test_many_articles_take_little_memory() -> None:
    states = PackedStates()
    tracemalloc.start()
    try:
        for number in range(20):
            states[f"feed-{number}"] = knowing(220)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert taken / 20 < 40_000, "a model takes 1,400 bytes an article"
