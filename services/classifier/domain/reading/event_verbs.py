"""Whether a verb that tells the claim's event tells it of the claim's subject and object."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.references import References
from services.classifier.domain.reading.roles import (
    agents,
    agents_of,
    complements_of,
    forms_in,
    is_one_of,
    is_passive,
    objects_of,
    phrase_at,
    subject_of,
)

_TRADES = frozenset(
    {"acquisition", "sale", "agreement", "transfer", "truce", "test", "move", "delivery", "payment", "lifting", "rate rise", "rate cut"}
)
"""Families whose verbs take many objects: buying shares is not a merger."""


_TAKES_PARTICLES = frozenset("sell call take give pull put cut carry hold run break turn make get go set win lose strike".split())
"""Verbs that mean something else with "out", "up", "over"."""


_AT = frozenset("from at in on near off to into outside".split())

_BEATS = frozenset("beat defeat win triumph prevail".split())


_MUTUAL = frozenset({"acquisition", "marriage", "split", "agreement", "truce"})
"""Families of what two do together."""


@dataclass(frozen=True)
class EventVerbs(References):
    """Checks who does the verb to whom."""

    def _experiencers(self, verb: Token) -> list[Token]:
        """Return whom the verb's event befalls."""
        if is_passive(verb):
            heads = subject_of(verb)
            parts = {phrase.split()[-1] for phrase in self.frame.done if phrase.split()[0] in forms_in(verb) and " " in phrase}
            if any(not parts.isdisjoint(forms_in(head)) for head in heads):  # "administrators were appointed to the firm"
                return [*heads, *(goal for child in verb.children if child.dep_ == "prep" for goal in child.children)]
            return heads
        objects = [
            head
            for head in objects_of(verb)
            if not any(child.dep_ == "prt" and child.lower_ in ("off", "near", "in", "at", "outside") for child in verb.children)
        ]
        lemmas = forms_in(verb)
        if phrase_at(verb, self.frame.does - self.frame.done) and not phrase_at(verb, self.frame.done):
            return subject_of(verb)
        if verb.lemma_ == "let":
            objects = objects or [head for child in verb.children if child.dep_ == "ccomp" for head in subject_of(child)]
        elif not objects and phrase_at(verb, self.frame.done) and not self.frame.does & lemmas:
            objects = complements_of(verb) or [grand for child in verb.children if child.dep_ == "prep" for grand in child.children]
        if objects and phrase_at(verb, self.frame.done) and not self.frame.done & lemmas:
            words = {word for phrase in self.frame.done for word in phrase.split()[1:]}
            outside = [head for head in objects if words.isdisjoint(forms_in(head))]
            return outside or [grand for child in verb.subtree if child.dep_ in ("prep", "dative") for grand in child.children] or objects
        if objects and self.frame.done & lemmas:
            return objects
        if objects and self.frame.befalls and not (self.frame.does & lemmas or phrase_at(verb, self.frame.does)):
            return objects
        return subject_of(verb)

    def _is_done_by_others(self, verb: Token) -> bool:
        """Somebody does it who cannot, or who is not the claim's actor."""
        doers = agents(verb)
        if self.frame.by and doers and not any(doer.lemma_.lower() in self.frame.by for doer in doers):
            return not self.any_refers(doers)
        named = [doer for doer in doers if doer.pos_ == "PROPN"]
        actors = self.frame.actors
        return (
            bool(actors and named and self.any_refers(self._experiencers(verb)))
            and not any(actors & {token.lower_ for token in doer.subtree} for doer in named)
            and not self.any_refers(named)
            and (self.frame.family == "conquest" or self.frame.actor_is_given)
        )

    def _is_of_another(self, verb: Token) -> bool:
        """ "Escaped from Brockley Zoo": where, whence or at whose it was, by a name that the claim rules out."""
        others = self.frame.others
        if others is None:
            return False
        places = (grand for child in verb.children if child.dep_ == "prep" and child.lower_ in _AT for grand in child.children)
        return any(others.search(place.doc[place.left_edge.i : place.i + 1].text) is not None for place in places)

    def _is_yet_to_come(self, verb: Token) -> bool:
        """ "Talks to free her", "is about to erupt"."""
        if verb.tag_ != "VB" or self.frame.is_future:
            return False
        return (verb.dep_ == "acl" and verb.head.lemma_ in ("talk", "talks", "negotiation")) or (
            verb.dep_ == "xcomp" and verb.head.lower_ in ("about", "poised", "ready", "due")
        )

    def _verb_fits(self, verb: Token) -> bool:
        if self._is_of_another(verb) or self._is_done_by_others(verb) or self._is_yet_to_come(verb) or self._is_another_verb(verb):
            return False
        if self.frame.is_existential and not objects_of(verb):
            return self._happens_here(verb)
        if self.frame.befalls:
            heads = self._experiencers(verb)
            if self.frame.object_modifiers and not all(self._modified_alike(head) for head in objects_of(verb)):
                return False
            strange = [head for head in objects_of(verb) if head not in heads and head.pos_ in ("NOUN", "PROPN")]
            if (
                strange
                and self.frame.family in _TRADES
                and not is_passive(verb)
                and not forms_in(verb) & self.frame.own_words
                and not self._is_measure(strange)
            ):
                return False
            return self.any_refers(heads)
        if self.frame.by_place:
            where = self.near_subject or self.frame.names.search(text_of(verb.doc)) is not None
            return where and self._object_in(subject_of(verb) if is_passive(verb) else complements_of(verb), verb)
        if is_passive(verb):
            if is_one_of(verb, self.frame.states) and self.any_refers(subject_of(verb)):
                return True
            if self.frame.family == "victory" and self.any_refers(subject_of(verb)) and is_one_of(verb, self.frame.done):
                return self._object_in_sight(verb)
            if self.any_refers(subject_of(verb)) and objects_of(verb):
                return is_one_of(verb, self.frame.done) and self._object_in(objects_of(verb), verb)
            return self._object_in(subject_of(verb), verb) and (
                self.any_refers(agents_of(verb)) or (not agents_of(verb) and self.frame.names.search(text_of(verb.doc)) is not None)
            )
        if self._is_taken_on(verb):
            return True
        if not self.any_refers(subject_of(verb)):
            return False
        if self.frame.family == "victory" and self._object_in_sight(verb) and is_one_of(verb, _BEATS):
            return True
        return self._object_in(complements_of(verb), verb) or self._is_mutual(verb) or self._object_beside(verb)

    def _is_another_verb(self, verb: Token) -> bool:
        """ "The stadium sells out": a particle makes another verb of it, unless the family knows it with the particle."""
        particles = [child.lower_ for child in verb.children if child.dep_ == "prt" and child.lower_ in ("out", "up", "over", "in", "on")]
        known = self.frame.done | self.frame.does
        if not particles or verb.lemma_.lower() not in _TAKES_PARTICLES or phrase_at(verb, known):
            return False
        return not any(phrase.endswith(f" {particle}") for phrase in known for particle in particles)

    def _takes_up(self, verb: Token) -> bool:
        """ "The record stands: she broke it": a pronoun for the noun of a set phrase, which was named before."""
        if not any(head.lower_ in ("it", "them", "one") for head in objects_of(verb)):
            return False
        pairs = (phrase.split() for phrase in self.frame.does | self.frame.done)
        words = set(re.findall(r"\w+", self.context.lower()))
        return any(len(pair) == 2 and pair[0] in forms_in(verb) and (pair[1] in words or f"{pair[1]}s" in words) for pair in pairs)

    def _happens_here(self, verb: Token) -> bool:
        """ "Inmates rioted in Lowen prison": for a claim that there has been a riot, the place is all that must be named."""
        places = [grand for child in verb.children if child.dep_ == "prep" for grand in child.children if grand.dep_ == "pobj"]
        return self.any_refers([*places, *self._experiencers(verb)])

    def _object_beside(self, verb: Token) -> bool:
        """ "Put pen to paper at the club": a set phrase leaves its object to any preposition."""
        behind = verb.doc[verb.i : verb.right_edge.i + 1].text
        return (
            self.frame.objects is not None
            and phrase_at(verb, self.frame.does | self.frame.done)
            and self.frame.objects.search(behind) is not None
        )

    def _object_in_sight(self, verb: Token) -> bool:
        return self.frame.objects is None or self.frame.objects.search(f"{text_of(verb.doc)} {self.context}") is not None

    def _is_taken_on(self, verb: Token) -> bool:
        """ "The club signed the forward", "the jury gave her the prize": told from the side of who takes or gives."""
        frame, doers = self.frame, subject_of(verb)
        if is_passive(verb) or not is_one_of(verb, frame.done) or not self.any_refers(objects_of(verb)):
            return False
        others = [*doers, *(head for head in objects_of(verb) if not self.refers(head))]
        if frame.family == "transfer":
            return frame.objects is not None and any(frame.objects.search(head.doc[head.left_edge.i : head.i + 1].text) for head in doers)
        return frame.family == "award" and len(others) > len(doers) and self._object_in(others[len(doers) :], verb)

    def _is_mutual(self, verb: Token) -> bool:
        """ "The two firms are joining forces": what the claim names as object stands beside the subject."""
        objects = self.frame.objects
        partners = [other for head in subject_of(verb) for other in (head, *head.conjuncts)]
        return (
            objects is not None
            and self.frame.family in _MUTUAL
            and len(partners) > 1
            and any(objects.search(other.doc[other.left_edge.i : other.i + 1].text) for other in partners)
        )

    @staticmethod
    def _is_measure(heads: list[Token]) -> bool:
        return all(any(child.pos_ == "NUM" or child.lower_ in ("some", "several") for child in head.children) for head in heads)

    def _object_in(self, heads: list[Token], verb: Token) -> bool:
        """Tell whether what the event is done to is what the claim names."""
        frame = self.frame
        for head in heads:
            text = "".join(token.text_with_ws for token in head.subtree)
            if (
                frame.objects is not None
                and frame.objects.search(text)
                and (frame.object_is_named or head.lemma_.lower() in frame.object_nouns)
            ):
                return True
            things = (
                [head, *(token for token in head.subtree if token.dep_ in ("pobj", "compound"))]
                if any(child.lower_ == "of" for child in head.children)
                else [head]
            )
            if frame.objects is None and any(
                thing.lemma_.lower() in frame.object_nouns and self._modified_alike(thing) for thing in things
            ):
                return True
        if any(head.pos_ == "PROPN" for head in heads):
            return False
        if not heads and frame.objects is None:
            return not is_passive(verb)
        vague = all(
            head.pos_ == "PRON" or any(child.lower_ in ("the", "its", "his", "their", "her") for child in head.children) for head in heads
        )
        if not vague:
            return False
        if frame.objects is not None:
            return frame.objects.search(self.context) is not None and not heads
        return not frame.object_nouns

    def _modified_alike(self, head: Token) -> bool:
        modifiers = {child.lower_ for child in head.children if child.dep_ in ("amod", "compound")}
        wanted = self.frame.object_modifiers
        return not wanted or not modifiers or bool(modifiers & wanted)

    def _orders_away(self, verb: Token) -> bool:
        """ "Ordered everybody to leave the town", "told the envoy to go": for evacuations and expulsions that is the deed."""
        frame = self.frame
        goes = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.lemma_ in ("leave", "go", "depart")]
        if frame.family not in ("evacuation", "extradition") or verb.lemma_ not in ("order", "tell", "instruct", "force") or not goes:
            return False
        sent = [*objects_of(verb), *subject_of(goes[0])]
        if frame.befalls:
            return self.any_refers([*sent, *objects_of(goes[0])])
        return self.any_refers(subject_of(verb)) and any(self._object_in([head], verb) for head in sent)
