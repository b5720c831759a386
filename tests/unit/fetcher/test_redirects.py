"""Behaviour 29: which redirects are kept, which are flagged, which address is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds_state import FeedState, SeenMove
from schemas.words import FeedWarning, PollReason
from services.fetcher.domain.polling.polls import Outcome, is_of, state_after
from services.fetcher.domain.polling.redirects import SAVE_AFTER, Hop, Journey, addresses_to_ask
from tests.unit.fetcher.samples import NOW, source

OLD, NEW, OTHER = "https://news.example/feed", "https://news.example/rss", "https://other.example/rss"
FEED = source(url=OLD)
G = PollReason.OK


def way(*legs: tuple[int, str], asked: str = OLD) -> Journey:
    """Return the way through redirects of (status, target)."""
    places = [asked, *(to for _, to in legs)]
    return Journey(asked, tuple(Hop(status, at, to) for at, (status, to) in zip(places, legs, strict=False)))


def polled(before: FeedState | None, journey: Journey | None, reason: PollReason = G) -> FeedState:
    return state_after(FEED, before, Outcome(reason, journey=journey), started_at=NOW, ended_at=NOW)


def after(*journeys: Journey, before: FeedState | None = None) -> FeedState:
    """Return the state after polls that went these ways and found a feed."""
    for journey in journeys:
        before = polled(before, journey)
    assert before is not None
    return before


def moved() -> FeedState:
    return after(*[way((301, NEW))] * SAVE_AFTER)


KEPT = {
    "permanent": ([way((301, NEW))] * 3, NEW),
    "permanent, method kept": ([way((308, NEW))] * 3, NEW),
    "not yet often enough": ([way((301, NEW))] * 2, None),
    "never the same": ([way((301, NEW)), way((301, OTHER)), way((301, NEW)), way((301, OTHER))], None),
    "broken off": ([way((301, NEW)), way((301, NEW)), way(), way((301, NEW))], None),
    "temporary": ([way((302, NEW))] * 9, None),
    "see other": ([way((303, NEW))] * 9, None),
    "temporary, method kept": ([way((307, NEW))] * 9, None),
    "permanent, then temporary": ([way((301, NEW), (302, OTHER))] * 3, NEW),
    "temporary, then permanent": ([way((302, NEW), (301, OTHER))] * 9, None),
    "two permanent ones": ([way((301, NEW), (308, OTHER))] * 3, OTHER),
    "to unencrypted": ([way((301, "http://news.example/rss"))] * 9, None),
    "up to unencrypted": ([way((301, NEW), (301, "http://news.example/rss"))] * 3, NEW),
    "no redirect": ([way()] * 9, None),
}


@pytest.mark.parametrize(("ways", "kept"), KEPT.values(), ids=KEPT.keys())
def test_only_permanent_redirects_are_kept_and_only_after_several_polls_that_agree(ways: list[Journey], kept: str | None) -> None:
    state = after(*ways)

    assert state.resolved_url == kept
    assert (FeedWarning.MOVED in state.warnings) == (kept is not None)


@pytest.mark.parametrize("reason", [PollReason.NOT_A_FEED, PollReason.HTTP_4XX, PollReason.TIMEOUT])
def test_a_redirect_counts_only_where_it_found_a_feed_and_a_failure_begins_the_count_anew(reason: PollReason) -> None:
    twice = after(way((301, NEW)), way((301, NEW)))
    failed = polled(twice, way((301, NEW)), reason)

    assert failed.resolved_url is None
    assert after(way((301, NEW)), way((301, NEW)), before=failed).resolved_url is None
    assert after(*[way((301, NEW))] * 3, before=failed).resolved_url == NEW


def test_not_modified_at_the_target_counts_as_a_feed() -> None:
    twice = after(way((301, NEW)), way((301, NEW)))

    assert polled(twice, way((301, NEW)), PollReason.NOT_MODIFIED).resolved_url == NEW


def test_a_kept_address_is_asked_directly_and_the_original_again_in_distrust_and_after_failures() -> None:
    state = moved()
    failing = polled(state, way(asked=NEW), PollReason.HTTP_5XX)

    assert addresses_to_ask(FEED, None, in_distrust=True) == (OLD,)
    assert addresses_to_ask(FEED, state, in_distrust=False) == (NEW,)
    assert addresses_to_ask(FEED, state, in_distrust=True) == (OLD, NEW)
    assert addresses_to_ask(FEED, failing, in_distrust=False) == (OLD, NEW)
    assert failing.resolved_url == NEW


UNDONE = {
    "the kept address holds": (way(asked=NEW), NEW),
    "the original still leads there": (way((301, NEW)), NEW),
    "the original answers for itself": (way(), None),
    "the original leads elsewhere for now": (way((302, OTHER)), None),
    "the original leads elsewhere for good": (way((301, OTHER)), None),
    "the kept address moves on, seen once": (way((301, OTHER), asked=NEW), NEW),
}


@pytest.mark.parametrize(("journey", "kept"), UNDONE.values(), ids=UNDONE.keys())
def test_a_move_can_be_undone(journey: Journey, kept: str | None) -> None:
    assert after(journey, before=moved()).resolved_url == kept


def test_a_feed_that_moves_on_is_followed_in_the_same_way() -> None:
    state = after(*[way((301, OTHER), asked=NEW)] * SAVE_AFTER, before=moved())

    assert (state.resolved_url, state.move) == (OTHER, SeenMove(to=OTHER, polls=SAVE_AFTER))


def test_another_address_in_the_source_starts_afresh_whatever_the_feed_had_moved_to() -> None:
    state = moved()

    assert is_of(state, FEED)
    assert not is_of(state, source(url=NEW))


FLAGGED = {
    "to unencrypted": (way((302, "http://news.example/rss")), G, FeedWarning.DOWNGRADED),
    "to unencrypted and on": (way((301, "http://news.example/rss"), (301, NEW)), G, FeedWarning.DOWNGRADED),
    "to the front page": (way((301, "https://news.example/")), PollReason.NOT_A_FEED, FeedWarning.HOME_PAGE),
    "to another front page": (way((302, "https://other.example")), PollReason.EMPTY, FeedWarning.HOME_PAGE),
    "to a front page with a name": (way((302, "https://news.example/index.html")), PollReason.BOT_WALL, FeedWarning.HOME_PAGE),
}


@pytest.mark.parametrize(("journey", "reason", "warning"), FLAGGED.values(), ids=FLAGGED.keys())
def test_redirects_that_an_operator_should_know_of_are_flagged(journey: Journey, reason: PollReason, warning: FeedWarning) -> None:
    assert polled(None, journey, reason).warnings == (warning,)


UNFLAGGED = {
    "a feed at the front page": (way((302, "https://news.example/")), G),
    "to another page that is none": (way((302, "https://news.example/about")), PollReason.NOT_A_FEED),
    "no redirect": (way(), PollReason.NOT_A_FEED),
    "to encryption": (way((302, NEW), asked="http://news.example/feed"), G),
    "a front page that answers a question": (way((302, "https://news.example/?feed=rss2")), PollReason.PARSE_ERROR),
}


@pytest.mark.parametrize(("journey", "reason"), UNFLAGGED.values(), ids=UNFLAGGED.keys())
def test_other_redirects_are_not_flagged(journey: Journey, reason: PollReason) -> None:
    assert polled(None, journey, reason).warnings == ()


places = st.sampled_from([OLD, NEW, OTHER, "http://news.example/rss"])
legs = st.lists(st.tuples(st.sampled_from([301, 302, 303, 307, 308]), places), max_size=3)
polls = st.tuples(legs, st.sampled_from([PollReason.OK, PollReason.NOT_MODIFIED, PollReason.HTTP_4XX, PollReason.DNS]))


@given(st.lists(polls, max_size=15))
def test_whatever_servers_do_only_a_permanent_way_is_kept(found: list[tuple[list[tuple[int, str]], PollReason]]) -> None:
    state: FeedState | None = None
    for hops, reason in found:
        asked = addresses_to_ask(FEED, state, in_distrust=False)[0]
        state = polled(state, way(*hops, asked=asked), reason)
        kept = {way(*others, asked=at).permanent_end for others, _ in found for at in (OLD, NEW, OTHER)}

        assert state.resolved_url is None or state.resolved_url in kept
        assert state.resolved_url is None or not state.resolved_url.startswith("http:")
        assert OLD in addresses_to_ask(FEED, state, in_distrust=True)
