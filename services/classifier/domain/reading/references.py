"""Whether a noun phrase stands for the claim's subject: by name, by description, and not somebody else of that name."""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.cues import PERSONAL_ROLE, ROLE, TITLES
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import core

IsSubject = Callable[[Token], bool]
"""Tells whether a pronoun stands for the claim's subject."""


@dataclass(frozen=True)
class References:
    """Tells the claim's subject from others in one segment."""

    frame: ClaimFrame
    is_subject: IsSubject
    near_subject: bool = False
    """The subject was named in this sentence or just before it."""
    context: str = ""
    """The sentence, and those before it: where the object may be named."""
    introduces: bool = False
    """The lead tells of somebody or something whom the headline or the next sentence names as the subject."""

    def refers(self, head: Token) -> bool:
        """Tell whether a noun phrase stands for the claim's subject."""
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$"):
            return self.is_subject(head)
        frame, text = self.frame, text_of(head.doc)
        if self._is_other(head):
            return False
        if (
            head.text == frame.first_name
            and self.near_subject
            and not any(child.pos_ == "PROPN" for child in head.children)
            and head.dep_ != "compound"
        ):
            return True
        begin, end = core(head)
        for match in frame.names.finditer(text):
            if match.start() < end and match.end() > begin and self._names_head(head, match.start(), match.end(), begin):
                return True
        if any(self.refers(child) for child in head.children if child.dep_ == "appos" and child.pos_ in ("PROPN", "NOUN")):
            return True
        return self._is_descriptor(head) or self._is_theme(head) or self._is_epithet(head) or self._is_named_behind(head)

    def _is_named_behind(self, head: Token) -> bool:
        """ "The leader of the race, Joost Vermeiren, said": parsers take the name for the race's."""
        if not self.frame.is_person:
            return False
        behind = head.idx + len(head.text) + 1
        if head.lower_ in ROLE | TITLES | self.frame.descriptors and self.frame.names.match(text_of(head.doc), behind):
            return True  # "rector Per Lindholm"
        if not any(child.lower_ in ("the", "a", "an") for child in head.children):
            return False
        named = (
            child
            for prep in head.children
            if prep.dep_ == "prep" and prep.lower_ in ("of", "at", "in", "for")
            for place in prep.children
            for child in place.children
            if child.dep_ == "appos" and child.i > 0
        )
        return any(
            match.start() <= name.idx < match.end() and head.doc[max(name.left_edge.i - 1, 0)].text == ","
            for name in named
            for match in self.frame.names.finditer(text_of(head.doc))
        )

    def _is_theme(self, head: Token) -> bool:
        """ "No contract was signed for the Amber line": the noun that the claim's subject belongs to, and the subject near it."""
        return (
            head.lemma_.lower() in self.frame.themes
            and not any(
                child.pos_ == "PROPN" and child.lower_ not in self.frame.known_tokens and not self._is_makers(child)
                for child in head.children
            )
            and (self.frame.names.search(text_of(head.doc)) is not None or self.near_subject)
        )

    def _is_makers(self, owner: Token) -> bool:
        """ "Solvane's dengue vaccine": whose thing it is, of a thing told by more than its kind."""
        return owner.dep_ == "poss" and any(
            child.dep_ in ("compound", "amod") and child.lower_ in self.frame.known_tokens for child in owner.head.children
        )

    def _names_head(self, head: Token, start: int, stop: int, begin: int) -> bool:
        """The name must be the head, or what a known common noun bears ("the Aurum exchange"); and nobody else's name."""
        inside = start <= head.idx < stop or (
            stop <= head.idx
            and all(token.lower_ in self.frame.known_tokens or token.is_punct for token in head.doc if stop <= token.idx <= head.idx)
        )
        if not inside and head.idx < start:
            inside = head.lemma_.lower() in ROLE | TITLES
        if not inside and head.lemma_.lower() not in self.frame.descriptors and not _is_body_word(head):
            return False
        return not self._wears_other_name(head, start, stop, begin)

    def _wears_other_name(self, head: Token, start: int, stop: int, begin: int) -> bool:
        known = self.frame.known_tokens
        for token in head.doc:
            if (
                token.idx >= begin
                and token.idx < start
                and token.text[0].isupper()
                and token.pos_ == "PROPN"
                and token.lower_ not in TITLES | ROLE | PERSONAL_ROLE
                and token.lower_ not in known
                and not _describes(token, start)
            ):
                return self.frame.is_person or token.i > 0
        after = next((token for token in head.doc if token.idx >= stop), None)
        return (
            after is not None
            and after.pos_ == "PROPN"
            and after.text[0].isupper()
            and after.lower_ not in known
            and after.i > 0
            and after.nbor(-1).whitespace_ != ""
            and after.head in (after.nbor(-1), head)
            and self.frame.is_person
        )

    def _is_other(self, head: Token) -> bool:
        if self.frame.others is None:
            return False
        begin, end = core(head)
        return any(match.start() < end and match.end() > begin for match in self.frame.others.finditer(text_of(head.doc)))

    def _is_epithet(self, head: Token) -> bool:
        """ "The 54-year-old", "the company": the subject named just before, by what it is."""
        children = list(head.children)
        if not self.near_subject or not any(child.lower_ in ("the", "this") for child in children):
            return False
        if any(child.pos_ == "PROPN" or child.dep_ in ("prep", "relcl", "poss", "amod") for child in children):
            return False
        if self.frame.is_person:
            return head.lower_.endswith("year-old") or (head.lower_ == "old" and "year" in head.doc[max(0, head.i - 4) : head.i].text)
        return self.frame.is_company and head.lower_ in _COMPANY

    def _is_descriptor(self, head: Token) -> bool:
        words = {head.lemma_.lower(), head.lower_}
        own = not words.isdisjoint(self.frame.descriptors)
        if not own and (words.isdisjoint(self.frame.synonyms) or not (self.near_subject or self.introduces)):
            return False
        modifiers = [child for child in head.children if child.dep_ in ("compound", "amod", "nmod", "poss")]
        for modifier in modifiers:
            if modifier.pos_ == "PROPN" and modifier.lower_ not in self.frame.known_tokens:
                return self.introduces and modifier.dep_ == "poss"
            if modifier.pos_ == "ADJ" and modifier.lower_ in (
                "other",
                "former",
                "another",
                "second",
                "new",
                "next",
                "deputy",
                "regional",
                "local",
                "earlier",
            ):
                return False
        shared = {token.lower_ for token in modifiers} & self.frame.known_tokens
        definite = (
            any(child.lower_ in ("the", "its", "their", "this", "all", "our") for child in head.children)
            or (self.introduces and any(child.lower_ in ("a", "an") for child in head.children))
            or bool(shared)
            or head.pos_ == "PROPN"
        )
        complements = [grand for child in head.children if child.dep_ == "prep" for grand in child.children if grand.pos_ == "PROPN"]
        return definite and all(grand.lower_ in self.frame.known_tokens for grand in complements)

    def any_refers(self, heads: list[Token]) -> bool:
        for head in heads:
            if head.lower_ in _PARTS or head.lemma_.lower() in _MEASURES:
                heads = [*heads, *(grand for child in head.children if child.lower_ in ("of", "in", "at") for grand in child.children)]
        for head in heads:
            if head.lower_ in ("nobody", "none", "nothing", "no-one", "noone", "anything", "anybody", "anyone") and self.near_subject:
                return True
        for head in heads:
            if self.refers(head) or any(self.refers(child) for child in head.conjuncts if not _is_ruled_out(child)):
                return True
        return False


_PARTS = frozenset(
    "one some all many none most part half several both any number last first rest everybody everyone everything anyone".split()
)
_MEASURES = frozenset(
    "litre liter gallon barrel tonne ton kilo gram pound cloud lot amount quantity trace bulk rest majority dozen hundred thousand".split()
)
"""What stands for the thing behind "of": "900 litres of acid leaked"."""

_COMPANY = frozenset("company firm group maker manufacturer business retailer lender carrier operator".split())


def _describes(token: Token, start: int) -> bool:
    """ "Gondaran journalist Hanna Desta": what stands before a common noun that stands before the name is no part of the name."""
    return any(other.pos_ == "NOUN" and other.text.islower() for other in token.doc[token.i + 1 :] if other.idx < start)


def _is_ruled_out(conjunct: Token) -> bool:
    """ "Picked Brand and not Corley"."""
    first = conjunct.left_edge.i
    return first > 0 and conjunct.doc[first - 1].lower_ in ("not", "without")


def _is_body_word(head: Token) -> bool:
    return head.lower_ in BODY_NOUNS
