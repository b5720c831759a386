"""How surely a segment says that an event happened: negation, hedges, denials, conditions, from the event word up."""

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import LIGHT_VERBS, Hit
from services.classifier.domain.reading.cues import CONFIRM, DOUBT, HEARSAY_NOUN, KNOW, REPORT_NOUN
from services.classifier.domain.reading.operators import as_subject, under_adjective, under_noun, under_verb
from services.classifier.domain.reading.scope import (
    NO_DETERMINERS,
    PERCENT,
    Walk,
    discussed,
    hedged_by,
    is_negated,
    is_unable,
    lemma_of,
    own_modality,
    speaker_of,
)

CLEAR = frozenset("clear certain sure known obvious evident aware able possible".split())


CONDITIONS = frozenset("if unless should provided lest supposing whether".split())


_BEFORE = frozenset("before until unless".split())


_STRONG = re.compile(
    r"\b(?:almost certain(?:ly)?|all but certain(?:ly)?|virtually certain|nearly certain|practically certain|next "
    r"to certain|(?:very|highly|most|extremely|overwhelmingly) (?:likely|probabl[ey]|confident)|in all likelihood"
    r"|in all probability|with near certainty|beyond reasonable doubt|high(?:ly)? (?:degree of )?(?:confidence"
    r"|probability|likelihood)|little doubt|hardly any doubt|as good as (?:certain|sure))\b",
    re.IGNORECASE,
)


_WEAK_PHRASE = re.compile(
    r"\b(?:is understood to|are understood to|are believed to|is believed to|it seems|it appears|by all "
    r"appearances|by the look of it|in his view likely|odds are|chances are|looks? (?:as if|as though|like)|as it "
    r"seems|as far as (?:we|I) know|if (?:the )?reports are (?:true|right|correct)|said to (?:be|have)|thought to "
    r"(?:be|have)|believed to (?:be|have)|rumou?red to (?:be|have)|reported to (?:be|have)|presumed)\b",
    re.IGNORECASE,
)


_FALSE_REPORT = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|suggestions?|allegations?|news|talk|posts?) (?:of|that|about"
    r"|saying) [^.;:]{3,140}? (?:is|are|was|were) (?:\w+ ){0,2}?(?:false|untrue|not true|wrong|fake|fabricated"
    r"|nonsense|baseless|unfounded|incorrect|a lie|lies|a hoax|invented)\b",
    re.IGNORECASE,
)


_DISMISSED = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rebut(?:s|ted)?|refut(?:es|ed)|disput(?:es"
    r"|ed))\s+(?:as \w+ )?(?:\w+ ){0,3}?(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|suggestions?|allegations?|talk"
    r"|speculation|news)\s+(?:that|of|about)\b",
    re.IGNORECASE,
)


_INVERTED = re.compile(r"^(?:It )?(?:Should|Had|Were) (?:the |its |his |her )?\w+", re.IGNORECASE)


_TERMS_SET = re.compile(r"\b(?:for less than|unless|without (?:a|an|the|its|his|her)|until|before (?:it|he|she|they))\b", re.IGNORECASE)


_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red|rumou?rs?|word has it|so the story goes|said to "
    r"(?:be|have)|reported to (?:be|have)|unconfirmed)\b",
    re.IGNORECASE,
)


_TERM_OF = {
    "almost certain": "almost_certain",
    "all but": "almost_certain",
    "virtually": "almost_certain",
    "nearly": "almost_certain",
    "practically": "almost_certain",
    "next to": "almost_certain",
    "with near": "almost_certain",
    "beyond": "almost_certain",
    "as good": "almost_certain",
}


@dataclass(frozen=True)
class Judgement:
    """What a segment says of the event.

    Attributes:
        stance: The stance; DISCUSSES where it says nothing that counts.
        term: Term of certainty of a hedge; "" where the words give no band.
        hearsay: Told of nobody ("reportedly").
        speaker: Head of who says so, where somebody inside the segment does ("Russia said he perished").
        presupposed: The event is taken for granted.
    """

    stance: Stance
    term: str = "certain"
    hearsay: bool = False
    speaker: Token | None = None
    presupposed: bool = False


def _infinitive_future(node: Token) -> bool:
    """ "is to be released": an infinitive with "to" under "be"."""
    return node.dep_ == "xcomp" and node.head.lemma_ == "be" and any(child.lower_ == "to" for child in node.children)


def judge(hit: Hit, frame: ClaimFrame) -> Judgement:
    """Return what the segment around a hit says of the claim."""
    node = hit.token
    walk = Walk(negative=not hit.holds)
    if hit.noun:
        walk = _noun_start(walk, node, frame)
        if (
            not walk.done
            and node.dep_ in ("dobj", "oprd", "attr")
            and lemma_of(node.head) in LIGHT_VERBS | frame.own_words
            and lemma_of(node.head) not in ("announce", "have", "see")
        ):
            negative = walk.negative
            node = node.head
            walk = own_modality(replace(walk, negative=not hit.holds, presupposed=False), node, frame, hit)
            walk = replace(walk, negative=walk.negative or negative)
    else:
        walk = own_modality(walk, node, frame, hit)
    if _infinitive_future(node) and not (frame.is_future or frame.is_present):
        walk = discussed(walk)
    steps = 0
    while not walk.done and node.head is not node and steps < 25:
        walk = _up(walk, node, frame, hit)
        node, steps = node.head, steps + 1
    sentence = hit.token.sent.text
    if is_negated(hit.token) and _TERMS_SET.search(sentence[max(0, hit.token.idx - hit.token.sent.start_char) :]):
        return Judgement(Stance.DISCUSSES)
    if _INVERTED.search(sentence) and not sentence.startswith("It "):
        return Judgement(Stance.DISCUSSES)
    dismissed = _DISMISSED.search(sentence)
    if not walk.done and (
        _FALSE_REPORT.search(sentence) or (dismissed is not None and dismissed.start() < hit.token.idx - hit.token.sent.start_char)
    ):
        walk = replace(walk, negative=not frame.is_denial, presupposed=False, report=False, hedged=False, hearsay=False)
    if not walk.done and any(token.lower_ in CONDITIONS for token in node.children if token.dep_ in ("mark", "advmod")):
        walk = discussed(walk)
    if not walk.done or (walk.presupposed and walk.stance is None):
        walk = _phrases(walk, hit)
    return _result(walk, hit, frame)


def _noun_start(walk: Walk, noun: Token, frame: ClaimFrame) -> Walk:
    children = {child.lower_ for child in noun.children}
    if children & NO_DETERMINERS:
        return replace(walk, negative=not walk.negative)
    for child in noun.children:
        if child.lower_ in ("alleged", "supposed", "reported", "rumoured", "rumored", "purported", "apparent", "suspected", "unconfirmed"):
            return replace(
                hedged_by(walk, "likely" if child.lower_ in ("apparent", "suspected") else ""),
                hearsay=child.lower_ not in ("apparent", "suspected"),
            )
        if child.lower_ in ("possible", "potential", "feared", "presumed", "likely", "probable"):
            return hedged_by(walk, "even_chance")
        if child.lower_ in (
            "attempted",
            "planned",
            "threatened",
            "imminent",
            "future",
            "eventual",
            "hypothetical",
            "expected",
            "proposed",
            "foiled",
        ):
            return discussed(walk)
    if children & {"any", "another", "next", "earlier", "previous", "former"}:
        return discussed(walk)
    owned = bool(children & {"the", "this", "that", "its", "his", "her", "their"}) or any(
        child.dep_ in ("poss", "compound") or child.lower_ == "of" for child in noun.children
    )
    return replace(walk, presupposed=owned and not children & {"a", "an"})


def _up(walk: Walk, child: Token, frame: ClaimFrame, hit: Hit) -> Walk:
    """Apply what the head of ``child`` does to it."""
    node, dep = child.head, child.dep_
    marks = {token.lower_ for token in child.children if token.dep_ in ("mark", "advmod")}
    if dep in ("advcl", "ccomp", "acl", "dep", "parataxis", "xcomp", "conj") and marks & CONDITIONS:
        return _whether(walk, node, marks)
    if dep == "advcl":
        if marks & _BEFORE:
            return discussed(walk)
        return (
            replace(walk, presupposed=True, done=True)
            if marks & {"after", "when", "since", "because", "as", "once", "while", "although", "though"}
            else discussed(walk)
            if any(token.lower_ == "to" for token in child.children)
            else replace(walk, done=True)
        )
    if dep == "relcl" and lemma_of(node) in ("probability", "likelihood", "chance", "possibility"):
        return under_noun(walk, node, child)
    if dep == "relcl" and lemma_of(node) in REPORT_NOUN | HEARSAY_NOUN and any(token.lower_ == "that" for token in child.children):
        return under_noun(walk, node, child)
    if dep == "relcl":
        return replace(walk, presupposed=True, done=True) if walk.negative == frame.is_denial else discussed(walk)
    if dep == "conj":
        return walk
    if dep in ("aux", "auxpass", "acomp", "attr", "oprd") and node.lemma_ == "be":
        return _governed(walk, node, child, frame, hit, copula=True)
    return _governed(walk, node, child, frame, hit)


def _whether(walk: Walk, node: Token, marks: set[str]) -> Walk:
    lemma = lemma_of(node)
    uncertain = is_negated(node) or lemma_of(node) in ("unclear", "unknown", "uncertain", "unsure")
    clear = lemma in CLEAR | CONFIRM | KNOW | {"unclear", "unknown", "uncertain", "unsure", "say", "tell", "be"}
    about = any(lemma_of(child) in CLEAR | {"unclear", "unknown", "uncertain", "unsure"} for child in node.children)
    if "whether" in marks or ("if" in marks and clear):
        if lemma == "say":
            return replace(walk, stance=Stance.CANNOT_CONFIRM if is_unable(node) else Stance.DISCUSSES, speaker=speaker_of(node), done=True)
        if (uncertain and clear) or (about and (is_negated(node) or any(lemma_of(child).startswith("un") for child in node.children))):
            return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker_of(node), done=True)
        if lemma in DOUBT:
            return replace(walk, stance=Stance.DOUBTS, speaker=speaker_of(node), done=True)
    return discussed(walk)


def _governed(walk: Walk, node: Token, child: Token, frame: ClaimFrame, hit: Hit, *, copula: bool = False) -> Walk:
    lemma, pos = lemma_of(node), node.pos_
    if pos in ("NOUN", "PROPN", "PRON"):
        return under_noun(walk, node, child, is_future=frame.is_future)
    if pos == "ADP":
        return (
            discussed(walk)
            if node.lower_ in ("without", "despite", "against", "instead", "than", "over", "until", "before")
            and child.dep_ in ("pobj", "pcomp")
            and node.lower_ not in ("over", "despite")
            else walk
        )
    if pos == "ADJ":
        return under_adjective(walk, node, child)
    if pos not in ("VERB", "AUX"):
        return walk
    if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return as_subject(walk, node, frame, hit)
    if copula or (child.dep_ in ("acomp", "attr") and lemma == "be"):
        return walk
    return under_verb(walk, node, child, frame, hit)


def _phrases(walk: Walk, hit: Hit) -> Walk:
    """Hedges that stand anywhere in the segment: percentages, "in all likelihood"."""
    text = hit.token.sent.text
    percent = PERCENT.search(text)
    if percent is not None:
        value = int(next(filter(None, percent.groups()))) / 100
        bands = (
            ("almost_certain", 0.95),
            ("very_likely", 0.80),
            ("likely", 0.55),
            ("even_chance", 0.45),
            ("unlikely", 0.20),
            ("very_unlikely", 0.05),
        )
        return replace(walk, hedged=True, term=next((term for term, low in bands if value >= low), "remote"))
    strong = _STRONG.search(text)
    if strong is not None:
        start = strong.group().lower()
        term = next((term for prefix, term in _TERM_OF.items() if start.startswith(prefix)), "very_likely")
        return replace(walk, hedged=True, term=term)
    return walk


def _result(walk: Walk, hit: Hit, frame: ClaimFrame) -> Judgement:
    if walk.stance is not None:
        return Judgement(walk.stance, speaker=walk.speaker)
    if walk.report and not walk.hearsay:
        return Judgement(Stance.DISCUSSES, speaker=walk.speaker)
    negative = walk.negative != frame.is_denial
    if walk.hedged and negative:
        return Judgement(Stance.DOUBTS, walk.term, walk.hearsay, walk.speaker)
    if negative:
        return Judgement(Stance.DENIES, "certain", walk.hearsay, walk.speaker)
    if walk.hedged:
        return Judgement(Stance.HEDGES, walk.term, walk.hearsay, walk.speaker)
    return Judgement(Stance.ASSERTS, "certain", walk.hearsay, walk.speaker, walk.presupposed)
