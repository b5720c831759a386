"""Where a text uses a claim's event words of the claim's own subject: hits, with their roles checked in the parse."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.cues import PERSONAL_ROLE, ROLE, TITLES
from services.classifier.domain.reading.numbers import is_measure, numbers_in
from services.classifier.domain.reading.speakers import BODY_NOUNS

IsSubject = Callable[[Token], bool]
"""Tells whether a pronoun stands for the claim's subject."""

LIGHT_VERBS = frozenset("call hold stage make take give suffer declare announce launch begin start have see experience order".split())
_TRADES = frozenset({"acquisition", "sale", "agreement", "transfer", "truce", "test", "move", "delivery", "payment", "lifting", "rate rise", "rate cut"})
"""Families whose verbs take many objects: buying shares is not a merger."""

_REMAINS = frozenset("body corpse obituary funeral burial toll dead fall case move exit end".split())
"""Nouns that need to be told whose they are."""

_OWN_DEEDS = frozenset("survive outlive escape elude evade resume deny keep retain win lose concede carry hold run stay remain continue leave reach make take".split())


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


def _forms(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def _phrase_at(token: Token, phrases: frozenset[str]) -> bool:
    """Tell whether a phrase of several words begins at the token, with at most three words between."""
    lemmas = _forms(token)
    for phrase in phrases:
        words = phrase.split()
        if len(words) < 2 or words[0] not in lemmas:
            continue
        index, rest = token.i + 1, words[1:]
        limit = token.i + len(words) + 3
        while rest and index < min(len(token.doc), limit):
            if rest[0] in _forms(token.doc[index]):
                rest = rest[1:]
            index += 1
        if not rest:
            return True
    return False


def _in(token: Token, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_forms(token)) or _phrase_at(token, words)


def subject_of(verb: Token) -> list[Token]:
    """Return the heads of the verb's subject, through conjunctions, raising and control."""
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if own:
        if verb.dep_ == "relcl" and own[0].lower_ in ("who", "which", "that", "whom"):
            return [verb.head]
        return own
    if verb.dep_ == "conj" and verb.head is not verb:
        return subject_of(verb.head) if verb.head.pos_ in ("VERB", "AUX", "ADJ") else []
    if verb.dep_ in ("xcomp", "advcl", "acomp", "oprd", "attr", "prep", "pcomp", "dep") and verb.head.pos_ in ("VERB", "AUX", "ADJ", "ADP"):
        governed = [child for child in verb.head.children if child.dep_ == "dobj"] if verb.dep_ in ("xcomp", "oprd") else []
        return governed or subject_of(verb.head)
    if verb.dep_ in ("acl", "amod", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [verb.head]
    if verb.dep_ in ("aux", "auxpass"):
        return subject_of(verb.head)
    if verb.dep_ in ("appos",) and verb.head.pos_ in ("NOUN", "PROPN"):
        return [verb.head]
    return []


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is passive, an auxiliary or not."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.tag_ == "VBN" and not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return verb.dep_ in ("acl", "amod", "advcl", "oprd", "acomp", "conj", "xcomp", "ROOT", "ccomp", "relcl", "dep") and not any(child.dep_ == "dobj" for child in verb.children)
    return False


def _objects_of(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.lower_ != "that"]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return []
    return found


def _agents_of(verb: Token) -> list[Token]:
    return [grand for child in verb.children if child.dep_ == "agent" or child.dep_ == "prep" and child.lower_ == "by" for grand in child.children if grand.dep_ == "pobj"]


def agents(verb: Token) -> list[Token]:
    """Return who does it."""
    return _agents_of(verb) if is_passive(verb) else subject_of(verb)


def _noun_arguments(noun: Token) -> list[Token]:
    """Return whom a noun of event is of: possessor, compound, "of", "at", "in"."""
    found = [child for child in noun.children if child.dep_ in ("poss", "compound", "nmod", "amod", "appos")]
    found += [grand for child in noun.children if child.dep_ == "prep" and child.lower_ in ("of", "at", "in", "from", "on", "for", "to", "between", "with") for grand in child.children if grand.dep_ == "pobj"]
    for argument in list(found):
        found += [child for child in argument.children if child.dep_ == "conj"]
    return found


def core(head: Token) -> tuple[int, int]:
    """Return the character range of a noun phrase without possessors, relative clauses and prepositions, but with apposed names."""
    begin = head.i
    while begin > 0 and _belongs(head.doc[begin - 1], head):
        begin -= 1
    end = head.i + 1
    return head.doc[begin].idx, head.doc[end - 1].idx + len(head.doc[end - 1].text)


def _belongs(token: Token, head: Token) -> bool:
    if token.dep_ == "poss" or token.text in (",", "'s", "'"):
        return False
    return head.is_ancestor(token) and token.dep_ in ("compound", "amod", "nmod", "nummod", "det", "punct", "quantmod", "advmod", "case", "nsubjpass", "nsubj")


@dataclass(frozen=True)
class Finder:
    """Finds hits of one claim in one parsed segment."""

    frame: ClaimFrame
    is_subject: IsSubject
    near_subject: bool = False
    """The subject was named in this sentence or just before it."""
    context: str = ""
    """The sentence, and those before it: where the object may be named."""

    def refers(self, head: Token) -> bool:
        """Tell whether a noun phrase stands for the claim's subject."""
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$"):
            return self.is_subject(head)
        frame, text = self.frame, head.doc.text
        if self._is_other(head):
            return False
        if head.text == frame.first_name and self.near_subject and not any(child.pos_ == "PROPN" for child in head.children) and head.dep_ != "compound":
            return True
        begin, end = core(head)
        for match in frame.names.finditer(text):
            if match.start() < end and match.end() > begin and self._names_head(head, match.start(), match.end(), begin):
                return True
        if any(self.refers(child) for child in head.children if child.dep_ == "appos" and child.pos_ in ("PROPN", "NOUN")):
            return True
        return self._is_descriptor(head) or self._is_theme(head)

    def _is_theme(self, head: Token) -> bool:
        """"No contract was signed for the Amber line": the noun that the claim's subject belongs to, and the subject near it."""
        return head.lemma_.lower() in self.frame.themes and not any(child.pos_ == "PROPN" and child.lower_ not in self.frame.known_tokens for child in head.children) and (
            self.frame.names.search(head.doc.text) is not None or self.near_subject
        )

    def _names_head(self, head: Token, start: int, stop: int, begin: int) -> bool:
        """The name must be the head, or what a known common noun bears ("the Aurum exchange"); and nobody else's name."""
        inside = start <= head.idx < stop or stop <= head.idx and all(token.lower_ in self.frame.known_tokens or token.is_punct for token in head.doc if stop <= token.idx <= head.idx)
        if not inside and head.idx < start:
            inside = head.lemma_.lower() in ROLE | TITLES
        if not inside and head.lemma_.lower() not in self.frame.descriptors and not _is_body_word(head):
            return False
        return not self._wears_other_name(head, start, stop, begin)

    def _wears_other_name(self, head: Token, start: int, stop: int, begin: int) -> bool:
        known = self.frame.known_tokens
        for token in head.doc:
            if token.idx >= begin and token.idx < start and token.text[0].isupper() and token.pos_ == "PROPN" and token.lower_ not in TITLES | ROLE | PERSONAL_ROLE and token.lower_ not in known:
                return self.frame.is_person or token.i > 0
        after = next((token for token in head.doc if token.idx >= stop), None)
        return after is not None and after.pos_ == "PROPN" and after.text[0].isupper() and after.lower_ not in known and after.i > 0 and after.nbor(-1).whitespace_ != "" and after.head in (after.nbor(-1), head) and self.frame.is_person

    def _is_other(self, head: Token) -> bool:
        if self.frame.others is None:
            return False
        begin, end = core(head)
        return any(match.start() < end and match.end() > begin for match in self.frame.others.finditer(head.doc.text))

    def _is_descriptor(self, head: Token) -> bool:
        if head.lemma_.lower() not in self.frame.descriptors and head.lower_ not in self.frame.descriptors:
            return False
        modifiers = [child for child in head.children if child.dep_ in ("compound", "amod", "nmod", "poss")]
        for modifier in modifiers:
            if modifier.pos_ == "PROPN" and modifier.lower_ not in self.frame.known_tokens:
                return False
            if modifier.pos_ == "ADJ" and modifier.lower_ in ("other", "former", "another", "second", "new", "next", "deputy", "regional", "local", "earlier"):
                return False
        own = {token.lower_ for token in modifiers} & self.frame.known_tokens
        definite = any(child.lower_ in ("the", "its", "their", "this", "all", "our") for child in head.children) or bool(own) or head.pos_ == "PROPN"
        complements = [grand for child in head.children if child.dep_ == "prep" for grand in child.children if grand.pos_ == "PROPN"]
        return definite and all(grand.lower_ in self.frame.known_tokens for grand in complements)

    def _any_refers(self, heads: list[Token]) -> bool:
        for head in heads:
            if head.lower_ in ("one", "some", "all", "many", "none", "most", "part", "half", "several", "both", "any", "number"):
                heads = [*heads, *(grand for child in head.children if child.lower_ == "of" for grand in child.children)]
        for head in heads:
            if head.lower_ in ("nobody", "none", "nothing", "no-one", "noone") and self.near_subject:
                return True
        for head in heads:
            if self.refers(head) or any(self.refers(child) for child in head.conjuncts):
                return True
        return False

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
            elif self._supports(token):
                yield Hit(token, True, token.pos_ in ("NOUN", "PROPN"))
            elif self._opposes(token):
                yield Hit(token, False, token.pos_ == "NOUN")

    def _is_absent(self, token: Token) -> bool:
        """"There is no wolf in the Harden forest": what the claim is about is not there."""
        no = any(child.lower_ == "no" for child in token.children) and any(child.dep_ == "expl" for child in token.head.children)
        return no and self.frame.by_place and self.frame.threshold is None and token.lemma_.lower() in self.frame.themes and self.near_subject

    def has_words(self, doc: Doc) -> bool:
        """Tell whether any of the claim's event words stands in the segment, whoever it is about."""
        frame = self.frame
        return any(_in(token, frame.done | frame.does | frame.states | frame.opposites) or token.pos_ == "NOUN" and _in(token, frame.nouns) for token in doc if not token.is_punct)

    def _counts(self, token: Token) -> bool:
        frame = self.frame
        if not _in(token, frame.done | frame.does | frame.states | frame.nouns - frame.themes | frozenset({"toll"})):
            return False
        assert frame.threshold is not None
        text = token.doc.text
        near = [(value, bound) for value, bound, place in numbers_in(text) if abs(place - token.idx) < 70 and not is_measure(text, place)]
        return any(frame.threshold.met_by(value, bound) for value, bound in near)

    def _supports(self, token: Token) -> bool:
        frame = self.frame
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBD") or token.lower_ in frame.past_forms:
            if _in(token, frame.done | frame.does | frame.states) or token.lower_ in frame.past_forms:
                return self._verb_fits(token)
            return False
        if token.pos_ in ("NOUN", "PROPN") and _in(token, frame.nouns) and not self._is_name_part(token):
            return self._noun_fits(token)
        if token.pos_ in ("ADJ", "ADV", "ADP", "NOUN", "PROPN") and _in(token, frame.states):
            return self._state_fits(token)
        return False

    def _is_name_part(self, token: Token) -> bool:
        return token.lower_ in self.frame.known_tokens and token.pos_ == "PROPN"

    def _opposes(self, token: Token) -> bool:
        if not _in(token, self.frame.opposites):
            return False
        if token.pos_ in ("VERB", "AUX"):
            return self._opposite_verb(token)
        return token.pos_ in ("ADJ", "ADV", "ADP", "NOUN") and self._state_fits(token)

    def _opposite_verb(self, verb: Token) -> bool:
        if is_passive(verb):
            return self._any_refers(subject_of(verb)) and self._with_objects(verb)
        objects = [child for child in _objects_of(verb) if child.pos_ in ("NOUN", "PROPN", "PRON")]
        if self.frame.befalls and objects and not _forms(verb) & _OWN_DEEDS:
            return self._any_refers(objects)
        return self._any_refers(subject_of(verb)) and self._with_objects(verb)

    def _with_objects(self, verb: Token) -> bool:
        """Where the claim names an object, the opposite must be about it too, or about nothing else."""
        if self.frame.objects is None or self.frame.befalls:
            return True
        return self.frame.objects.search(verb.doc.text) is not None or not any(token.pos_ == "PROPN" for token in _complements(verb))

    def _experiencers(self, verb: Token) -> list[Token]:
        """Return whom the verb's event befalls."""
        if is_passive(verb):
            return subject_of(verb)
        objects = [head for head in _objects_of(verb) if not any(child.dep_ == "prt" and child.lower_ in ("off", "near", "in", "at", "outside") for child in verb.children)]
        lemmas = _forms(verb)
        if objects and (self.frame.done & lemmas or _phrase_at(verb, self.frame.done)):
            return objects
        if objects and self.frame.befalls and not (self.frame.does & lemmas or _phrase_at(verb, self.frame.does)):
            return objects
        return subject_of(verb)

    def _verb_fits(self, verb: Token) -> bool:
        if self.frame.befalls:
            heads = self._experiencers(verb)
            strange = [head for head in _objects_of(verb) if head not in heads and head.pos_ in ("NOUN", "PROPN")]
            if strange and self.frame.family in _TRADES and not is_passive(verb) and not _forms(verb) & self.frame.own_words and not self._is_measure(strange):
                return False
            return self._any_refers(heads)
        if self.frame.by_place:
            where = self.near_subject or self.frame.names.search(verb.doc.text) is not None
            return where and self._object_in(subject_of(verb) if is_passive(verb) else _complements(verb), verb)
        if is_passive(verb):
            if _in(verb, self.frame.states) and self._any_refers(subject_of(verb)):
                return True
            return self._object_in(subject_of(verb), verb) and (self._any_refers(_agents_of(verb)) or not _agents_of(verb) and self.frame.names.search(verb.doc.text) is not None)
        return self._any_refers(subject_of(verb)) and self._object_in(_complements(verb), verb)

    @staticmethod
    def _is_measure(heads: list[Token]) -> bool:
        return all(any(child.pos_ == "NUM" or child.lower_ in ("some", "several") for child in head.children) for head in heads)

    def _object_in(self, heads: list[Token], verb: Token) -> bool:
        """Tell whether what the event is done to is what the claim names."""
        frame = self.frame
        for head in heads:
            text = "".join(token.text_with_ws for token in head.subtree)
            if frame.objects is not None and frame.objects.search(text):
                return True
            things = [head, *(token for token in head.subtree if token.dep_ in ("pobj", "compound"))] if any(child.lower_ == "of" for child in head.children) else [head]
            if frame.objects is None and any(thing.lemma_.lower() in frame.object_nouns and self._modified_alike(thing) for thing in things):
                return True
        if any(head.pos_ == "PROPN" for head in heads):
            return False
        if not heads and frame.objects is None:
            return not is_passive(verb)
        vague = all(head.pos_ == "PRON" or any(child.lower_ in ("the", "its", "his", "their", "her") for child in head.children) for head in heads)
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
        arguments = _noun_arguments(noun)
        if self.frame.is_existential:
            return self.frame.names.search(noun.doc.text) is not None or self.near_subject and not any(argument.pos_ == "PROPN" for argument in arguments)
        if noun.lemma_.lower() in ("body", "corpse") and noun.dep_ == "pobj" and noun.head.lower_ == "by":
            return False
        if not self.frame.befalls:
            return self._two_named(noun)
        if self._any_refers([argument for argument in arguments if argument.pos_ != "ADJ"]):
            return True
        if noun.dep_ in ("dobj", "oprd") and noun.head.lemma_.lower() in LIGHT_VERBS and self._any_refers(subject_of(noun.head)):
            return self.frame.family not in ("death", "arrest", "attack", "dismissal")
        if noun.lower_ in self.frame.known_tokens:
            return False
        named = [argument for argument in arguments if argument.pos_ in ("PROPN", "NOUN", "PRON")]
        return not named and (self.is_subject(noun) or self.near_subject) and noun.lemma_.lower() not in _REMAINS

    def _two_named(self, noun: Token) -> bool:
        """For a claim about who does what: both must be named in the segment with the noun; a common object may go unsaid."""
        text = noun.doc.text
        if self.frame.objects is None and not self.frame.threshold:
            things = {child.lemma_.lower() for child in noun.children if child.dep_ == "compound" and child.pos_ == "NOUN"}
            if things and not things & (self.frame.object_nouns | self.frame.known_tokens):
                return False
            named = [argument for argument in _noun_arguments(noun) if argument.pos_ in ("PROPN", "NOUN", "PRON") and argument.lemma_.lower() not in self.frame.object_nouns]
            return self._any_refers(named) or not named and self.near_subject and noun.lemma_.lower() in self.frame.own_words | self.frame.object_nouns & self.frame.nouns
        there = self.frame.names.search(text) is not None or self.is_subject(noun)
        if self.frame.objects is not None:
            return there and self.frame.objects.search(f"{text} {self.context}") is not None
        arguments = {argument.lemma_.lower() for argument in _noun_arguments(noun)}
        return there and (not self.frame.object_nouns or bool(arguments & self.frame.object_nouns))

    def _state_fits(self, state: Token) -> bool:
        if state.dep_ == "amod":
            return self.refers(state.head)
        heads = subject_of(state)
        if state.head.pos_ in ("AUX", "VERB") and state.dep_ in ("acomp", "attr", "oprd", "prep", "advmod", "dobj", "pobj", "conj", "ccomp", "xcomp"):
            objects = _objects_of(state.head)
            if objects and state not in objects and state.head.lemma_ != "be" and self._any_refers(objects):
                return True
            heads = heads or subject_of(state.head)
            if not self.frame.befalls and self._any_refers(subject_of(state.head)):
                return True
        return self._any_refers(heads)


def _complements(verb: Token) -> list[Token]:
    found = _objects_of(verb)
    found += [grand for child in verb.children if child.dep_ == "prep" and child.lower_ in ("for", "with", "to", "into", "from", "of") for grand in child.children if grand.dep_ == "pobj"]
    return found


def _is_body_word(head: Token) -> bool:
    return head.lower_ in BODY_NOUNS
