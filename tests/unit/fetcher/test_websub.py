"""Behaviour 38: the rules of a subscription, one table each, and all of them together in any order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from schemas.feeds_state import HubState
from schemas.words import FeedWarning, PollReason
from services.fetcher.domain.polling.polls import Outcome, state_after
from services.fetcher.domain.websub import subscription as websub
from tests.unit.fetcher.samples import NOW, source, state

HUB, TOPIC = "https://hub.example/", "https://news.example/feed"
S, M, H, D = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def hub(**more: object) -> HubState:
    return HubState.model_validate({"hub": HUB, "topic": TOPIC} | more)


def leased(**more: object) -> HubState:
    """Return a subscription that has stood for an hour and holds for another."""
    return hub(**{"requested_at": NOW - H, "since": NOW - H, "lease_until": NOW + H, "ask_at": NOW + 20 * M, "callback": "c"} | more)


PUSHING = {
    "no hub": (None, False),
    "not verified": (hub(), False),
    "a lease": (leased(), True),
    "a lease that ends now": (leased(lease_until=NOW), False),
    "missed once": (leased(missed=1), True),
    "missed twice": (leased(missed=2), False),
}


@pytest.mark.parametrize(("state", "expected"), PUSHING.values(), ids=PUSHING)
def test_polling_is_slow_only_behind_a_lease_that_holds_and_a_hub_that_is_reliable(state: HubState | None, expected: bool) -> None:
    assert websub.is_pushing(state, NOW) is expected


def test_a_hub_that_missed_twice_bears_the_warning_and_no_other_does() -> None:
    found = [websub.warnings_of(state) for state in (None, hub(), leased(missed=1), leased(missed=2))]

    assert found == [(), (), (), (FeedWarning.HUB_UNRELIABLE,)]


DISCOVERED = {
    "a first hub": (None, HUB, TOPIC, hub()),
    "the same": (leased(), HUB, TOPIC, leased()),
    "another hub": (leased(), "https://other.example/", TOPIC, hub(hub="https://other.example/")),
    "another address of itself": (leased(), HUB, TOPIC + "/2", hub(topic=TOPIC + "/2")),
    "no hub any more": (leased(), "", TOPIC, None),
    "no address of itself": (leased(), HUB, "", None),
}


@pytest.mark.parametrize(("before", "named", "topic", "after"), DISCOVERED.values(), ids=DISCOVERED)
def test_a_feed_has_the_subscription_that_its_document_names(
    before: HubState | None, named: str, topic: str, after: HubState | None
) -> None:
    assert websub.discovered(before, hub=named, topic=topic) == after


ASKED = {
    "a first time": (hub(), M),
    "once before in vain": (hub(unanswered=1, callback="c"), 2 * M),
    "five times before in vain": (hub(unanswered=5, callback="c"), 32 * M),
    "a hundred times before in vain": (hub(unanswered=100, callback="c"), 6 * H),
    "a renewal": (leased(), M),
    "with another address of ours": (leased(callback="old", unanswered=7), M),
}


@pytest.mark.parametrize(("before", "wait"), ASKED.values(), ids=ASKED)
def test_each_request_in_vain_doubles_the_wait_for_the_next_up_to_six_hours(before: HubState, wait: timedelta) -> None:
    after = websub.asked(before, feed_id="news", callback="c", now=NOW)

    assert after.ask_at is not None
    assert wait <= after.ask_at - NOW <= wait * 1.1
    assert (after.requested_at, after.callback) == (NOW, "c")


def test_a_renewal_leaves_the_lease_as_it_is_until_it_is_verified() -> None:
    after = websub.asked(leased(), feed_id="news", callback="c", now=NOW)

    assert (after.lease_until, after.since, after.unanswered) == (NOW + H, NOW - H, 1)


def test_a_lease_that_was_given_to_another_callback_is_none_of_ours() -> None:
    assert websub.asks_at(leased(), callback="other", now=NOW) == NOW
    assert websub.asks_at(leased(), callback="c", now=NOW) == NOW + 20 * M
    assert not websub.is_pushing(websub.asked(leased(), feed_id="news", callback="other", now=NOW), NOW)


LEASES = {
    "ten days": (10 * D, 10 * D),
    "an hour": (H, H),
    "none named": (None, D),
    "nought": (0 * S, D),
    "a hundred years": (36500 * D, 14 * D),
}


@pytest.mark.parametrize(("named", "given"), LEASES.values(), ids=LEASES)
def test_a_lease_is_renewed_at_about_two_thirds_of_what_the_hub_gives(named: timedelta | None, given: timedelta) -> None:
    after = websub.verified(hub(requested_at=NOW, unanswered=3), feed_id="news", lease=named, now=NOW)

    assert after.ask_at is not None
    assert (after.lease_until, after.since, after.unanswered) == (NOW + given, NOW, 0)
    assert given * 0.55 <= after.ask_at - NOW <= given * 0.67


def test_renewals_of_many_feeds_are_spread() -> None:
    moments = {websub.verified(hub(unanswered=1), feed_id=f"feed-{n}", lease=D, now=NOW).ask_at for n in range(50)}

    assert len(moments) == 50


def test_a_lease_of_seconds_is_not_asked_for_more_often_than_once_a_minute() -> None:
    after = websub.verified(hub(unanswered=1), feed_id="news", lease=S, now=NOW)

    assert after.ask_at == NOW + M


def test_a_verification_that_follows_no_request_prolongs_nothing() -> None:
    assert websub.verified(leased(), feed_id="news", lease=10 * D, now=NOW) == leased()


def test_a_renewed_lease_goes_on_and_one_that_had_ended_begins_anew() -> None:
    renewed = websub.verified(leased(unanswered=1), feed_id="news", lease=D, now=NOW)
    restored = websub.verified(leased(unanswered=1, lease_until=NOW - S), feed_id="news", lease=D, now=NOW)

    assert (renewed.since, restored.since) == (NOW - H, NOW)


WANTED = {
    "asked for": (hub(requested_at=NOW), TOPIC, True),
    "another topic": (hub(requested_at=NOW), TOPIC + "/2", False),
    "never asked for": (hub(), TOPIC, False),
    "no hub": (None, TOPIC, False),
}


@pytest.mark.parametrize(("state", "topic", "expected"), WANTED.values(), ids=WANTED)
def test_a_hub_is_told_yes_only_for_what_was_asked_of_it(state: HubState | None, topic: str, expected: bool) -> None:
    assert websub.is_wanted(state, topic=topic) is expected


def test_a_denial_ends_the_lease_and_the_hub_is_asked_again_a_day_later() -> None:
    after = websub.denied(leased(), now=NOW)

    assert not websub.is_pushing(after, NOW)
    assert after.ask_at == NOW + D


def test_a_longer_wait_that_the_hub_asks_for_counts_and_a_shorter_does_not() -> None:
    asked = websub.asked(hub(), feed_id="news", callback="c", now=NOW)

    assert websub.put_off(asked, wait=S, now=NOW).ask_at == asked.ask_at
    assert websub.put_off(asked, wait=2 * H, now=NOW).ask_at == NOW + 2 * H
    assert websub.put_off(asked, wait=900 * D, now=NOW).ask_at == NOW + D


POLLED = {
    "news that could have been pushed": (leased(), 3, NOW - 10 * M, 1),
    "a second time": (leased(missed=1), 1, NOW - 10 * M, 2),
    "nothing new": (leased(missed=1), 0, NOW - 10 * M, 1),
    "what may be from before the lease": (leased(), 3, NOW - 61 * M, 0),
    "a first poll": (leased(), 3, None, 0),
    "without lease": (hub(since=NOW - H), 3, NOW - 10 * M, 0),
    "behind a lease that has ended": (leased(lease_until=NOW - S), 3, NOW - 10 * M, 0),
    "what the hub has told of": (leased(missed=1, pinged_at=NOW - S), 3, NOW - 10 * M, 0),
    "another time than what it told of": (leased(missed=1, pinged_at=NOW - 20 * M), 3, NOW - 10 * M, 2),
}


@pytest.mark.parametrize(("before", "brought", "looked_at", "missed"), POLLED.values(), ids=POLLED)
def test_what_a_poll_finds_and_could_have_been_pushed_was_missed(before: HubState, brought: int, looked_at: object, missed: int) -> None:
    after = websub.polled(before, brought=brought, looked_at=looked_at, now=NOW)  # type: ignore[arg-type]

    assert after.missed == missed


PUSHED = {
    "brings something": (leased(missed=5), 1, 0),
    "brings nothing, long after the poll": (leased(missed=2, missed_at=NOW - 61 * S), 0, 2),
    "brings nothing, right after the poll": (leased(missed=2, missed_at=NOW - 59 * S), 0, 1),
    "brings nothing, and nothing was missed": (leased(), 0, 0),
}


@pytest.mark.parametrize(("before", "brought", "missed"), PUSHED.values(), ids=PUSHED)
def test_a_push_that_brings_something_makes_the_hub_reliable_again(before: HubState, brought: int, missed: int) -> None:
    after = websub.pushed(before, brought=brought, now=NOW)

    assert (after.missed, after.pushes) == (missed, before.pushes + 1)


def test_one_late_push_excuses_one_miss() -> None:
    state = leased(missed=2, missed_at=NOW)
    for _ in range(3):
        state = websub.pushed(state, brought=0, now=NOW + S)

    assert state.missed == 1


POLL_WANTED = {
    "no hub": (None, None),
    "nothing": (leased(since=NOW - D), None),
    "pushing has begun since the last poll": (leased(since=NOW - 5 * M), NOW - 5 * M),
    "an unsigned word": (leased(since=NOW - D, pinged_at=NOW), NOW),
    "an unsigned word right after a poll": (leased(since=NOW - D, pinged_at=NOW - 10 * M + S), NOW - 10 * M + 30 * S),
    "an unsigned word from before the last poll": (leased(since=NOW - D, pinged_at=NOW - H), None),
}


@pytest.mark.parametrize(("state", "at"), POLL_WANTED.values(), ids=POLL_WANTED)
def test_the_feed_is_polled_out_of_turn_when_pushing_begins_and_when_the_hub_says_so(state: HubState | None, at: object) -> None:
    assert websub.wanted_poll_at(state, polled_at=NOW - 10 * M) == at


FOUND = {
    "a new article": (Outcome(PollReason.OK, hub=(HUB, TOPIC), brought=1, new=1), 1),
    "an edit": (Outcome(PollReason.OK, hub=(HUB, TOPIC), brought=1), 0),
    "nothing": (Outcome(PollReason.NOT_MODIFIED), 0),
    "no answer": (Outcome(PollReason.CONNECT), 0),
}


@pytest.mark.parametrize(("found", "missed"), FOUND.values(), ids=FOUND)
def test_a_hub_is_held_to_new_articles_and_not_to_edits(found: Outcome, missed: int) -> None:
    before = state(at=NOW - 10 * M).model_copy(update={"hub": leased()})
    after = state_after(source(), before, found, started_at=NOW, ended_at=NOW)

    assert after.hub is not None
    assert after.hub.missed == missed


def test_a_source_that_wants_no_hub_has_none_after_the_next_poll() -> None:
    before = state(at=NOW - 10 * M).model_copy(update={"hub": leased()})
    after = state_after(source(websub=False), before, Outcome(PollReason.OK, hub=(HUB, TOPIC)), started_at=NOW, ended_at=NOW)

    assert after.hub is None


@dataclass
class Feed:
    """A feed as its publisher knows it: articles by number, and what we have of them."""

    published: int = 0
    known: int = 0
    polled_at: datetime | None = None


class Subscription(RuleBasedStateMachine):
    """Any order of requests, verifications, denials, pushes, polls and time going by."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.state, self.feed = NOW, hub(), Feed()
        self.asked_at = self.verified_at = NOW - D

    @rule(seconds=st.integers(1, 200_000))
    def wait(self, seconds: int) -> None:
        self.now += seconds * S

    @precondition(lambda self: websub.asks_at(self.state, callback="c", now=self.now) <= self.now)
    @rule()
    def ask(self) -> None:
        assert self.now - self.asked_at >= websub.FIRST_WAIT
        self.asked_at = self.now
        before = self.state
        self.state = websub.asked(before, feed_id="news", callback="c", now=self.now)
        assert websub.is_pushing(self.state, self.now) == websub.is_pushing(before, self.now)

    @rule(seconds=st.one_of(st.none(), st.integers(-10, 10**8)))
    def verify(self, seconds: int | None) -> None:
        lease = None if seconds is None else seconds * S
        if self.state.unanswered:
            self.verified_at = self.now
        self.state = websub.verified(self.state, feed_id="news", lease=lease, now=self.now)

    @rule()
    def deny(self) -> None:
        self.state = websub.denied(self.state, now=self.now)
        assert not websub.is_pushing(self.state, self.now)

    @rule()
    def publish(self) -> None:
        self.feed.published += 1

    @rule()
    def push(self) -> None:
        brought = self.feed.published - self.feed.known
        self.feed.known = self.feed.published
        before = self.state.missed
        self.state = websub.pushed(self.state, brought=brought, now=self.now)
        assert self.state.missed <= before
        if brought:
            assert websub.is_reliable(self.state)

    @rule()
    def poll(self) -> None:
        brought = self.feed.published - self.feed.known
        self.feed.known = self.feed.published
        before = self.state
        self.state = websub.polled(before, brought=brought, looked_at=self.feed.polled_at, now=self.now)
        self.feed.polled_at = self.now
        if self.state.missed > before.missed:
            assert before.since is not None
            assert websub._has_lease(before, self.now)
            assert brought

    @invariant()
    def the_lease_is_bounded_and_is_asked_for_again_before_it_ends(self) -> None:
        state = self.state
        if state.lease_until and not state.unanswered:
            assert state.since is not None
            assert state.ask_at is not None
            assert state.lease_until - self.now <= websub.MAX_LEASE
            assert state.ask_at <= max(state.lease_until, self.verified_at + websub.FIRST_WAIT)

    @invariant()
    def the_warning_and_slow_polling_exclude_each_other(self) -> None:
        assert not (websub.warnings_of(self.state) and websub.is_pushing(self.state, self.now))

    @invariant()
    def it_can_be_stored_and_read_back(self) -> None:
        assert HubState.model_validate_json(self.state.model_dump_json()) == self.state


TestSubscription = Subscription.TestCase
TestSubscription.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
