"""What a verb, noun or adjective does to the event that it governs: denies, doubts, confirms, believes, plans, reports."""

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
    DOUBT_ADJ,
    FAIL,
    FALSE_ADJ,
    FALSE_NOUN,
    HEARSAY_NOUN,
    HEDGE_ADJ,
    INVESTIGATE,
    KNOW,
    NEUTRAL_SAY,
    RAISING,
    REPORT_NOUN,
    TRUE_ADJ,
    WEAK_BELIEF,
)
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.scope import (
    NO_DETERMINERS,
    PERCENT,
    Walk,
    agent_of,
    auxiliaries_of,
    discussed,
    hedged_by,
    is_negated,
    lemma_of,
    own_modality,
    speaker_of,
    strengthened,
    with_adverbs,
)

_PROSPECTS = frozenset(
    "threat risk possibility chance danger prospect plan call attempt demand bid likelihood hope request "
    "proposal talk preparation fear offer effort condition case event question order warrant anniversary eve".split()
)


_PROOFS = frozenset(
    "evidence indication proof information confirmation word record knowledge report details detail nothing intelligence".split()
)


_TRACES = frozenset("sign trace truth question hint".split())


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
        return _confirming(walk, node, negated, auxiliaries)
    if lemma in DENY or (lemma == "rule" and any(token.lower_ == "out" for token in node.children)):
        return _denying(walk, node, negated, auxiliaries)
    if lemma in DOUBT:
        return replace(walk, stance=Stance.DISCUSSES if negated else Stance.DOUBTS, speaker=speaker_of(node), done=True)
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
        return _saying(walk, node, child, negated, auxiliaries)
    if (
        lemma == "agree"
        and child.dep_ == "xcomp"
        and (frame.family in ("acquisition", "agreement", "transfer", "truce", "sale") or frame.is_future)
    ):
        return own_modality(walk, node, frame, hit)
    if frame.is_future and lemma in ("discuss", "consider", "negotiate", "weigh", "explore", "mull", "prepare", "ponder"):
        return hedged_by(walk, "")
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
    if lemma == "consider" and child.dep_ in ("xcomp", "dobj"):
        return hedged_by(walk, "") if frame.is_future else discussed(walk)
    if lemma in ("hope", "expect", "fear") and child.dep_ in ("xcomp", "dobj") and not frame.is_future:
        return discussed(walk)
    if negated:
        return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
    term = BELIEF_TERM.get(lemma, "likely")
    if {token.lower_ for token in node.children} & {"strongly", "firmly"}:
        term = "very_likely"
    return replace(hedged_by(walk, term), speaker=walk.speaker or speaker_of(node))


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
    if lemma in DENY:
        return replace(
            walk, stance=Stance.DISCUSSES if negated else None, negative=True, speaker=agent_of(node), presupposed=False, report=False
        )
    if lemma in CONFIRM:
        return _confirming(walk, node, negated, auxiliaries, passive=True)
    if auxiliaries & {"would", "should", "will", "'d"} and not (frame.is_future and "will" in auxiliaries):
        return discussed(walk)
    if auxiliaries & {"may", "might", "could"}:
        walk = hedged_by(walk, "even_chance")
    if lemma in ("happen", "occur", "take", "exist") and negated:
        return replace(walk, negative=True)
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


def _confirming(walk: Walk, node: Token, negated: bool, auxiliaries: set[str], *, passive: bool = False) -> Walk:
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


def _denying(walk: Walk, node: Token, negated: bool, auxiliaries: set[str]) -> Walk:
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


def _saying(walk: Walk, node: Token, child: Token, negated: bool, auxiliaries: set[str]) -> Walk:
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


def under_noun(walk: Walk, node: Token, child: Token, *, is_future: bool = False) -> Walk:
    lemma = lemma_of(node)
    children = {token.lower_ for token in node.children}
    if child.dep_ in ("conj", "compound", "poss", "nmod", "appos", "amod"):
        return walk
    if (lemma in _TRACES and children & {"no", "without"}) or lemma == "truth":
        return replace(walk, negative=not walk.negative, presupposed=False)
    if lemma in _PROOFS and (children & {"no", "any", "little"} or lemma == "nothing"):
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker_of(node.head), done=True)
    if lemma in ("doubt", "scepticism", "skepticism", "question") and child.dep_ in ("acl", "prep", "ccomp", "relcl"):
        if children & {"no", "little"}:
            return hedged_by(walk, "very_likely") if "little" in children else walk
        return replace(walk, stance=Stance.DOUBTS if lemma != "question" else Stance.DISCUSSES, speaker=speaker_of(node.head), done=True)
    if lemma in HEARSAY_NOUN:
        return replace(hedged_by(walk, ""), hearsay=True, report=True, presupposed=False)
    if lemma in REPORT_NOUN and child.dep_ in ("acl", "relcl", "prep", "ccomp", "appos"):
        return replace(walk, report=True, presupposed=False)
    if lemma in ("probability", "likelihood", "chance", "possibility") and PERCENT.search(text_of(node.doc)):
        # the percentage itself is read once the walk is over
        return replace(walk, presupposed=False, speaker=walk.speaker or speaker_of(node.head))
    if is_future and lemma in ("plan", "decision", "preparation", "intention"):
        return walk
    if lemma in _PROSPECTS and child.dep_ in ("prep", "acl", "relcl", "ccomp"):
        return discussed(walk)
    return walk


def under_adjective(walk: Walk, node: Token, child: Token) -> Walk:
    lemma, negated = lemma_of(node), is_negated(node)
    if lemma in FALSE_ADJ:
        return replace(walk, negative=not negated, presupposed=False, report=False)
    if lemma in DOUBT_ADJ:
        return replace(walk, stance=Stance.DISCUSSES if negated else Stance.DOUBTS, speaker=speaker_of(node), done=True)
    if lemma in ("unclear", "unknown", "uncertain", "unsure", "unaware") or (
        negated and lemma in ("clear", "certain", "sure", "aware", "known")
    ):
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker_of(node), done=True)
    if lemma in TRUE_ADJ and negated:
        return replace(walk, negative=not walk.negative)
    if lemma in ("ready", "due", "able", "willing", "set", "eager", "keen", "afraid", "impossible"):
        return discussed(walk)
    if lemma in HEDGE_ADJ:
        if negated:
            return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
        return replace(hedged_by(walk, strengthened(node, HEDGE_ADJ[lemma])), speaker=walk.speaker or speaker_of(node))
    return walk
