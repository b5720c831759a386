"""Who speaks where in a sentence: segments, each with the phrase that names its speaker. Commas and quotes first, the parser second."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.speech_verbs import (
    RELATIVE,
    SUBORDINATES,
    has_finite,
    is_background,
    is_finite,
    quote_spans,
    span_end,
)
from services.classifier.domain.reading.told import Side, told_in

_ACCORDING = re.compile(r"\b(?:according to|in the words of|as told by|in the view of|in the eyes of|citing|cites|quoting) ", re.I)


_AS_SAYING = r"as (?:saying|having said|telling|stating|confirming|warning|claiming)\b(?: that)?"
_QUOTED_AS = (
    re.compile(
        rf"^(?P<who>[^;:\"]{{2,100}}?),? (?:was|were|is|has been|have been) (?:also )?(?:quoted|cited) (?:by [^,;]+? )?{_AS_SAYING}"
    ),
    re.compile(rf"\b(?:quot|cit)(?:ed|es|ing) (?P<who>[^,;:\"]{{2,80}}?) {_AS_SAYING}"),
)
_CREDITS = (
    re.compile(r"^(?P<who>[^:,;\"]{3,50}): (?P<words>.+)$"),
    re.compile(r"^(?P<words>[^:;\"]{8,}?)(?:: | - )(?P<who>[^:,;\"]{3,40})$"),
)
_CREDITABLE = re.compile(
    r"^(?:the )?(?:[\w.'-]+ ){0,3}?(?:pentagon|kremlin|white house|downing street|police|prosecutors?|ministry|coast ?guard|army|military"
    r"|navy|air force|government|officials|spokes(?:man|woman|person)|minister|mayor|governor|sheriff|coroner|fire chief|police chief"
    r"|state department|foreign office)\.?$",
    re.IGNORECASE,
)
"""Whose name before a colon tells a speaker, not what the text is about."""

_PUT_IN = {"VBP": "They ", "VBG": "It is "}
"""By the form of the verb of speech: a subject for it, where the words go on behind it."""


@dataclass(frozen=True)
class Segment:
    """Words with one speaker.

    ``text`` is what is parsed; ``offsets[i]`` is where its character i stands in the sentence, -1 for one put in.
    """

    text: str
    offsets: tuple[int, ...]
    speaker: Span | None
    quoted: bool = False
    told: str = ""
    """Lemma of the verb of speech."""
    background: bool = False
    """True: told of an earlier saying ("had said in June")."""


@dataclass
class _Cutter:
    doc: Doc
    segments: list[Segment] = field(default_factory=list)
    kept: tuple[int, int] = (0, 0)
    """Words before "X said," that the words behind it go on with ("The bridge, X said, has collapsed")."""

    def add(self, begin: int, end: int, speaker: Span | None, *, prefix: str = "", told: str = "", background: bool = False) -> None:
        whole = text_of(self.doc)  # spaCy joins it anew on every access
        text = whole[begin:end]
        characters: list[str] = list(prefix)
        offsets = [-1] * len(prefix)
        for index in [*self._kept_places(whole), *range(begin, end)]:
            character = whole[index]
            if character != '"' and not (character == "," and not characters):
                characters.append(character)
                offsets.append(index)
        self.kept = (0, 0)
        joined = "".join(characters)
        begin_part = 0
        for mark in [*re.finditer(r";|:(?=\s)|\s-\s", joined), None]:
            stop = mark.start() if mark else len(joined)
            self._keep(
                joined[begin_part:stop],
                offsets[begin_part:stop],
                speaker,
                prefix=prefix if not begin_part else "",
                quoted=text.strip(" ,").startswith('"'),
                told=told,
                background=background,
            )
            begin_part = mark.end() if mark else 0

    def _kept_places(self, whole: str) -> range:
        """Return the places of the words that go on, without the comma that only sets off "X said"."""
        begin, end = self.kept
        while end > begin and whole[end - 1] in ", ":
            end -= 1
        return range(begin, end)

    def _keep(
        self, joined: str, offsets: list[int], speaker: Span | None, *, prefix: str, quoted: bool, told: str, background: bool
    ) -> None:
        lead = len(joined) - len(joined.lstrip(" ,;:.-")) if not prefix else 0
        kept = joined[lead:].rstrip(" ,;:-")
        if re.search(r"[^\W\d_]{2}", kept):
            self.segments.append(Segment(kept, tuple(offsets[lead : lead + len(kept)]), speaker, quoted, told, background))


def cut(doc: Doc) -> list[Segment]:
    """Return the segments of a parsed sentence, in order. A segment without speaker is in the outlet's voice."""
    quotes = quote_spans(text_of(doc))
    cutter = _Cutter(doc)
    position, current, told, background, prefix = 0, None, "", False, ""
    for saying in told_in(doc, quotes):
        verb, speaker, lemma = saying.verb, saying.speaker, saying.lemma
        if saying.side is Side.AROUND:
            cutter.kept = (position, min(verb.idx, speaker[0].idx))
            current, prefix = current or speaker, ""
        elif saying.side is Side.BEFORE:
            cutter.add(position, verb.idx, current or speaker, prefix=prefix, told=told or lemma, background=background)
            current, prefix = current or speaker, ""
        elif saying.side is Side.BEFORE_SPEAKER:
            opened = current if prefix else None
            cutter.add(position, speaker[0].idx, opened or speaker, prefix=prefix, told=lemma, background=is_background(verb))
            current, prefix = speaker, ""
        else:
            cutter.add(position, saying.words_end, current, prefix=prefix, told=told, background=background)
            current, prefix = speaker, _PUT_IN.get(verb.tag_, "It ")
        position, told, background = saying.end, lemma, is_background(verb)
        if saying.side is Side.AROUND and text_of(doc)[position : position + 1] == "," and doc[0].lower_ not in SUBORDINATES:
            position += 1
    cutter.add(position, len(text_of(doc)), current, prefix=prefix, told=told, background=background)
    return _with_other_forms(doc, cutter.segments, quotes)


def _with_other_forms(doc: Doc, segments: list[Segment], quotes: list[tuple[int, int]]) -> list[Segment]:
    """Handle sentences without a verb of speech: "according to X", and a quotation behind a colon."""
    if (as_quoted := _quoted_as(doc, quotes)) is not None:
        return as_quoted
    match = _ACCORDING.search(text_of(doc))
    if (
        match is not None
        and (match.group().lower().startswith("according") or all(segment.speaker is None for segment in segments))
        and not any(begin <= match.start() < end for begin, end in quotes)
    ):
        return _according(doc, match)
    if quotes and all(segment.speaker is None for segment in segments):
        begin = quotes[0][0]
        left = text_of(doc)[:begin].rstrip()
        if left.endswith(":"):
            stop = next((token.i for token in doc if token.text in (",", ":") or _is_occasion(token)), 0)
            if 0 < stop:
                cutter = _Cutter(doc)
                cutter.add(begin, len(text_of(doc)), doc[0:stop], told="say")
                return cutter.segments
    if all(segment.speaker is None for segment in segments):
        return _credited(doc) or segments
    return segments


def _quoted_as(doc: Doc, quotes: list[tuple[int, int]]) -> list[Segment] | None:
    """Return the segments of "Y quoted X as saying P" and "X was quoted as saying P", the words X's; None if nobody is quoted so."""
    text = text_of(doc)
    match = next((found for form in _QUOTED_AS if (found := form.search(text)) is not None), None)
    if match is None or any(begin <= match.start() < end for begin, end in quotes):
        return None
    speaker = doc.char_span(match.start("who"), match.end("who"), alignment_mode="expand")
    begin, end = match.end(), len(text)
    if not re.search(r"\w+\W+\w+\W+\w+", text[begin:]):
        begin, end = 0, text.rfind(",", 0, match.start())
    if speaker is None or end <= begin:
        return None
    cutter = _Cutter(doc)
    cutter.add(begin, end, speaker, told="say")
    return cutter.segments


def _credited(doc: Doc) -> list[Segment]:
    """Return a headline's words whose speaker stands before or behind them: "Pentagon: leader killed", "Leader killed - police"."""
    text = text_of(doc)
    for form in _CREDITS:
        match = form.search(text)
        if match is None or not _CREDITABLE.search(match["who"]):
            continue
        who, words = match.span("who"), match.span("words")
        speaker = doc.char_span(*who, alignment_mode="expand")
        if speaker is not None and not has_finite(doc, speaker.start, speaker.end):
            cutter = _Cutter(doc)
            cutter.add(*words, speaker, told="say")
            return cutter.segments
    return []


def _is_occasion(token: Token) -> bool:
    """Where or to whom somebody spoke is no part of who they are: "coach Tore Aune at his press conference: ..."."""
    return token.lower_ in ("at", "in", "on", "to", "during", "after", "before") and token.i > 0 and token.nbor(-1).pos_ == "PROPN"


def _according(doc: Doc, match: re.Match[str]) -> list[Segment]:
    first = next((token.i for token in doc if token.idx >= match.end()), None)
    if first is None:
        return []
    end = first
    while end < len(doc) and doc[end].text not in (",", ".", ";", ":") and not (is_finite(doc[end])):
        end += 1
    if end + 1 < len(doc) and doc[end].text == "," and match.start() > 2:
        stop = end + 1
        while stop < len(doc) and doc[stop].text not in (",", ".", ";", ":"):
            stop += 1
        if doc[end + 1].lower_ not in RELATIVE and not has_finite(doc, end + 1, stop):
            end = stop
    if end == first:
        return []
    speaker, cutter = doc[first:end], _Cutter(doc)
    if match.start() > 2:
        cutter.add(0, match.start(), speaker, told="say")
    cutter.add(span_end(doc, end), len(text_of(doc)), speaker, told="say")
    return cutter.segments
