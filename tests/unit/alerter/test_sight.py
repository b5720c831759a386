"""Behaviour 26: a watch shows "no news" apart from "cannot see"."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.record import UtcDatetime
from services.alerter.domain.sight import OVERDUE, FeedHealth, Says, is_in_sight, sight_of, source_sight
from services.chassis.records import decode, encode
from tests.unit.alerter.builders import T0
from tests.unit.alerter.test_api import CLAIM, World, api, problem, world  # noqa: F401  # the second and the last are fixtures

HOUR = timedelta(hours=1)


def feed(name: str = "albion", **more: object) -> FeedSource:
    return FeedSource.model_validate({"feed_id": name, "url": "https://albion.example/feed", "outlet": {"name": "Albion Times"}} | more)


def health(name: str = "albion", *, due: UtcDatetime = T0 + HOUR, **more: object) -> FeedHealth:
    poll = {"at": T0, "reason": "ok"}
    return FeedHealth.model_validate({"feed_id": name, "next_poll_at": due, "last_success_at": T0, "last_poll": poll} | more)


SEEN = {
    "read and to be read": (feed(), health(), True),
    "due just now": (feed(), health(due=T0 - OVERDUE), True),
    "failing, not stale": (feed(), health(failures=3), True),
    "stale": (feed(), health(stale_since=T0), False),
    "overdue: the fetcher is away": (feed(), health(due=T0 - OVERDUE - HOUR), False),
    "never polled": (feed(), None, False),
    "never read": (feed(), health(last_success_at=None), False),
    "paused": (feed(paused=True), health(), False),
}


@pytest.mark.parametrize(("source", "known", "expected"), SEEN.values(), ids=SEEN.keys())
def test_a_feed_is_in_sight_when_it_was_read_is_not_stale_and_is_polled(
    source: FeedSource, known: FeedHealth | None, expected: bool
) -> None:
    assert is_in_sight(source, known, T0) is expected


WORLDS = {
    "all": ([(feed("a"), health("a")), (feed("b"), health("b"))], (2, 0, Says.ALL)),
    "some": ([(feed("a"), health("a")), (feed("b"), None)], (2, 1, Says.PARTIAL)),
    "none": ([(feed("a"), None), (feed("b"), health("b", stale_since=T0))], (2, 2, Says.NONE)),
    "no feeds": ([], (0, 0, Says.NONE)),
    "archives and paused ones aside": (
        [(feed("a"), health("a")), (feed("b", paused=True), None), (feed("c", backfill=True), None)],
        (1, 0, Says.ALL),
    ),
}


@pytest.mark.parametrize(("feeds", "expected"), WORLDS.values(), ids=WORLDS.keys())
def test_silence_is_worth_as_much_as_is_in_sight(
    feeds: list[tuple[FeedSource, FeedHealth | None]], expected: tuple[int, int, Says]
) -> None:
    known = {source.feed_id: found for source, found in feeds}
    sight = sight_of([source for source, _ in feeds], known.__getitem__, now=T0)

    assert (sight.feeds, sight.stale, sight.says) == expected


def test_what_is_kept_of_a_state_is_read_from_the_states_own_record() -> None:
    state = FeedState.model_validate(
        {
            "feed_id": "albion",
            "url": "https://albion.example/feed",
            "next_poll_at": T0,
            "last_poll": {"at": T0, "reason": "dns"},
            "stale_since": T0,
        }
        | {"failures": 4, "warnings": ["moved"], "seen": [{"article_id": "x", "version": "1", "first_seen_at": T0, "last_listed_at": T0}]}
    )
    kept = decode(FeedHealth, encode(state))

    assert kept.model_dump() == {name: value for name, value in state.model_dump().items() if name in FeedHealth.model_fields}
    shown = source_sight(feed(), kept, now=T0)
    assert (shown.in_sight, shown.reason, shown.failures, shown.stale_since) == (False, "dns", 4, T0)


async def test_the_api_shows_each_feed_and_what_silence_about_a_claim_is_worth(api: Any, world: World) -> None:  # noqa: F811
    world.feeds.by_key = {"a": feed("a"), "b": feed("b")}
    world.health.by_key = {"a": health("a"), "b": health("b", stale_since=T0 - HOUR, failures=7)}
    await api.put("/claims/leader-killed", json=CLAIM)

    listed = (await api.get("/sources")).json()
    one = (await api.get("/sources/b")).json()
    status = (await api.get("/claims/leader-killed/status")).json()

    assert [(row["feed_id"], row["in_sight"]) for row in listed] == [("a", True), ("b", False)]
    assert (one["stale_since"], one["failures"], one["outlet"]) == ((T0 - HOUR).isoformat().replace("+00:00", "Z"), 7, "Albion Times")
    assert status["sight"] == {"feeds": 2, "stale": 1, "says": "partial"}
    assert status["status"] == "unreported"
    problem(await api.get("/sources/nobody"), 404)


async def test_while_states_are_being_read_nothing_is_said_of_sight(api: Any, world: World) -> None:  # noqa: F811
    world.health.is_loaded = False

    problem(await api.get("/sources"), 503)
