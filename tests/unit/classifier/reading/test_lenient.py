"""The second look: what it takes back, and what it leaves alone (behaviours 5, 6)."""

import pytest

from schemas.claims_watch import Subject, WatchedClaim
from schemas.words import Stance
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.claim_compiler import compile_claim
from services.classifier.domain.reading.lenient import second_look, second_thoughts

PARSER = load_parser()
CLAIM = WatchedClaim(
    claim_id="orsk-tower-collapsed",
    statement="The Orsk tower collapsed",
    keywords=("Orsk collapsed", "Orsk collapse", "tower fell"),
    subject=Subject(name="Orsk tower", aliases=("Orsk",)),
)
FRAME = compile_claim(CLAIM, PARSER)

LOOKS = [
    ("The Orsk tower has not collapsed", Stance.DENIES),
    ("The Orsk tower never collapsed", Stance.DENIES),
    ("The collapse of the Orsk tower is not binding on the court", None),
    ("Nobody saw that the Orsk tower collapsed", None),
    ("Engineers are not in a position to confirm that the Orsk tower collapsed", Stance.CANNOT_CONFIRM),
    ("The mayor did not say when the Orsk tower collapsed", None),
    ("The Orsk tower could not have collapsed", None),
    ("If the Orsk tower has not collapsed by then", None),
    ("Has the Orsk tower not collapsed?", None),
    ("The bridge at Kolm has not collapsed", None),
]


@pytest.mark.parametrize(("text", "stance"), LOOKS)
def test_a_second_look_finds_denials_and_nothing_else(text, stance):
    assert second_look(PARSER(text), FRAME, is_subject_near=False) is stance


THOUGHTS = [
    ("The Orsk tower collapsed on Monday.", "collapsed", None),
    ("It is probably the tower that collapsed.", "tower", Stance.HEDGES),
    ("The Orsk tower may have collapsed.", "collapsed", Stance.HEDGES),
    ("The city is not in a position to confirm the collapse.", "collapse", Stance.CANNOT_CONFIRM),
    ("The Orsk tower collapsed in a storm that may return.", "collapsed", None),
]


@pytest.mark.parametrize(("text", "event", "stance"), THOUGHTS)
def test_second_thoughts_take_back_what_is_hedged_on_its_way_up(text, event, stance):
    token = next(token for token in PARSER(text) if token.text == event)

    thoughts = second_thoughts(token)

    assert (thoughts[0] if thoughts else None) is stance
