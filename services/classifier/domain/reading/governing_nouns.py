"""What a noun or an adjective does to the event that it governs: reports, evidence, chances, doubts, likely, false."""

from dataclasses import replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.chances import given_chance
from services.classifier.domain.reading.cues import (
    DOUBT_ADJ,
    FALSE_ADJ,
    FALSE_NOUN,
    HEARSAY_NOUN,
    HEDGE_ADJ,
    REPORT_NOUN,
    TRUE_ADJ,
)
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.scope import (
    Walk,
    discussed,
    hedged_by,
    is_negated,
    lemma_of,
    speaker_of,
    strengthened,
)

_PROSPECTS = frozenset(
    "threat risk possibility chance danger prospect plan call attempt demand bid likelihood hope request "
    "proposal talk preparation fear offer effort condition case event question order warrant anniversary eve".split()
)

_PROOFS = frozenset(
    "evidence indication proof information confirmation word record knowledge report details detail nothing intelligence".split()
)

_TRACES = frozenset("sign trace truth question hint".split())


def under_noun(walk: Walk, node: Token, child: Token, *, is_future: bool = False) -> Walk:
    lemma = lemma_of(node)
    children = {token.lower_ for token in node.children}
    if child.dep_ in ("conj", "compound", "poss", "nmod", "appos", "amod"):
        return walk
    if lemma in FALSE_NOUN and lemma not in HEARSAY_NOUN and child.dep_ in ("acl", "ccomp", "relcl") and node.dep_ == "attr":
        return replace(walk, negative=not is_negated(node), presupposed=False, report=False)
    if lemma == "question" and child.dep_ != "prep" and children & {"no", "without"}:
        return walk  # "no question that it is so"; "no question of it" denies
    if (lemma in _TRACES and children & {"no", "without"}) or lemma == "truth":
        return replace(walk, negative=not walk.negative, presupposed=False)
    if lemma in _PROOFS and (children & {"no", "any", "little"} or lemma == "nothing"):
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker_of(node.head), done=True)
    if lemma in ("doubt", "scepticism", "skepticism", "question") and child.dep_ in ("acl", "prep", "ccomp", "relcl"):
        if children & {"no", "little"}:
            return hedged_by(walk, "very_likely") if "little" in children else walk
        return replace(walk, stance=Stance.DOUBTS if lemma != "question" else Stance.DISCUSSES, speaker=speaker_of(node.head), done=True)
    if lemma == "talk" and node.tag_ == "NNS" and child.dep_ == "prep" and child.lower_ in ("on", "over", "about", "for"):
        return discussed(walk)  # negotiations
    if lemma in HEARSAY_NOUN:
        return replace(hedged_by(walk, ""), hearsay=True, report=True, presupposed=False)
    if lemma in REPORT_NOUN and child.dep_ in ("acl", "relcl", "prep", "ccomp", "appos"):
        return replace(walk, report=True, presupposed=False)
    if lemma in ("probability", "likelihood", "chance", "possibility") and given_chance(text_of(node.doc)) is not None:
        # the percentage itself is read once the walk is over
        return replace(walk, presupposed=False, speaker=walk.speaker or speaker_of(node.head))
    if is_future and lemma in ("plan", "decision", "preparation", "intention"):
        return walk
    if lemma in _PROSPECTS and child.dep_ in ("prep", "acl", "relcl", "ccomp"):
        return discussed(walk)
    return walk


def judging_adjective(verb: Token) -> Token | None:
    """Return the adjective that judges the clause: "likely" in "it is likely that ..."; None if there is none."""
    told = FALSE_ADJ | FALSE_NOUN | TRUE_ADJ | DOUBT_ADJ | HEDGE_ADJ.keys() | {"unclear", "unknown", "uncertain"}
    return next((child for child in verb.children if child.dep_ in ("acomp", "attr", "oprd") and lemma_of(child) in told), None)


def under_adjective(walk: Walk, node: Token, child: Token) -> Walk:
    lemma, negated = lemma_of(node), is_negated(node)
    if lemma in FALSE_ADJ | FALSE_NOUN:
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
    if lemma == "positive" and child.dep_ == "prep":
        return walk  # a test result, no belief
    if lemma in HEDGE_ADJ:
        if negated:
            return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
        return replace(hedged_by(walk, strengthened(node, HEDGE_ADJ[lemma])), speaker=walk.speaker or speaker_of(node))
    return walk
