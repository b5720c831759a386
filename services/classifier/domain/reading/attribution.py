"""Whose word, view or will a sentence tells of: cue, source and content. One account, for the reader and for what measures it.

What the reader cuts a sentence by are the sayings (``told``): somebody says something, and one can tell on which side the words stand.
Here stands attribution in the wide sense: these, and views, wishes, plans, nouns for them, surveys that show, names before a colon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Span, Token

from services.classifier.domain.reading.attribution_words import (
    BY_NOUN,
    HOLDING_ADJECTIVES,
    HOLDS,
    NEEDS_A_CLAUSE,
    PARTICLES,
    SAYING_NOUNS,
    SEEMS,
    SHOWS,
    SPEAKS,
)
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.speech_verbs import is_quoted, quote_spans
from services.classifier.domain.reading.told import Side, Told, told_in


class Kind(StrEnum):
    """By what sort of words an attribution is told."""

    SPEECH = "speech"
    """A verb of speech: "X said", "X was accused by Y of"."""
    VIEW = "view"
    """A verb or adjective of belief, feeling or will: "X hopes", "X is confident that"."""
    SHOWN = "shown"
    """A text, a survey or a person gives something to know: "polls show"."""
    NOUN = "noun"
    """A noun for what somebody says or wants: "the claim that", "X's support for"."""
    REFERENCE = "reference"
    """A phrase: "according to X", "in X's view"."""
    LAYOUT = "layout"
    """Signs alone: "X: ...", a quotation and a name behind a dash."""


@dataclass(frozen=True)
class Attribution:
    """One attribution.

    Attributes:
        cue: The word that tells it, a verb without its auxiliaries.
        source: The phrase that names whose it is; None where it is not said in this sentence.
        content: What is said or held, as far as the parser joins it to the cue; None if it stands elsewhere.
        is_inner: It stands within what another attribution, or a quotation, tells.
    """

    cue: Span
    source: Span | None
    content: Span | None
    kind: Kind
    is_inner: bool = False


def attributions(doc: Doc, *, is_quoted_on: bool = False) -> list[Attribution]:
    """Return the attributions of a parsed sentence, in order.

    Args:
        is_quoted_on: A quotation of an earlier sentence goes on here.
    """
    quotes = _quotations(text_of(doc), is_open=is_quoted_on)
    sayings = {saying.verb.i: saying for saying in told_in(doc, quotes)}
    found: list[Attribution] = []
    cues: set[int] = set()
    for token in doc:
        kind = _kind_of(token)
        if kind is None:
            continue
        cues.add(token.i)
        saying = sayings.get(token.i)
        source = saying.speaker if saying else _source_of(token)
        content = _words_of(saying) if saying else _content_of(token)
        found.append(Attribution(doc[token.i : token.i + 1], source, content, kind, is_quoted(token, quotes)))
    told = [one if one.is_inner else _with_inner(one, cues) for one in found]
    return [*told, *(layout for layout in _by_layout(doc, quotes) if not any(not one.is_inner for one in told))]


def _quotations(text: str, *, is_open: bool) -> list[tuple[int, int]]:
    if not is_open:
        return quote_spans(text)
    end = text.find('"')
    if end < 0:
        return [(0, len(text))]
    return [(0, end + 1), *((begin + end + 1, stop + end + 1) for begin, stop in quote_spans(text[end + 1 :]))]


def _with_inner(one: Attribution, cues: set[int]) -> Attribution:
    """Mark what hangs on another cue as a part of its content."""
    token = one.cue[0]
    while token.head.i != token.i:
        if token.dep_ in _OF_ITS_OWN:
            return one
        token = token.head
        if token.i in cues:
            return Attribution(one.cue, one.source, one.content, one.kind, is_inner=True)
    return one


_OF_ITS_OWN = frozenset({"conj", "advcl", "parataxis", "relcl", "nsubj", "nsubjpass", "npadvmod"})
"""Links by which a word stands beside the words above it, not within what they say."""


def _kind_of(token: Token) -> Kind | None:
    lemma = token.lemma_.lower()
    if lemma == "accord" or token.lower_ == "according":
        return Kind.REFERENCE if any(child.lower_ == "to" for child in token.children) else None
    if token.pos_ in ("VERB", "AUX"):
        return _verb_kind(token, lemma)
    if token.pos_ == "NOUN" and lemma in SAYING_NOUNS:
        return Kind.NOUN if _has_content(token) else None
    if token.pos_ == "ADJ" and token.lower_ in HOLDING_ADJECTIVES and token.dep_ in ("acomp", "ROOT", "conj", "advcl", "oprd"):
        return Kind.VIEW if any(child.dep_ in ("ccomp", "xcomp", "prep") for child in token.children) else None
    return None


def _verb_kind(verb: Token, lemma: str) -> Kind | None:
    if verb.dep_ == "amod" or _is_addressed(verb):
        return None
    if any(child.i > verb.i and child.lower_ in PARTICLES.get(lemma, ()) for child in verb.children):
        return Kind.SPEECH
    if any(child.dep_ == "dobj" and child.lower_ in BY_NOUN.get(lemma, ()) for child in verb.children):
        return Kind.SPEECH
    has_clause = any(child.dep_ in ("ccomp", "xcomp") for child in verb.children)
    if lemma in NEEDS_A_CLAUSE and not has_clause:
        return None
    if lemma in HOLDS:
        return Kind.VIEW
    if lemma in SPEAKS:
        return Kind.SPEECH
    if lemma in SHOWS:
        return Kind.SHOWN if any(child.dep_ == "ccomp" for child in verb.children) else None
    return Kind.VIEW if lemma in SEEMS and has_clause else None


def _is_addressed(verb: Token) -> bool:
    """Told of the reader, or in the imperative: "you know", "see also"."""
    return any(child.dep_ == "nsubj" and child.lower_ in ("you", "we", "i") for child in verb.children)


def _has_content(noun: Token) -> bool:
    return any(child.dep_ == "acl" and child.tag_ != "VBN" for child in noun.children) or (
        any(child.dep_ == "poss" or child.lower_ in ("by", "from") for child in noun.children)
        and any(child.dep_ == "prep" for child in noun.children)
    )


def _span(token: Token) -> Span:
    begin, end = token.left_edge.i, token.right_edge.i + 1
    return token.doc[begin:end]


def _source_of(cue: Token) -> Span | None:
    if cue.pos_ == "NOUN":
        owner = next((child for child in cue.children if child.dep_ == "poss"), None) or _behind(cue, ("by", "from", "of", "among"))
        return _span(owner) if owner is not None else None
    if cue.lower_ == "according":
        to = next((child for child in cue.children if child.lower_ == "to"), None)
        named = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
        return _span(named) if named is not None else None
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in cue.children) or (cue.tag_ == "VBN" and cue.dep_ == "acl"):
        named = _behind(cue, ("by",))
        return _span(named) if named is not None else None
    return _subject(cue)


def _behind(head: Token, prepositions: tuple[str, ...]) -> Token | None:
    return next(
        (grand for child in head.children if child.lower_ in prepositions for grand in child.children if grand.dep_ == "pobj"), None
    )


def _subject(verb: Token) -> Span | None:
    seen = verb
    for _ in range(6):
        own = next((child for child in seen.children if child.dep_ == "nsubj"), None)
        if own is not None and own.lower_ not in ("who", "which", "that"):
            return _span(own)
        if own is not None or (seen.dep_ in ("relcl", "acl") and seen.head.pos_ in ("NOUN", "PROPN")):
            noun = seen.head
            return verb.doc[noun.left_edge.i : noun.i + 1] if seen.dep_ in ("relcl", "acl") else None
        if seen.dep_ not in ("conj", "xcomp", "advcl", "acomp", "attr", "pcomp", "prep", "oprd", "aux", "ccomp"):
            return None
        seen = seen.head
    return None


def _content_of(cue: Token) -> Span | None:
    for links in (("ccomp", "acl", "xcomp"), ("dobj", "pobj"), ("prep",)):
        child = next((child for child in cue.children if child.dep_ in links and child.dep_ != "nsubj"), None)
        if child is not None:
            return _span(child)
    return None


def _words_of(saying: Told) -> Span | None:
    """Return the words on the side of the speaker on which they stand."""
    doc, begin = saying.speaker.doc, next(token.i for token in saying.speaker.doc if token.idx >= saying.begin)
    if saying.side is Side.BEHIND:
        return doc[saying.verb.i + 1 :] if saying.verb.i + 1 < len(doc) else None
    end = saying.speaker.start if saying.side is Side.BEFORE_SPEAKER else saying.verb.i
    return doc[begin:end] if end > begin else None


_NAMED = re.compile(r"^[A-Z][\w.'-]*(?: [\w.'-]+){0,8}:\s")
_SIGNED = re.compile(r"\"\s*(?:--?|\u2015)\s*([A-Z][\w.'-]+(?: [\w.'-]+)*)")


def _by_layout(doc: Doc, quotes: list[tuple[int, int]]) -> Iterator[Attribution]:
    """Yield what signs alone tell: a name and a colon before words, a name and a dash behind a quotation."""
    text = text_of(doc)
    for pattern in (_NAMED, _SIGNED):
        match = pattern.search(text)
        if match is None:
            continue
        mark = next((token for token in doc if match.start() <= token.idx < match.end() and token.text in (":", "-", "--", "\u2015")), None)
        if mark is not None:
            source = doc[: mark.i] if pattern is _NAMED else doc.char_span(match.start(1), match.end(1))
            content = doc[mark.i + 1 :] if pattern is _NAMED else doc[: mark.i]
            yield Attribution(doc[mark.i : mark.i + 1], source, content, Kind.LAYOUT)
            return
