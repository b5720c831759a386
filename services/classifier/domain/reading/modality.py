"""How surely a segment says that an event happened: negation, hedges, denials, conditions, from the event word up."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.chances import given_chance, strong_phrase
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import LIGHT_VERBS, Hit
from services.classifier.domain.reading.cues import CONFIRM, DENY, DOUBT, FALSE_NOUN, HEARSAY_NOUN, KNOW, REPORT_NOUN
from services.classifier.domain.reading.factuality import factuality
from services.classifier.domain.reading.governing_nouns import judging_adjective, under_adjective, under_noun
from services.classifier.domain.reading.grades import Grade, Mode
from services.classifier.domain.reading.lenient import second_thoughts
from services.classifier.domain.reading.open_questions import leaves_open
from services.classifier.domain.reading.operators import under_verb
from services.classifier.domain.reading.scope import (
    NO_DETERMINERS,
    Walk,
    auxiliaries_of,
    discussed,
    hedged_by,
    is_negated,
    is_unable,
    lemma_of,
    own_modality,
    speaker_of,
    with_adverbs,
)
from services.classifier.domain.reading.speech_acts import as_subject
from services.classifier.domain.reading.verdicts import is_called_false, is_no_comment, is_put_at_a_day, is_supposed, sets_terms

CLEAR = frozenset("clear certain sure known obvious evident aware able possible".split())


CONDITIONS = frozenset("if unless should provided lest supposing whether".split())


_BEFORE = frozenset("before until unless".split())


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
    while not walk.done and node.head.i != node.i and steps < 25:
        walk = _up(walk, node, frame, hit)
        node, steps = node.head, steps + 1
    sentence, place = hit.token.sent.text, hit.token.idx - hit.token.sent.start_char
    if (is_negated(hit.token) and sets_terms(sentence[max(0, place) :])) or is_supposed(sentence, max(0, place)) or is_no_comment(sentence):
        return Judgement(Stance.DISCUSSES)
    if is_negated(hit.token) and not frame.is_state and not frame.is_future and is_put_at_a_day(sentence):
        return Judgement(Stance.DISCUSSES)
    if leaves_open(sentence, max(0, place)):
        return Judgement(Stance.CANNOT_CONFIRM, speaker=walk.speaker)
    if not walk.done and is_called_false(sentence, place):
        walk = replace(walk, negative=not frame.is_denial, presupposed=False, report=False, hedged=False, hearsay=False)
    if not walk.done and any(token.lower_ in CONDITIONS for token in node.children if token.dep_ in ("mark", "advmod")):
        walk = discussed(walk)
    if not walk.done or (walk.presupposed and walk.stance is None):
        walk = _phrases(walk, hit)
    return _graded(_result(walk, hit, frame), hit, frame)


def _graded(judgement: Judgement, hit: Hit, frame: ClaimFrame) -> Judgement:
    """Take back what the clauses above the event word do not bear out: an assertion of what is only planned, wished, asked or denied."""
    if judgement.stance not in (Stance.ASSERTS, Stance.HEDGES):
        return judgement
    thoughts = second_thoughts(hit.token)
    if thoughts is not None and judgement.stance is Stance.ASSERTS:
        return replace(judgement, stance=thoughts[0], term=thoughts[1], presupposed=False)
    if frame.is_denial or frame.is_future or not hit.holds:
        return judgement
    grade = _grade_of(hit, frame)
    if grade.negative or (grade.mode >= Mode.AIMED and judgement.stance is Stance.ASSERTS):
        return replace(judgement, stance=Stance.DISCUSSES)
    if judgement.stance is Stance.HEDGES:
        return judgement
    return replace(judgement, stance=Stance.HEDGES, term="likely") if grade.mode is Mode.LIKELY else judgement


def _grade_of(hit: Hit, frame: ClaimFrame) -> Grade:
    """Return the grade of the event word, or of the verb that it completes if that is less sure: "file for bankruptcy"."""
    grade, verb = factuality(hit.token), hit.token.head.head if hit.token.dep_ == "pobj" else hit.token.head
    if hit.noun and verb.pos_ in ("VERB", "NOUN") and verb.lower_ in frame.vocabulary:
        other = factuality(verb)
        return other if other.negative or other.mode > grade.mode else grade
    return grade


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
    if dep in ("advcl", "ccomp", "acl", "dep", "parataxis", "xcomp", "conj", "csubj", "csubjpass") and marks & CONDITIONS:
        return _whether(walk, node, marks)
    if dep == "advcl" and "as" in marks and lemma_of(node) in DENY:
        return under_verb(walk, node, child, frame, hit)  # "rejected as fabricated the claim that ..."
    if dep == "advcl":
        if marks & _BEFORE or _waits_for(node, child, marks):
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
    if (
        dep == "relcl"
        and lemma_of(node) in REPORT_NOUN | HEARSAY_NOUN | FALSE_NOUN
        and any(token.lower_ == "that" for token in child.children)
    ):
        return under_noun(walk, node, child)
    if dep == "relcl":
        return replace(walk, presupposed=True, done=True) if walk.negative == frame.is_denial else discussed(walk)
    if dep in ("ccomp", "parataxis") and _stands_apart(node, child):
        return replace(walk, done=True)
    if dep == "conj":
        is_apart = child.tag_ in ("VBD", "VBZ", "VBP") and node.tag_ in ("VB", "VBG")
        return replace(walk, done=True) if is_apart else walk  # "decided to go and left": no part of what was decided
    if dep in ("aux", "auxpass", "acomp", "attr", "oprd") and node.lemma_ == "be":
        walk = _of_copula(walk, node, child) if hit.noun and child.i == hit.token.i else walk
        return _governed(walk, node, child, frame, hit, copula=True)
    return _governed(walk, node, child, frame, hit)


def _stands_apart(node: Token, child: Token) -> bool:
    """ "It was cut on purpose, there is no other word": two statements with a comma between."""
    is_copula = node.lemma_ == "be" and any(token.dep_ == "expl" and token.lower_ == "there" for token in node.children)
    return is_copula and child.i < node.i and any(token.text in (",", ";", "-") for token in node.doc[child.i : node.i])


def _of_copula(walk: Walk, verb: Token, noun: Token) -> Walk:
    """ "It is probably cholera", "it may be cholera": what the verb says of the noun."""
    auxiliaries = {token.lower_ for token in auxiliaries_of(verb)}
    if is_negated(verb, noun) and not walk.negative:
        walk = replace(walk, negative=True, presupposed=False)
    if auxiliaries & {"may", "might", "could"}:
        return hedged_by(walk, "even_chance")
    if "must" in auxiliaries:
        return hedged_by(walk, "very_likely")
    return with_adverbs(walk, verb)


def _waits_for(node: Token, child: Token, marks: set[str]) -> bool:
    """ "The war will end only after he is killed": what is to come waits for it."""
    to_come = any(token.lower_ in ("will", "would", "shall", "'ll", "can", "could") for token in auxiliaries_of(node))
    present = any(token.dep_ in ("aux", "auxpass") and token.tag_ in ("VBZ", "VBP") and token.lemma_ == "be" for token in child.children)
    return bool(marks & {"after", "when", "once", "as"}) and to_come and (present or child.tag_ in ("VBZ", "VBP"))


def _whether(walk: Walk, node: Token, marks: set[str]) -> Walk:
    lemma = lemma_of(node)
    uncertain = is_negated(node) or is_unable(node) or lemma_of(node) in ("unclear", "unknown", "uncertain", "unsure")
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
        if node.head.lower_ in ("far", "short"):
            return replace(walk, negative=not walk.negative) if node.head.lower_ == "far" else discussed(walk)
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
    if lemma == "be" and child.dep_ in ("ccomp", "csubj") and (adjective := judging_adjective(node)) is not None:
        return under_adjective(walk, adjective, child)
    if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return as_subject(walk, node, frame, hit)
    if copula or (child.dep_ in ("acomp", "attr") and lemma == "be"):
        return walk
    return under_verb(walk, node, child, frame, hit)


def _phrases(walk: Walk, hit: Hit) -> Walk:
    """Hedges that stand anywhere in the segment: percentages, "in all likelihood"."""
    text = hit.token.sent.text
    term = given_chance(text) or strong_phrase(text)
    return walk if term is None else replace(walk, hedged=True, term=term)


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
