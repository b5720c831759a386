"""Reads one run of text: sentence by sentence, segment by segment, with what was spoken of before in mind."""

import re
from dataclasses import replace
from datetime import datetime

from spacy.tokens import Doc, Token

from schemas.words import Stance
from services.classifier.domain.reading import anaphora
from services.classifier.domain.reading.bodies import rests_on_unnamed
from services.classifier.domain.reading.cautions import cautious
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Finder, Hit
from services.classifier.domain.reading.cues import BELIEF_TERM, WEAK_BELIEF
from services.classifier.domain.reading.dates import event_date, event_place, is_long_past
from services.classifier.domain.reading.lenient import second_look, second_thoughts
from services.classifier.domain.reading.memory import Parsing, Passage, names_somebody
from services.classifier.domain.reading.modality import Judgement, judge
from services.classifier.domain.reading.open_questions import leaves_open
from services.classifier.domain.reading.origin import apart, as_hearsay
from services.classifier.domain.reading.origins import Origin, OriginFinder
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import agents
from services.classifier.domain.reading.selection import as_second_hand
from services.classifier.domain.reading.sentences import Sentence
from services.classifier.domain.reading.speech import Segment, cut
from services.classifier.domain.reading.voices import Voices
from services.classifier.domain.reading.words_spoken import Words

_ANNOUNCE = frozenset("announce report declare confirm claim disclose reveal publish".split())

READ_SENTENCES = 90
"""Sentences read of one run of text; what the claim's words still fill behind them adds nothing but time."""

NEAR = 1
"""Sentences before and behind one with an event word that are read too: they may name who speaks."""


class _Reading(Voices):
    def run(self) -> None:
        near = self._near()
        read = [(index, sentence) for index, sentence in enumerate(self.passage.sentences) if index in near]
        self.parses.prepare(sentence.text for _, sentence in read)
        parsed = [(index, sentence, doc, cut(doc)) for index, sentence in read if (doc := self.parses(sentence.text)) is not None]
        self.parses.prepare(  # all at once: a third cheaper than one by one
            as_sentence(segment)
            for _, _, doc, segments in parsed
            for segment in segments
            if not segment.background and segment.text != text_of(doc) and self._has_event_word(segment.text)
        )
        for index, sentence, doc, segments in parsed:
            self._sentence(index, sentence, doc, segments)

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

    def _sentence(self, index: int, sentence: Sentence, doc: Doc, segments: list[Segment]) -> None:
        self.finder.note_named(sentence.text, self.context)
        before = len(self.words)
        for segment in segments:
            self._segment(index, sentence, doc, segment)
        if not any(segment.speaker is not None for segment in segments):
            self._note_subject(doc)
        elif len(self.words) == before:
            self._lend_to_outlet_voice(index, sentence, segments)
        told = len(self.words) > before
        self.spoken_of = (
            told or self.frame.names.search(sentence.text) is not None or (self.spoken_of and not self._is_of_somebody_else(doc, segments))
        )

    def _is_of_somebody_else(self, doc: Doc, segments: list[Segment]) -> bool:
        """A name is the subject; of a thing, "it" in the next sentence is not who only speaks in this one."""
        speakers = () if self.frame.is_person else tuple(segment.speaker.text for segment in segments if segment.speaker is not None)
        return names_somebody(doc) and not any(speaker and _is_only_subject(doc, speaker) for speaker in speakers)

    def _segment(self, index: int, sentence: Sentence, doc: Doc, segment: Segment) -> None:
        origin = self._origin_of(segment.speaker, doc) if segment.speaker is not None else self._unsaid(sentence, segment)
        if segment.background:
            return
        if not self._has_event_word(segment.text):
            if self.event_known:
                self._referring(sentence, segment, origin)
            return
        whole = doc if segment.text == text_of(doc) else self.parses(as_sentence(segment))
        if whole is None:
            return
        found = False
        for hit in self._finder(index, sentence, segment).hits(whole):
            if self.is_other and not self._names_in_full(sentence):
                continue
            found = self.has_hits = True
            self._hit(sentence, segment, hit, origin)
        self.has_hits = self.has_hits or (Finder(self.frame, lambda _: False).has_words(whole) and self._is_near(index))
        if not found and self.event_known:
            self._referring(sentence, segment, origin)
        if not found and not self.is_other and origin is not None:
            self._look_again(index, sentence, segment, whole, origin)
        self.event_known = self.event_known or found

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
        self.second.append(words)

    def _hit(self, sentence: Sentence, segment: Segment, hit: Hit, origin: Origin | None) -> None:
        text = hit.token.sent.text
        if text.rstrip().endswith("?"):
            return
        judgement = cautious(hit, _as_told(judge(hit, self.frame), segment), self.frame)
        if judgement.stance is Stance.ASSERTS and (thoughts := second_thoughts(hit.token)) is not None:
            judgement = replace(judgement, stance=thoughts[0], term=thoughts[1], presupposed=False)
        if judgement.stance is not Stance.CANNOT_CONFIRM and leaves_open(sentence.text, _place_in(segment, hit.token)):
            judgement = Judgement(Stance.CANNOT_CONFIRM)  # "before it could say whether": no saying, though cut off as one
        if judgement.stance is Stance.CANNOT_CONFIRM and judgement.speaker is None and segment.speaker is None:
            judgement = replace(judgement, speaker=_who_is_in_the_dark(hit.token))
        if judgement.stance is Stance.DISCUSSES or is_long_past(text, self.published):
            return
        inner = judgement.speaker or _announcer(hit) or (self._who_acts(hit) if segment.speaker is None else None)
        if inner is not None:
            origin = self._of_inner(inner, segment) or origin
        if origin is None:
            return
        named = segment.speaker is not None or inner is not None
        self._add(sentence, segment, judgement, origin, hit, explicit=named)

    def _add(self, sentence: Sentence, segment: Segment, judgement: Judgement, origin: Origin, hit: Hit, *, explicit: bool) -> None:
        if rests_on_unnamed(sentence.text) and self.finder.is_outlet(origin):
            origin = replace(origin, secondhand=True)
        if judgement.hearsay:
            origin = as_hearsay(origin)
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
        self.words.append(words)

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
        self.words.append(words)


def _is_only_subject(doc: Doc, speaker: str) -> bool:
    named = [token for token in doc if token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass")]
    return all(token.text in speaker for token in named)


def as_sentence(segment: Segment) -> str:
    """Return the segment's text as a parser reads it best."""
    return segment.text + ("" if segment.text.endswith((".", "?", "!")) else ".")


def _announcer(hit: Hit) -> Token | None:
    """ "Her retirement, announced by the federation": the noun takes it for granted, on the federation's word."""
    if not hit.noun:
        return None
    said = (child for child in hit.token.children if child.dep_ == "acl" and child.lemma_.lower() in _ANNOUNCE)
    return next((head for verb in said for head in agents(verb) if head is not hit.token), None)


def _who_is_in_the_dark(event: Token) -> Token | None:
    """ "The ministry has yet to establish whether ...": whose words leave the event open, though nobody is said to speak."""
    subjects = (child for head in event.ancestors for child in head.children if child.dep_ == "nsubj" and child.i < event.i)
    return next((subject for subject in subjects if subject.pos_ in ("NOUN", "PROPN") and event not in subject.subtree), None)


def _as_told(judgement: Judgement, segment: Segment) -> Judgement:
    """What stands before "X fears" or "X believes" is no more than feared or believed."""
    if segment.told in WEAK_BELIEF and not segment.text.startswith(("It ", "They ")) and judgement.stance is Stance.ASSERTS:
        return replace(judgement, stance=Stance.HEDGES, term=BELIEF_TERM.get(segment.told, "likely"), presupposed=False)
    return judgement


def _place_in(segment: Segment, token: Token) -> int:
    return segment.offsets[token.idx] if token.idx < len(segment.offsets) and segment.offsets[token.idx] >= 0 else 0


def read_passage(
    passage: Passage, frame: ClaimFrame, finder: OriginFinder, parses: Parsing, published: datetime
) -> tuple[list[Words], bool]:
    """Return everything said of the claim, in order, and whether the passage speaks of its event at all."""
    reading = _Reading(passage, frame, finder, parses, published)
    reading.run()
    words = [as_second_hand(word) if word.origin.secondhand else word for word in reading.words or reading.second]
    return [replace(word, origin=origin) for word in words for origin in apart(word.origin)], reading.has_hits
