"""Which text is a copy of which. Behaviour 2."""

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.classifier.domain.signatures import SKETCH_SIZE, is_copy, signature, similarity
from services.classifier.domain.words import words_of

AGENCY = (
    "Rebel commander Orun Vade was shot dead on Monday night when gunmen opened fire on his convoy outside the port, a witness said.\n\n"
    "Vade, 52, had led the northern front since a split six years ago and was wanted abroad for a massacre of villagers.\n\n"
    "Four bodyguards lay beside the road. The attackers escaped on motorbikes towards the hills.\n\n"
    "Shops in the town stayed shut on Tuesday and soldiers blocked the only bridge."
)
PARAGRAPHS = AGENCY.split("\n\n")


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        AGENCY.upper().replace("\n\n", " "),
        "\n\n".join(PARAGRAPHS[:3]),
        "\n\n".join(PARAGRAPHS[:2]),
        "\n\n".join(["The man who led the northern front is dead, after an attack on his cars that nobody has claimed.", *PARAGRAPHS[1:]]),
        "\n\n".join([*PARAGRAPHS, "A reader sent us a picture of the bridge. The mayor of the twin town has written a letter."]),
    ],
    ids=["same", "set otherwise", "last paragraph cut", "half cut", "another lead", "lines added"],
)
def test_a_text_that_is_for_the_most_part_anothers_is_a_copy(copy: str) -> None:
    assert is_copy(signature(copy), signature(AGENCY))
    assert is_copy(signature(AGENCY), signature(copy))


@pytest.mark.parametrize(
    "other",
    [
        "",
        "The warlord Orun Vade died when his cars were ambushed near the port on Monday, two "
        "traders said. He was 52. Four of his guards were "
        "killed as well, and the men who did it rode off on motorbikes. The town was quiet on Tuesday; the bridge is closed.",
        "Vade, 52, had led the northern front since a split six years ago. Now analysts fear that the front will break into three. Its "
        "council met on Sunday to choose another leader and did not agree, people close to it said. Talks go on next week in the capital.",
    ],
    ids=["nothing", "same story in other words", "one sentence shared"],
)
def test_another_text_on_the_same_story_is_none(other: str) -> None:
    assert not is_copy(signature(other), signature(AGENCY))


def test_a_shared_quotation_does_not_make_two_short_texts_copies() -> None:
    one = 'The minister resigned. "I have nothing more to say to this parliament," she said.'
    other = '"I have nothing more to say to this parliament," the minister told reporters outside.'

    assert not is_copy(signature(one), signature(other))
    assert is_copy(signature(one), signature(one))


def test_an_empty_text_is_no_copy_of_an_empty_text() -> None:
    assert not is_copy(signature(""), signature(""))


def test_a_sketch_is_small_sorted_and_the_same_in_every_run() -> None:
    sketch = signature(" ".join(map(str, range(5_000))))

    assert sketch.shingles == 4_997
    assert len(sketch.hashes) == SKETCH_SIZE
    assert list(sketch.hashes) == sorted(sketch.hashes)
    assert signature("one two three four").hashes == (1613931443,)


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_the_estimate_for_long_texts_is_near_the_truth(seed: int, kept: float) -> None:
    generator = random.Random(seed)
    whole = [generator.choice("abcdefghij") * generator.randint(1, 30) + str(generator.random()) for _ in range(600)]
    part = whole[: max(10, int(len(whole) * kept))]

    shared = similarity(signature(" ".join(part)), signature(" ".join(whole)))

    assert shared.jaccard == pytest.approx(len(part) / len(whole), abs=0.2)
    assert similarity(signature(" ".join(whole)), signature(" ".join(part))) == shared


@given(st.text(max_size=120))
def test_a_sketch_is_the_smallest_checksums_of_all_runs_of_four_words(text: str) -> None:
    words = words_of(text)
    runs = {" ".join(words[start : start + 4]) for start in range(max(1, len(words) - 3))} if words else set()
    checksums = sorted({zlib.crc32(run.encode()) for run in runs})

    assert signature(text).hashes == tuple(checksums[:SKETCH_SIZE])
    assert signature(text).shingles == len(checksums)
