"""The parts that the reader is made of: sentences, segments, numbers, dates, parties, kinds of text."""

from datetime import UTC, datetime
from time import process_time

import pytest

from schemas.claims_watch import WatchedClaim
from schemas.words import ArticleKind, Stance
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.dates import resolve
from services.classifier.domain.reading.numbers import numbers_in, threshold_in
from services.classifier.domain.reading.parties import Parties
from services.classifier.domain.reading.sentences import split
from services.classifier.domain.reading.speech import cut
from tests.unit.classifier.reading.test_stories import read

NLP = load_parser()
MONDAY = datetime(2025, 6, 16, 12, tzinfo=UTC)


def test_sentences_do_not_break_inside_a_quotation_and_keep_their_offsets() -> None:
    text = "VELBY (Corvo) - The line is shut. “It is over. Go home,” Dr. Ines Abel said."

    sentences = split(text, field="body")

    assert [sentence.text for sentence in sentences] == ["The line is shut.", '"It is over. Go home," Dr. Ines Abel said.']
    assert all(len(text[sentence.start : sentence.end]) == len(sentence.text) for sentence in sentences)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The line is shut, the mayor of Halm, Tor Myre, said at noon.", "the mayor of Halm, Tor Myre"),
        ('"The line is shut," said Tor Myre.', "Tor Myre"),
        ("Nordbane said on Monday that the line was shut.", "Nordbane"),
        ("According to Nordbane, the line is shut.", "Nordbane"),
        ("The line, Nordbane said, is shut.", "Nordbane"),
        ("The line is shut, the research house Merrow Partners wrote to its clients.", "the research house Merrow Partners"),
    ],
)
def test_the_speaker_is_found_on_either_side_of_the_verb(sentence: str, speaker: str) -> None:
    segments = [segment for segment in cut(NLP(sentence)) if "shut" in segment.text]

    assert [segment.speaker.text for segment in segments if segment.speaker is not None] == [speaker]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("118 people died", True),
        ("more than 100 people died", True),
        ("100 people died", False),
        ("at least 23 people died", False),
        ("a hundred and five people died", True),
    ],
)
def test_a_number_meets_the_claim_or_not(text: str, met: bool) -> None:
    threshold = threshold_in("The quake killed more than 100 people")
    assert threshold is not None

    value, bound, _ = numbers_in(text)[0]

    assert threshold.met_by(value, bound) is met


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Saturday night", datetime(2025, 6, 14, tzinfo=UTC)),
        ("on Monday", datetime(2025, 6, 16, tzinfo=UTC)),
        ("yesterday", datetime(2025, 6, 15, tzinfo=UTC)),
        ("on 28 May", datetime(2025, 5, 28, tzinfo=UTC)),
        ("on December 3", datetime(2024, 12, 3, tzinfo=UTC)),
        ("on 3 March 2019", datetime(2019, 3, 3, tzinfo=UTC)),
        ("two weeks ago", datetime(2025, 6, 2, tzinfo=UTC)),
    ],
)
def test_a_date_is_the_latest_such_day_not_after_publication(text: str, day: datetime) -> None:
    found = resolve(text, MONDAY)

    assert found is not None
    assert found[0] == day


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("a Pentagon spokesman", "US Department of Defense"),
        ("the US Department of Defense", "US Department of Defense"),
        ("Moscow", "Russia"),
        ("the Russian deputy foreign minister", "Russia"),
        ("the Bank of Russia", ""),
        ("Karsian army", "Ministry of Defence of Karsia"),
        ("police of Altamar", "National Police of Altamar"),
        ("the Altamar Mining company", ""),
    ],
)
def test_a_phrase_means_a_party_or_none(phrase: str, party: str) -> None:
    claim = WatchedClaim.model_validate(
        {
            "claim_id": "c",
            "statement": "The leader was killed",
            "keywords": ["leader killed"],
            "subject": {"name": "leader"},
            "authorities": [
                {"name": "US Department of Defense", "aliases": ["the Pentagon"]},
                "Ministry of Defence of Karsia",
                "National Police of Altamar",
            ],
            "interested": ["Russia"],
        }
    )

    assert Parties(claim).of(phrase) == party


@pytest.mark.parametrize("kind", [ArticleKind.SATIRE, ArticleKind.OPINION, ArticleKind.QUESTION, ArticleKind.RETROSPECTIVE])
def test_some_kinds_of_text_say_nothing(kind: ArticleKind) -> None:
    assert read("singer-dead", "Lola Maret has died, St Anne Hospital said.", kind=kind) == ()


def test_a_fact_check_counts_by_its_verdict() -> None:
    evidence = read("singer-dead", "A post says that Lola Maret has died. Verdict: false.", kind=ArticleKind.FACT_CHECK)

    assert [(piece.stance, piece.own_voice) for piece in evidence] == [(Stance.REFUTES, True)]


def test_the_headline_speaks_where_the_body_is_silent() -> None:
    silent = read("ceo-resigned", "The shares were suspended at noon.", title="Quandex: Mira Toller has resigned")
    softened = read("ceo-resigned", "Mira Toller may have resigned, Quandex said.", title="Mira Toller has resigned")

    assert [(piece.stance, piece.quote.field) for piece in silent] == [(Stance.ASSERTS, "title")]
    assert [(piece.stance, piece.quote.field) for piece in softened] == [(Stance.HEDGES, "body")]


def test_entries_of_a_live_page_are_statements_of_their_own() -> None:
    text = "14.30 The ferry Halcyon sank, the Coast Guard of Vesmar said.\n\n13.10 The Halcyon is afloat, the Coast Guard of Vesmar said.\n\n12.00 Fog."

    evidence = read("ferry-sunk", text, kind=ArticleKind.LIVE)

    assert [(piece.entry, piece.stance) for piece in evidence] == [("13.10", Stance.DENIES), ("14.30", Stance.ASSERTS)]


def test_the_event_is_dated_by_its_own_day_not_by_the_day_of_the_saying() -> None:
    dated = read("ferry-sunk", "The ferry Halcyon sank on Saturday, the Coast Guard of Vesmar said on Monday.")
    undated = read("ferry-sunk", "The ferry Halcyon has sunk, the Coast Guard of Vesmar said on Monday.")

    assert dated[0].event.at == datetime(2025, 6, 14, tzinfo=UTC)
    assert undated[0].event.at is None


def test_reading_twice_gives_the_same_ids() -> None:
    text = "The ferry Halcyon has sunk, the Coast Guard of Vesmar said on Monday."

    assert [piece.evidence_id for piece in read("ferry-sunk", text)] == [piece.evidence_id for piece in read("ferry-sunk", text)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Halcyon sank, said Joe. " * 3_000,
        "Halcyon sank" + ", and sank" * 20_000,
        '"' * 5_000 + ' Halcyon sank "said" he',
        "\u202eHalcyon\u0000 sank \u200f, said Joe.",
    ],
    ids=["thousands of mentions", "one endless sentence", "quotes only", "control characters"],
)
def test_an_odd_text_is_read_in_bounded_time(text: str) -> None:
    started = process_time()

    read("ferry-sunk", text)

    assert process_time() - started < 5
