"""Whose word a segment is: the speaker it names, who spoke before, an authority that acts, or the outlet."""

import re
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from services.classifier.domain.reading.clauses import Hit
from services.classifier.domain.reading.cues import TITLES
from services.classifier.domain.reading.memory import Memory
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.origins import Origin
from services.classifier.domain.reading.roles import agents, extent
from services.classifier.domain.reading.same_speaker import is_one_without_a_name, names_the_same
from services.classifier.domain.reading.selection import as_second_hand
from services.classifier.domain.reading.sentences import Sentence
from services.classifier.domain.reading.speakers import Description, describe
from services.classifier.domain.reading.speech import Segment

DECLARED = frozenset(
    "acquittal conviction overturn recall ban approval rejection dismissal appointment cancellation postponement "
    "closure opening lifting charge devaluation evacuation strike".split()
) | {"rate rise", "rate cut"}
"""Families of events that an authority brings about by saying so."""


class Voices(Memory):
    """Finds whose word a segment is."""

    def _lend_to_outlet_voice(self, index: int, sentence: Sentence, segments: list[Segment]) -> None:
        """A lead in the outlet's voice, its speaker in the next sentence ("So X told reporters", or a quotation): the speaker's word."""
        held = self.words[-1] if self.words else None
        if held is None or not held.origin.own_voice or held.explicit or (held.sentence.paragraph != sentence.paragraph and index != 1):
            return
        if (
            index == 0
            or self.passage.sentences[index - 1] is not held.sentence
            or self.context.last is None
            or not self.context.last.accountable
            or self.context.last.own_voice
        ):
            return
        quotes = any(segment.quoted for segment in segments)
        if quotes or sentence.text.startswith("So "):
            held = as_second_hand(held) if held.origin.secondhand else held
            self.words[-1] = replace(held, origin=self.context.last, explicit=True)

    def _note_subject(self, doc: Doc) -> None:
        """Who a sentence without speech is about may be the "he" or "it" that speaks in the next."""
        self.nameless = None
        described = _subject_description(doc)
        if described is None or not is_built_on_a_name(described):
            return
        if described.bodies and (self.finder.is_party(described.bodies[0]) or not self.frame.names.search(described.bodies[0])):
            self.context.note(described.bodies[0])
        if described.person or described.bodies:
            self.context.last = self.finder.of(described, self.context) or self.context.last
            if described.person:
                self.context.person = self.context.last

    def _origin_of(self, speaker: Span, doc: Doc) -> Origin | None:
        """Return whose word the speaker's is; the same for all that one phrase is told to say."""
        if self.asked is None or self.asked[0] is not doc:
            self.asked = (doc, {})
        known, place = self.asked[1], (speaker.start, speaker.end)
        if place not in known:
            known[place] = self._found_origin(speaker, doc)
        return known[place]

    def _found_origin(self, speaker: Span, doc: Doc) -> Origin | None:
        described = describe(speaker)
        if described.pronoun and described.pronoun not in ("we", "i"):
            inside = _subject_description(doc, before=speaker.start)
            if inside is not None and (inside.bodies or inside.person) and not self.frame.names.search(inside.text):
                described = inside
        origin = self.finder.of(described, self.context)
        if (named := self._named_at_last(described, origin)) is not None:
            return named
        if origin is None and described.pronoun and (inside := _subject_description(doc, before=speaker.start)) is not None:
            origin = self.finder.of(inside, self.context)  # "X has not retired, she said": nobody else was spoken of yet
        self.nameless = (described, origin) if origin is not None and is_one_without_a_name(described) else None
        if origin is not None and self._is_voice_of_last(described):
            origin = self.context.last
        surname = described.person.split()[-1] if described.person else ""
        if (
            origin is not None
            and described.person
            and not described.bodies
            and self.office is not None
            and origin.name not in self.finder.party_names
        ):
            origin = self.office
        self.office = origin if described.role and not described.person and not described.pronoun and described.bodies else None
        if surname and surname in self.people and (len(described.person.split()) == 1 or origin is None):
            origin = self.people[surname]
        elif surname and origin is not None:
            self.people[surname] = origin
        if origin is not None:
            self.context.last = origin
            if not described.pronoun and (described.person or described.role or described.is_text):
                self.context.person = origin
        return origin

    def _named_at_last(self, described: Description, origin: Origin | None) -> Origin | None:
        """The name of whoever spoke without one in the sentence before: what they said there is theirs too. None if it is no such name."""
        if self.nameless is None or origin is None or self.nameless[1].name in self.finder.party_names:
            return None
        before, unnamed = self.nameless
        if not names_the_same(before, described):
            return None
        self.words = [
            replace(word, origin=origin) if (word.origin.name, word.origin.speaker) == (unnamed.name, unnamed.speaker) else word
            for word in self.words
        ]
        self.nameless, self.people[described.person.split()[-1]] = None, origin
        self.context.last = self.context.person = origin
        return origin

    def _of_inner(self, inner: Token, segment: Segment) -> Origin | None:
        """Return whose word it is that somebody within a segment says, confirms or holds; None if it stays the segment's."""
        described = describe(extent(_who_is_in(inner)))
        if segment.speaker is not None and not (is_built_on_a_name(described) or described.unnamed or described.head in BODY_NOUNS):
            return None
        return self.finder.of(described, self.context)

    def _is_voice_of_last(self, described: Description) -> bool:
        """A bare name that nobody has introduced, right after a body has spoken, is that body's voice and no witness of its own."""
        last, surname = self.context.last, described.person.split()[-1:]
        if last is None or last.own_voice or last.secondhand or not last.accountable or not surname or surname[0] in self.people:
            return False
        if surname[0] in self.context.introduced:
            return False
        bare = described.person == described.text or described.text.split()[0].lower().rstrip(".") in TITLES
        return bare and not described.bodies and not described.role and self.finder.is_body(last)

    def _unsaid(self, sentence: Sentence, segment: Segment) -> Origin:
        """A sentence that is all quotation goes on for whoever spoke last; anything else without a speaker is the outlet's."""
        opens = segment.quoted and sentence.text[:1] in '"“'
        if (opens or self._is_quoted_on(sentence)) and self.context.last is not None:
            return self.context.person or self.context.last
        return self.finder.outlet()

    def _is_quoted_on(self, sentence: Sentence) -> bool:
        """A quotation that an earlier sentence of the paragraph opens is not closed yet."""
        before = (one for one in self.passage.sentences if one.paragraph == sentence.paragraph and one.start < sentence.start)
        return sum(one.text.count('"') for one in before) % 2 == 1

    def _who_acts(self, hit: Hit) -> Token | None:
        """An authority that does what only it can do says so by doing it: "the court acquitted", "the maker has recalled"."""
        verb = (
            hit.token.head
            if hit.noun and hit.token.dep_ in ("dobj", "oprd") and hit.token.head.lemma_ in ("call", "declare", "announce", "order")
            else hit.token
        )
        if hit.token.dep_ == "xcomp" and hit.token.head.lemma_ in ("order", "tell", "command", "instruct", "direct"):
            verb = hit.token.head  # "the sheriff ordered all residents to leave"
        if self.frame.family not in DECLARED or (hit.noun and verb is hit.token):
            return None
        for head in agents(verb):
            names = head.doc[head.left_edge.i : head.i + 1].text, head.doc[head.left_edge.i : head.right_edge.i + 1].text
            if any(self.finder.is_authority(name) for name in names):
                return head
        return None


def _who_is_in(noun: Token) -> Token:
    """Return who is in a position to confirm something, for the position."""
    if noun.lemma_.lower() != "position" or noun.dep_ != "pobj":
        return noun
    return next((child for child in noun.head.head.children if child.dep_ == "nsubj"), noun)


def is_built_on_a_name(described: Description) -> bool:
    """Tell whether the phrase is about whom it names: not "the first attempts to repeat the Hanyo result"."""
    head, named = described.head, f"{described.person} {' '.join(described.bodies)}".lower().split()
    if head in named or described.role or described.person or not described.bodies:
        return True
    return (
        re.search(rf"\b{re.escape(head)} (?:at|of|from|with|for) (?:the )?{re.escape(described.bodies[0])}", described.text, re.I)
        is not None
    )


def _subject_description(doc: Doc, before: int | None = None) -> Description | None:
    """Return what the sentence's first subject is, if it is a noun."""
    for token in doc[:before]:
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and token.pos_ in ("NOUN", "PROPN")
            and (token.head.dep_ in ("ROOT", "ccomp") or before is not None)
        ):
            return describe(doc[token.left_edge.i : min(token.right_edge.i + 1, before or len(doc))])
    return None
