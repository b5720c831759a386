"""Where somebody says something: the verb of speech, who speaks, and on which side of them the words stand. Commas and quotes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from spacy.tokens import Doc, Span, Token

from services.classifier.domain.reading.cues import NEUTRAL_SAY
from services.classifier.domain.reading.speech_verbs import (
    SUBORDINATES,
    content_is_left,
    goes_on,
    group_start,
    has_finite,
    is_finite,
    is_quoted,
    is_speech,
    span_end,
    subject_after,
    subject_before,
    subject_shared,
)

_HELD_BEHIND = frozenset("believe think fear suspect understand estimate".split())
"""Verbs of belief before which the words may stand too: "the bridge has gone, engineers fear"."""


class Side(Enum):
    """Where the words stand."""

    BEFORE = "P, said X"
    """The words stand before verb and speaker."""
    AROUND = "P, said X, P; P, X said, P"
    """The words break off for verb and speaker, and go on behind them."""
    BEFORE_SPEAKER = "P, X said"
    """The words stand before speaker and verb."""
    BEHIND = "X said P"
    """The words stand behind speaker and verb."""


@dataclass(frozen=True)
class Told:
    """One saying. ``speaker`` is the phrase that names who speaks, appositions included."""

    verb: Token
    speaker: Span
    side: Side
    begin: int
    """Offset of the first character that belongs to no earlier saying."""

    @property
    def lemma(self) -> str:
        """Lemma of the verb."""
        return self.verb.lemma_.lower()

    @property
    def words_end(self) -> int:
        """Offset where the words before speaker and verb end."""
        doc, first = self.speaker.doc, group_start(self.verb)
        is_shared = has_finite(doc, self.speaker.end, first)
        if not is_shared:
            return self.speaker[0].idx
        while first > 0 and (doc[first - 1].pos_ == "CCONJ" or doc[first - 1].text == ","):
            first -= 1
        return max(doc[first].idx, self.begin)

    @property
    def end(self) -> int:
        """Offset where what belongs to the next saying, or to this one's words behind it, begins."""
        if self.side is Side.BEFORE or (self.side is Side.AROUND and self.speaker.start > self.verb.i):
            return span_end(self.speaker.doc, self.speaker.end)
        if self.side in (Side.BEFORE_SPEAKER, Side.AROUND):
            return self.verb.idx + len(self.verb.text)
        return self.speaker.doc[group_start(self.verb)].idx


def told_in(doc: Doc, quotes: list[tuple[int, int]]) -> Iterator[Told]:
    """Yield the sayings of a sentence, in order."""
    position = 0
    for verb in doc:
        if not is_speech(verb, quotes) or is_quoted(verb, quotes) or verb.idx < position:
            continue
        found = _speaker_of(verb, quotes, position)
        if found is None:
            continue
        (begin, end), is_behind = found
        told = Told(verb, doc[begin:end], _side(verb, begin, end, position, is_behind=is_behind), position)
        yield told
        position = told.end


def _breaks_off(verb: Token, begin: int, position: int) -> bool:
    """Tell whether "X said" only interrupts a clause: "The bridge, X said, has gone", "If it goes, X said, we are lost"."""
    doc = verb.doc
    left = [token for token in doc[:begin] if token.idx >= position]
    behind = verb.i + 1
    if len(left) < 2 or left[-1].text != "," or behind >= len(doc) - 1 or doc[behind].text != "," or doc[behind + 1].text == '"':
        return False
    if left[0].pos_ in ("CCONJ", "ADV") and len(left) < 4:
        return False
    return left[0].lower_ in SUBORDINATES or not any(is_finite(token) for token in left)


def _speaker_of(verb: Token, quotes: list[tuple[int, int]], position: int) -> tuple[tuple[int, int], bool] | None:
    span = subject_before(verb, quotes)
    if span is not None and verb.doc[span[0]].idx >= position:
        return span, False
    shared = subject_shared(verb)
    if shared is not None and not is_quoted(shared, quotes):
        return (shared.left_edge.i, _end_of(shared)), False
    span = None if verb.lemma_ == "tell" else subject_after(verb, quotes)
    return (span, True) if span is not None else None


def _end_of(subject: Token) -> int:
    """Return the index behind a subject, without what is told of it in a clause of its own."""
    clause = next((child for child in subject.children if child.dep_ in ("relcl", "acl") and child.i > subject.i), None)
    end = clause.left_edge.i if clause is not None else subject.right_edge.i + 1
    while end > subject.i + 1 and subject.doc[end - 1].text == ",":
        end -= 1
    return end


def _side(verb: Token, begin: int, end: int, position: int, *, is_behind: bool) -> Side:
    if is_behind:
        return Side.AROUND if goes_on(verb.doc, position, verb.idx, end) else Side.BEFORE
    lemma = verb.lemma_.lower()
    if lemma in NEUTRAL_SAY and _breaks_off(verb, begin, position):
        return Side.AROUND
    is_left = content_is_left(verb, begin, position, neutral=lemma in NEUTRAL_SAY or lemma in _HELD_BEHIND)
    return Side.BEFORE_SPEAKER if is_left else Side.BEHIND
