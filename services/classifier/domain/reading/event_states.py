"""Whether a word of state or an opposite is said of the claim's subject: "dead", "still afloat"."""

from dataclasses import dataclass

from spacy.tokens import Token

from services.classifier.domain.reading.event_nouns import EventNouns
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import complements_of, forms_in, is_one_of, is_passive, objects_of, phrase_at, subject_of

_OWN_DEEDS = frozenset(
    "survive outlive escape elude evade resume deny keep retain win lose concede carry hold run stay remain "
    "continue leave reach make take pay meet service honour work treat".split()
)


def _is_denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "longer" for child in verb.children)


@dataclass(frozen=True)
class EventStates(EventNouns):
    """Checks of whom a state is said."""

    def _state_fits(self, state: Token) -> bool:
        if state.dep_ == "amod":
            if state.head.lemma_ in ("man", "woman", "person") and state.head.dep_ in ("attr", "dobj", "npadvmod", "oprd"):
                return self.any_refers(subject_of(state.head.head))
            return self.refers(state.head)
        heads = subject_of(state)
        if state.head.pos_ in ("AUX", "VERB") and state.dep_ in (
            "acomp",
            "attr",
            "oprd",
            "prep",
            "advmod",
            "agent",
            "neg",
            "dobj",
            "pobj",
            "conj",
            "ccomp",
            "xcomp",
        ):
            objects = objects_of(state.head)
            if objects and state not in objects and state.head.lemma_ != "be" and self.any_refers(objects):
                return True
            heads = heads or subject_of(state.head)
            if not self.frame.befalls and self.any_refers(subject_of(state.head)):
                return True
        return self.any_refers(heads)

    def _holds_office(self, token: Token) -> bool:
        """ "She remains minister", "he is no longer coach": who holds the office has not left it."""
        verb = token.head
        if self.frame.family not in ("departure", "dismissal") or token.dep_ not in ("attr", "oprd", "dobj", "acomp"):
            return False
        if not self.frame.descriptors & {token.lemma_.lower(), token.lower_} or verb.lemma_ not in ("be", "remain", "stay"):
            return False
        if any(child.lower_ in ("former", "a", "an", "first", "new") for child in token.children):
            return False
        return (verb.tag_ in ("VBZ", "VBP") or verb.lemma_ != "be" or _is_denied(verb)) and self.any_refers(subject_of(verb))

    def _is_in_place(self, token: Token) -> bool:
        """ "The coins are still in the museum": what was said to be stolen."""
        if self.frame.family != "theft" or not self.frame.by_place or token.dep_ != "prep" or token.lower_ not in ("in", "at"):
            return False
        places = [child for child in token.children if child.dep_ == "pobj"]
        verb = token.head
        return verb.lemma_ in ("be", "remain") and verb.tag_ in ("VBZ", "VBP") and self._names_place(places) and self._is_loot(verb)

    def _names_place(self, places: list[Token]) -> bool:
        return any(self.frame.names.search(place.doc[place.left_edge.i : place.i + 1].text) is not None for place in places)

    def _is_loot(self, verb: Token) -> bool:
        return any(head.lemma_.lower() in self.frame.themes for head in subject_of(verb))

    def _opposes(self, token: Token) -> bool:
        if not is_one_of(token, self.frame.opposites):
            return False
        if token.pos_ in ("VERB", "AUX"):
            return self._opposite_verb(token)
        if any(head.pos_ == "NOUN" and is_one_of(head, self.frame.nouns) and self._noun_fits(head) for head in subject_of(token.head)):
            return True  # "the break of the cable was an accident"
        return token.pos_ in ("ADJ", "ADV", "ADP", "NOUN") and self._state_fits(token)

    def _opposite_verb(self, verb: Token) -> bool:
        if is_passive(verb):
            return self.any_refers(subject_of(verb)) and self._with_objects(verb)
        objects = [child for child in objects_of(verb) if child.pos_ in ("NOUN", "PROPN", "PRON")]
        if self.frame.befalls and objects and not forms_in(verb) & _OWN_DEEDS:
            own = bool(phrase_at(verb, self.frame.opposites)) and self.any_refers(subject_of(verb))
            return own or self.any_refers(objects)
        return self.any_refers(subject_of(verb)) and self._with_objects(verb)

    def _with_objects(self, verb: Token) -> bool:
        """Where the claim names an object, the opposite must be about it too, or about nothing else."""
        if self.frame.objects is None or self.frame.befalls:
            return True
        return self.frame.objects.search(text_of(verb.doc)) is not None or not any(token.pos_ == "PROPN" for token in complements_of(verb))
