"""Which words in one run of text count: one piece per origin, the outlet's own voice only where nobody else carries the story."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from schemas.claims_watch import Window
from schemas.words import Stance
from services.classifier.domain.reading.words_spoken import Words

_RANK = {Stance.ASSERTS: 4, Stance.DENIES: 4, Stance.REFUTES: 4, Stance.HEDGES: 3, Stance.DOUBTS: 2, Stance.CANNOT_CONFIRM: 1}
_TERMS = ("", "remote", "very_unlikely", "unlikely", "even_chance", "likely", "very_likely", "almost_certain", "certain")


def chosen(words: Sequence[Words]) -> list[Words]:
    """Return at most one piece per origin, in order."""
    said = [word for word in words if word.stance is not Stance.DISCUSSES]
    said = _after_corrections(said)
    said = [word for word in said if not _rests_on_others(word, said)]
    by_origin: dict[tuple[str, bool], Words] = {}
    for word in said:
        key = (word.origin.name, word.accountable)
        held = by_origin.get(key)
        if held is None or _outranks(word, held):
            by_origin[key] = word
    return [word for key, word in by_origin.items() if word.accountable or not any(other[1] and other[0] == key[0] for other in by_origin)]


def in_window(words: Sequence[Words], window: Window | None) -> list[Words]:
    """Return the words on an event of the claim's window.

    What is dated outside it is of another event; what is undated may be of this one.
    """
    if window is None:
        return list(words)
    return [word for word in words if word.at is None or _is_between(word.at.date(), window)]


def _is_between(day: date, window: Window) -> bool:
    return (window.from_ is None or day >= window.from_) and (window.to is None or day <= window.to)


def _after_corrections(said: list[Words]) -> list[Words]:
    """A correction that stands below replaces what the same origin, or the outlet, says above it."""
    for index, word in enumerate(said):
        if word.is_correction and index:
            return [other for other in said[:index] if other.origin.name != word.origin.name and not other.origin.own_voice] + said[index:]
    return said


def _rests_on_others(word: Words, said: list[Words]) -> bool:
    """The outlet's bare voice tells what others in the text stand for."""
    if not word.origin.own_voice or word.explicit:
        return False
    return any(
        other is not word
        and not other.origin.own_voice
        and other.accountable
        and other.supports == word.supports
        and other.stance in (Stance.ASSERTS, Stance.HEDGES, Stance.DENIES, Stance.REFUTES)
        for other in said
    )


def _outranks(word: Words, held: Words) -> bool:
    if _RANK[word.stance] != _RANK[held.stance]:
        return _RANK[word.stance] > _RANK[held.stance]
    if word.stance is Stance.HEDGES:
        return _TERMS.index(word.term) > _TERMS.index(held.term)
    return word.is_correction and not held.is_correction


def as_second_hand(word: Words) -> Words:
    """Return the words as those of an outlet that rests on somebody unnamed: no more than likely."""
    if word.stance is Stance.ASSERTS:
        return replace(word, stance=Stance.HEDGES, term="likely")
    if word.stance is Stance.DENIES:
        return replace(word, stance=Stance.DOUBTS, term="likely")
    return word
