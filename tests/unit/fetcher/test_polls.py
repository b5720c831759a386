from datetime import timedelta

import pytest

from schemas.words import PollReason
from services.fetcher.domain.polling.polls import (
    DISTRUST_EVERY,
    GOOD,
    Outcome,
    Validators,
    due_at,
    is_same_body,
    state_after,
    validators_for,
)
from services.fetcher.domain.polling.timetable import Timetable
from tests.unit.fetcher.samples import LATER, NOW, STORY, reap, source, state

SENT = Validators('W/"1"', "Thu, 22 Jun 2017 12:00:00 GMT")


def test_a_first_good_poll_is_kept_whole() -> None:
    found = state(validators=SENT, body_hash="h", entries=3, published=2, dropped={"no_text": 1}, seen=reap(STORY).seen)

    assert (found.polls, found.failures, found.last_success_at) == (1, 0, NOW)
    assert (found.etag, found.last_modified, found.body_hash) == ('W/"1"', "Thu, 22 Jun 2017 12:00:00 GMT", "h")
    assert (found.last_poll.entries, found.last_poll.published, found.last_poll.dropped) == (3, 2, {"no_text": 1})
    assert len(found.seen) == 1


@pytest.mark.parametrize("reason", [reason for reason in PollReason if reason not in GOOD])
def test_a_failure_is_counted_and_forgets_nothing(reason: PollReason) -> None:
    good = state(validators=SENT, body_hash="h", seen=reap(STORY).seen)
    failed = state(reason, before=good, at=LATER, detail="why")
    twice = state(reason, before=failed, at=LATER)

    assert (failed.failures, twice.failures, failed.polls) == (1, 2, 2)
    assert (failed.etag, failed.body_hash, failed.seen, failed.last_success_at) == (good.etag, "h", good.seen, NOW)
    assert (failed.last_poll.reason, failed.last_poll.detail) == (reason, "why")
    assert twice.next_poll_at > failed.next_poll_at > LATER


def test_a_success_ends_the_failures() -> None:
    assert state(before=state(PollReason.DNS)).failures == 0
    assert state(PollReason.NOT_MODIFIED, before=state(PollReason.DNS)).failures == 0


def test_not_modified_keeps_what_was_read_and_takes_new_validators() -> None:
    good = state(validators=SENT, body_hash="h", seen=reap(STORY).seen)
    same = state(PollReason.NOT_MODIFIED, before=good, at=LATER)
    moved = state(PollReason.NOT_MODIFIED, before=good, validators=Validators('"2"', None))

    assert (same.etag, same.body_hash, same.seen, same.last_success_at) == (good.etag, "h", good.seen, LATER)
    assert (moved.etag, moved.last_modified) == ('"2"', SENT.last_modified)


def test_a_document_without_validators_clears_them() -> None:
    assert state(before=state(validators=SENT)).etag is None


def test_validators_are_sent_after_a_good_poll_only_so_that_no_304_clears_a_failure() -> None:
    good = state(validators=SENT)

    assert validators_for(None) == Validators()
    assert validators_for(good) == SENT
    assert validators_for(state(PollReason.NOT_A_FEED, before=good)) == Validators()


def test_every_so_often_the_feed_is_asked_for_whole() -> None:
    found = state(validators=SENT)
    asked_whole = [
        poll for poll in range(2, 2 * DISTRUST_EVERY + 1) if validators_for(found.model_copy(update={"polls": poll - 1})) == Validators()
    ]

    assert asked_whole == [DISTRUST_EVERY, 2 * DISTRUST_EVERY]


def test_same_bytes_are_recognised_unless_they_failed() -> None:
    assert is_same_body(state(body_hash="h"), "h")
    assert not is_same_body(state(body_hash="h"), "other")
    assert not is_same_body(state(PollReason.PARSE_ERROR, before=state(body_hash="h")), "h")
    assert not is_same_body(None, "h")


def test_a_feed_is_due_at_once_when_it_is_new_or_has_moved_and_never_while_paused() -> None:
    known = state()

    assert due_at(source(), None, now=LATER) == LATER
    assert due_at(source(url="https://other.example/"), known, now=LATER) == LATER
    assert due_at(source(paused=True), None, now=LATER) is None


def test_the_time_of_the_next_poll_holds_across_restarts() -> None:
    limited = state(PollReason.RATE_LIMITED, retry_after=timedelta(hours=5))

    assert due_at(source(), limited, now=LATER) == limited.next_poll_at >= NOW + timedelta(hours=5)


def test_a_shorter_interval_takes_effect_at_once_but_not_against_a_back_off() -> None:
    good, failed = state(), state(PollReason.HTTP_5XX)
    hasty = source(poll_interval_s=60)

    assert due_at(source(), good, now=NOW) == good.next_poll_at
    assert (due_at(hasty, good, now=NOW) or LATER) < NOW + timedelta(seconds=70)
    assert due_at(hasty, failed, now=NOW) == failed.next_poll_at


def test_the_next_poll_counts_from_the_end_and_the_poll_bears_its_beginning() -> None:
    found = state_after(source(), None, Outcome(PollReason.OK), started_at=NOW, ended_at=LATER)

    assert found.last_poll.at == NOW
    assert found.next_poll_at >= LATER + timedelta(seconds=900)


def test_a_timetable_gives_what_is_due_the_longest_overdue_first() -> None:
    table = Timetable()
    for number, name in enumerate("abcd"):
        table.set(name, NOW + timedelta(minutes=number))
    table.set("a", NOW + timedelta(hours=5))
    table.set("d", NOW)
    table.remove("c")

    assert table.next_at() == NOW
    assert [name for name, _ in table.pop_due(NOW + timedelta(minutes=2))] == ["d", "b"]
    assert (table.pop_due(NOW), len(table), table.next_at()) == ([], 1, NOW + timedelta(hours=5))


def test_an_empty_timetable_is_never_due() -> None:
    table = Timetable()
    table.set("a", NOW)
    table.remove("a")

    assert (table.next_at(), table.pop_due(LATER)) == (None, [])
