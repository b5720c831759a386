"""A second look, which only ever takes support away.

For texts in which the strict reading found nobody's word: denials and "cannot confirm" around the claim's words, whoever does
what to whom; a missed denial leaves a claim standing that its own authority has refused. For what the strict reading took for a
plain assertion: hedges and negations on the way from the event word up to the head of the sentence.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.cues import HEDGE_ADVERBS, HEDGE_MODALS, RAISING
from services.classifier.domain.reading.parse_text import text_of

_SAYING = frozenset(
    """
        say tell confirm comment know verify give name answer respond return mention identify deny rule exclude report disclose
        reveal specify elaborate explain think believe expect want need plan intend mean seem appear wait hesitate surprise
        happen hear see find reply call ask discuss describe speak add
    """.split()
)
"""Verbs whose negation says nothing of the event."""

_POSSIBLE = frozenset({"could", "might", "may", "would", "should", "can", "must", "shall"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_CONDITION = frozenset({"if", "unless", "until", "till", "whether", "before", "after", "when", "once", "while", "because", "although"})
_HAPPENS = frozenset("happen occur take go proceed exist materialise materialize come place succeed begin start".split())
"""Verbs that say of an event that it happens."""

_SO = frozenset("true so real on due done official correct possible right case accurate".split())
_CANNOT = re.compile(
    r"\b(?:can ?not|can't|could not|couldn't|(?:was|were|is|are|been) (?:not (?:able|in a position)|unable|in no position)|not been able"
    r"|unable|yet|no way)\s+(?:to )?(?:\w+ly )?(?:to )?(?:confirm|verify|corroborate|substantiate|establish"
    r"|authenticate|say (?:whether|if))\b",
    re.IGNORECASE,
)
_CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "conj", "csubj", "pcomp"})


def second_look(doc: Doc, frame: ClaimFrame, *, is_subject_near: bool) -> Stance | None:
    """Return what a segment does with the claim, read leniently; None if it does nothing that can be told."""
    if frame.is_denial or frame.threshold is not None or text_of(doc).rstrip().endswith("?"):
        return None
    is_here = frame.names.search(text_of(doc)) is not None or (frame.objects is not None and frame.objects.search(text_of(doc)) is not None)
    if not (is_here or is_subject_near):
        return None
    events = [token for token in doc if token.lower_ in frame.vocabulary and not _is_name(token, frame)]
    if events and _CANNOT.search(text_of(doc)):
        return Stance.CANNOT_CONFIRM
    if any(_is_refused(head, token, frame, is_here=is_here) for token in events for head in _heads(token)):
        return Stance.DENIES
    return None


def second_thoughts(event: Token) -> tuple[Stance, str] | None:
    """Return what a seemingly plain assertion is after all, with its term; None if nothing on its way up takes anything back."""
    cannot = _CANNOT.search(text_of(event.doc))
    if cannot is not None and event.idx >= cannot.end():
        return Stance.CANNOT_CONFIRM, ""
    for node in _way_up(event):
        for child in node.children:
            lowered = child.lower_
            if child.dep_ == "aux" and lowered in HEDGE_MODALS and child.i < event.i:
                return Stance.HEDGES, HEDGE_MODALS[lowered]
            if child.dep_ == "advmod" and lowered in HEDGE_ADVERBS:
                return Stance.HEDGES, HEDGE_ADVERBS[lowered]
    return None


def _way_up(event: Token) -> Iterator[Token]:
    """Yield the word and what governs it, out of subordinate clauses of content but not out of others."""
    yield event
    while event.head.i != event.i and event.dep_ not in ("relcl", "advcl", "acl", "parataxis", "conj") and not _is_aim(event):
        event = event.head
        yield event


def _is_aim(event: Token) -> bool:
    """ "May have to resign": what a verb other than "seem" or "be said" has as its aim; its hedge is not the event's."""
    to = any(child.lower_ == "to" for child in event.children)
    return event.dep_ == "xcomp" and to and event.head.pos_ in ("VERB", "AUX") and event.head.lemma_.lower() not in RAISING | {"be"}


def _is_name(token: Token, frame: ClaimFrame) -> bool:
    return token.pos_ == "PROPN" and token.lower_ in frame.known_tokens


def _heads(token: Token) -> Iterator[Token]:
    """Yield the word and what governs it, up to the head of its clause."""
    yield token
    while token.dep_ not in _CLAUSE and token.head.i != token.i:
        token = token.head
        yield token


def _is_refused(head: Token, event: Token, frame: ClaimFrame, *, is_here: bool) -> bool:
    if not _is_negated(head, event) or head.lemma_.lower() in _SAYING:
        return False
    children = list(head.children)
    if any(child.dep_ in ("aux", "mark") and child.lower_ in _POSSIBLE | _CONDITION for child in children):
        return False
    if any(child.lower_ in ("only", "just", "merely", "alone") for child in children):
        return False
    if any(child.dep_ == "advmod" and any(inner.lower_ in ("as", "so", "more") for inner in child.subtree) for child in children):
        return False  # "no minister has resigned as often": a comparison
    return not _is_other_predicate(head, event, frame) and _is_about_subject(head, frame, is_here=is_here)


def _is_other_predicate(head: Token, event: Token, frame: ClaimFrame) -> bool:
    """ "The vote is not binding": what is denied of the event is something else than that it happened."""
    if head.i == event.i or head.lower_ in frame.vocabulary or head.lemma_.lower() in _HAPPENS:
        return False
    verbs = (head, *(child for child in head.children if child.dep_ == "aux"))  # a small parser may hang the subject on the auxiliary
    subjects = [child for verb in verbs for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not any(event in subject.subtree for subject in subjects) or any(
        token.lower_ in _NOBODY | {"no", "neither"} for subject in subjects for token in subject.subtree
    ):
        return False
    if head.lemma_ != "be":
        return True
    said = [child for child in head.children if child.dep_ in ("acomp", "attr", "oprd")]
    return any(child.lower_ not in frame.vocabulary | _SO for child in said)


def _is_negated(head: Token, event: Token) -> bool:
    if head.i == event.i and any(child.dep_ == "det" and child.lower_ == "no" for child in head.children):
        return any(child.dep_ == "expl" for child in head.head.children)
    if head.pos_ not in ("VERB", "AUX"):
        return False
    if any(child.dep_ == "neg" or child.lower_ in ("not", "never", "n't") for child in head.children):
        return True
    subjects = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(s.lower_ in _NOBODY or any(d.dep_ == "det" and d.lower_ in ("no", "neither") for d in s.children) for s in subjects)


def _is_another_of(noun: Token, frame: ClaimFrame) -> bool:
    """ "Omar Dell's deputy": somebody else, though the name is known. An event or a part of the subject may be its own."""
    owned = any(child.dep_ == "poss" and child.lower_ in frame.known_tokens for child in noun.children)
    return (
        owned and noun.lower_ not in frame.vocabulary | frame.known_tokens and noun.lemma_.lower() not in frame.themes | frame.descriptors
    )


def _is_about_subject(head: Token, frame: ClaimFrame, *, is_here: bool) -> bool:
    """Whoever the clause is about must not bear a name that the claim does not know."""
    for child in head.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj"):
            continue
        named = [token for token in child.subtree if token.pos_ == "PROPN"]
        known = any(token.lower_ in frame.known_tokens for token in named)
        if child.pos_ == "PROPN" and not known:
            return False
        if child.dep_ != "dobj" and _is_another_of(child, frame):
            return False
        if child.dep_ != "dobj" and child.pos_ == "PRON" and child.lower_ in ("i", "we", "you"):
            return is_here
    return True
