"""What a clause does to its own event word: negation, modal verbs, hedging adverbs; and what a walk up the parse has gathered."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Hit
from services.classifier.domain.reading.cues import ALMOST, HEARSAY_ADVERBS, HEDGE_ADVERBS, REPORT_NOUN, STRONG_MODIFIER
from services.classifier.domain.reading.roles import subject_of

NO_DETERMINERS = frozenset("no neither none".split())


_NOBODY = frozenset("nobody none no-one noone nothing neither".split())


FOLLOWED = 12
"""Heads that are followed for what a word shares with them: a text may string thousands together."""


@dataclass(frozen=True)
class Walk:
    negative: bool = False
    term: str = "certain"
    hedged: bool = False
    hearsay: bool = False
    stance: Stance | None = None
    speaker: Token | None = None
    presupposed: bool = False
    done: bool = False
    report: bool = False


def lemma_of(token: Token) -> str:
    return token.lemma_.lower()


def is_negated(node: Token, skip: Token | None = None, depth: int = FOLLOWED) -> bool:
    """Tell whether the node itself is negated, ``skip`` apart; two negations make none."""
    count = 0
    for child in node.children:
        lowered = child.lower_
        if child == skip:
            continue
        if child.dep_ == "neg" or (
            lowered in ("never", "hardly", "scarcely", "barely", "nowhere", "n't") and child.dep_ in ("advmod", "neg")
        ):
            count += 0 if lowered == "not" and _next_lower(child) in ("only", "just") else 1
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and (
            lowered in _NOBODY or any(grand.lower_ in NO_DETERMINERS for grand in child.children)
        ):
            count += 1
        if child.dep_ == "preconj" and lowered == "neither":
            count += 1
        if child.dep_ == "advmod" and lowered == "longer" and any(grand.lower_ == "no" for grand in child.children):
            count += 1
    if (
        (node.dep_ in ("acomp", "attr", "oprd") or (node.dep_ in ("advmod", "prt") and node.pos_ in ("ADV", "ADP")))
        and node.head.lemma_ == "be"
        and depth
    ):
        return is_negated(node.head, depth=depth - 1) != bool(count % 2)
    return bool(count % 2)


def _next_lower(token: Token) -> str:
    return token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""


def auxiliaries_of(node: Token, depth: int = FOLLOWED) -> list[Token]:
    """Return the auxiliaries of a predicate: its own, its copula's, or those it shares with the word it is joined to."""
    if not depth:
        return []
    found = [child for child in node.children if child.dep_ in ("aux", "auxpass")]
    if node.dep_ in ("acomp", "attr", "oprd", "prep", "advmod") and node.head.pos_ in ("AUX", "VERB"):
        found += [node.head, *auxiliaries_of(node.head, depth - 1)]
    if node.dep_ == "conj" and not found and not any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children):
        found += auxiliaries_of(node.head, depth - 1)
    return found


def adverbs_of(node: Token) -> list[Token]:
    found = [child for child in node.children if child.dep_ in ("advmod", "npadvmod")]
    if node.dep_ in ("acomp", "attr", "oprd", "prep") and node.head.pos_ in ("AUX", "VERB"):
        found += [child for child in node.head.children if child.dep_ == "advmod"]
    return found


def strengthened(token: Token, term: str) -> str:
    """Return the term with what strengthens it: "very likely", "almost certain"."""
    words = {child.lower_ for child in token.children} | ({token.nbor(-1).lower_} if token.i else set())
    if words & STRONG_MODIFIER and term in ("likely", "even_chance"):
        return "very_likely"
    if (words & ALMOST and term == "certain") or (term == "certain" and words & {"but"} and token.i > 1 and token.nbor(-2).lower_ == "all"):
        return "almost_certain"
    return term


def _weaker(one: str, other: str) -> str:
    order = ("", "remote", "very_unlikely", "unlikely", "even_chance", "likely", "very_likely", "almost_certain", "certain")
    return min(one, other, key=order.index)


def hedged_by(walk: Walk, term: str) -> Walk:
    return replace(walk, hedged=True, term=_weaker(walk.term, term)) if term != "certain" else walk


def discussed(walk: Walk) -> Walk:
    return replace(walk, stance=walk.stance or Stance.DISCUSSES, done=True)


def _is_unreal(node: Token) -> bool:
    """ "It could have sunk had the wind turned", "if the wind had turned": a condition that was not met."""
    clauses = (child for child in node.children if child.dep_ in ("advcl", "ccomp", "conj") and child.i > node.i)
    return any(token.lower_ in ("if", "had") for clause in clauses for token in (clause, *clause.children))


_STATIVE = frozenset("be have own hold remain stay keep contain carry lie stand live belong lack face hide harbour suffer".split())
"""Verbs of being so: with "may" before them they are guessed at, others are only expected."""


def own_modality(walk: Walk, node: Token, frame: ClaimFrame, hit: Hit) -> Walk:
    """Negation, modals and adverbs of the event's own clause."""
    auxiliaries = {token.lower_ for token in auxiliaries_of(node)}
    perfect = bool(auxiliaries & {"have", "been"}) or ("be" in auxiliaries and (frame.is_state or frame.is_existential))
    adverbs = {token.lower_ for token in adverbs_of(node)}
    if is_negated(node):
        ended = {"longer", "anymore"} & adverbs
        if ended and hit.holds and not frame.is_state and not frame.is_present:
            return discussed(walk)
        walk = replace(walk, negative=not walk.negative)
    if adverbs & {"almost", "nearly", "narrowly"} and not frame.threshold:
        return discussed(walk)
    if adverbs & {"soon", "shortly", "tomorrow"} and not frame.is_future and not frame.is_present:
        return discussed(walk)
    if (
        auxiliaries & {"will", "shall", "'ll", "wo"}
        and not (frame.is_future or (frame.is_present and not frame.is_state))
        and not walk.negative
    ):
        return discussed(walk)
    if auxiliaries & {"would", "could", "might", "should"} and "have" in auxiliaries and _is_unreal(node):
        return discussed(walk)
    if auxiliaries & {"would", "should", "'d"} and "had" not in auxiliaries and not (frame.is_future and "would" in auxiliaries):
        return discussed(walk)
    if "must" in auxiliaries:
        return hedged_by(walk, "very_likely") if perfect else discussed(walk)
    if auxiliaries & {"may", "might", "could"}:
        may_yet_be = not frame.is_state or (node.pos_ == "VERB" and node.tag_ == "VB" and lemma_of(node) not in _STATIVE)
        if not perfect and not frame.is_future and not frame.threshold and may_yet_be:
            return discussed(walk)
        return hedged_by(walk, "even_chance")
    if "can" in auxiliaries and not walk.negative:
        return discussed(walk)
    return with_adverbs(walk, node)


def with_adverbs(walk: Walk, node: Token) -> Walk:
    for adverb in adverbs_of(node):
        lowered = adverb.lower_
        if lowered in HEARSAY_ADVERBS:
            walk = replace(hedged_by(walk, ""), hearsay=True)
        elif lowered in HEDGE_ADVERBS:
            walk = hedged_by(walk, strengthened(adverb, HEDGE_ADVERBS[lowered]))
        elif lowered == "certainly" and any(child.lower_ in ALMOST for child in adverb.children):
            walk = hedged_by(walk, "almost_certain")
    return walk


def is_unable(node: Token) -> bool:
    auxiliaries = {token.lower_ for token in auxiliaries_of(node)}
    head = node.head
    unable = (
        node.dep_ == "xcomp"
        and lemma_of(head) in ("able", "unable", "position", "yet", "be")
        and (lemma_of(head) == "unable" or is_negated(head))
    )
    return (is_negated(node) and bool(auxiliaries & {"can", "could", "ca"})) or unable


def speaker_of(node: Token) -> Token | None:
    """Return who does the saying, if a name or a noun is given; pronouns are the segment's own speaker."""
    heads = subject_of(node)
    if heads and heads[0].pos_ in ("NOUN", "PROPN") and heads[0].lower_ not in REPORT_NOUN:
        return heads[0]
    return None


def agent_of(node: Token) -> Token | None:
    for child in node.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None
