"""One stance for a whole text, of what the rules found and what the second opinion makes of it (behaviour 4)."""

import pytest

from schemas.claims_evidence import Evidence, Quote
from schemas.words import Stance
from services.classifier.domain.pairs.units import THRESHOLDS, Signs, of_long_text
from services.classifier.domain.pairs.verdict import by_rules, certainty_of, weighed

EVEN = {"for": 1 / 3, "against": 1 / 3, "observing": 1 / 3}
NOTHING = Signs(reports=0.0, fakes=0, reported_claim=False, said_claim=False, denial_claim=False)


def piece(stance: Stance, *, accountable: bool = True) -> Evidence:
    return Evidence(evidence_id="e", stance=stance, origin="o", accountable=accountable, quote=Quote(text="t"))


@pytest.mark.parametrize("stance", [stance for stance in Stance])
def test_evidence_decides_where_the_opinion_is_even(stance: Stance) -> None:
    assert weighed(EVEN, [piece(stance)], "").stance is stance


def test_a_sure_opinion_outweighs_one_plain_assertion() -> None:
    assert weighed({"for": 0.02, "against": 0.97, "observing": 0.01}, [piece(Stance.ASSERTS)], "It is a hoax").stance is Stance.REFUTES


@pytest.mark.parametrize(
    ("side", "words", "stance"),
    [
        ("for", "The bridge fell.", Stance.ASSERTS),
        ("against", "The bridge has not fallen.", Stance.DENIES),
        ("against", "The photo is a hoax.", Stance.REFUTES),
        ("observing", "The bridge has reportedly fallen.", Stance.HEDGES),
        ("observing", "The mayor could not confirm it.", Stance.CANNOT_CONFIRM),
        ("observing", "The mayor spoke of the bridge.", Stance.DISCUSSES),
    ],
)
def test_without_evidence_the_wording_names_the_stance_on_its_side(side: str, words: str, stance: Stance) -> None:
    sure = {name: 0.98 if name == side else 0.01 for name in EVEN}

    assert weighed(sure, (), words).stance is stance


def test_of_several_pieces_the_accountable_and_strongest_speaks() -> None:
    pieces = [piece(Stance.HEDGES), piece(Stance.DENIES, accountable=False), piece(Stance.ASSERTS)]

    assert by_rules(pieces).stance is Stance.ASSERTS


def test_rules_that_find_nothing_leave_a_text_that_discusses() -> None:
    assert by_rules(()).stance is Stance.DISCUSSES


def test_certainty_is_the_pieces_own_and_plain_words_are_certain() -> None:
    assert certainty_of(Stance.HEDGES, None) is None
    plain = certainty_of(Stance.DENIES, None)
    assert plain is not None
    assert (plain.term, plain.low, plain.high) == ("certain", 1.0, 1.0)


def test_reports_in_a_long_text_make_it_observing() -> None:
    leaning = {"for": 0.5, "against": 0.1, "observing": 0.4}

    told = of_long_text(leaning, Signs(1.0, 0, False, False, False), THRESHOLDS)

    assert max(told, key=told.__getitem__) == "observing"


def test_a_long_text_that_exposes_a_fake_is_for_a_claim_that_denies() -> None:
    exposing = Signs(0.0, 4, False, False, False)
    leaning = {"for": 0.3, "against": 0.5, "observing": 0.2}

    against = of_long_text(leaning, exposing, THRESHOLDS)
    flipped = of_long_text(leaning, Signs(0.0, 4, False, False, True), THRESHOLDS)

    assert max(against, key=against.__getitem__) == "against"
    assert max(flipped, key=flipped.__getitem__) == "for"


def test_an_opinion_of_a_long_text_stays_a_probability() -> None:
    assert sum(of_long_text(EVEN, NOTHING, THRESHOLDS).values()) == pytest.approx(1.0)
