"""The names in a sentence, and the slots that they fill: whose it is, to whom it is done, of what, against whom."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from services.classifier.domain.opinion.content import base, content_of
from services.classifier.domain.opinion.cue_words import QUESTION_WORDS
from services.classifier.domain.reading.cues import ROLE, TITLES
from services.classifier.domain.reading.roles import agents_of, is_passive, objects_of, subject_of
from services.classifier.domain.reading.states import country_of, is_seat

EVENT = "EVENT"
"""Governor of a slot that the event's own words give, whichever of them."""

Slot = tuple[str, str]
"""What a name is to another word: ("mod", "line"), ("agent", EVENT), ("to", "flight")."""

_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun".split()
)
_PLACES = frozenset("in at near on off outside inside around".split())
_CODE = re.compile(r"\d+[A-Za-z]+$")
"""Figures that are part of a name: 800m, 5G."""


@dataclass(frozen=True)
class Run:
    """A name, as a run of words.

    Attributes:
        words: Its words in base form, without titles and roles before them.
        slots: What it is to other words.
        inside: What the thing is that it only belongs to: in "sued the port of Meridel" the one who is sued.
        is_people: Whether it is the name of a state or its people ("American").
    """

    words: tuple[str, ...]
    slots: frozenset[Slot]
    inside: frozenset[Slot]
    is_people: bool


def runs_of(doc: Doc, event: frozenset[str]) -> list[Run]:
    """Return the names in a sentence. None where nearly all words are capitalised: there nothing tells names from others.

    Args:
        event: Words that tell of the event in question, lower case.
    """
    if is_title_case(doc):
        return []
    return [run for tokens in _token_runs(doc) if (run := _run(tokens, event))]


def is_title_case(doc: Doc) -> bool:
    """Tell whether nearly every word of a headline is capitalised."""
    words = [token for token in doc if token.is_alpha and len(token.text) > 3]
    has_small_verb = any(token.pos_ in ("VERB", "AUX") and token.text[0].islower() and len(token.text) > 2 for token in doc)
    return not has_small_verb and len(words) > 3 and sum(token.text[0].isupper() for token in words) > 0.75 * len(words)


def _token_runs(doc: Doc) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in doc:
        if _is_name(token) or (run and token.like_num and token.i == run[-1].i + 1 and token.text[0].isdigit()):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_name(token: Token) -> bool:
    if _CODE.match(token.text):
        return True
    if not token.text[0].isupper() or token.lower_ in _CALENDAR:
        return False
    return token.pos_ == "PROPN" or (token.i > 0 and token.pos_ in ("NOUN", "ADJ") and not token.is_sent_start)


def _run(tokens: list[Token], event: frozenset[str]) -> Run | None:
    while len(tokens) > 1 and (tokens[0].lower_.rstrip(".") in TITLES | ROLE or tokens[0].lower_ in QUESTION_WORDS):
        tokens = tokens[1:]
    words = tuple(content_of(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text))
    return (
        Run(
            words,
            frozenset(_slots(tokens, event)),
            frozenset(_inside(tokens[-1], event)),
            bool(country_of(tokens[-1].text)) and not is_seat(tokens[-1].text),
        )
        if words
        else None
    )


def _slots(tokens: list[Token], event: frozenset[str]) -> Iterator[Slot]:
    last, doc = tokens[-1], tokens[-1].doc
    inside = {token.i for token in tokens}
    head = last
    if last.dep_ in ("compound", "nmod", "amod", "poss", "nummod") and last.head.i not in inside:
        head = last.head
        yield ("mod", _lemma(head))
        if head.pos_ != "PROPN":
            return  # what the owner's thing does, the owner does not
    else:
        head = next((token for token in tokens if token.head.i not in inside), last)
    before = doc[tokens[0].i - 1] if tokens[0].i else None
    if before is not None and before.pos_ == "NOUN" and (before.head.i in inside or head.head.i == before.i):
        yield ("kind", _lemma(before))
    yield from slots_of(head, event)


def _inside(last: Token, event: frozenset[str]) -> Iterator[Slot]:
    preposition = last.head
    if last.dep_ == "pobj" and preposition.lower_ == "of" and preposition.head.pos_ == "NOUN":
        yield from (slot for slot in slots_of(preposition.head, event) if slot == ("patient", EVENT))


def slots_of(head: Token, event: frozenset[str]) -> Iterator[Slot]:
    """Yield what a noun is to the words that govern it."""
    if head.dep_ == "conj" or head.dep_ == "appos":
        head = head.head
    governor = head.head
    if head.dep_ in ("pobj",) and governor.dep_ in ("prep", "agent"):
        yield from _of_preposition(governor, event)
    for verb in _verbs_over(head):
        if any(head.i == one.i for one in subject_of(verb)):
            yield ("patient" if is_passive(verb) else "agent", key_of(verb, event))
        elif any(head.i == one.i for one in objects_of(verb)):
            yield ("patient", key_of(verb, event))
        elif any(head.i == one.i for one in agents_of(verb)):
            yield ("agent", key_of(verb, event))


def _verbs_over(head: Token) -> Iterable[Token]:
    return [token for token in head.ancestors if token.pos_ in ("VERB", "AUX")][:2] or (
        [head.head] if head.head.pos_ in ("VERB", "AUX") else []
    )


def _of_preposition(preposition: Token, event: frozenset[str]) -> Iterator[Slot]:
    name = "loc" if preposition.lower_ in _PLACES else preposition.lower_
    for governor in (preposition.head, preposition.head.head):
        if governor.pos_ in ("NOUN", "PROPN") and name in ("of", "loc"):
            yield ("mod", _lemma(governor))
        if governor.pos_ in ("NOUN", "VERB", "PROPN", "AUX"):
            yield (name, key_of(governor, event))


def key_of(token: Token, event: frozenset[str]) -> str:
    """Return what a governor is called in a slot."""
    return EVENT if token.lower_ in event or token.lemma_.lower() in event else _lemma(token)


def _lemma(token: Token) -> str:
    return base(token.lemma_.lower())
