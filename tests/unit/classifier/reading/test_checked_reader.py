"""The reader "rules+model": what the rules find, softened where the second opinion takes an assertion for none."""

from typing import Any

import pytest

from schemas.claims_evidence import Certainty, Evidence, Quote
from schemas.news_classified import Mention
from schemas.words import ArticleKind, Stance
from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.checked_reader import CheckedReader
from tests.unit.classifier.articles import article, claim


class FakeRules:
    name = "rules-fake"

    def __init__(self, stance: Stance) -> None:
        self._piece = Evidence(
            evidence_id="e", stance=stance, origin="o", quote=Quote(text="words"), certainty=Certainty(term="certain", low=1, high=1)
        )

    def read(self, *_: Any, **__: Any) -> tuple[Evidence, ...]:
        return (self._piece,)


class FakeOpinion:
    def __init__(self, **opinion: float) -> None:
        self._opinion = opinion

    def stance(self, claim: str, unit: str) -> dict[str, float]:
        return {"for": 0.0, "against": 0.0, "observing": 0.0, **{name.rstrip("_"): value for name, value in self._opinion.items()}}


def read(stance: Stance, **opinion: float) -> tuple[Evidence, ...]:
    reader = CheckedReader(FakeRules(stance), FakeOpinion(**opinion))  # type: ignore[arg-type]
    mention = Mention(claim_id="c1", matches=())
    return reader.read(article("Words."), claim("words"), mention, kind=ArticleKind.NEWS, outlets=Outlets.of(()))


def test_an_assertion_that_the_opinion_shares_stands() -> None:
    (piece,) = read(Stance.ASSERTS, for_=0.6, observing=0.4)

    assert (piece.stance, piece.reader) == (Stance.ASSERTS, "rules+model-2")


def test_an_assertion_that_the_opinion_does_not_share_is_a_hedge_without_band() -> None:
    (piece,) = read(Stance.ASSERTS, for_=0.01, observing=0.99)

    assert (piece.stance, piece.certainty) == (Stance.HEDGES, None)


def test_an_assertion_that_the_opinion_takes_for_the_opposite_is_left_out() -> None:
    assert read(Stance.ASSERTS, against=0.99) == ()


@pytest.mark.parametrize("stance", [stance for stance in Stance if stance is not Stance.ASSERTS])
def test_nothing_else_is_ever_changed(stance: Stance) -> None:
    (piece,) = read(stance, for_=0.99)

    assert piece.stance is stance


def test_the_setting_chooses_the_reader() -> None:
    assert load_reader("rules").name.startswith("rules-")
    assert load_reader("rules+model").name == "rules+model-2"
