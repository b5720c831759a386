"""How surely, and whether at all, a segment says that an event happened: negation, hedges, denials, conditions, on the way from the event word up."""

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import LIGHT_VERBS, Hit, subject_of
from services.classifier.domain.reading.cues import (
    ALMOST, ATTEMPT, BELIEF_TERM, CONFIRM, DENY, DOUBT, DOUBT_ADJ, FAIL, FALSE_ADJ, FALSE_NOUN, HEARSAY_ADVERBS, HEARSAY_NOUN, HEDGE_ADJ, HEDGE_ADVERBS,
    HEDGE_MODALS, INVESTIGATE, KNOW, NEUTRAL_SAY, RAISING, REPORT_NOUN, STRONG_MODIFIER, TRUE_ADJ, WEAK_BELIEF,
)

_NEGATIONS = frozenset("not n't never no neither nor hardly scarcely barely".split())
_NO_DETERMINERS = frozenset("no neither none".split())
_NOBODY = frozenset("nobody none no-one noone nothing neither".split())
_PROSPECTS = frozenset("threat risk possibility chance danger prospect plan call attempt demand bid likelihood hope request proposal talk preparation fear offer effort condition case event question order warrant anniversary eve".split())
_PROOFS = frozenset("evidence indication proof information confirmation word record knowledge report details detail nothing intelligence".split())
_TRACES = frozenset("sign trace truth question hint".split())
_WORDY = frozenset("comment say answer discuss confirm disclose tell speak reveal deny elaborate respond reply talk".split())
_CLEAR = frozenset("clear certain sure known obvious evident aware able possible".split())
_CONDITIONS = frozenset("if unless should provided lest supposing whether".split())
_BEFORE = frozenset("before until unless".split())
_PERCENT = re.compile(r"(?:probability|likelihood|chance)\b[^.;]{0,60}?\b(?:at|of|as|is|was) (?:about |around |some )?(\d{1,3})(?:\.\d+)? ?(?:%|per ?cent)|(\d{1,3})(?:\.\d+)? ?(?:%|per ?cent)\s+(?:(?:sure|certain|confident|likely|likelihood|probability|chance|probable)\b)|(?:probability|likelihood|chance|odds|confidence)\s+(?:of|at|is|was|to be)?\s*(?:about|around|some|over|more than|at least)?\s*(\d{1,3})(?:\.\d+)? ?(?:%|per ?cent)", re.IGNORECASE)
_STRONG = re.compile(r"\b(?:almost certain(?:ly)?|all but certain(?:ly)?|virtually certain|nearly certain|practically certain|next to certain|(?:very|highly|most|extremely|overwhelmingly) (?:likely|probabl[ey]|confident)|in all likelihood|in all probability|with near certainty|beyond reasonable doubt|high(?:ly)? (?:degree of )?(?:confidence|probability|likelihood)|little doubt|hardly any doubt|as good as (?:certain|sure))\b", re.IGNORECASE)
_WEAK_PHRASE = re.compile(r"\b(?:is understood to|are understood to|are believed to|is believed to|it seems|it appears|by all appearances|by the look of it|in his view likely|odds are|chances are|looks? (?:as if|as though|like)|as it seems|as far as (?:we|I) know|if (?:the )?reports are (?:true|right|correct)|said to (?:be|have)|thought to (?:be|have)|believed to (?:be|have)|rumou?red to (?:be|have)|reported to (?:be|have)|presumed)\b", re.IGNORECASE)
_FALSE_REPORT = re.compile(r"\b(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|suggestions?|allegations?|news|talk|posts?) (?:of|that|about|saying) [^.;:]{3,140}? (?:is|are|was|were) (?:\w+ ){0,2}?(?:false|untrue|not true|wrong|fake|fabricated|nonsense|baseless|unfounded|incorrect|a lie|lies|a hoax|invented)\b", re.IGNORECASE)
_DISMISSED = re.compile(r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rebut(?:s|ted)?|refut(?:es|ed)|disput(?:es|ed))\s+(?:as \w+ )?(?:\w+ ){0,3}?(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|suggestions?|allegations?|talk|speculation|news)\s+(?:that|of|about)\b", re.IGNORECASE)
_INVERTED = re.compile(r"^(?:It )?(?:Should|Had|Were) (?:the |its |his |her )?\w+", re.IGNORECASE)
_TERMS_SET = re.compile(r"\b(?:for less than|unless|without (?:a|an|the|its|his|her)|until|before (?:it|he|she|they))\b", re.IGNORECASE)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red|rumou?rs?|word has it|so the story goes|said to (?:be|have)|reported to (?:be|have)|unconfirmed)\b", re.IGNORECASE)
_TERM_OF = {"almost certain": "almost_certain", "all but": "almost_certain", "virtually": "almost_certain", "nearly": "almost_certain", "practically": "almost_certain", "next to": "almost_certain",
            "with near": "almost_certain", "beyond": "almost_certain", "as good": "almost_certain"}


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


@dataclass(frozen=True)
class _Walk:
    negative: bool = False
    term: str = "certain"
    hedged: bool = False
    hearsay: bool = False
    stance: Stance | None = None
    speaker: Token | None = None
    presupposed: bool = False
    done: bool = False
    report: bool = False


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _has_not(node: Token, skip: Token | None = None) -> bool:
    """Tell whether the node itself is negated, ``skip`` apart; two negations make none."""
    count = 0
    for child in node.children:
        lowered = child.lower_
        if child == skip:
            continue
        if child.dep_ == "neg" or lowered in ("never", "hardly", "scarcely", "barely", "nowhere", "n't") and child.dep_ in ("advmod", "neg"):
            count += 0 if lowered == "not" and _next_lower(child) in ("only", "just") else 1
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and (lowered in _NOBODY or any(grand.lower_ in _NO_DETERMINERS for grand in child.children)):
            count += 1
        if child.dep_ == "preconj" and lowered == "neither":
            count += 1
        if child.dep_ == "advmod" and lowered == "longer" and any(grand.lower_ == "no" for grand in child.children):
            count += 1
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.lemma_ == "be":
        return _has_not(node.head) != bool(count % 2)
    return bool(count % 2)


def _next_lower(token: Token) -> str:
    return token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""


def _auxiliaries(node: Token) -> list[Token]:
    found = [child for child in node.children if child.dep_ in ("aux", "auxpass")]
    if node.dep_ in ("acomp", "attr", "oprd", "prep", "advmod") and node.head.pos_ in ("AUX", "VERB"):
        found += [node.head, *_auxiliaries(node.head)]
    if node.dep_ == "conj" and not found and not any(child.dep_ in ("nsubj", "nsubjpass") for child in node.children):
        found += _auxiliaries(node.head)
    return found


def _adverbs(node: Token) -> list[Token]:
    found = [child for child in node.children if child.dep_ in ("advmod", "npadvmod")]
    if node.dep_ in ("acomp", "attr", "oprd", "prep") and node.head.pos_ in ("AUX", "VERB"):
        found += [child for child in node.head.children if child.dep_ == "advmod"]
    return found


def _modified(token: Token, term: str) -> str:
    """Return the term with what strengthens it: "very likely", "almost certain"."""
    words = {child.lower_ for child in token.children} | ({token.nbor(-1).lower_} if token.i else set())
    if words & STRONG_MODIFIER and term in ("likely", "even_chance"):
        return "very_likely"
    if words & ALMOST and term == "certain" or term == "certain" and words & {"but"} and token.i > 1 and token.nbor(-2).lower_ == "all":
        return "almost_certain"
    return term


def _weaker(one: str, other: str) -> str:
    order = ("", "remote", "very_unlikely", "unlikely", "even_chance", "likely", "very_likely", "almost_certain", "certain")
    return min(one, other, key=order.index)


def _hedge(walk: _Walk, term: str) -> _Walk:
    return replace(walk, hedged=True, term=_weaker(walk.term, term)) if term != "certain" else walk


def _discuss(walk: _Walk) -> _Walk:
    return replace(walk, stance=walk.stance or Stance.DISCUSSES, done=True)


def _own_modality(walk: _Walk, node: Token, frame: ClaimFrame, hit: Hit) -> _Walk:
    """Negation, modals and adverbs of the event's own clause."""
    auxiliaries = {token.lower_ for token in _auxiliaries(node)}
    perfect = bool(auxiliaries & {"have", "been"}) or "be" in auxiliaries and frame.is_state
    adverbs = {token.lower_ for token in _adverbs(node)}
    if _has_not(node):
        ended = {"longer", "anymore"} & adverbs
        if ended and not frame.is_state and not frame.is_present:
            return _discuss(walk)
        walk = replace(walk, negative=not walk.negative)
    if adverbs & {"almost", "nearly", "narrowly"} and not frame.threshold:
        return _discuss(walk)
    if adverbs & {"soon", "shortly", "tomorrow"} and not frame.is_future and not frame.is_present:
        return _discuss(walk)
    if auxiliaries & {"will", "shall", "'ll", "wo"} and not (frame.is_future or frame.is_present and not frame.is_state) and not walk.negative:
        return _discuss(walk)
    if auxiliaries & {"would", "should", "'d"} and "had" not in auxiliaries and not (frame.is_future and "would" in auxiliaries):
        return _discuss(walk)
    if "must" in auxiliaries:
        return _hedge(walk, "very_likely") if perfect else _discuss(walk)
    if auxiliaries & {"may", "might", "could"}:
        if not perfect and not frame.is_future and not frame.is_state and not frame.threshold:
            return _discuss(walk)
        return _hedge(walk, "even_chance")
    if "can" in auxiliaries and not walk.negative:
        return _discuss(walk)
    return _adverbial(walk, node)


def _adverbial(walk: _Walk, node: Token) -> _Walk:
    for adverb in _adverbs(node):
        lowered = adverb.lower_
        if lowered in HEARSAY_ADVERBS:
            walk = replace(_hedge(walk, ""), hearsay=True)
        elif lowered in HEDGE_ADVERBS:
            walk = _hedge(walk, _modified(adverb, HEDGE_ADVERBS[lowered]))
        elif lowered == "certainly" and any(child.lower_ in ALMOST for child in adverb.children):
            walk = _hedge(walk, "almost_certain")
    return walk


def _infinitive_future(node: Token) -> bool:
    """"is to be released": an infinitive with "to" under "be"."""
    return node.dep_ == "xcomp" and node.head.lemma_ == "be" and any(child.lower_ == "to" for child in node.children)


def judge(hit: Hit, frame: ClaimFrame) -> Judgement:
    """Return what the segment around a hit says of the claim."""
    node = hit.token
    walk = _Walk(negative=not hit.holds)
    if hit.noun:
        walk = _noun_start(walk, node, frame)
        if not walk.done and node.dep_ in ("dobj", "oprd", "attr") and _lemma(node.head) in LIGHT_VERBS | frame.own_words and _lemma(node.head) not in ("announce", "have", "see"):
            negative = walk.negative
            node = node.head
            walk = _own_modality(replace(walk, negative=not hit.holds, presupposed=False), node, frame, hit)
            walk = replace(walk, negative=walk.negative or negative)
    else:
        walk = _own_modality(walk, node, frame, hit)
    if _infinitive_future(node) and not (frame.is_future or frame.is_present):
        walk = _discuss(walk)
    steps = 0
    while not walk.done and node.head is not node and steps < 25:
        walk = _up(walk, node, frame, hit)
        node, steps = node.head, steps + 1
    sentence = hit.token.sent.text
    if _has_not(hit.token) and _TERMS_SET.search(sentence[max(0, hit.token.idx - hit.token.sent.start_char) :]):
        return Judgement(Stance.DISCUSSES)
    if _INVERTED.search(sentence) and not sentence.startswith("It "):
        return Judgement(Stance.DISCUSSES)
    dismissed = _DISMISSED.search(sentence)
    if not walk.done and (_FALSE_REPORT.search(sentence) or dismissed is not None and dismissed.start() < hit.token.idx - hit.token.sent.start_char):
        walk = replace(walk, negative=not frame.is_denial, presupposed=False, report=False, hedged=False, hearsay=False)
    if not walk.done and any(token.lower_ in _CONDITIONS for token in node.children if token.dep_ in ("mark", "advmod")):
        walk = _discuss(walk)
    if not walk.done or walk.presupposed and walk.stance is None:
        walk = _phrases(walk, hit)
    return _result(walk, hit, frame)


def _noun_start(walk: _Walk, noun: Token, frame: ClaimFrame) -> _Walk:
    children = {child.lower_ for child in noun.children}
    if children & _NO_DETERMINERS:
        return replace(walk, negative=not walk.negative)
    for child in noun.children:
        if child.lower_ in ("alleged", "supposed", "reported", "rumoured", "rumored", "purported", "apparent", "suspected", "unconfirmed"):
            return replace(_hedge(walk, "likely" if child.lower_ in ("apparent", "suspected") else ""), hearsay=child.lower_ not in ("apparent", "suspected"))
        if child.lower_ in ("possible", "potential", "feared", "presumed", "likely", "probable"):
            return _hedge(walk, "even_chance")
        if child.lower_ in ("attempted", "planned", "threatened", "imminent", "future", "eventual", "hypothetical", "expected", "proposed", "foiled"):
            return _discuss(walk)
    if children & {"any", "another", "next", "earlier", "previous", "former"}:
        return _discuss(walk)
    owned = bool(children & {"the", "this", "that", "its", "his", "her", "their"}) or any(child.dep_ in ("poss", "compound") or child.lower_ == "of" for child in noun.children)
    return replace(walk, presupposed=owned and not children & {"a", "an"})


def _up(walk: _Walk, child: Token, frame: ClaimFrame, hit: Hit) -> _Walk:
    """Apply what the head of ``child`` does to it."""
    node, dep = child.head, child.dep_
    marks = {token.lower_ for token in child.children if token.dep_ in ("mark", "advmod")}
    if dep in ("advcl", "ccomp", "acl", "dep", "parataxis", "xcomp", "conj") and marks & _CONDITIONS:
        return _whether(walk, node, marks)
    if dep == "advcl":
        if marks & _BEFORE:
            return _discuss(walk)
        return replace(walk, presupposed=True, done=True) if marks & {"after", "when", "since", "because", "as", "once", "while", "although", "though"} else _discuss(walk) if any(token.lower_ == "to" for token in child.children) else replace(walk, done=True)
    if dep == "relcl" and _lemma(node) in ("probability", "likelihood", "chance", "possibility"):
        return _under_noun(walk, node, child)
    if dep == "relcl" and _lemma(node) in REPORT_NOUN | HEARSAY_NOUN and any(token.lower_ == "that" for token in child.children):
        return _under_noun(walk, node, child)
    if dep == "relcl":
        return replace(walk, presupposed=True, done=True) if walk.negative == frame.is_denial else _discuss(walk)
    if dep == "conj":
        return walk
    if dep in ("aux", "auxpass", "acomp", "attr", "oprd") and node.lemma_ == "be":
        return _governed(walk, node, child, frame, hit, copula=True)
    return _governed(walk, node, child, frame, hit)


def _whether(walk: _Walk, node: Token, marks: set[str]) -> _Walk:
    lemma = _lemma(node)
    uncertain = _has_not(node) or _lemma(node) in ("unclear", "unknown", "uncertain", "unsure")
    clear = lemma in _CLEAR | CONFIRM | KNOW | {"unclear", "unknown", "uncertain", "unsure", "say", "tell", "be"}
    about = any(_lemma(child) in _CLEAR | {"unclear", "unknown", "uncertain", "unsure"} for child in node.children)
    if "whether" in marks or "if" in marks and clear:
        if lemma == "say":
            return replace(walk, stance=Stance.CANNOT_CONFIRM if _cannot(node) else Stance.DISCUSSES, speaker=_speaker_of(node), done=True)
        if uncertain and clear or about and (_has_not(node) or any(_lemma(child).startswith("un") for child in node.children)):
            return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=_speaker_of(node), done=True)
        if lemma in DOUBT:
            return replace(walk, stance=Stance.DOUBTS, speaker=_speaker_of(node), done=True)
    return _discuss(walk)


def _cannot(node: Token) -> bool:
    auxiliaries = {token.lower_ for token in _auxiliaries(node)}
    head = node.head
    unable = node.dep_ == "xcomp" and _lemma(head) in ("able", "unable", "position", "yet", "be") and (_lemma(head) == "unable" or _has_not(head))
    return _has_not(node) and bool(auxiliaries & {"can", "could", "ca"}) or unable


def _speaker_of(node: Token) -> Token | None:
    """Return who does the saying, if a name or a noun is given; pronouns are the segment's own speaker."""
    heads = subject_of(node)
    if heads and heads[0].pos_ in ("NOUN", "PROPN") and heads[0].lower_ not in REPORT_NOUN:
        return heads[0]
    return None


def _governed(walk: _Walk, node: Token, child: Token, frame: ClaimFrame, hit: Hit, *, copula: bool = False) -> _Walk:
    lemma, pos = _lemma(node), node.pos_
    if pos in ("NOUN", "PROPN", "PRON"):
        return _under_noun(walk, node, child, is_future=frame.is_future)
    if pos == "ADP":
        return _discuss(walk) if node.lower_ in ("without", "despite", "against", "instead", "than", "over", "until", "before") and child.dep_ in ("pobj", "pcomp") and node.lower_ not in ("over", "despite") else walk
    if pos == "ADJ":
        return _under_adjective(walk, node, child)
    if pos not in ("VERB", "AUX"):
        return walk
    if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return _as_subject(walk, node, frame, hit)
    if copula or child.dep_ in ("acomp", "attr") and lemma == "be":
        return walk
    return _under_verb(walk, node, child, frame, hit)


def _under_verb(walk: _Walk, node: Token, child: Token, frame: ClaimFrame, hit: Hit) -> _Walk:
    lemma, negated = _lemma(node), _has_not(node, child)
    passive = any(token.dep_ == "auxpass" for token in node.children)
    auxiliaries = {token.lower_ for token in _auxiliaries(node)}
    if node.tag_ == "VB" and lemma in (NEUTRAL_SAY | KNOW) - CONFIRM and any(token.lower_ == "to" for token in node.children):
        return walk
    if child.dep_ == "prep" and lemma in ("be", "go", "remain", "stay") and negated and not walk.presupposed:
        return replace(walk, negative=not walk.negative)
    if child.dep_ in ("prep", "advmod", "agent", "npadvmod") and lemma not in NEUTRAL_SAY | DENY | CONFIRM | KNOW | DOUBT | {"speak", "talk"}:
        return _occurrence(walk, node, frame, hit, negated)
    if lemma in CONFIRM or lemma in ("corroborate", "verify"):
        return _confirming(walk, node, negated, auxiliaries)
    if lemma in DENY or lemma == "rule" and any(token.lower_ == "out" for token in node.children):
        return _denying(walk, node, negated, auxiliaries)
    if lemma in DOUBT:
        return replace(walk, stance=Stance.DISCUSSES if negated else Stance.DOUBTS, speaker=_speaker_of(node), done=True)
    if passive and lemma in RAISING and child.dep_ in ("xcomp", "ccomp"):
        hearsay = lemma in ("report", "rumour", "rumor", "say", "allege")
        if negated and lemma == "know":
            return replace(walk, stance=Stance.CANNOT_CONFIRM, done=True)
        return walk if lemma == "know" else replace(_hedge(_adverbial(walk, node), "" if hearsay else "likely"), hearsay=walk.hearsay or hearsay)
    if lemma in ("appear", "seem", "look") and child.dep_ in ("xcomp", "ccomp", "oprd", "acomp", "advcl"):
        walk = replace(walk, negative=walk.negative != negated)
        return _hedge(walk, "likely")
    if lemma in WEAK_BELIEF and child.dep_ in ("ccomp", "xcomp", "dobj", "acl", "oprd"):
        return _believing(walk, node, child, negated, lemma, frame)
    if lemma in KNOW and child.dep_ in ("ccomp", "dobj", "xcomp", "prep", "oprd", "acl"):
        if negated and lemma in ("know", "learn", "hear", "see"):
            return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=_speaker_of(node), done=True)
        if negated and lemma in ("find", "detect", "discover", "measure", "observe", "notice"):
            return replace(walk, negative=not walk.negative, speaker=walk.speaker or _speaker_of(node), presupposed=False)
        return replace(_adverbial(walk, node), speaker=walk.speaker or _speaker_of(node), done=walk.done)
    if lemma in ("decline", "refuse") and _lemma(child) in _WORDY:
        return _discuss(walk)
    if lemma in FAIL and child.dep_ in ("xcomp", "pcomp", "dobj"):
        if child.dep_ != "xcomp":
            return _discuss(walk)
        return replace(walk, negative=not walk.negative)
    if lemma in NEUTRAL_SAY and child.dep_ in ("ccomp", "dobj", "prep", "acl", "xcomp", "oprd"):
        return _saying(walk, node, child, negated, auxiliaries)
    if lemma == "agree" and child.dep_ == "xcomp" and (frame.family in ("acquisition", "agreement", "transfer", "truce", "sale") or frame.is_future):
        return _own_modality(walk, node, frame, hit)
    if frame.is_future and lemma in ("discuss", "consider", "negotiate", "weigh", "explore", "mull", "prepare", "ponder"):
        return _hedge(walk, "")
    if lemma in ATTEMPT and lemma not in frame.own_words and child.dep_ in ("xcomp", "ccomp", "dobj", "prep", "acl"):
        if frame.is_future and lemma in ("plan", "intend", "vow", "promise", "pledge", "decide", "agree", "propose"):
            return walk
        return _discuss(walk)
    if lemma in INVESTIGATE and child.dep_ in ("ccomp", "dobj", "xcomp", "prep"):
        return _discuss(walk)
    if child.dep_ == "dobj":
        return _occurrence(walk, node, frame, hit, negated)
    if auxiliaries & {"would", "should", "might", "may", "could", "will"} and child.dep_ in ("dobj", "xcomp", "prep") and hit.noun:
        return _discuss(walk)
    return replace(walk, negative=walk.negative != (negated and child.dep_ in ("xcomp", "ccomp")))


def _believing(walk: _Walk, node: Token, child: Token, negated: bool, lemma: str, frame: ClaimFrame) -> _Walk:
    if lemma == "consider" and child.dep_ in ("xcomp", "dobj"):
        return _hedge(walk, "") if frame.is_future else _discuss(walk)
    if lemma in ("hope", "expect", "fear") and child.dep_ in ("xcomp", "dobj") and not frame.is_future:
        return _discuss(walk)
    if negated:
        return replace(walk, stance=Stance.DOUBTS, speaker=_speaker_of(node), done=True)
    term = BELIEF_TERM.get(lemma, "likely")
    if {token.lower_ for token in node.children} & {"strongly", "firmly"}:
        term = "very_likely"
    return replace(_hedge(walk, term), speaker=walk.speaker or _speaker_of(node))


def _occurrence(walk: _Walk, node: Token, frame: ClaimFrame, hit: Hit, negated: bool) -> _Walk:
    """A noun of event under a verb: "there was no leak", "announced the arrest", "carried out the killing"."""
    auxiliaries = {token.lower_ for token in _auxiliaries(node)}
    if hit.noun and auxiliaries & {"would", "should", "will", "may", "might", "could", "can"}:
        return _discuss(walk) if auxiliaries & {"would", "should", "will", "can"} else _hedge(walk, "even_chance")
    if hit.noun and negated and not walk.presupposed:
        return replace(walk, negative=not walk.negative)
    if hit.noun and _lemma(node) in ("be", "have") and negated and not walk.negative:
        return replace(walk, negative=True)
    return walk


def _as_subject(walk: _Walk, node: Token, frame: ClaimFrame, hit: Hit) -> _Walk:
    """The event, or the report of it, is the subject of a verb: "took place", "is false", "was confirmed"."""
    lemma, negated = _lemma(node), _has_not(node)
    auxiliaries = {token.lower_ for token in _auxiliaries(node)}
    complements = [token for token in node.children if token.dep_ in ("acomp", "attr", "oprd", "xcomp")]
    if lemma in ("be", "prove", "turn", "seem", "appear", "look", "remain") and complements:
        for token in complements:
            said = _verdict(walk, token, negated)
            if said is not None:
                return said
    if lemma in DENY:
        return replace(walk, stance=Stance.DISCUSSES if negated else None, negative=True, speaker=_agent(node), presupposed=False, report=False)
    if lemma in CONFIRM:
        return _confirming(walk, node, negated, auxiliaries, passive=True)
    if auxiliaries & {"would", "should", "will", "'d"} and not (frame.is_future and "will" in auxiliaries):
        return _discuss(walk)
    if auxiliaries & {"may", "might", "could"}:
        walk = _hedge(walk, "even_chance")
    if lemma in ("happen", "occur", "take", "exist") and negated:
        return replace(walk, negative=True)
    if any(token.dep_ == "auxpass" for token in node.children) and lemma in RAISING | NEUTRAL_SAY:
        if lemma in ("announce", "report", "confirm", "declare", "make") and not walk.report:
            return replace(walk, negative=walk.negative or negated and not walk.presupposed)
        return replace(_hedge(walk, "likely"), hearsay=lemma in ("report", "rumour", "rumor"))
    if lemma in ("end", "lift", "expire", "lapse", "finish") and hit.noun:
        return replace(walk, negative=not negated) if frame.is_state else _discuss(walk)
    if not walk.presupposed and negated:
        return replace(walk, negative=True)
    return walk


def _verdict(walk: _Walk, token: Token, negated: bool) -> _Walk | None:
    lemma = _lemma(token)
    if lemma in FALSE_ADJ | FALSE_NOUN:
        return replace(walk, negative=not negated, presupposed=False, report=False)
    if lemma in TRUE_ADJ and lemma not in ("clear", "official"):
        return replace(walk, negative=walk.negative != negated, report=False)
    if lemma in DOUBT_ADJ:
        return replace(walk, stance=Stance.DOUBTS, done=True)
    if lemma in HEDGE_ADJ:
        return _hedge(walk, _modified(token, HEDGE_ADJ[lemma]))
    return None


def _agent(node: Token) -> Token | None:
    for child in node.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _confirming(walk: _Walk, node: Token, negated: bool, auxiliaries: set[str], *, passive: bool = False) -> _Walk:
    head = node.head
    upper = _lemma(head) if node.dep_ in ("xcomp", "ccomp", "acl", "relcl", "advcl", "conj") else ""
    speaker = _agent(node) if passive else _speaker_of(node)
    if upper in ("decline", "refuse") or any(_lemma(token) in ("decline", "refuse") for token in (head, head.head)):
        return _discuss(walk)
    nothing = any(child.lower_ in _NO_DETERMINERS | {"nothing", "unable", "yet", "without"} for child in (*head.children, head)) and node.dep_ in ("acl", "relcl", "xcomp", "ccomp", "advcl")
    unable = upper in ("unable", "fail", "try", "seek", "wait", "yet", "hope") or upper == "able" and _has_not(head) or upper in ("position",) and _has_not(head.head) or upper == "be" and any(child.lower_ == "yet" for child in head.children)
    deeper = node.dep_ in ("ccomp", "xcomp", "relcl", "acl") and any(_lemma(token) in ("nothing", "information", "evidence") and (token.lower_ == "nothing" or any(child.lower_ == "no" for child in token.children)) for token in node.ancestors)
    if negated or nothing or unable or deeper:
        if auxiliaries & {"will", "would"} and negated and not passive:
            return _discuss(walk)
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=speaker, done=True)
    if auxiliaries & {"would", "could", "may", "might", "must", "should", "can"} or node.dep_ == "advcl":
        return _discuss(walk)
    if passive:
        return walk if speaker is None else replace(walk, speaker=speaker, report=False)
    return replace(walk, speaker=walk.speaker or speaker, report=False)


def _denying(walk: _Walk, node: Token, negated: bool, auxiliaries: set[str]) -> _Walk:
    if negated or auxiliaries & {"would", "should", "may", "might", "could"} or _lemma(node.head) in ("decline", "refuse"):
        return _discuss(walk)
    return replace(walk, negative=not walk.negative, speaker=_speaker_of(node), presupposed=False, report=False, hedged=False, term="certain", hearsay=False)


def _saying(walk: _Walk, node: Token, child: Token, negated: bool, auxiliaries: set[str]) -> _Walk:
    if negated:
        cannot = bool(auxiliaries & {"can", "could", "ca"}) and _lemma(node) in ("say", "tell")
        return replace(walk, stance=Stance.CANNOT_CONFIRM if cannot else Stance.DISCUSSES, done=True)
    if auxiliaries & {"would", "will", "should", "may", "might", "could"}:
        return _discuss(walk)
    if node.tag_ == "VB" and any(token.lower_ == "to" for token in node.children):
        return walk
    past = any(token.dep_ == "aux" and token.lower_ in ("had", "'d") for token in node.children)
    if _lemma(node) == "claim" or _lemma(node) == "allege":
        walk = replace(walk, presupposed=False)
    if node.dep_ in ("relcl", "advcl") and _speaker_of(node) is not None or past and _speaker_of(node) is not None:
        return _discuss(walk)
    walk = _adverbial(walk, node)
    return replace(walk, speaker=_speaker_of(node) or walk.speaker if walk.speaker is None else walk.speaker, presupposed=walk.presupposed and child.dep_ != "ccomp")


def _under_noun(walk: _Walk, node: Token, child: Token, *, is_future: bool = False) -> _Walk:
    lemma = _lemma(node)
    children = {token.lower_ for token in node.children}
    if child.dep_ in ("conj", "compound", "poss", "nmod", "appos", "amod"):
        return walk
    if lemma in _TRACES and children & {"no", "without"} or lemma == "truth":
        return replace(walk, negative=not walk.negative, presupposed=False)
    if lemma in _PROOFS and (children & {"no", "any", "little"} or lemma == "nothing"):
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=_speaker_of(node.head), done=True)
    if lemma in ("doubt", "scepticism", "skepticism", "question") and child.dep_ in ("acl", "prep", "ccomp", "relcl"):
        if children & {"no", "little"}:
            return _hedge(walk, "very_likely") if "little" in children else walk
        return replace(walk, stance=Stance.DOUBTS if lemma != "question" else Stance.DISCUSSES, speaker=_speaker_of(node.head), done=True)
    if lemma in HEARSAY_NOUN:
        return replace(_hedge(walk, ""), hearsay=True, report=True, presupposed=False)
    if lemma in REPORT_NOUN and child.dep_ in ("acl", "relcl", "prep", "ccomp", "appos") :
        return replace(walk, report=True, presupposed=False)
    if lemma in ("probability", "likelihood", "chance", "possibility") and _PERCENT.search(node.doc.text):
        # the percentage itself is read once the walk is over
        return replace(walk, presupposed=False, speaker=walk.speaker or _speaker_of(node.head))
    if is_future and lemma in ("plan", "decision", "preparation", "intention"):
        return walk
    if lemma in _PROSPECTS and child.dep_ in ("prep", "acl", "relcl", "ccomp"):
        return _discuss(walk)
    return walk


def _under_adjective(walk: _Walk, node: Token, child: Token) -> _Walk:
    lemma, negated = _lemma(node), _has_not(node)
    if lemma in FALSE_ADJ:
        return replace(walk, negative=not negated, presupposed=False, report=False)
    if lemma in DOUBT_ADJ:
        return replace(walk, stance=Stance.DISCUSSES if negated else Stance.DOUBTS, speaker=_speaker_of(node), done=True)
    if lemma in ("unclear", "unknown", "uncertain", "unsure", "unaware") or negated and lemma in ("clear", "certain", "sure", "aware", "known"):
        return replace(walk, stance=Stance.CANNOT_CONFIRM, speaker=_speaker_of(node), done=True)
    if lemma in TRUE_ADJ and negated:
        return replace(walk, negative=not walk.negative)
    if lemma in ("ready", "due", "able", "willing", "set", "eager", "keen", "afraid", "impossible"):
        return _discuss(walk)
    if lemma in HEDGE_ADJ:
        if negated:
            return replace(walk, stance=Stance.DOUBTS, speaker=_speaker_of(node), done=True)
        return replace(_hedge(walk, _modified(node, HEDGE_ADJ[lemma])), speaker=walk.speaker or _speaker_of(node))
    return walk


def _phrases(walk: _Walk, hit: Hit) -> _Walk:
    """Hedges that stand anywhere in the segment: percentages, "in all likelihood"."""
    text = hit.token.sent.text
    percent = _PERCENT.search(text)
    if percent is not None:
        value = int(next(filter(None, percent.groups()))) / 100
        bands = (("almost_certain", 0.95), ("very_likely", 0.80), ("likely", 0.55), ("even_chance", 0.45), ("unlikely", 0.20), ("very_unlikely", 0.05))
        return replace(walk, hedged=True, term=next((term for term, low in bands if value >= low), "remote"))
    strong = _STRONG.search(text)
    if strong is not None:
        start = strong.group().lower()
        term = next((term for prefix, term in _TERM_OF.items() if start.startswith(prefix)), "very_likely")
        return replace(walk, hedged=True, term=term)
    return walk


def _result(walk: _Walk, hit: Hit, frame: ClaimFrame) -> Judgement:
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
