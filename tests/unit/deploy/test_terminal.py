"""What a person reads in the terminal."""

from datetime import UTC, datetime

from deploy.demo.receiver import Delivery
from deploy.terminal import delivery_line, transition_lines
from schemas.claims_evidence import Certainty, Quote
from schemas.claims_transition import EarlierEpisode, StandingEvidence, Transition
from schemas.words import Reason, Stance, Status

AT = datetime(2017, 6, 22, 9, 20, tzinfo=UTC)


def evidence(**changes: object) -> StandingEvidence:
    fields: dict = {
        "evidence_id": "e", "outlet": "Moscow Ledger", "origin": "Russia", "stance": Stance.ASSERTS, "quote": Quote(text="He was killed."),
        "url": "http://example.org/a", "said_at": AT, "published_at": AT, "first_seen_at": AT, "classified_at": AT,
    }  # fmt: skip
    return StandingEvidence(**{**fields, **changes})


def transition(**changes: object) -> Transition:
    fields: dict = {
        "transition_id": "t", "claim_id": "is-leader-killed", "statement": "IS leader was killed", "episode": 1, "sequence": 2,
        "from_status": Status.UNVERIFIED, "to_status": Status.LIKELY, "reason": Reason.STRONG_HEDGE, "rule_version": 1, "origins": 1,
        "occurred_at": AT, "judged_at": AT,
    }  # fmt: skip
    return Transition(**{**fields, **changes})


def test_a_change_is_told_with_before_after_reason_and_origins() -> None:
    first, second = transition_lines(transition())

    assert first == "22 Jun 2017 09:20  IS leader was killed: unverified -> LIKELY"
    assert second == "    strong_hedge, 1 origin"


def test_who_said_so_is_told_with_role_certainty_and_words() -> None:
    said = evidence(
        speaker="Russia", interested=True, stance=Stance.HEDGES, certainty=Certainty(term="very_likely", low=0.8, high=0.95),
        quote=Quote(text="It is highly likely."),
    )  # fmt: skip

    lines = transition_lines(transition(evidence=(said,)))

    assert lines[-1] == '    Russia, interested says very likely in Moscow Ledger, 22 Jun 2017 09:20: "It is highly likely."'


def test_an_outlet_that_says_so_itself_is_named_once() -> None:
    assert transition_lines(transition(evidence=(evidence(),)))[-1].count("Moscow Ledger") == 1


def test_earlier_episodes_are_told_by_how_they_ended() -> None:
    lines = transition_lines(transition(episode=2, earlier_episodes=(EarlierEpisode(episode=1, status=Status.REFUTED),)))

    assert lines[1].endswith("episode 2, earlier: refuted")


def test_long_lists_of_evidence_are_cut() -> None:
    assert transition_lines(transition(evidence=(evidence(),) * 9))[-1] == "    and 3 more"


def test_a_delivery_tells_that_its_signature_is_valid_and_whether_it_came_before() -> None:
    body = {"type": "claim.status.changed", "data": {"from_status": "unverified", "to_status": "likely"}}

    line = delivery_line(Delivery("id-1", True, "", True, "now", body))

    assert line == "    delivered, signature valid: unverified -> likely (webhook-id id-1, came before)"


def test_a_webhook_that_is_not_genuine_is_told_as_refused() -> None:
    assert "refused: No matching signature" in delivery_line(Delivery("id-1", False, "No matching signature found", False, "now", {}))
