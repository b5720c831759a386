"""How surely: negation, hedges, conditions, near misses and the scale of ICD 203, in own sentences."""

import pytest

from schemas.claims_watch import WatchedClaim
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind, Stance
from services.classifier.domain.reading.cues import BANDS
from tests.unit.classifier.reading.how_surely import CLAIMS
from tests.unit.classifier.reading.test_stories import OUTLETS, READER, article

SIGNS = {Stance.ASSERTS: "+", Stance.DENIES: "-", Stance.REFUTES: "-", Stance.DOUBTS: "d", Stance.CANNOT_CONFIRM: "?"}
CASES = [(claim_id, mark, text) for claim_id, claim in CLAIMS.items() for mark, text in claim[4]]


def marks_of(claim_id: str, text: str) -> set[str]:
    statement, keywords, subject, aliases, _ = CLAIMS[claim_id]
    claim = WatchedClaim.model_validate(
        {
            "claim_id": claim_id,
            "statement": statement,
            "keywords": keywords.split("|"),
            "subject": {"name": subject, "aliases": tuple(aliases.split("|"))},
        }
    )
    mention = Mention(claim_id=claim_id, matches=(Match(words="-", field="body", start=0, end=0),))
    found = READER.read(article(text), claim, mention, kind=ArticleKind.NEWS, outlets=OUTLETS)
    return {_mark(evidence.stance, evidence.certainty and (evidence.certainty.low, evidence.certainty.high)) for evidence in found} or {"0"}


def _mark(stance: Stance, band: object) -> str:
    if stance is not Stance.HEDGES:
        return SIGNS[stance]
    term = next((name for name, limits in BANDS.items() if limits == band), "")
    return f"h:{term}" if term else "h"


@pytest.mark.parametrize(("claim_id", "mark", "text"), [pytest.param(*case, id=case[2][:70]) for case in CASES])
def test_a_sentence_is_read_for_how_surely_it_says_so(claim_id: str, mark: str, text: str) -> None:
    found = marks_of(claim_id, text)

    assert len(found) == 1
    assert found <= set(mark.split("|"))
