"""Whether a noun that names the claim's event is of the claim's subject: "the killing of", "his arrest"."""

from dataclasses import dataclass

from spacy.tokens import Token

from services.classifier.domain.reading.event_verbs import EventVerbs
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import DAYS, forms_in, is_one_of, is_passive, noun_arguments, subject_of

LIGHT_VERBS = frozenset("call hold stage make take give suffer declare announce launch begin start have see experience order".split())


_SOUGHT = frozenset("ask call look search hope wait prepare apply push bid press campaign seek wish beg clamour hunt".split())
"""Verbs that seek with "for" what is not there."""


_FINDS = frozenset("catch contract develop find detect confirm identify discover diagnose isolate contain carry have report record".split())


_SPREADS = frozenset("reach spread arrive hit rage circulate appear fill return emerge".split())


_UNDOABLE = frozenset(
    {"lawsuit", "fine", "emergency", "suspension", "charge", "ban", "sanctions", "conviction", "strike", "recall", "appointment", "closure"}
)


_UNDOES = frozenset("call avert drop lift withdraw cancel revoke reverse overturn quash annul rescind scrap".split())


_HOLLOW = frozenset(
    "test control agency rule brigade fund plan threat risk fear alert warning drill exercise insurance law bid talk attempt ban "
    "vote vaccine prevention service department engine station vaccination ballot squad unit".split()
)
"""Nouns that an event noun before them says nothing of: "a fire drill", "a doping test"."""


_TRACES = frozenset("site scene victim toll survivor casualty wreckage zone debris damage aftermath spot".split())
"""Nouns that take the event before them for granted: "the crash site"."""


_WORKS = frozenset("book film play article essay lecture exhibition documentary novel series conference seminar law bill".split())
"""What is about such events at large: "a book on poisoning"."""


_MEASURES = frozenset("magnitude force strength category share stock cash record world".split())


_REMAINS = frozenset("wreck wreckage body corpse obituary funeral burial toll dead fall case move exit end".split())
"""Nouns that need to be told whose they are."""


@dataclass(frozen=True)
class EventNouns(EventVerbs):
    """Checks whose event a noun is."""

    def _noun_fits(self, noun: Token) -> bool:
        arguments = noun_arguments(noun)
        if self._is_sought_or_spared(noun):
            return False
        if self._is_generic(noun):
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
        named = [
            argument
            for argument in arguments
            if argument.pos_ in ("PROPN", "NOUN", "PRON") and argument.lemma_.lower() not in _MEASURES and argument.lower_ not in DAYS
        ]
        return not named and (self.is_subject(noun) or self.near_subject) and noun.lemma_.lower() not in _REMAINS

    def _spared_by(self, noun: Token) -> Token | None:
        """ "The house was not damaged by the fire": the verb that says that the event did nothing to the subject; else None."""
        if noun.dep_ != "pobj" or noun.head.lower_ != "by" or noun.pos_ != "NOUN" or not is_one_of(noun, self.frame.nouns):
            return None
        verb = noun.head.head
        denied = any(child.dep_ == "neg" for child in verb.children)
        return verb if denied and is_passive(verb) and self.any_refers(subject_of(verb)) else None

    def _is_generic(self, noun: Token) -> bool:
        """ "Sang at a wedding", "a fine is small change", "riot shields": any such event, or only a kind of thing."""
        if noun.dep_ == "compound" and not is_one_of(noun.head, self.frame.nouns) and noun.head.lemma_.lower() not in _TRACES:
            return noun.head.pos_ == "NOUN" or noun.pos_ == "PROPN"  # "the Takeover Office"
        if noun.dep_ == "pobj" and (noun.head.lower_ == "like" or noun.head.head.lemma_.lower() in _WORKS):
            return True
        if not any(child.lower_ in ("a", "an", "every", "any") for child in noun.children):
            return False
        if noun.dep_ == "pobj":
            return noun.head.lower_ in ("at", "for", "as", "than", "without") or (noun.head.lower_ == "about" and not self.frame.is_future)
        return (
            noun.dep_ == "nsubj"
            and noun.head.lemma_ == "be"
            and any(child.dep_ in ("attr", "acomp") for child in noun.head.children)
            and not any(child.dep_ == "expl" for child in noun.head.children)
        )

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
                not named
                and self.near_subject
                and not forms_in(noun).isdisjoint(self.frame.own_words | self.frame.object_nouns & self.frame.nouns)
            )
        there = self.near_subject or self.frame.names.search(text) is not None or self.is_subject(noun)
        if self.frame.objects is not None:
            return there and self.frame.objects.search(f"{text} {self.context}") is not None
        arguments = {argument.lemma_.lower() for argument in noun_arguments(noun)}
        return there and (not self.frame.object_nouns or bool(arguments & self.frame.object_nouns))

    def _is_name_part(self, token: Token) -> bool:
        return token.lower_ in self.frame.known_tokens and token.pos_ == "PROPN"

    def _undone_by(self, noun: Token) -> Token | None:
        """ "The charges against him have been dropped": the verb that ends what the noun names."""
        verb = noun.head
        if noun.pos_ != "NOUN" or self.frame.family not in _UNDOABLE or verb.lemma_.lower() not in _UNDOES:
            return None
        is_its_object = noun.dep_ == "dobj" or (noun.dep_ == "nsubjpass" and is_passive(verb))
        fits = is_its_object and is_one_of(noun, self.frame.nouns) and not self._is_name_part(noun) and self._noun_fits(noun)
        if verb.lemma_ == "call" and not any(child.lower_ == "off" for child in verb.children):
            return None
        return verb if fits else None

    def _is_substance(self, token: Token) -> bool:
        """ "Doctors in the port have found cholera": what taints or infects is there."""
        frame = self.frame
        if frame.substances.isdisjoint((token.lemma_.lower(), token.lower_)):
            return False
        if self.near_subject and token.dep_ == "attr" and any(head.lower_ in ("it", "this", "that") for head in subject_of(token.head)):
            return True  # "it is cholera"
        if frame.names.search(text_of(token.doc)) is None:
            return False
        if token.dep_ == "pobj" and token.head.lower_ == "for":
            return token.head.head.lower_ == "positive"
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in _SPREADS:
            return True
        if token.dep_ == "attr" or (token.dep_ == "nsubj" and any(child.dep_ == "expl" for child in token.head.children)):
            return any(child.dep_ == "expl" for child in token.head.children)
        return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in _FINDS

    def _is_record(self, token: Token) -> bool:
        """ "It is not a world record", "the record stands": of what the claim says somebody set."""
        if self.frame.family != "record" or not self.near_subject:
            return False
        if token.lemma_.lower() == "record":
            return token.dep_ == "attr" and not any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.children)
        return token.lemma_ in ("stand", "count") and any(head.lemma_.lower() == "record" for head in subject_of(token))

    def _is_called_off(self, token: Token) -> bool:
        """ "There will be no Hallow festival this year"."""
        no = any(child.lower_ == "no" for child in token.children) and any(child.dep_ == "expl" for child in token.head.children)
        return no and self.frame.family == "cancellation" and self.refers(token)

    def _is_absent(self, token: Token) -> bool:
        """ "There is no wolf in the Harden forest": what the claim is about is not there."""
        no = any(child.lower_ == "no" for child in token.children) and any(child.dep_ == "expl" for child in token.head.children)
        return (
            no and self.frame.by_place and self.frame.threshold is None and token.lemma_.lower() in self.frame.themes and self.near_subject
        )
