"""A text that shares a claim's words and is about another event is not related; in other words about the same event it is (behaviour 3)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from services.classifier.adapters.english_parser import load_pair_reader
from services.classifier.domain.pairs.pair import Pair
from services.classifier.domain.pairs.pair_reader import PairReader

LEAST = {"near_misses_built_on": (0.68, 0.98), "near_misses_held": (0.58, 0.98)}
"""By file: share of near-misses that are told, and of texts about the claim that are kept."""

reader = cache(load_pair_reader)


def pairs(name: str) -> Iterator[tuple[str, str, bool]]:
    """Yield claim, text, and whether the text is about the claim."""
    claim = ""
    for line in Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines():
        mark, text = line[:1], line[2:]
        if mark in ("=", "!"):
            yield claim, text.partition(": ")[2].partition(" | ")[0] if mark == "=" else text, mark == "="
        elif line and mark != "#":
            claim = line


def is_related(claim: str, text: str, reads: PairReader | None = None) -> bool:
    return (reads or reader()).read(Pair(id=0, claim=claim, text=text)).related


@pytest.mark.parametrize("name", LEAST)
def test_near_misses_are_told_and_texts_about_the_claim_are_kept(name: str) -> None:
    found: dict[bool, list[bool]] = {True: [], False: []}
    for claim, text, about in pairs(name):
        found[about].append(is_related(claim, text))
    told, kept = 1 - sum(found[False]) / len(found[False]), sum(found[True]) / len(found[True])

    assert (told >= LEAST[name][0], kept >= LEAST[name][1]) == (True, True), f"told {told:.2f}, kept {kept:.2f}"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The ferry Sea Otter sank", "The ferry Sea Eagle sank"),  # another name
        ("Torvia invaded Kelmia", "Kelmia invaded Torvia at dawn."),  # exchanged
        ("Drummer Kit Lowry left the band Salt Roads", "Kit Lowry's brother left the band Salt Roads"),  # somebody of his
        ("Lumen Pharma's malaria vaccine was approved", "Lumen Pharma's dengue vaccine was approved"),  # another thing
    ],
)
def test_each_kind_of_near_miss(claim: str, text: str) -> None:
    assert not is_related(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The ferry Sea Otter sank", "Ferry goes down off the cape, Sea Otter's owner says"),
        ("Torvia invaded Kelmia", "Kelmia invaded by Torvia"),  # the passive exchanges nothing
        ("The Pellow Bridge collapsed", "The Pellow Bridge is still standing"),
        ("Kelmia expelled the Torvian ambassador", "Ambassador of Torvia is told to leave Kelmia"),
        ("Mayor Hugo Brandt was charged with bribery", "HUGO BRANDT CHARGED WITH BRIBERY IN PORT SELIM"),
    ],
)
def test_a_missing_name_a_passive_and_capitals_make_no_other_event(claim: str, text: str) -> None:
    assert is_related(claim, text)
