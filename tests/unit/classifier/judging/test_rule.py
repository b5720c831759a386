"""The status rule, row by row (behaviours 4, 5, 7)."""

import pytest

from schemas.claims_watch import Policy
from schemas.words import Reason, Status
from services.classifier.domain.judging.rule import judge_words
from tests.unit.classifier.judging.builders import word

ROWS = [
    # disputed: authorities contradicted
    ("two authorities contradict each other", [("Ministry", "asserts", 0), ("Court", "denies", 1)], "disputed", "contradicted"),
    ("an authority refutes and another asserts", [("Ministry", "asserts", 0), ("Court", "refutes", 1)], "disputed", "contradicted"),
    ("twice n speak after an authority's no", [("Ministry", "denies", 0), *[(f"W{i}", "asserts", 1) for i in range(4)]], "disputed", "contradicted"),
    ("one too few after an authority's no", [("Ministry", "denies", 0), *[(f"W{i}", "asserts", 1) for i in range(3)]], "refuted", "authority_denied"),
    ("twice n before an authority's no", [("Ministry", "denies", 2), *[(f"W{i}", "asserts", 1) for i in range(4)]], "refuted", "authority_denied"),
    ("interested voices do not outweigh an authority's no", [("Ministry", "denies", 0), ("Rival", "asserts", 1), *[(f"W{i}", "asserts", 1) for i in range(3)]], "refuted", "authority_denied"),
    ("n deny after an authority's yes", [("Ministry", "asserts", 0), ("W1", "denies", 1), ("W2", "denies", 1)], "disputed", "contradicted"),
    ("n deny before an authority's yes", [("Ministry", "asserts", 2), ("W1", "denies", 1), ("W2", "denies", 1)], "confirmed", "authority_confirmed"),
    ("interested denials do not outweigh an authority's yes", [("Ministry", "asserts", 0), ("W1", "denies", 1), ("Rival", "denies", 1)], "confirmed", "authority_confirmed"),
    # refuted and confirmed by authority
    ("an authority denies", [("Ministry", "denies", 0)], "refuted", "authority_denied"),
    ("an authority hedges and another denies", [("Ministry", "strong", 0), ("Court", "denies", 1)], "refuted", "authority_denied"),
    ("an authority plainly asserts", [("Court", "asserts", 0)], "confirmed", "authority_confirmed"),
    ("an authority only hedges strongly", [("Court", "strong", 0)], "likely", "strong_hedge"),
    # independently refuted
    ("n without a stake deny, one asserts", [("W1", "denies", 0), ("W2", "denies", 0), ("W3", "asserts", 1)], "refuted", "independently_refuted"),
    ("n deny and n assert", [("W1", "denies", 0), ("W2", "denies", 0), ("W3", "asserts", 1), ("W4", "asserts", 1)], "disputed", "contradicted"),
    ("an interested denial never refutes", [("W1", "denies", 0), ("Rival", "denies", 0), ("W3", "asserts", 1)], "disputed", "contradicted"),
    # disputed and overtaken denials
    ("one denies, one asserts", [("W1", "denies", 0), ("W2", "asserts", 1)], "disputed", "contradicted"),
    ("one denies, one hedges weakly", [("W1", "denies", 0), ("W2", "weak", 1)], "disputed", "contradicted"),
    ("n assert after the last no: not more than n", [("W1", "denies", 0), ("W2", "asserts", 1), ("W3", "asserts", 1)], "disputed", "contradicted"),
    ("more than n assert after the last no", [("W1", "denies", 0), *[(f"X{i}", "asserts", 1) for i in range(3)]], "confirmed", "independently_confirmed"),
    ("more than n, all of them interested, do not overtake", [("W1", "denies", 0), ("Rival", "asserts", 1), ("Ally", "asserts", 1)], "disputed", "contradicted"),
    # independently confirmed
    ("n assert plainly", [("W1", "asserts", 0), ("W2", "asserts", 0)], "confirmed", "independently_confirmed"),
    ("n assert, one of them interested", [("W1", "asserts", 0), ("Rival", "asserts", 0)], "confirmed", "independently_confirmed"),
    ("n assert, all of them interested", [("Ally", "asserts", 0), ("Rival", "asserts", 0)], "likely", "single_origin"),
    ("n assert, and an authority cannot confirm", [("W1", "asserts", 0), ("W2", "asserts", 0), ("Court", "cannot_confirm", 0)], "likely", "single_origin"),
    ("n assert, and an authority doubts", [("W1", "asserts", 0), ("W2", "asserts", 0), ("Court", "doubts", 0)], "likely", "single_origin"),
    ("n + 1 assert, and an authority cannot confirm", [*[(f"W{i}", "asserts", 0) for i in range(3)], ("Court", "cannot_confirm", 0)], "confirmed", "independently_confirmed"),
    ("somebody else who cannot confirm does not raise the bar", [("W1", "asserts", 0), ("W2", "asserts", 0), ("W3", "cannot_confirm", 0)], "confirmed", "independently_confirmed"),
    # likely
    ("one asserts plainly", [("W1", "asserts", 0)], "likely", "single_origin"),
    ("one interested party asserts plainly", [("Rival", "asserts", 0)], "likely", "single_origin"),
    ("one hedges strongly", [("W1", "strong", 0)], "likely", "strong_hedge"),
    ("two hedge weakly", [("W1", "weak", 0), ("W2", "weak", 0)], "likely", "several_hedges"),
    ("any number of strong hedges stays likely", [(f"W{i}", "strong", 0) for i in range(9)], "likely", "strong_hedge"),
    # unverified
    ("nobody answers for it", [("social media", "asserts!", 0)], "unverified", "rumour"),
    ("hearsay comes before a weak hedge", [("social media", "weak!", 0), ("W1", "weak", 0)], "unverified", "rumour"),
    ("two who do not answer for it", [("social media", "asserts!", 0), ("passers-by", "asserts!", 0)], "unverified", "rumour"),
    ("one hedges weakly", [("W1", "weak", 0)], "unverified", "weak_hedge"),
    ("only a denial", [("W1", "denies", 0)], "unverified", "denied_only"),
    ("only a caveat", [("W1", "cannot_confirm", 0)], "unverified", "caveats_only"),
    ("only an authority's doubt", [("Court", "doubts", 0)], "unverified", "caveats_only"),
    # unreported
    ("nothing stands", [], "unreported", "none"),
]  # fmt: skip


def _word(origin, what, at):
    return word(origin, what.rstrip("!"), at=at, accountable=not what.endswith("!"))


@pytest.mark.parametrize(("words", "status", "reason"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_first_row_that_holds_gives_status_and_reason(words, status, reason):
    judgement = judge_words([_word(*given) for given in words], Policy(min_origins=2))

    assert (judgement.status, judgement.reason) == (Status(status), Reason(reason))


CAVEATS = [
    ("who cannot confirm and who doubts stand beside", [("W1", "asserts", 0), ("W2", "cannot_confirm", 0), ("W3", "doubts", 0)], {"cannot_confirm", "doubts"}),
    ("a denial that an authority outranks", [("Court", "asserts", 0), ("W1", "denies", 0)], {"denied"}),
    ("a denial that was overtaken", [("W1", "denies", 0), *[(f"X{i}", "asserts", 1) for i in range(3)]], {"denied"}),
    ("a denial that moved the status is no caveat", [("W1", "denies", 0), ("W2", "asserts", 0)], set()),
]  # fmt: skip


@pytest.mark.parametrize(("words", "caveats"), [row[1:] for row in CAVEATS], ids=[row[0] for row in CAVEATS])
def test_caveats_stand_beside_the_status(words, caveats):
    judgement = judge_words([_word(*given) for given in words], Policy(min_origins=2))

    assert set(judgement.caveats) == caveats


def test_origins_count_everyone_who_asserts_or_hedges():
    words = [
        _word("W1", "asserts", 0),
        _word("W2", "weak", 0),
        _word("crowd", "asserts!", 0),
        _word("W3", "denies", 0),
        _word("W4", "doubts", 0),
    ]

    assert judge_words(words, Policy()).origins == 3


def test_a_claim_may_ask_for_one_origin_only():
    assert judge_words([_word("W1", "asserts", 0)], Policy(min_origins=1)).status is Status.CONFIRMED
