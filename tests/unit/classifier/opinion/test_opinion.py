"""The second opinion: content of texts, overlap, wordings, features, the linear model, and the weights that are shipped."""

import json
import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.words import Stance
from services.classifier.adapters.model_files import SECOND_OPINION, load_weights
from services.classifier.domain.opinion.content import MAX_SENTENCES, Content, content_of
from services.classifier.domain.opinion.features import MAX_TOKENS, ClaimSides, features_of
from services.classifier.domain.opinion.linear import LinearModel
from services.classifier.domain.opinion.relatedness import Rarity, overlap
from services.classifier.domain.opinion.second_opinion import STANCES, SecondOpinion, Weights
from services.classifier.domain.opinion.wordings import wordings_of

CLAIM = "The ferry Halcyon has sunk"
MAX_BYTES = 5_000_000
EVEN = Rarity({}, 1.0)


def test_one_content_word_stands_for_all_its_forms() -> None:
    assert content_of("They said that ferries were sinking") == content_of("the ferry sinks, they say")


@pytest.mark.parametrize("other", ["ISIS", "ISIL", "Islamic State group", "Daesh"])
def test_names_that_headlines_use_for_one_another_are_one(other: str) -> None:
    assert content_of(f"{other} fighters") == content_of("Isis fighters")


def test_a_number_is_one_word_however_its_thousands_are_written() -> None:
    assert content_of("100,000 apps") == content_of("100000 apps")


@given(st.text(max_size=400))
def test_sentences_of_any_text_stand_within_it(text: str) -> None:
    content = Content.of(text)

    assert all(0 <= start < end <= len(text) for start, end in content.spans)
    assert len(content.spans) == len(content.sentences) <= MAX_SENTENCES


def test_overlap_is_whole_where_the_text_has_all_of_the_claim() -> None:
    found = overlap(tuple(content_of("ferry Halcyon sinks")), Content.of("The Halcyon, a ferry, sank."), EVEN)

    assert (found.whole, found.sentence, found.lead, found.common) == (1.0, 1.0, 1.0, 3)


def test_words_far_apart_overlap_less_than_words_together() -> None:
    words = tuple(content_of("ferry sinks"))

    apart = overlap(words, Content.of("A ferry left. " + "It was cold. " * 9 + "Hopes sank."), EVEN)
    together = overlap(words, Content.of("It was cold. " * 10 + "A ferry sank."), EVEN)

    assert apart.whole == together.whole == 1.0
    assert apart.window < together.window


def test_a_rare_word_weighs_more() -> None:
    rarity = Rarity({"ferry": 1.0}, 4.0)

    found = overlap(("ferry", "halcyon"), Content.of("Halcyon"), rarity)

    assert found.whole == pytest.approx(0.8)


@given(st.text(max_size=300), st.text(max_size=300))
def test_shares_of_any_claim_and_text_are_between_none_and_all(claim: str, text: str) -> None:
    found = overlap(tuple(dict.fromkeys(content_of(claim))), Content.of(text), EVEN)

    assert all(-1e-9 <= value <= 1 + 1e-9 for value in found.features().values())


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The Pentagon said it had no information to confirm the death.", Stance.CANNOT_CONFIRM),
        ("Police could not independently verify the report.", Stance.CANNOT_CONFIRM),
        ("It was not clear whether she had left.", Stance.CANNOT_CONFIRM),
        ("Experts are sceptical of the find.", Stance.DOUBTS),
        ("He does not believe that it was an asteroid.", Stance.DOUBTS),
        ("The ministry denied that troops had crossed.", Stance.DENIES),
        ("She dismissed the rumours as idle.", Stance.DENIES),
        ("The report is untrue, the bank said.", Stance.DENIES),
        ("The video turned out to be false.", Stance.REFUTES),
        ("Photo of the crash is a hoax", Stance.REFUTES),
        ("The bridge has reportedly collapsed.", Stance.HEDGES),
        ("He may have been killed.", Stance.HEDGES),
        ("Sources say the talks have failed", Stance.HEDGES),
        ("Has the mine collapsed?", Stance.DISCUSSES),
        ("The bank declined to comment.", Stance.DISCUSSES),
        ("Unions demand a new bridge.", Stance.DISCUSSES),
    ],
)
def test_wordings_are_told(text: str, stance: Stance) -> None:
    assert wordings_of(text)[0] is stance


@pytest.mark.parametrize("text", ["The bridge has collapsed.", "Halcyon sinks off Vesmar", "The court sentenced him on Friday."])
def test_plain_sentences_have_no_wording_of_any_stance(text: str) -> None:
    assert wordings_of(text) == ()


def test_doubt_that_is_denied_is_no_doubt() -> None:
    assert Stance.ASSERTS in wordings_of("There is no doubt that the frog is new.")


def test_a_cue_word_counts_by_where_it_stands() -> None:
    before = features_of(ClaimSides.of(CLAIM), "Hoax: ferry Halcyon sunk")
    behind = features_of(ClaimSides.of(CLAIM), "Ferry Halcyon sunk: hoax")

    assert "fake:before" in before
    assert "fake:behind" not in before
    assert "fake:behind" in behind


def test_cue_words_of_the_claim_itself_are_none_of_the_text() -> None:
    found = features_of(ClaimSides.of("The photo was fake"), "Photo was fake")

    assert "fake" not in found
    assert found["fake:in claim"] == 1.0


def test_a_story_about_the_subject_without_the_event_is_told_from_one_with_it() -> None:
    sides = ClaimSides.of(CLAIM, event=frozenset({"sunk", "sank", "sinks"}), opposites=frozenset({"afloat"}))

    assert features_of(sides, "Halcyon sinks")["event told"] == 1.0
    assert features_of(sides, "Halcyon to be repainted")["event not told"] == 1.0
    assert features_of(sides, "Halcyon is afloat")["opposite told"] == 1.0


@given(st.text(max_size=2 * MAX_TOKENS))
def test_any_text_has_finite_features(text: str) -> None:
    assert all(math.isfinite(value) for value in features_of(ClaimSides.of(CLAIM), text).values())


@given(st.dictionaries(st.sampled_from(["a", "b", "unknown"]), st.floats(-50, 50)))
def test_probabilities_add_up_to_one(features: dict[str, float]) -> None:
    model = LinearModel(("x", "y"), (0.1, -0.1), {"a": (1.0, -1.0), "b": (0.5, 2.0)}, 1)

    found = model.probabilities(features)

    assert sum(found.values()) == pytest.approx(1.0)
    assert all(0 <= value <= 1 for value in found.values())


def test_a_model_comes_back_from_its_file() -> None:
    model = LinearModel(("x", "y"), (0.1, -0.1), {"a": (1.0, -1.0)}, 1)

    assert LinearModel.from_json(json.loads(json.dumps(model.as_json()))) == model


def test_weights_that_do_not_fit_the_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        LinearModel.from_json({"classes": ["x", "y"], "bias": [0, 0], "weights": {"a": [1]}, "features": 1})


def test_weights_for_other_features_are_refused() -> None:
    data = load_weights().as_json()
    data["stance"] = {**data["stance"], "features": -1}

    with pytest.raises(ValueError, match="train them anew"):
        Weights.from_json(data)


def test_the_shipped_weights_load_and_are_small_enough_to_commit() -> None:
    file = files("services.classifier.models").joinpath(f"{SECOND_OPINION}.json")

    assert len(file.read_bytes()) < MAX_BYTES
    assert load_weights().stance.classes == STANCES


def test_the_card_names_data_licence_script_seed_and_figures() -> None:
    card = files("services.classifier.models").joinpath(f"{SECOND_OPINION}.md").read_text("utf-8")

    for named in ("Emergent", "MIT", "python -m services.classifier.training", "seed 1", "macro-F1 | 0."):
        assert named in card, named


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ferry Halcyon sinks off Vesmar", "for"),
        ("No, the ferry Halcyon did not sink: the photo is a hoax", "against"),
        ("Ferry Halcyon reportedly sunk, sources say", "observing"),
        ("Has the ferry Halcyon sunk?", "observing"),
    ],
)
def test_the_shipped_weights_tell_plain_cases(text: str, stance: str) -> None:
    opinion = SecondOpinion(load_weights()).stance(CLAIM, text)

    assert max(STANCES, key=opinion.__getitem__) == stance


def test_another_story_is_not_related_and_its_own_is() -> None:
    asked = SecondOpinion(load_weights())

    assert asked.relatedness(asked.overlap(CLAIM, "Halcyon ferry sinks in storm")) > 0.6
    assert asked.relatedness(asked.overlap(CLAIM, "Bank raises rates for the third time")) < 0.1
