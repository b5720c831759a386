"""Where a text uses a claim's event words of the claim's own subject: hits, with their roles checked in the parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from services.classifier.domain.reading.claim_frame import ON_PURPOSE
from services.classifier.domain.reading.event_nouns import LIGHT_VERBS
from services.classifier.domain.reading.event_states import EventStates
from services.classifier.domain.reading.holdings import held, is_thing
from services.classifier.domain.reading.numbers import is_measure, numbers_in
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import is_one_of, noun_arguments

__all__ = ["LIGHT_VERBS", "Finder", "Hit"]


@dataclass(frozen=True)
class Hit:
    """An event word that is about the claim's subject.

    Attributes:
        holds: True: the word says that it is so ("killed"); False: the opposite ("alive").
        noun: The event stands as a noun ("the killing").
    """

    token: Token
    holds: bool
    noun: bool


@dataclass(frozen=True)
class Finder(EventStates):
    """Finds hits of one claim in one parsed segment."""

    def hits(self, doc: Doc) -> Iterator[Hit]:
        """Yield the event words of the segment that are about the claim's subject."""
        told = set[int]()
        for hit in self._hits(doc):
            if self.frame.on_purpose and hit.holds and not ON_PURPOSE.search(text_of(doc).lower()):
                continue
            if hit.token.dep_ not in ("advmod", "prt") or hit.token.head.i not in told:  # "ran aground" is told by its verb
                yield hit
            told.add(hit.token.i)

    def _hits(self, doc: Doc) -> Iterator[Hit]:
        for token in doc:
            if token.is_punct or token.is_space:
                continue
            if self._is_absent(token):
                yield Hit(token, True, True)
            elif self._is_record(token):
                yield Hit(token, True, False)
            elif self._is_called_off(token):
                yield Hit(token, False, True)
            elif self._holds_office(token) or self._is_in_place(token):
                yield Hit(token, False, False)
            elif (spared := self._spared_by(token)) is not None:
                yield Hit(spared, True, False)
            elif self.frame.threshold is not None:
                if self._counts(token):
                    yield Hit(token, True, token.pos_ == "NOUN")
            elif is_thing(token, self.frame.things, self):
                yield Hit(token, True, False)
            elif is_thing(token, self.frame.things_not, self):
                yield Hit(token, False, False)
            elif (has := held(token, self)) is not None:
                yield Hit(token, has, False)
            elif (undoing := self._undone_by(token)) is not None:
                yield Hit(undoing, False, False)
            elif self._supports(token) or self._is_substance(token):
                yield Hit(token, True, token.pos_ in ("NOUN", "PROPN") and token.dep_ != "attr")
            elif self._opposes(token):
                yield Hit(token, False, token.pos_ == "NOUN")

    def has_words(self, doc: Doc) -> bool:
        """Tell whether any of the claim's event words stands in the segment, whoever it is about."""
        frame = self.frame
        return any(
            is_one_of(token, frame.done | frame.does | frame.states | frame.opposites)
            or (token.pos_ == "NOUN" and is_one_of(token, frame.nouns))
            for token in doc
            if not token.is_punct
        )

    def _counts(self, token: Token) -> bool:
        frame = self.frame
        if not is_one_of(token, frame.done | frame.does | frame.states | frame.nouns - frame.themes | frozenset({"toll"})):
            return False
        assert frame.threshold is not None
        text = text_of(token.doc)
        near = [(value, bound) for value, bound, place in numbers_in(text) if abs(place - token.idx) < 70 and not is_measure(text, place)]
        return any(frame.threshold.met_by(value, bound) for value, bound in near)

    def _supports(self, token: Token) -> bool:
        frame = self.frame
        if self._orders_away(token):
            return True
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBD") or token.lower_ in frame.past_forms:
            if is_one_of(token, frame.done | frame.does | frame.states) or token.lower_ in frame.past_forms or self._takes_up(token):
                return self._verb_fits(token)
            return False
        if token.pos_ in ("NOUN", "PROPN") and is_one_of(token, frame.nouns) and not self._is_name_part(token):
            return self._noun_fits(token)
        if token.pos_ == "NOUN" and frame.befalls and self._is_gerund_of(token):
            return True
        if token.pos_ in ("ADJ", "ADV", "ADP", "NOUN", "PROPN") and is_one_of(token, frame.states):
            return self._state_fits(token)
        return False

    def _is_gerund_of(self, noun: Token) -> bool:
        """ "The sanctioning of our bank": a verb of the family as a noun, of the subject."""
        if not noun.lower_.endswith("ing") or not any(child.lower_ == "of" for child in noun.children):
            return False
        stem = noun.lower_[:-3]
        return not {stem, f"{stem}e", stem[:-1]}.isdisjoint(self.frame.done) and self.any_refers(noun_arguments(noun))
