"""Where a text uses a claim's event words of the claim's own subject: hits, with their roles checked in the parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from services.classifier.domain.reading.holdings import held, is_thing
from services.classifier.domain.reading.numbers import is_measure, numbers_in
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.references import References
from services.classifier.domain.reading.roles import (
    agents,
    agents_of,
    complements_of,
    forms_in,
    is_one_of,
    is_passive,
    noun_arguments,
    objects_of,
    phrase_at,
    subject_of,
)

LIGHT_VERBS = frozenset("call hold stage make take give suffer declare announce launch begin start have see experience order".split())


_TRADES = frozenset(
    {"acquisition", "sale", "agreement", "transfer", "truce", "test", "move", "delivery", "payment", "lifting", "rate rise", "rate cut"}
)
"""Families whose verbs take many objects: buying shares is not a merger."""


_MUTUAL = frozenset({"acquisition", "marriage", "split", "agreement", "truce"})
"""Families of what two do together."""


_SOUGHT = frozenset("ask call look search hope wait prepare apply push bid press campaign seek wish beg clamour hunt".split())
"""Verbs that seek with "for" what is not there."""


_FINDS = frozenset("find detect confirm identify discover diagnose isolate contain carry have report record".split())


_SPREADS = frozenset("reach spread arrive hit rage circulate appear fill return emerge".split())


_UNDOABLE = frozenset({"charge", "ban", "sanctions", "conviction", "strike", "recall", "appointment", "closure"})
_UNDOES = frozenset("drop lift withdraw cancel revoke reverse overturn quash annul rescind scrap".split())


_HOLLOW = frozenset(
    "test control agency rule brigade fund plan threat risk fear alert warning drill exercise insurance law bid talk attempt ban "
    "vote vaccine prevention service department engine station vaccination ballot squad unit".split()
)
"""Nouns that an event noun before them says nothing of: "a fire drill", "a doping test"."""


_REMAINS = frozenset("wreck wreckage body corpse obituary funeral burial toll dead fall case move exit end".split())
"""Nouns that need to be told whose they are."""


_OWN_DEEDS = frozenset(
    "survive outlive escape elude evade resume deny keep retain win lose concede carry hold run stay remain "
    "continue leave reach make take".split()
)


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
class Finder(References):
    """Finds hits of one claim in one parsed segment."""

    def hits(self, doc: Doc) -> Iterator[Hit]:
        """Yield the event words of the segment that are about the claim's subject."""
        for token in doc:
            if token.is_punct or token.is_space:
                continue
            if self._is_absent(token):
                yield Hit(token, True, True)
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
                yield Hit(token, True, token.pos_ in ("NOUN", "PROPN"))
            elif self._opposes(token):
                yield Hit(token, False, token.pos_ == "NOUN")

    def _undone_by(self, noun: Token) -> Token | None:
        """ "The charges against him have been dropped": the verb that ends what the noun names."""
        verb = noun.head
        if noun.pos_ != "NOUN" or self.frame.family not in _UNDOABLE or verb.lemma_.lower() not in _UNDOES:
            return None
        is_its_object = noun.dep_ == "dobj" or (noun.dep_ == "nsubjpass" and is_passive(verb))
        fits = is_its_object and is_one_of(noun, self.frame.nouns) and not self._is_name_part(noun) and self._noun_fits(noun)
        return verb if fits else None

    def _is_substance(self, token: Token) -> bool:
        """ "Doctors in the port have found cholera": what taints or infects is there."""
        frame = self.frame
        if token.lemma_.lower() not in frame.substances or frame.names.search(text_of(token.doc)) is None:
            return False
        if token.dep_ == "pobj" and token.head.lower_ == "for":
            return token.head.head.lower_ == "positive"
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in _SPREADS:
            return True
        if token.dep_ == "attr" or (token.dep_ == "nsubj" and any(child.dep_ == "expl" for child in token.head.children)):
            return any(child.dep_ == "expl" for child in token.head.children)
        return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in _FINDS

    def _is_absent(self, token: Token) -> bool:
        """ "There is no wolf in the Harden forest": what the claim is about is not there."""
        no = any(child.lower_ == "no" for child in token.children) and any(child.dep_ == "expl" for child in token.head.children)
        return (
            no and self.frame.by_place and self.frame.threshold is None and token.lemma_.lower() in self.frame.themes and self.near_subject
        )

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
            if is_one_of(token, frame.done | frame.does | frame.states) or token.lower_ in frame.past_forms:
                return self._verb_fits(token)
            return False
        if token.pos_ in ("NOUN", "PROPN") and is_one_of(token, frame.nouns) and not self._is_name_part(token):
            return self._noun_fits(token)
        if token.pos_ in ("ADJ", "ADV", "ADP", "NOUN", "PROPN") and is_one_of(token, frame.states):
            return self._state_fits(token)
        return False

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

    def _is_name_part(self, token: Token) -> bool:
        return token.lower_ in self.frame.known_tokens and token.pos_ == "PROPN"

    def _opposes(self, token: Token) -> bool:
        if not is_one_of(token, self.frame.opposites):
            return False
        if token.pos_ in ("VERB", "AUX"):
            return self._opposite_verb(token)
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

    def _experiencers(self, verb: Token) -> list[Token]:
        """Return whom the verb's event befalls."""
        if is_passive(verb):
            return subject_of(verb)
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
        if objects and (self.frame.done & lemmas or phrase_at(verb, self.frame.done)):
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
            and self.frame.family == "conquest"
        )

    def _is_yet_to_come(self, verb: Token) -> bool:
        """ "Talks to free her", "is about to erupt"."""
        if verb.tag_ != "VB" or self.frame.is_future:
            return False
        return (verb.dep_ == "acl" and verb.head.lemma_ in ("talk", "talks", "negotiation")) or (
            verb.dep_ == "xcomp" and verb.head.lower_ in ("about", "poised", "ready", "due")
        )

    def _verb_fits(self, verb: Token) -> bool:
        if self._is_done_by_others(verb) or self._is_yet_to_come(verb):
            return False
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
            if self.any_refers(subject_of(verb)) and objects_of(verb):
                return is_one_of(verb, self.frame.done) and self._object_in(objects_of(verb), verb)
            return self._object_in(subject_of(verb), verb) and (
                self.any_refers(agents_of(verb)) or (not agents_of(verb) and self.frame.names.search(text_of(verb.doc)) is not None)
            )
        if self._is_taken_on(verb):
            return True
        if not self.any_refers(subject_of(verb)):
            return False
        return self._object_in(complements_of(verb), verb) or self._is_mutual(verb) or self._object_beside(verb)

    def _object_beside(self, verb: Token) -> bool:
        """ "Put pen to paper at the club": a set phrase leaves its object to any preposition."""
        behind = verb.doc[verb.i : verb.right_edge.i + 1].text
        return (
            self.frame.objects is not None
            and phrase_at(verb, self.frame.does | self.frame.done)
            and self.frame.objects.search(behind) is not None
        )

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

    def _noun_fits(self, noun: Token) -> bool:
        arguments = noun_arguments(noun)
        if self._is_sought_or_spared(noun):
            return False
        if self.frame.is_existential:
            return self.frame.names.search(text_of(noun.doc)) is not None or (
                self.near_subject and not any(argument.pos_ == "PROPN" for argument in arguments)
            )
        if noun.lemma_.lower() in ("body", "corpse") and noun.dep_ == "pobj" and noun.head.lower_ == "by":
            return False
        if not self.frame.befalls:
            return self._two_named(noun)
        if self.any_refers([argument for argument in arguments if argument.pos_ != "ADJ"]):
            return True
        if noun.dep_ in ("dobj", "oprd") and noun.head.lemma_.lower() in LIGHT_VERBS and self.any_refers(subject_of(noun.head)):
            return self.frame.family not in ("death", "arrest", "attack", "dismissal")
        if noun.lower_ in self.frame.known_tokens:
            return False
        named = [argument for argument in arguments if argument.pos_ in ("PROPN", "NOUN", "PRON")]
        return not named and (self.is_subject(noun) or self.near_subject) and noun.lemma_.lower() not in _REMAINS

    def _is_sought_or_spared(self, noun: Token) -> bool:
        """ "Asked for the extradition", "was spared by the fire": the noun's event did not happen, or not to it."""
        if noun.dep_ == "compound" and noun.head.lemma_.lower() in _HOLLOW and not is_one_of(noun.head, self.frame.nouns):
            return True
        if noun.dep_ != "pobj":
            return False
        verb = noun.head.head
        if noun.head.lower_ == "for":
            return verb.lemma_.lower() in _SOUGHT
        return noun.head.lower_ in ("by", "from") and verb.lemma_.lower() in ("spare", "spar", "escape", "survive", "recover")

    def _two_named(self, noun: Token) -> bool:
        """For a claim about who does what: both must be named in the segment with the noun; a common object may go unsaid."""
        text = text_of(noun.doc)
        if self.frame.objects is None and not self.frame.threshold:
            things = {child.lemma_.lower() for child in noun.children if child.dep_ == "compound" and child.pos_ == "NOUN"}
            if things and not things & (self.frame.object_nouns | self.frame.known_tokens):
                return False
            named = [
                argument
                for argument in noun_arguments(noun)
                if argument.pos_ in ("PROPN", "NOUN", "PRON") and argument.lemma_.lower() not in self.frame.object_nouns
            ]
            return self.any_refers(named) or (
                not named and self.near_subject and noun.lemma_.lower() in self.frame.own_words | self.frame.object_nouns & self.frame.nouns
            )
        there = self.near_subject or self.frame.names.search(text) is not None or self.is_subject(noun)
        if self.frame.objects is not None:
            return there and self.frame.objects.search(f"{text} {self.context}") is not None
        arguments = {argument.lemma_.lower() for argument in noun_arguments(noun)}
        return there and (not self.frame.object_nouns or bool(arguments & self.frame.object_nouns))

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
