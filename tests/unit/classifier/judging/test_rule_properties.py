"""What holds of the status rule whatever the words (hypothesis)."""

import random

from hypothesis import given
from hypothesis import strategies as st

from schemas.claims_watch import Policy
from services.classifier.domain.judging.hearing import hear
from services.classifier.domain.judging.moves import status_of, take
from services.classifier.domain.judging.rule import BELIEF, judge_words
from services.classifier.domain.judging.state import ClaimState
from tests.unit.classifier.judging.builders import AUTHORITIES, INTERESTED, NOON, claim, evidence, is_copy, reading, word

ORIGINS = [*AUTHORITIES, *INTERESTED, "W1", "W2", "W3", "W4", "W5"]
STANCES = ["asserts", "strong", "weak", "cannot_confirm", "doubts", "denies", "refutes"]
SUPPORT, DENIAL = {"asserts", "hedges"}, {"denies", "refutes"}


@st.composite
def benches(draw):
    origins = draw(st.lists(st.sampled_from(ORIGINS), unique=True, max_size=9))
    return [
        word(o, draw(st.sampled_from(STANCES)), at=draw(st.integers(0, 5)), accountable=o in AUTHORITIES or draw(st.booleans()))
        for o in origins
    ]


@given(benches(), st.integers(1, 3), st.data())
def test_taking_away_a_supporting_origin_never_raises_the_status(words, n, data):
    supporting = [w for w in words if str(w.stance) in SUPPORT]
    if not supporting:
        return
    gone = data.draw(st.sampled_from(supporting))

    before = judge_words(words, Policy(min_origins=n)).status
    after = judge_words([w for w in words if w is not gone], Policy(min_origins=n)).status

    assert BELIEF[after] <= BELIEF[before]


@given(benches(), st.integers(1, 3), st.data())
def test_taking_away_a_denying_origin_never_lowers_the_status(words, n, data):
    denying = [w for w in words if str(w.stance) in DENIAL]
    if not denying:
        return
    gone = data.draw(st.sampled_from(denying))

    before = judge_words(words, Policy(min_origins=n)).status
    after = judge_words([w for w in words if w is not gone], Policy(min_origins=n)).status

    assert BELIEF[after] >= BELIEF[before]


@given(benches(), st.randoms())
def test_the_order_of_words_does_not_matter(words, rng):
    shuffled = list(words)
    rng.shuffle(shuffled)

    assert judge_words(shuffled, Policy()) == judge_words(words, Policy())


@st.composite
def books(draw):
    """Readings of a few pages, some in several versions, some copies of one text, some withdrawn."""
    readings = []
    for page in range(draw(st.integers(1, 5))):
        for version in range(draw(st.integers(1, 2))):
            pieces = [
                evidence(draw(st.sampled_from(ORIGINS)), draw(st.sampled_from(STANCES)), words=draw(st.sampled_from(["one", "two"])))
                for _ in range(draw(st.integers(0, 2)))
            ]
            at = page * 10 + version * 3 + draw(st.integers(0, 2))
            readings.append(reading(
                *pieces, page=f"p{page}", version=f"v{version}", at=at, published=draw(st.integers(0, at)), outlet=f"Outlet {page % 3}",
                text=draw(st.integers(0, 2)), withdrawn=draw(st.integers(0, 9)) == 0,
            ))  # fmt: skip
    return readings


def _final(readings):
    state = ClaimState(claim_id="dam-failed")
    for piece in readings:
        state = take(state, claim(), piece, is_copy, judged_at=NOON).state
    return state


def _what_is_known(state):
    status = status_of(state, claim(), judged_at=NOON)
    return status.status, status.reason, status.caveats, status.origins, {(e.origin, e.stance, e.said_at) for e in status.evidence}


@given(books(), st.integers(0, 2**16))
def test_the_order_of_arrival_of_the_same_evidence_never_changes_the_final_status(readings, seed):
    shuffled = list(readings)
    random.Random(seed).shuffle(shuffled)

    assert _what_is_known(_final(shuffled)) == _what_is_known(_final(readings))


@given(books(), st.data())
def test_repeating_any_evidence_changes_nothing_and_sends_the_same_again(readings, data):
    again = data.draw(st.sampled_from(readings))
    state, sent = ClaimState(claim_id="dam-failed"), {}
    for piece in readings:
        outcome = take(state, claim(), piece, is_copy, judged_at=NOON)
        state, sent[piece.reading_id] = outcome.state, outcome.transitions

    repeated = take(state, claim(), again, is_copy, judged_at=NOON)

    assert repeated.state == state
    assert repeated.transitions == sent[again.reading_id]


@given(books())
def test_sequence_numbers_have_no_gaps_and_ids_are_never_used_twice(readings):
    state, sent = ClaimState(claim_id="dam-failed"), []
    for piece in readings:
        outcome = take(state, claim(), piece, is_copy, judged_at=NOON)
        state = outcome.state
        sent.extend(outcome.transitions)

    assert [t.sequence for t in sent] == list(range(1, len(sent) + 1))
    assert len({t.transition_id for t in sent}) == len(sent)


@given(books())
def test_at_most_one_word_of_each_origin_stands(readings):
    tracks = _final(readings).episodes[-1].tracks
    origins = [w.origin for w in hear(tracks, claim()).standing]

    assert len(origins) == len(set(origins))
