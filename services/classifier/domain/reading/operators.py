"""What a verb does to the event that it governs: denies, doubts, confirms, believes, plans, reports."""

from dataclasses import replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Hit
from services.classifier.domain.reading.cues import (
    ATTEMPT,
    BELIEF_TERM,
    CONFIRM,
    DENY,
    DOUBT,
    FAIL,
    INVESTIGATE,
    KNOW,
    NEUTRAL_SAY,
    RAISING,
    REPORT_NOUN,
    WEAK_BELIEF,
)
from services.classifier.domain.reading.scope import (
    Walk,
    auxiliaries_of,
    discussed,
    hedged_by,
    is_negated,
    lemma_of,
    own_modality,
    speaker_of,
    with_adverbs,
)
from services.classifier.domain.reading.speech_acts import confirming, denying, saying

_WORDY = frozenset("comment say answer discuss confirm disclose tell speak reveal deny elaborate respond reply talk".split())


def under_verb(walk: Walk, node: Token, child: Token, frame: ClaimFrame, hit: Hit) -> Walk:
    lemma, negated = lemma_of(node), is_negated(node, child)
    passive = any(token.dep_ == "auxpass" for token in node.children)
    auxiliaries = {token.lower_ for token in auxiliaries_of(node)}
    if node.tag_ == "VB" and lemma in (NEUTRAL_SAY | KNOW) - CONFIRM and any(token.lower_ == "to" for token in node.children):
        return walk
    if child.dep_ == "prep" and lemma in ("be", "go", "remain", "stay") and negated and not walk.presupposed:
        return replace(walk, negative=not walk.negative)
    if child.dep_ in ("prep", "advmod", "agent", "npadvmod") and lemma not in NEUTRAL_SAY | DENY | CONFIRM | KNOW | DOUBT | {
        "speak",
        "talk",
    }:
        return _occurrence(walk, node, frame, hit, negated)
    if lemma in CONFIRM or lemma in ("corroborate", "verify"):
        return confirming(walk, node, negated, auxiliaries)
    if lemma in DENY or (lemma == "rule" and any(token.lower_ == "out" for token in node.children)):
        return denying(walk, node, negated, auxiliaries)
    if lemma in DOUBT:
        return replace(walk, stance=Stance.DISCUSSES if negated else Stance.DOUBTS, speaker=speaker_of(node), done=True)
    if lemma in ("cast", "throw") and child.dep_ == "prep" and any(lemma_of(token) == "doubt" for token in node.children):
        return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
    if passive and lemma == "expect" and not frame.is_future and not any(token.lower_ == "have" for token in child.children):
        return discussed(walk)
    if passive and lemma in RAISING and child.dep_ in ("xcomp", "ccomp"):
        hearsay = lemma in ("report", "rumour", "rumor", "say", "allege")
        if negated and lemma == "know":
            return replace(walk, stance=Stance.CANNOT_CONFIRM, done=True)
        return (
            walk
            if lemma == "know"
            else replace(hedged_by(with_adverbs(walk, node), "" if hearsay else "likely"), hearsay=walk.hearsay or hearsay)
        )
    if lemma in ("appear", "seem", "look") and child.dep_ in ("xcomp", "ccomp", "oprd", "acomp", "advcl"):
        walk = replace(walk, negative=walk.negative != negated)
        return hedged_by(walk, "likely")
    if lemma in WEAK_BELIEF and child.dep_ in ("ccomp", "xcomp", "dobj", "acl", "oprd"):
        return _believing(walk, node, child, negated, lemma, frame)
    if lemma in KNOW and child.dep_ in ("ccomp", "dobj", "xcomp", "prep", "oprd", "acl"):
        if negated and lemma in ("know", "learn", "hear", "see"):
            return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker_of(node), done=True)
        if negated and lemma in ("find", "detect", "discover", "measure", "observe", "notice"):
            return replace(walk, negative=not walk.negative, speaker=walk.speaker or speaker_of(node), presupposed=False)
        return replace(with_adverbs(walk, node), speaker=walk.speaker or speaker_of(node), done=walk.done)
    if lemma in ("decline", "refuse") and lemma_of(child) in _WORDY:
        return discussed(walk)
    if lemma in FAIL and child.dep_ in ("xcomp", "pcomp", "dobj"):
        if child.dep_ != "xcomp":
            return discussed(walk)
        return replace(walk, negative=not walk.negative)
    if lemma in NEUTRAL_SAY and child.dep_ in ("ccomp", "dobj", "prep", "acl", "xcomp", "oprd"):
        return saying(walk, node, child, negated, auxiliaries)
    if (
        lemma == "agree"
        and child.dep_ == "xcomp"
        and (frame.family in ("acquisition", "agreement", "transfer", "truce", "sale") or frame.is_future)
    ):
        return own_modality(walk, node, frame, hit)
    if frame.is_future and lemma in ("discuss", "consider", "negotiate", "weigh", "explore", "mull", "prepare", "ponder"):
        return hedged_by(walk, "")
    if lemma == "call" and lemma_of(child) in REPORT_NOUN:
        return walk  # "called reports that ... false"
    if lemma in ATTEMPT and lemma not in frame.own_words and child.dep_ in ("xcomp", "ccomp", "dobj", "prep", "acl"):
        if frame.is_future and lemma in ("plan", "intend", "vow", "promise", "pledge", "decide", "agree", "propose"):
            return walk
        return discussed(walk)
    if lemma in INVESTIGATE and child.dep_ in ("ccomp", "dobj", "xcomp", "prep"):
        return discussed(walk)
    if child.dep_ == "dobj":
        return _occurrence(walk, node, frame, hit, negated)
    if auxiliaries & {"would", "should", "might", "may", "could", "will"} and child.dep_ in ("dobj", "xcomp", "prep") and hit.noun:
        return discussed(walk)
    return replace(walk, negative=walk.negative != (negated and child.dep_ in ("xcomp", "ccomp")))


def _believing(walk: Walk, node: Token, child: Token, negated: bool, lemma: str, frame: ClaimFrame) -> Walk:
    if node.tag_ == "VB" and node.dep_ == "ROOT" and not any(token.dep_ in ("nsubj", "aux", "expl") for token in node.children):
        return discussed(walk)  # "assume that ...": bidden, not believed
    if lemma == "consider" and child.dep_ in ("xcomp", "dobj"):
        return hedged_by(walk, "") if frame.is_future else discussed(walk)
    if lemma in ("hope", "expect", "fear") and child.dep_ in ("xcomp", "dobj") and not frame.is_future:
        return discussed(walk)
    if negated:
        return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
    if _is_bet(child, frame):
        return discussed(walk)
    term = BELIEF_TERM.get(lemma, "likely")
    if {token.lower_ for token in node.children} & {"strongly", "firmly"}:
        term = "very_likely"
    return replace(hedged_by(walk, term), speaker=walk.speaker or speaker_of(node))


def _is_bet(verb: Token, frame: ClaimFrame) -> bool:
    """ "I think she wins this": of a single event the present tense tells what is yet to come."""
    is_now = verb.pos_ == "VERB" and verb.tag_ in ("VBZ", "VBP") and not any(token.dep_ in ("aux", "auxpass") for token in verb.children)
    return is_now and not (frame.is_future or frame.is_present or frame.is_state or frame.is_existential)


def _occurrence(walk: Walk, node: Token, frame: ClaimFrame, hit: Hit, negated: bool) -> Walk:
    """A noun of event under a verb: "there was no leak", "announced the arrest", "carried out the killing"."""
    auxiliaries = {token.lower_ for token in auxiliaries_of(node)}
    if hit.noun and auxiliaries & {"would", "should", "will", "may", "might", "could", "can"}:
        return discussed(walk) if auxiliaries & {"would", "should", "will", "can"} else hedged_by(walk, "even_chance")
    if hit.noun and negated and not walk.presupposed:
        return replace(walk, negative=not walk.negative)
    if hit.noun and lemma_of(node) in ("be", "have") and negated and not walk.negative:
        return replace(walk, negative=True)
    return walk
