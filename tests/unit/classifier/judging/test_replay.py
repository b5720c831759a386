"""The past lived again equals the past as it was lived; what would move a claim does move it (behaviours 14, 36)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claims_override import Override
from schemas.words import Reason, Status
from services.classifier.domain.judging.explanation import ROWS, explain
from services.classifier.domain.judging.moves import decide, next_due_at, status_of, take, wait
from services.classifier.domain.judging.replay import replay
from services.classifier.domain.judging.state import ClaimState
from tests.unit.classifier.judging.builders import AUTHORITIES, INTERESTED, NOON, claim, evidence, hours, is_copy, reading

ORIGINS = [*AUTHORITIES, *INTERESTED, "W1", "W2", "W3"]
STANCES = ["asserts", "strong", "weak", "cannot_confirm", "doubts", "denies"]


@st.composite
def histories(draw):
    """Readings in the order of their arrival: pages, new versions, withdrawals, other days' events."""
    made, at = [], 0.0
    for number in range(draw(st.integers(1, 9))):
        at += draw(st.sampled_from([0.1, 1, 30, 24 * 8]))
        page = f"p{draw(st.integers(0, 5))}"
        says = draw(st.lists(st.sampled_from(ORIGINS), unique=True, max_size=2))
        event_at = hours(draw(st.sampled_from([0, at]))) if draw(st.booleans()) else None
        pieces = [evidence(origin, draw(st.sampled_from(STANCES)), event_at=event_at) for origin in says]
        made.append(reading(*pieces, page=page, version=f"v{number}", at=at, withdrawn=not pieces and draw(st.booleans())))
    return made


@st.composite
def decisions(draw, readings):
    """What people decide in between, never at the same time as a reading comes."""
    moments = draw(st.lists(st.sampled_from([one.version_seen_at + timedelta(seconds=30) for one in readings]), unique=True, max_size=3))
    statuses = st.sampled_from([None, Status.CONFIRMED, Status.REFUTED, Status.UNVERIFIED])
    drawn = [(at, draw(statuses), draw(st.booleans())) for at in sorted(moments)]
    return [
        Override(
            override_id=at.isoformat(),
            claim_id="dam-failed",
            status=status,
            locked=bool(status and locked),
            author="Ana",
            reason="a call",
            at=at,
        )
        for at, status, locked in drawn
    ]


def lived(watched, records, until):
    """Live the records as the service does: what is due by time comes when it is due."""
    state, sent = ClaimState(claim_id=watched.claim_id), {}

    def keep(outcome):
        sent.update({moved.transition_id: moved for moved in outcome.transitions})
        return outcome.state

    for one in records:
        at = one.at if isinstance(one, Override) else one.version_seen_at
        while (due := next_due_at(state, watched)) and due < at:
            state = keep(wait(state, watched, due, judged_at=NOON))
        judged = (
            decide(state, watched, one, judged_at=NOON) if isinstance(one, Override) else take(state, watched, one, is_copy, judged_at=NOON)
        )
        state = keep(judged)
    while (due := next_due_at(state, watched)) and due <= until:
        state = keep(wait(state, watched, due, judged_at=NOON))
    return keep(wait(state, watched, until, judged_at=NOON)), sent


def essence(transitions):
    return [moved.model_copy(update={"judged_at": NOON}) for moved in transitions]


@given(histories(), st.sampled_from([0, 600]), st.data())
def test_as_of_any_moment_the_replayed_history_is_the_lived_one(readings, hold_s, data):
    watched = claim(stale_after_days=7, hold_s=hold_s)
    until = data.draw(st.sampled_from([one.version_seen_at for one in readings])) + timedelta(minutes=data.draw(st.sampled_from([0, 20])))
    overrides = data.draw(decisions(readings))
    moments = [(one.version_seen_at, one) for one in readings] + [(one.at, one) for one in overrides]
    by_then = [one for at, one in sorted(moments, key=lambda moment: moment[0]) if at <= until]
    state, sent = lived(watched, by_then, until)

    history = replay(watched, readings, is_copy, until=until, overrides=overrides)

    assert essence(history.transitions) == essence(sent.values())
    assert status_of(history.state, watched, judged_at=NOON) == status_of(state, watched, judged_at=NOON)


@given(histories())
def test_readings_that_come_twice_make_no_other_history(readings):
    watched, until = claim(), readings[-1].version_seen_at

    once = replay(watched, readings, is_copy, until=until)
    twice = replay(watched, [one for one in readings for _ in range(2)], is_copy, until=until)

    assert once == twice


def at_rest(*readings, until=200, **policy):
    watched = claim(**policy)
    history = replay(watched, readings, is_copy, until=hours(until))
    return {prospect.what: prospect.status for prospect in explain(history, watched, at=hours(until)).prospects}


def test_what_would_move_an_unreported_claim_is_anybodys_word():
    would = at_rest()

    assert would["Ministry (authority) plainly asserts it"] is Status.CONFIRMED
    assert would["Court (authority) denies it"] is Status.REFUTED
    assert would["one more independent origin plainly asserts it"] is Status.LIKELY
    assert would["2 more independent origins plainly assert it"] is Status.CONFIRMED
    assert would["2 more independent origins deny it"] is Status.REFUTED


def test_what_would_move_a_likely_claim_is_one_more_voice_or_silence():
    would = at_rest(reading(evidence("Mayor", "asserts"), at=1))

    assert would["one more independent origin plainly asserts it"] is Status.CONFIRMED
    assert would["the word of Mayor is taken back"] is Status.UNREPORTED
    assert would["no new evidence until 2025-04-02 13:00 UTC"] is Status.UNVERIFIED


def test_an_authority_that_cannot_confirm_raises_the_bar_that_is_told():
    would = at_rest(reading(evidence("Mayor", "asserts"), page="a", at=1), reading(evidence("Court", "cannot_confirm"), page="b", at=2))

    assert "one more independent origin plainly asserts it" not in would
    assert would["2 more independent origins plainly assert it"] is Status.CONFIRMED


def test_what_comes_after_the_moment_asked_for_is_not_known_yet():
    readings = (reading(evidence("Mayor", "asserts"), page="a", at=1), reading(evidence("Ministry", "denies"), page="b", at=5))
    watched = claim()

    before = explain(replay(watched, readings, is_copy, until=hours(4)), watched, at=hours(4))
    after = explain(replay(watched, readings, is_copy, until=hours(5)), watched, at=hours(5))

    assert (before.status.status, after.status.status) == (Status.LIKELY, Status.REFUTED)
    assert (before.row, after.row) == (ROWS[Reason.SINGLE_ORIGIN], "an authority plainly denies it")


@pytest.mark.parametrize("reason", Reason)
def test_every_row_of_the_rule_has_plain_words(reason):
    assert ROWS[reason]
