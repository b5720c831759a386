"""Reads one run of text: sentence by sentence, segment by segment, with what was spoken of before in mind."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from schemas.words import Stance
from services.classifier.domain.reading import anaphora
from services.classifier.domain.reading.bodies import rests_on_unnamed
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Finder, Hit
from services.classifier.domain.reading.cues import BELIEF_TERM, TITLES, WEAK_BELIEF
from services.classifier.domain.reading.dates import event_date, event_place, is_long_past
from services.classifier.domain.reading.lenient import second_look, second_thoughts
from services.classifier.domain.reading.modality import Judgement, judge
from services.classifier.domain.reading.origins import Context, Origin, OriginFinder
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import agents
from services.classifier.domain.reading.selection import as_second_hand
from services.classifier.domain.reading.sentences import Sentence, plain
from services.classifier.domain.reading.speakers import Description, describe
from services.classifier.domain.reading.speech import Segment, cut
from services.classifier.domain.reading.words_spoken import Words


class Parsing(Protocol):
    """Parses sentences; None when an article has used up its share."""

    def __call__(self, text: str) -> Doc | None: ...

    def prepare(self, texts: Iterable[str]) -> None: ...


_ANNOUNCE = frozenset("announce report declare confirm claim disclose reveal publish".split())

DECLARED = frozenset(
    "acquittal conviction overturn recall ban approval rejection dismissal appointment cancellation postponement "
    "closure opening lifting charge devaluation evacuation strike".split()
) | {"rate rise", "rate cut"}
"""Families of events that an authority brings about by saying so."""

READ_SENTENCES = 90
"""Sentences read of one run of text; what the claim's words still fill behind them adds nothing but time."""

NEAR = 1
"""Sentences before and behind one with an event word that are read too: they may name who speaks."""


@dataclass(frozen=True)
class Passage:
    """One run of text: a body, or an entry of a live page."""

    label: str
    sentences: tuple[Sentence, ...]
    title: str


class _Reading:
    def __init__(self, passage: Passage, frame: ClaimFrame, finder: OriginFinder, parses: Parsing, published: datetime) -> None:
        self.passage, self.frame, self.finder, self.parses, self.published = passage, frame, finder, parses, published
        self.context = Context()
        self.words: list[Words] = []
        self.second: list[Words] = []
        """What a second, lenient look makes of segments in which nothing was found."""
        self.has_hits = False
        self.office: Origin | None = None
        """Who spoke last, if by office alone: the name that speaks next is likely theirs."""
        self.people: dict[str, Origin] = {}
        """Surnames of those who spoke, and whose word theirs is."""
        self.spoken_of = frame.names.search(plain(passage.title)) is not None
        """The subject was named not long ago."""
        self.event_known = False
        self.is_other = self._starts_with_other()

    def _starts_with_other(self) -> bool:
        """A namesake is who the text is about: bare names in it are theirs."""
        others = self.frame.others
        if others is None:
            return False
        for text in (plain(self.passage.title), *(sentence.text for sentence in self.passage.sentences[:2])):
            other, own = others.search(text), self.frame.names.search(text)
            if other is not None:
                return own is None or other.start() <= own.start() < other.end() or other.start() <= own.start()
            if own is not None and len(own.group().split()) > 1:
                return False
        return False

    def run(self) -> None:
        near = self._near()
        self.parses.prepare(sentence.text for index, sentence in enumerate(self.passage.sentences) if index in near)
        for index, sentence in enumerate(self.passage.sentences):
            if index in near:
                self._sentence(index, sentence)

    def _near(self) -> set[int]:
        found: set[int] = set()
        for index, sentence in enumerate(self.passage.sentences):
            if index == 0 or self._has_event_word(sentence.text) or anaphora.stance_of(sentence.text) is not None:
                found |= set(range(index - NEAR, index + NEAR + 1))
            if len(found) >= READ_SENTENCES:
                break
        return found

    def _has_event_word(self, text: str) -> bool:
        return not self.frame.vocabulary.isdisjoint(re.findall(r"[\w'-]+|\w+", text.lower())) or not self.frame.vocabulary.isdisjoint(
            re.findall(r"\w+", text.lower())
        )

    def _sentence(self, index: int, sentence: Sentence) -> None:
        doc = self.parses(sentence.text)
        if doc is None:
            return
        segments = cut(doc)
        self.finder.note_named(sentence.text, self.context)
        before = len(self.words)
        for segment in segments:
            self._segment(index, sentence, doc, segment)
        if not any(segment.speaker is not None for segment in segments):
            self._note_subject(doc)
        elif len(self.words) == before:
            self._lend_to_outlet_voice(index, sentence, segments)
        self.spoken_of = self.frame.names.search(sentence.text) is not None or (self.spoken_of and not _names_somebody(doc))

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
            self.words[-1] = replace(held, origin=self.context.last, explicit=True)

    def _note_subject(self, doc: Doc) -> None:
        """Who a sentence without speech is about may be the "he" or "it" that speaks in the next."""
        described = _subject_description(doc)
        if described is None:
            return
        if described.bodies and not self.frame.names.search(described.bodies[0]):
            self.context.note(described.bodies[0])
        if described.person or described.bodies:
            self.context.last = self.finder.of(described, self.context) or self.context.last
            if described.person:
                self.context.person = self.context.last

    def _origin_of(self, speaker: Span, doc: Doc) -> Origin | None:
        described = describe(speaker)
        if described.pronoun and described.pronoun not in ("we", "i"):
            inside = _subject_description(doc, before=speaker.start)
            if inside is not None and (inside.bodies or inside.person) and not self.frame.names.search(inside.text):
                described = inside
        origin = self.finder.of(described, self.context)
        if origin is None and described.pronoun and (inside := _subject_description(doc, before=speaker.start)) is not None:
            origin = self.finder.of(inside, self.context)  # "X has not retired, she said": nobody else was spoken of yet
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

    def _is_voice_of_last(self, described: Description) -> bool:
        """A bare name that nobody has introduced, right after a body has spoken, is that body's voice and no witness of its own."""
        last, surname = self.context.last, described.person.split()[-1:]
        if last is None or last.own_voice or last.secondhand or not last.accountable or not surname or surname[0] in self.people:
            return False
        bare = described.person == described.text or described.text.split()[0].lower().rstrip(".") in TITLES
        return bare and not described.bodies and not described.role and self.finder.is_body(last)

    def _segment(self, index: int, sentence: Sentence, doc: Doc, segment: Segment) -> None:
        origin = self._origin_of(segment.speaker, doc) if segment.speaker is not None else self._unsaid(sentence, segment)
        if segment.background:
            return
        if not self._has_event_word(segment.text):
            if self.event_known:
                self._referring(sentence, segment, origin)
            return
        whole = doc if segment.text == text_of(doc) else self.parses(segment.text + ("" if segment.text.endswith((".", "?", "!")) else "."))
        if whole is None:
            return
        found = False
        for hit in Finder(self.frame, self._is_subject(index, sentence, segment), self._is_near(index), self._around(index)).hits(whole):
            if self.is_other:
                continue
            found = self.has_hits = True
            self._hit(sentence, segment, hit, origin)
        self.has_hits = self.has_hits or (Finder(self.frame, lambda _: False).has_words(whole) and self._is_near(index))
        if not found and self.event_known:
            self._referring(sentence, segment, origin)
        if not found and not self.is_other and origin is not None:
            self._look_again(index, sentence, segment, whole, origin)
        self.event_known = self.event_known or found

    def _unsaid(self, sentence: Sentence, segment: Segment) -> Origin:
        """A sentence that is all quotation goes on for whoever spoke last; anything else without a speaker is the outlet's."""
        if segment.quoted and sentence.text[:1] in '"“' and self.context.last is not None:
            return self.context.person or self.context.last
        return self.finder.outlet()

    def _look_again(self, index: int, sentence: Sentence, segment: Segment, doc: Doc, origin: Origin) -> None:
        stance = second_look(doc, self.frame, is_subject_near=self._is_near(index))
        if stance is None or (stance is Stance.CANNOT_CONFIRM and segment.speaker is None):
            return
        words = Words(
            stance,
            "certain" if stance is Stance.DENIES else "",
            origin,
            origin.accountable,
            sentence,
            0,
            len(sentence.text),
            self.passage.label,
            segment.speaker is not None,
        )
        self.second.append(as_second_hand(words) if origin.secondhand else words)

    def _is_near(self, index: int) -> bool:
        return self.frame.names.search(self._around(index)) is not None or (index == 0 and self.spoken_of)

    def _around(self, index: int) -> str:
        return " ".join(sentence.text for sentence in self.passage.sentences[max(0, index - 1) : index + 1])

    def _is_subject(self, index: int, sentence: Sentence, segment: Segment) -> Callable[[Token], bool]:
        def decide(token: Token) -> bool:
            if token.pos_ not in ("PRON",) and token.tag_ not in ("PRP", "PRP$"):
                return self.event_known and any(child.lower_ in ("the", "this", "that") for child in token.children)
            lowered = token.lower_
            if lowered in ("i", "we", "me", "us", "my", "our"):
                return segment.quoted and segment.speaker is not None and self._speaks_for_itself(segment.speaker)
            if lowered in ("you", "who", "which", "that", "this", "there", "what", "nobody", "none", "everything"):
                return False
            if self.frame.is_person and lowered in ("it", "its", "they", "them", "their"):
                return False
            if not self.frame.is_person and lowered in ("he", "him", "his"):
                return False
            if (
                segment.speaker is not None
                and lowered in ("it", "its", "they", "their", "he", "she", "his", "her")
                and token.i > 0
                and self._speaks_for_itself(segment.speaker)
            ):
                return True
            place = segment.offsets[token.idx] if token.idx < len(segment.offsets) else -1
            before = sentence.text[: max(place, 0)]
            if self.frame.names.search(before) is not None or self.frame.names.search(text_of(token.doc)[: token.idx]) is not None:
                return True
            return self.spoken_of and not _names_somebody(token.doc[: token.i])

        return decide

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

    def _speaks_for_itself(self, speaker: Span) -> bool:
        """The speaker is the claim's subject."""
        return (self.frame.names.search(speaker.text) is not None and not describe(speaker).role) or self.frame.names.fullmatch(
            speaker.text
        ) is not None

    def _hit(self, sentence: Sentence, segment: Segment, hit: Hit, origin: Origin | None) -> None:
        text = hit.token.sent.text
        if text.rstrip().endswith("?"):
            return
        judgement = _as_told(judge(hit, self.frame), segment)
        if judgement.stance is Stance.ASSERTS and (thoughts := second_thoughts(hit.token)) is not None:
            judgement = replace(judgement, stance=thoughts[0], term=thoughts[1], presupposed=False)
        if judgement.stance is Stance.DISCUSSES or is_long_past(text, self.published):
            return
        inner = judgement.speaker or _announcer(hit) or (self._who_acts(hit) if segment.speaker is None else None)
        if inner is not None:
            begin, end = inner.left_edge.i, inner.right_edge.i + 1
            origin = self.finder.of(describe(inner.doc[begin:end]), self.context) or origin
        if origin is None:
            return
        self._add(sentence, segment, judgement, origin, hit, explicit=segment.speaker is not None or inner is not None)

    def _add(self, sentence: Sentence, segment: Segment, judgement: Judgement, origin: Origin, hit: Hit, *, explicit: bool) -> None:
        if rests_on_unnamed(sentence.text) and self.finder.is_outlet(origin):
            origin = replace(origin, secondhand=True)
        place = _place_in(segment, hit.token)
        words = Words(
            judgement.stance,
            judgement.term,
            origin,
            origin.accountable and not judgement.hearsay,
            sentence,
            place,
            place + len(hit.token.text),
            self.passage.label,
            explicit,
            event_date(hit.token, self.published),
            event_place(hit.token),
            "",
            sentence.marker == "correction",
        )
        self.words.append(as_second_hand(words) if origin.secondhand else words)

    def _referring(self, sentence: Sentence, segment: Segment, origin: Origin | None) -> None:
        stance = anaphora.stance_of(segment.text)
        if stance is None or origin is None or self.is_other or (segment.speaker is None and origin.own_voice):
            return
        words = Words(
            stance,
            "certain" if stance in (Stance.ASSERTS, Stance.DENIES) else "",
            origin,
            origin.accountable,
            sentence,
            0,
            len(sentence.text),
            self.passage.label,
            True,
            is_correction=sentence.marker == "correction",
        )
        self.words.append(as_second_hand(words) if origin.secondhand else words)


def _announcer(hit: Hit) -> Token | None:
    """ "Her retirement, announced by the federation": the noun takes it for granted, on the federation's word."""
    if not hit.noun:
        return None
    said = (child for child in hit.token.children if child.dep_ == "acl" and child.lemma_.lower() in _ANNOUNCE)
    return next((head for verb in said for head in agents(verb) if head is not hit.token), None)


def _as_told(judgement: Judgement, segment: Segment) -> Judgement:
    """What stands before "X fears" or "X believes" is no more than feared or believed."""
    if segment.told in WEAK_BELIEF and not segment.text.startswith(("It ", "They ")) and judgement.stance is Stance.ASSERTS:
        return replace(judgement, stance=Stance.HEDGES, term=BELIEF_TERM.get(segment.told, "likely"), presupposed=False)
    return judgement


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


def _place_in(segment: Segment, token: Token) -> int:
    return segment.offsets[token.idx] if token.idx < len(segment.offsets) and segment.offsets[token.idx] >= 0 else 0


def _names_somebody(tokens: Doc | Span) -> bool:
    """Tell whether a capitalised name is the subject of a verb: a pronoun behind it is likelier theirs."""
    return any(token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass") for token in tokens)


def read_passage(
    passage: Passage, frame: ClaimFrame, finder: OriginFinder, parses: Parsing, published: datetime
) -> tuple[list[Words], bool]:
    """Return everything said of the claim, in order, and whether the passage speaks of its event at all."""
    reading = _Reading(passage, frame, finder, parses, published)
    reading.run()
    return reading.words or reading.second, reading.has_hits
