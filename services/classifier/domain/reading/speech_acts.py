"""What it makes of an event to confirm, deny or tell it, and to be the subject of a verdict: "was confirmed", "is false", "took place"."""

from dataclasses import replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Hit
from services.classifier.domain.reading.cues import (
    CONFIRM,
    DENY,
    DOUBT_ADJ,
    FALSE_ADJ,
    FALSE_NOUN,
    HEDGE_ADJ,
    NEUTRAL_SAY,
    RAISING,
    TRUE_ADJ,
)
from services.classifier.domain.reading.scope import (
    NO_DETERMINERS,
    Walk,
    agent_of,
    auxiliaries_of,
    discussed,
    hedged_by,
    is_negated,
    lemma_of,
    speaker_of,
    strengthened,
    with_adverbs,
)

_COMES = frozenset("reach spread hit strike arrive come break follow happen occur erupt resume start begin".split())
"""What an event does when it comes: "could" before it tells of what may yet be."""


def as_subject(walk: Walk, node: Token, frame: ClaimFrame, hit: Hit) -> Walk:
    """The event, or the report of it, is the subject of a verb: "took place", "is false", "was confirmed"."""
    lemma, negated = lemma_of(node), is_negated(node)
    auxiliaries = {token.lower_ for token in auxiliaries_of(node)}
    complements = [token for token in node.children if token.dep_ in ("acomp", "attr", "oprd", "xcomp")]
    if lemma in ("be", "prove", "turn", "seem", "appear", "look", "remain") and complements:
        for token in complements:
            said = _verdict(walk, token, negated)
            if said is not None:
                return said
    if lemma in ("reject", "dismiss", "repudiate") and hit.noun and not walk.report:
        return discussed(walk)  # a resignation or an offer that is not taken
    if lemma in DENY:
        return replace(
            walk, stance=Stance.DISCUSSES if negated else None, negative=True, speaker=agent_of(node), presupposed=False, report=False
        )
    if lemma in CONFIRM:
        return confirming(walk, node, negated, auxiliaries, passive=True)
    if auxiliaries & {"would", "should", "will", "'d"} and not (frame.is_future and "will" in auxiliaries):
        return discussed(walk)
    if auxiliaries & {"may", "might", "could"} and lemma in _COMES and "have" not in auxiliaries and not frame.is_future:
        return discussed(walk)
    if auxiliaries & {"may", "might", "could"}:
        walk = hedged_by(walk, "even_chance")
    if lemma in ("happen", "occur", "take", "exist") and negated:
        return replace(walk, negative=True)
    if lemma in ("expect", "anticipate") and not frame.is_future:
        return discussed(walk)
    if any(token.dep_ == "auxpass" for token in node.children) and lemma in RAISING | NEUTRAL_SAY:
        if lemma in ("announce", "report", "confirm", "declare", "make") and not walk.report:
            return replace(walk, negative=walk.negative or (negated and not walk.presupposed))
        return replace(hedged_by(walk, "likely"), hearsay=lemma in ("report", "rumour", "rumor"))
    if lemma in ("end", "lift", "expire", "lapse", "finish") and hit.noun:
        return replace(walk, negative=not negated) if frame.is_state else discussed(walk)
    if not walk.presupposed and negated:
        return replace(walk, negative=True)
    return walk


def _verdict(walk: Walk, token: Token, negated: bool) -> Walk | None:
    lemma = lemma_of(token)
    if lemma in FALSE_ADJ | FALSE_NOUN:
        return replace(walk, negative=not negated, presupposed=False, report=False)
    if lemma in TRUE_ADJ and lemma not in ("clear", "official"):
        return replace(walk, negative=walk.negative != negated, report=False)
    if lemma in DOUBT_ADJ:
        return replace(walk, stance=Stance.DOUBTS, done=True)
    if lemma in HEDGE_ADJ:
        return hedged_by(walk, strengthened(token, HEDGE_ADJ[lemma]))
    return None


def confirming(walk: Walk, node: Token, negated: bool, auxiliaries: set[str], *, passive: bool = False) -> Walk:
    head = node.head
    upper = lemma_of(head) if node.dep_ in ("xcomp", "ccomp", "acl", "relcl", "advcl", "conj") else ""
    speaker = agent_of(node) if passive else speaker_of(node)
    if upper in ("decline", "refuse") or any(lemma_of(token) in ("decline", "refuse") for token in (head, head.head)):
        return discussed(walk)
    nothing = any(
        child.lower_ in NO_DETERMINERS | {"nothing", "unable", "yet", "without"} for child in (*head.children, head)
    ) and node.dep_ in ("acl", "relcl", "xcomp", "ccomp", "advcl")
    unable = (
        upper in ("unable", "fail", "try", "seek", "wait", "yet", "hope")
        or (upper == "able" and is_negated(head))
        or (upper in ("position",) and is_negated(head.head))
        or (upper == "be" and any(child.lower_ == "yet" for child in head.children))
    )
    deeper = node.dep_ in ("ccomp", "xcomp", "relcl", "acl") and any(
        lemma_of(token) in ("nothing", "information", "evidence")
        and (token.lower_ == "nothing" or any(child.lower_ == "no" for child in token.children))
        for token in node.ancestors
    )
    if negated or nothing or unable or deeper:
        if auxiliaries & {"will", "would"} and negated and not passive:
            return discussed(walk)
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker, done=True)
    if auxiliaries & {"would", "could", "may", "might", "must", "should", "can"} or node.dep_ == "advcl":
        return discussed(walk)
    if passive:
        return walk if speaker is None else replace(walk, speaker=speaker, report=False)
    return replace(walk, speaker=walk.speaker or speaker, report=False)


def denying(walk: Walk, node: Token, negated: bool, auxiliaries: set[str]) -> Walk:
    if negated and lemma_of(node) == "rule":  # "cannot be ruled out"
        return replace(hedged_by(walk, ""), presupposed=False, report=False)
    if negated or auxiliaries & {"would", "should", "may", "might", "could"} or lemma_of(node.head) in ("decline", "refuse"):
        return discussed(walk)
    return replace(
        walk,
        negative=not walk.negative,
        speaker=speaker_of(node),
        presupposed=False,
        report=False,
        hedged=False,
        term="certain",
        hearsay=False,
    )


def saying(walk: Walk, node: Token, child: Token, negated: bool, auxiliaries: set[str]) -> Walk:
    if negated:
        cannot = bool(auxiliaries & {"can", "could", "ca"}) and lemma_of(node) in ("say", "tell")
        return replace(walk, stance=Stance.CANNOT_CONFIRM if cannot else Stance.DISCUSSES, done=True)
    if auxiliaries & {"would", "will", "should", "may", "might", "could"}:
        return discussed(walk)
    if node.tag_ == "VB" and any(token.lower_ == "to" for token in node.children):
        return walk
    past = any(token.dep_ == "aux" and token.lower_ in ("had", "'d") for token in node.children)
    if lemma_of(node) == "claim" or lemma_of(node) == "allege":
        walk = replace(walk, presupposed=False)
    if (node.dep_ in ("relcl", "advcl") and speaker_of(node) is not None) or (past and speaker_of(node) is not None):
        return discussed(walk)
    walk = with_adverbs(walk, node)
    return replace(
        walk,
        speaker=speaker_of(node) or walk.speaker if walk.speaker is None else walk.speaker,
        presupposed=walk.presupposed and child.dep_ != "ccomp",
    )
