"""The speaker of a pair is named as a reader would name them (behaviour 5)."""

from functools import cache

import pytest

from services.classifier.adapters.english_parser import load_pair_reader
from services.classifier.domain.pairs.pair import Pair

reader = cache(load_pair_reader)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Salt Roads' management said drummer Kit Lowry had left the band.", "Salt Roads"),
        ("Band manager Ola Reed said Kit Lowry had left Salt Roads.", "Band manager Ola Reed"),
        ("Kit Lowry's lawyer said the drummer had not left Salt Roads.", "Kit Lowry's lawyer"),
        ("A spokeswoman for the Musicians' Guild said Kit Lowry had left Salt Roads.", "Musicians' Guild"),
        ("Drummer Kit Lowry has left the band Salt Roads.", ""),
        ("Three fans said Kit Lowry had left Salt Roads.", ""),
    ],
)
def test_the_speaker_is_the_body_or_the_person_by_name_and_role_or_nobody(text: str, speaker: str) -> None:
    assert reader().read(Pair(id=0, claim="Drummer Kit Lowry left the band Salt Roads", text=text)).speaker == speaker


def test_the_outlets_own_voice_is_the_outlet_where_it_is_known() -> None:
    pair = Pair(id=0, claim="The Pellow Bridge collapsed", text="The Pellow Bridge has collapsed.", outlet="Evening Courier")

    assert reader().read(pair).speaker == "Evening Courier"
