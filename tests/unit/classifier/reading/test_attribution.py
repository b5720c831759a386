"""Whose word, view or will a sentence tells of; whom a text introduces; which outlet it cites; which state a phrase names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.feeds_source import Outlet
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.attribution import Kind, attributions
from services.classifier.domain.reading.citations import cited_outlet
from services.classifier.domain.reading.countries import BY_CODE, NAMES, SEATS
from services.classifier.domain.reading.introductions import introduced
from services.classifier.domain.reading.speech import cut
from services.classifier.domain.reading.states import country_of

NLP = load_parser()
OWN = Outlet(name="Velby Tribune")
OUTLETS = Outlets.of([OWN, Outlet(name="Corvo News")])


@pytest.mark.parametrize(
    ("sentence", "cue", "source", "kind"),
    [
        ("Nordbane said on Monday that the line was shut.", "said", "Nordbane", Kind.SPEECH),
        ("The line is shut, the mayor of Halm wrote.", "wrote", "the mayor of Halm", Kind.SPEECH),
        ("The mayor was criticised by the union.", "criticised", "the union", Kind.SPEECH),
        ("Residents fear that the line will shut.", "fear", "Residents", Kind.VIEW),
        ("The minister is confident that the line will open.", "confident", "The minister", Kind.VIEW),
        ("Polls show that voters have had enough.", "show", "Polls", Kind.SHOWN),
        ("The union's criticism of the plan was mild.", "criticism", "The union's", Kind.NOUN),
        ("According to Nordbane, the line is shut.", "According", "Nordbane", Kind.REFERENCE),
        ("The ministry withdrew the text, saying the line was open.", "saying", "The ministry", Kind.SPEECH),
    ],
)
def test_an_attribution_has_a_cue_and_a_source(sentence: str, cue: str, source: str, kind: Kind) -> None:
    told = [one for one in attributions(NLP(sentence)) if not one.is_inner]

    assert (cue, source, kind) in [(one.cue.text, one.source.text if one.source else "", one.kind) for one in told]


@pytest.mark.parametrize("sentence", ["The train left Halm at noon.", "Snow fell on the hills.", "You know the way."])
def test_a_plain_sentence_attributes_nothing(sentence: str) -> None:
    assert [one.cue.text for one in attributions(NLP(sentence)) if not one.is_inner] == []


def test_what_a_quotation_tells_of_others_is_not_the_sentences_own() -> None:
    told = attributions(NLP('"The mayor says it is shut," Nordbane said.'))

    assert [one.cue.text for one in told if not one.is_inner] == ["said"]
    assert [one.cue.text for one in told if one.is_inner] == ["says"]


@pytest.mark.parametrize(
    ("sentence", "words", "speaker"),
    [
        ("The bridge, Nordbane said, has collapsed.", "The bridge has collapsed.", "Nordbane"),
        ("Ruiz, 54, the union's head, said the line was shut.", "It said the line was shut.", "Ruiz, 54, the union's head"),
        ("The club declined to comment but said the line was shut.", "It said the line was shut.", "The club"),
        ("Interfax quoted the ministry as saying that the line was shut.", "the line was shut.", "the ministry"),
        ("The ministry was quoted by Interfax as saying that the line was shut.", "the line was shut.", "The ministry"),
        ("Police: the line is shut.", "the line is shut.", "Police"),
        ("The line is shut - police.", "The line is shut", "police"),
    ],
)
def test_words_are_cut_out_for_their_speaker(sentence: str, words: str, speaker: str) -> None:
    found = {segment.text: segment.speaker.text.rstrip(".") if segment.speaker is not None else "" for segment in cut(NLP(sentence))}

    assert found.get(words) == speaker


@pytest.mark.parametrize("sentence", ["Galt museum: diamond stolen.", "Arlo bridge: what we know."])
def test_what_a_headline_is_about_is_no_speaker(sentence: str) -> None:
    assert all(segment.speaker is None for segment in cut(NLP(sentence)))


@pytest.mark.parametrize(
    ("sentence", "surname", "body"),
    [
        ("Paul Lang has chaired Orbix since May.", "Lang", "Orbix"),
        ("Paul Lang, the chairman of Orbix, flew home.", "Lang", "Orbix"),
        ("Orbix chairman Paul Lang flew home.", "Lang", "Orbix"),
    ],
)
def test_an_office_holder_is_introduced_with_the_body(sentence: str, surname: str, body: str) -> None:
    assert introduced(sentence) == {surname: body}


@pytest.mark.parametrize(
    ("sentence", "outlet"),
    [
        ("Orbix told Corvo News on Monday that it was over.", "Corvo News"),
        ("It is over, Interfax quoted the ministry as saying.", "Interfax"),
        ("According to the Financial Courier, it is over.", "Financial Courier"),
        ("Orbix told the Velby Tribune that it was over.", ""),
        ("Orbix told Paul Lang that it was over.", ""),
    ],
)
def test_an_outlet_is_cited_where_the_words_come_from_it(sentence: str, outlet: str) -> None:
    assert cited_outlet(sentence, OWN, OUTLETS) == outlet


@pytest.mark.parametrize(
    ("phrase", "state"),
    [
        ("the US ambassador to Russia", "United States"),
        ("the Russian embassy in Paris", "Russia"),
        ("South Korea's army", "South Korea"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("the Élysée", "France"),
        ("Karsia", ""),
        ("Romany folk", ""),
    ],
)
def test_a_phrase_names_a_state_by_name_adjective_or_seat(phrase: str, state: str) -> None:
    assert country_of(phrase) == state


def test_every_state_is_found_by_its_names_and_seats_and_by_nothing_twice() -> None:
    assert len(BY_CODE) >= 195
    assert not NAMES.keys() & SEATS.keys()
    assert all(country_of(name) == state for names in (NAMES, SEATS) for name, state in names.items())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(['"', ",", ":", " - ", "said", "Ruiz", "the union", "that", "according to", "it is shut", "."]), max_size=14)
)
def test_no_order_of_words_and_signs_upsets_the_cutting(parts: list[str]) -> None:
    doc = NLP(" ".join(parts) or ".")

    for segment in cut(doc):
        assert len(segment.offsets) == len(segment.text)
    for one in attributions(doc):
        assert one.cue.text
