"""How a claim moves: staleness, holds, episodes, back-fill, repetition (behaviours 1, 8, 9, 12, 22, 36, 37)."""

from schemas.claims_override import Override
from schemas.words import Reason, Status
from services.classifier.domain.judging.moves import KEPT_ARTICLES, SPARE_ARTICLES, decide, next_due_at, status_of, take, wait
from services.classifier.domain.judging.state import ClaimState
from tests.unit.classifier.judging.builders import NOON, claim, evidence, hours, is_copy, reading

DAY = 24


class Run:
    """A claim and what has been sent of it."""

    def __init__(self, **changes):
        self.claim = claim(**changes)
        self.state = ClaimState(claim_id=self.claim.claim_id)
        self.sent = []

    def take(self, *pieces, **changes):
        self._keep(take(self.state, self.claim, reading(*pieces, **changes), is_copy, judged_at=NOON))
        return self

    def decide(self, override):
        self._keep(decide(self.state, self.claim, override, judged_at=NOON))
        return self

    def wait(self, at):
        self._keep(wait(self.state, self.claim, hours(at), judged_at=NOON))
        return self

    def _keep(self, outcome):
        self.state = outcome.state
        self.sent += outcome.transitions

    @property
    def told(self):
        return [str(t.to_status) for t in self.sent if t.notify]

    @property
    def now(self):
        return status_of(self.state, self.claim, judged_at=NOON)


def test_a_transition_says_what_moved_it():
    run = Run().take(evidence("Mayor", "asserts", words="It broke at dawn."), at=1)

    (moved,) = run.sent
    assert (moved.from_status, moved.to_status, moved.reason) == (Status.UNREPORTED, Status.LIKELY, Reason.SINGLE_ORIGIN)
    assert (moved.episode, moved.sequence, moved.origins, moved.occurred_at) == (1, 1, 1, hours(1))
    assert [(e.origin, e.quote.text) for e in moved.evidence] == [("Mayor", "It broke at dawn.")]


def test_what_goes_up_comes_down_by_itself():
    run = Run().take(evidence("Ministry", "asserts"), page="a", at=0).take(page="a", version="v2", at=1, withdrawn=True)

    assert run.told == ["confirmed", "unreported"]
    assert run.sent[-1].reason is Reason.WITHDRAWN


def test_likely_goes_stale_after_more_than_the_days_of_its_policy():
    run = Run(stale_after_days=2).take(evidence("Mayor", "asserts"), at=0)

    assert run.wait(2 * DAY).told == ["likely"]
    assert run.wait(2 * DAY + 1).told == ["likely", "unverified"]
    assert run.sent[-1].reason is Reason.STALE


def test_the_next_due_time_is_when_it_would_go_stale():
    run = Run(stale_after_days=2).take(evidence("Mayor", "asserts"), at=0)

    due = next_due_at(run.state, run.claim)

    assert hours(2 * DAY) < due < hours(2 * DAY + 0.1)


def test_what_went_stale_between_two_articles_is_announced_before_the_second():
    run = (
        Run(stale_after_days=2)
        .take(evidence("Mayor", "asserts"), page="a", at=0)
        .take(evidence("Ministry", "asserts"), page="b", at=3 * DAY)
    )

    assert run.told == ["likely", "unverified", "confirmed"]


def test_new_evidence_makes_a_stale_claim_likely_again():
    run = (
        Run(stale_after_days=2)
        .take(evidence("Mayor", "asserts"), page="a", at=0)
        .wait(3 * DAY)
        .take(evidence("Priest", "weak"), page="b", at=3 * DAY + 1)
    )

    assert run.now.status is Status.LIKELY


def test_during_a_hold_the_status_has_moved_and_nobody_is_told():
    run = Run(hold_s=900).take(evidence("Mayor", "asserts"), at=0)

    assert (run.now.status, run.now.announced, run.told) == (Status.LIKELY, Status.UNREPORTED, [])
    assert run.wait(0.26).told == ["likely"]


def test_an_upgrade_undone_within_its_hold_is_never_announced():
    run = Run(hold_s=900).take(evidence("Mayor", "asserts"), at=0).take(evidence("Mayor", "weak"), version="v2", at=0.1)

    assert run.wait(0.2).told == []
    assert run.wait(0.36).told == ["unverified"]


def test_each_change_of_the_held_status_starts_its_hold_anew():
    run = Run(hold_s=3600).take(evidence("Mayor", "asserts"), page="a", at=0).take(evidence("Ministry", "asserts"), page="b", at=0.5)

    assert run.wait(1.25).told == []
    assert run.wait(1.5).told == ["confirmed"]


def test_what_takes_back_an_announced_likely_or_confirmed_never_waits():
    run = Run(hold_s=900).take(evidence("Ministry", "asserts"), page="a", at=0).wait(1).take(evidence("Ministry", "denies"), page="b", at=2)

    assert run.told == ["confirmed", "refuted"]


def test_a_refuted_claim_starts_a_new_episode_with_a_later_event_only():
    run = Run().take(evidence("Ministry", "denies"), page="a", at=0)

    echo = Run().take(evidence("Ministry", "denies"), page="a", at=0).take(evidence("Mayor", "asserts"), page="b", at=100)
    run.take(evidence("Mayor", "asserts", event_at=hours(90)), page="b", at=100)

    assert (echo.now.episode, echo.now.status) == (1, Status.REFUTED)
    assert (run.now.episode, run.now.status) == (2, Status.LIKELY)
    assert [(e.episode, e.status) for e in run.sent[-1].earlier_episodes] == [(1, Status.REFUTED)]


def test_an_open_episode_takes_in_a_word_about_a_later_event():
    run = Run().take(evidence("Mayor", "asserts"), page="a", at=0).take(evidence("Priest", "asserts", event_at=hours(90)), page="b", at=100)

    assert (run.now.episode, run.now.status) == (1, Status.CONFIRMED)


def test_a_copy_of_an_old_text_stays_in_the_closed_episode():
    run = Run().take(evidence("Mayor", "asserts"), page="a", text=1, at=0).take(evidence("Ministry", "denies"), page="b", at=1)
    run.take(evidence("Mayor", "asserts", event_at=hours(90)), page="c", text=1, at=100)

    assert run.now.episode == 1


def test_the_first_status_of_a_new_episode_is_announced_even_if_it_is_the_old_one():
    run = (
        Run()
        .take(evidence("Ministry", "denies"), page="a", at=0)
        .take(evidence("Ministry", "denies", event_at=hours(90)), page="b", at=100)
    )

    assert run.told == ["refuted", "refuted"]
    assert (run.sent[-1].from_status, run.sent[-1].episode, run.sent[-1].sequence) == (Status.UNREPORTED, 2, 2)


def test_a_confirmed_episode_is_closed_once_it_has_been_quiet():
    def run(at):
        return (
            Run(stale_after_days=2)
            .take(evidence("Ministry", "asserts"), page="a", at=0)
            .take(evidence("Mayor", "asserts", event_at=hours(at - 1)), page="b", at=at)
        )

    assert run(2 * DAY).now.episode == 1
    assert run(2 * DAY + 1).now.episode == 2


def test_back_fill_moves_the_status_and_tells_nobody():
    run = Run().take(evidence("Ministry", "asserts"), at=100, published=0, backfill=True)

    assert (run.now.status, run.now.announced, run.told) == (Status.CONFIRMED, Status.CONFIRMED, [])
    assert [t.notify for t in run.sent] == [False]


def test_history_that_comes_late_is_put_in_its_place_and_leaves_today_as_it_is():
    run = Run().take(evidence("Ministry", "asserts"), page="a", at=100, published=10, backfill=True)
    run.take(evidence("Mayor", "denies", event_at=None), page="b", at=101, published=5, backfill=True)

    assert run.now.status is Status.CONFIRMED


def test_the_same_article_a_thousand_times_moves_the_status_once():
    run = Run()
    for _ in range(1000):
        run.take(evidence("Mayor", "asserts"), at=0)

    assert {t.transition_id for t in run.sent} == {run.sent[0].transition_id}
    assert run.state.sequence == 1


def test_a_version_that_goes_back_to_an_earlier_text_counts_again():
    run = (
        Run()
        .take(evidence("Mayor", "asserts"), version="v1", at=0)
        .take(evidence("Mayor", "weak"), version="v2", at=1)
        .take(evidence("Mayor", "asserts"), version="v1", at=2)
    )

    assert run.told == ["likely", "unverified", "likely"]


def test_a_due_that_is_read_again_sends_again_what_it_sent():
    run = Run(stale_after_days=2).take(evidence("Mayor", "asserts"), at=0)
    due = (next_due_at(run.state, run.claim) - NOON).total_seconds() / 3600

    run.wait(due).wait(due)

    assert run.sent[1] == run.sent[2]
    assert run.state.sequence == 2


def test_a_changed_claim_is_judged_anew():
    run = Run().take(evidence("Mayor", "asserts"), at=0)
    run.claim = claim(min_origins=1)

    assert run.wait(1).told == ["likely", "confirmed"]


def test_a_claim_in_all_the_papers_keeps_a_bounded_state_and_its_status():
    run = Run()
    for number in range(KEPT_ARTICLES + SPARE_ARTICLES + 1):
        run.take(evidence(f"Voice {number % 30}", "asserts"), page=f"p{number}", at=number / 60)

    assert len(run.state.episodes[-1].tracks) == KEPT_ARTICLES
    assert (run.now.status, run.now.origins) == (Status.CONFIRMED, 30)


def decision(status, at, *, locked=False):
    fields = {"status": status, "locked": locked, "author": "Ana", "reason": "a call from the dam", "at": hours(at)}
    return Override(override_id=f"{status}@{at}", claim_id="dam-failed", **fields)


def test_a_decision_stands_at_once_with_its_author_and_the_rules_own_view_beside_it():
    """Behaviour 37."""
    run = Run(hold_s=3600).take(evidence("Mayor", "asserts"), at=1).decide(decision("confirmed", 1.1))

    (moved,) = run.sent
    assert (moved.to_status, moved.reason, moved.decision.author, moved.suggested) == ("confirmed", "operator", "Ana", "likely")
    assert (run.now.status, run.now.suggested, run.now.decision.reason) == ("confirmed", "likely", "a call from the dam")


def test_an_unlocked_decision_falls_when_the_rules_own_view_changes_and_not_before():
    run = Run().take(evidence("Mayor", "asserts"), page="a", at=1).decide(decision("disputed", 2))

    assert run.take(evidence("Mayor", "asserts"), page="b", at=3).told == ["likely", "disputed"]
    assert run.take(evidence("Court", "denies"), page="c", at=4).told == ["likely", "disputed", "refuted"]
    assert (run.now.decision, run.now.suggested) == (None, None)


def test_under_a_lock_the_rule_only_suggests_until_the_lock_is_lifted():
    run = Run().take(evidence("Mayor", "asserts"), page="a", at=1).decide(decision("unverified", 2, locked=True))
    run.take(evidence("Court", "denies"), page="b", at=3)

    assert (run.told, run.now.suggested) == (["likely", "unverified"], "refuted")
    assert run.decide(decision(None, 4)).told == ["likely", "unverified", "refuted"]
    assert [moved.sequence for moved in run.sent] == [1, 2, 3]


def test_a_lock_outlives_the_episode_and_an_unlocked_decision_does_not():
    def second_event(*, locked):
        run = Run().take(evidence("Court", "denies", event_at=hours(0)), page="a", at=1).decide(decision("disputed", 2, locked=locked))
        return run.take(evidence("Mayor", "asserts", event_at=hours(99)), page="b", at=100)

    assert second_event(locked=True).told == ["refuted", "disputed"]
    assert second_event(locked=False).told == ["refuted", "disputed", "likely"]


def test_a_decision_read_again_sends_the_same_again_and_an_older_one_changes_nothing():
    first, second = decision("confirmed", 2), decision("refuted", 3)
    run = Run().decide(first).decide(second)

    again = decide(run.state, run.claim, first, judged_at=NOON)

    assert again.state == run.state
    assert list(again.transitions) == run.sent[:1]
    assert run.now.status is Status.REFUTED
