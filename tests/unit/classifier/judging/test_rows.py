"""States as rows: whatever part of a step a crash leaves, doing it again gives the same (behaviours 1, 16, 33)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.claims_override import Override
from schemas.words import Status
from services.classifier.adapters.state_store import StateStore
from services.classifier.domain.judging.moves import KEPT_ARTICLES, SPARE_ARTICLES, decide, status_of, take
from services.classifier.domain.judging.rows import TrackRow, changes
from services.classifier.domain.judging.state import ClaimState
from tests.unit.classifier.judging.builders import NOON, claim, evidence, hours, is_copy, reading

ORIGINS = ["Ministry", "Court", "Rival", "W1", "W2", "W3"]
STANCES = ["asserts", "strong", "weak", "cannot_confirm", "denies"]


class Killed(Exception):
    """The process is no more."""


class CrashingTable(dict):
    """A table whose process is killed after so many writes."""

    def __init__(self, rows=(), *, writes=10**9):
        super().__init__(rows)
        self.writes = writes

    def _write(self):
        self.writes -= 1
        if self.writes < 0:
            raise Killed

    def __setitem__(self, key, row):
        self._write()
        super().__setitem__(key, row)

    def pop(self, key, default=None):
        self._write()
        return super().pop(key, default)


@st.composite
def steps(draw):
    """Readings and decisions in the order of their coming: copies, new versions, old news that arrives late, other days' events."""
    made, at = [], 0.0
    for number in range(draw(st.integers(1, 8))):
        at += draw(st.sampled_from([0.1, 1, 24 * 8]))
        if draw(st.integers(0, 5)) == 0:
            status = draw(st.sampled_from([None, Status.CONFIRMED, Status.REFUTED]))
            made.append(
                Override(override_id=str(number), claim_id="dam-failed", status=status, author="Ana", reason="a call", at=hours(at))
            )
            continue
        says = draw(st.lists(st.sampled_from(ORIGINS), unique=True, max_size=2))
        event_at = hours(draw(st.sampled_from([0, at]))) if draw(st.booleans()) else None
        pieces = [evidence(origin, draw(st.sampled_from(STANCES)), event_at=event_at) for origin in says]
        backfill, published = draw(st.sampled_from([(False, None), (False, at - 30), (True, at - 50)]))
        page = f"p{draw(st.integers(0, 5))}"
        made.append(
            reading(*pieces, page=page, version=f"v{number}", at=at, published=published, backfill=backfill, text=draw(st.integers(0, 2)))
        )
    return made


def judged(store, watched, step):
    """Judge one step as the agent does; return what is sent."""
    state = store.get(watched.claim_id) or ClaimState(claim_id=watched.claim_id)
    outcome = (
        decide(state, watched, step, judged_at=NOON) if isinstance(step, Override) else take(state, watched, step, is_copy, judged_at=NOON)
    )
    store.keep(outcome.state)
    return outcome.transitions


def undisturbed(watched, made):
    table = CrashingTable()
    store, sent = StateStore(table), {}
    for step in made:
        sent |= {moved.transition_id: moved for moved in judged(store, watched, step)}
    return store.get(watched.claim_id), sent


@settings(max_examples=200)
@given(steps(), st.integers(0, 40), st.integers(1, 3), st.booleans())
def test_after_a_crash_at_any_row_doing_the_last_steps_again_gives_the_same(made, writes, redone, is_sent):
    watched = claim(stale_after_days=7)
    whole, all_sent = undisturbed(watched, made)
    table, sent, number = CrashingTable(writes=writes), {}, 0
    store = StateStore(table)
    while number < len(made):
        try:
            transitions = judged(store, watched, made[number])
            if table.writes == 0 and not is_sent:
                raise Killed  # all rows are written, and nothing is sent yet
        except Killed:  # the last records, not committed yet, are read again
            table = CrashingTable(table)
            store, number = StateStore(table), max(0, number - redone + 1)
            continue
        sent |= {moved.transition_id: moved for moved in transitions}
        number += 1

    assert [(m.transition_id, m.to_status, m.reason, m.occurred_at) for m in sent.values()] == [
        (m.transition_id, m.to_status, m.reason, m.occurred_at) for m in all_sent.values()
    ]
    seen, expected = (status_of(state, watched, judged_at=NOON) for state in (store.get(watched.claim_id), whole))
    assert seen == expected


@given(steps())
def test_a_state_read_back_from_its_rows_is_the_same(made):
    watched, table = claim(), CrashingTable()
    store = StateStore(table)
    for step in made:
        judged(store, watched, step)

    assert StateStore(table).get(watched.claim_id) == store.get(watched.claim_id)


def test_a_reading_writes_the_claims_row_and_that_of_its_article_and_no_other():
    state, watched = ClaimState(claim_id="dam-failed"), claim()
    for number in range(30):
        before = state
        state = take(
            state, watched, reading(evidence(f"W{number}", "asserts"), page=f"p{number}", at=number, text=1), is_copy, judged_at=NOON
        ).state

    assert [type(row) for _, row in changes(before, state)] == [ClaimState, TrackRow]


def test_a_state_that_was_one_row_once_gets_rows_for_its_articles():
    watched = claim()
    state = ClaimState(claim_id="dam-failed")
    for page in ("a", "b"):
        state = take(state, watched, reading(evidence("Mayor", "asserts"), page=page, at=1), is_copy, judged_at=NOON).state
    table = CrashingTable({"dam-failed": state})
    store = StateStore(table)

    judged(store, watched, reading(evidence("Court", "denies"), page="c", at=2))

    assert len(table) == 5  # two articles and a third, what moved it, its own
    assert set(StateStore(table).get("dam-failed").episodes[0].tracks) == set(store.get("dam-failed").episodes[0].tracks)


def test_a_claim_in_all_the_papers_keeps_a_bounded_number_of_rows_and_its_status():
    watched, table = claim(), CrashingTable()
    store = StateStore(table)
    judged(store, watched, reading(evidence("Court", "cannot_confirm"), page="court", at=0))
    for number in range(KEPT_ARTICLES + 2 * SPARE_ARTICLES):
        judged(store, watched, reading(evidence(f"W{number}", "asserts"), page=f"p{number}", at=1 + number / 60))

    shown = status_of(store.get("dam-failed"), watched, judged_at=NOON)
    assert len(table) <= KEPT_ARTICLES + SPARE_ARTICLES + 2
    assert (str(shown.status), [str(caveat) for caveat in shown.caveats]) == ("confirmed", ["cannot_confirm"])


def test_the_end_of_a_watch_leaves_no_row():
    watched, table = claim(), CrashingTable()
    store = StateStore(table)
    judged(store, watched, reading(evidence("Court", "denies"), page="a", at=2))

    assert (store.forget("dam-failed"), store.forget("dam-failed"), dict(table)) == (True, False, {})
