"""A bare sentence becomes a claim that can be read by: subject and names from the parse."""

import pytest

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.pairs.bare_claims import claim_of, sides_of


@pytest.mark.parametrize(
    ("sentence", "name", "aliases"),
    [
        ("IS leader Abu Bakr al-Baghdadi was killed", "al-Baghdadi", set()),
        ("Professor Amy Lund discovered a new frog species", "Amy Lund", {"Lund"}),
        ("The cargo ship Ocean Petal ran aground", "Ocean Petal", {"cargo ship Ocean Petal"}),
        ("The mayor of Castelbo has Covid", "mayor of Castelbo", {"Castelbo's mayor", "Castelbo mayor"}),
        ("The Iron Ridge mine collapsed", "Iron Ridge mine", {"Iron Ridge"}),
        ("A drone crashed in Dobrovia", "drone", set()),
    ],
)
def test_the_subject_of_the_sentence_is_named(sentence: str, name: str, aliases: set[str]) -> None:
    claim = claim_of(sentence, load_parser())

    assert name in claim.subject.name
    assert aliases <= {*claim.subject.aliases}


@pytest.mark.parametrize("sentence", ["It rained", "Yes!", "123 456", "PANIC IN THE STREETS", "«ñ» — ok", "is is is", "the the"])
def test_any_words_make_a_claim(sentence: str) -> None:
    nlp = load_parser()

    assert claim_of(sentence, nlp).statement == sentence
    assert sides_of(sentence, nlp).bases is not None


def test_the_same_sentence_is_the_same_claim() -> None:
    nlp = load_parser()

    assert claim_of("The dam  is leaking ", nlp) == claim_of("The dam is leaking", nlp)
