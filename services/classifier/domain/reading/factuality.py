"""How surely a text presents an event as having happened: one graded judgement of an event word from the clauses above it.

Composed from the head of the sentence downwards: each clause stands in the context that the clauses above it make, and adds its own
negation, modal verb, mood and adverbs (the composition of Nairn, Condoravdi and Karttunen 2006).
"""

from spacy.tokens import Token

from services.classifier.domain.reading import signatures_of_words as words
from services.classifier.domain.reading.clause_modality import VERBAL, clause_of, is_none, is_question, own_grade
from services.classifier.domain.reading.grades import Grade, Mode
from services.classifier.domain.reading.scope import lemma_of

_DEPTH = 12
"""Clauses that are followed upwards."""

_EFFECTS = {
    "S": Mode.TOLD,
    "L": Mode.LIKELY,
    "l": Mode.LIKELY,
    "T": Mode.COMING,
    "A": Mode.AIMED,
    "W": Mode.WISHED,
    "P": Mode.POSSIBLE,
    "O": Mode.OPEN,
    "N": Mode.SURE,
}
_AGAINST = frozenset("-lN")
_KEEPS = frozenset("+-")
_SURE = Grade(Mode.SURE)


def factuality(token: Token) -> Grade:
    """Return how surely the text presents the event that the token names."""
    return _grade(token, _DEPTH)


def _grade(token: Token, depth: int) -> Grade:
    if depth <= 0:
        return _SURE
    if token.dep_ in ("aux", "auxpass"):
        token = token.head
    own = own_grade(token)
    node = clause_of(token)
    context = _context(node, depth)
    if node.dep_ == "ROOT" and is_question(node):
        return Grade(Mode.OPEN)
    return Grade(max(own.mode, context.mode), own.negative != context.negative)


def _applied(effect: str, outer: Grade) -> Grade:
    """Return the context that a governing word with this effect makes, itself being of grade ``outer``."""
    if effect == "F":
        return _SURE
    if effect in _KEEPS:
        return Grade(outer.mode, outer.negative != (effect == "-"))
    mode = _EFFECTS[effect]
    return Grade(max(mode, outer.mode), effect in _AGAINST)


def _under(token: Token, table: dict[str, tuple[str, str]], depth: int, default: str) -> Grade:
    outer = _grade(token, depth - 1)
    holds, negated = table.get(lemma_of(token), (default, default))
    if not outer.negative:
        return _applied(holds, outer)
    effect = _applied(negated, outer)
    # the negation is spent in choosing the effect; those that keep the grade flip from "negative" themselves
    return effect if negated not in _KEEPS else Grade(outer.mode, negated == "-")


def _context(node: Token, depth: int) -> Grade:
    head, dep = node.head, node.dep_
    if depth <= 0 or dep == "ROOT" or head.i == node.i:
        return _SURE
    if dep in ("ccomp", "csubj", "csubjpass", "xcomp", "oprd"):
        return _complement(node, head, depth)
    if dep == "conj":
        return _SURE if node.tag_ in _FINITE and head.tag_ in _BARE else _context(clause_of(head), depth - 1)
    if dep in ("advcl", "parataxis", "dep"):
        return _adverbial(node, head, depth)
    if dep in ("acl", "relcl"):
        return _modifier(node, head, depth)
    if dep in ("pcomp", "pobj"):
        return _prepositional(node, head, depth)
    if dep in ("dobj", "nsubjpass", "attr", "dative"):
        return _argument(node, head, depth)
    if dep == "nsubj":
        return _subject(node, head, depth)
    if dep in ("compound", "amod", "poss", "nmod"):
        return Grade(Mode.NAMED) if dep != "compound" or not is_none(head) else Grade(Mode.NAMED, True)
    return _SURE


def _inherited(head: Token, depth: int, at_least: Mode = Mode.SURE) -> Grade:
    """Return the context of what belongs to a word: as unreal as that word is, but never denied with it."""
    outer = _grade(head, depth - 1)
    if at_least is Mode.NAMED and outer.mode is Mode.AIMED:
        return Grade(Mode.NAMED)
    return Grade(max(at_least, outer.mode if outer.mode >= Mode.COMING else Mode.SURE))


def _is_to(node: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in node.children)


def _complement(node: Token, head: Token, depth: int) -> Grade:
    if head.pos_ == "ADJ" or lemma_of(head) in words.ADJECTIVES:
        return _under(head, words.ADJECTIVES, depth, "W" if _is_to(node) else "+")
    if head.pos_ in VERBAL:
        adjective = next(
            (child for child in head.children if child.dep_ in ("acomp", "attr") and lemma_of(child) in words.ADJECTIVES), None
        )
        if adjective is not None:
            return _under(adjective, words.ADJECTIVES, depth, "+")
        if node.dep_ == "ccomp" and not _is_to(node):
            return _under(head, words.VERBS_OF_CLAUSES, depth, "S")
        special = _special(head, depth)
        if special is not None and _is_to(node):
            return special
        if lemma_of(head) == "go" and head.tag_ == "VBG":
            outer = _grade(head, depth - 1)
            return Grade(max(outer.mode, Mode.COMING), outer.negative)
        return _under(head, words.VERBS_OF_INFINITIVES, depth, "A" if _is_to(node) else "+")
    return _under(head, words.NOUNS, depth, "+")


def _special(head: Token, depth: int) -> Grade | None:
    """Phrases with an infinitive: "had to", "has yet to", "is not about to", "remains to be"."""
    lemma, children = lemma_of(head), {child.lower_ for child in head.children}
    if lemma in ("have", "be", "remain") and "yet" in children:
        return Grade(Mode.SURE, True)
    if lemma == "have":
        outer = _grade(head, depth - 1)
        return outer if head.tag_ == "VBD" else Grade(max(Mode.WISHED, outer.mode), outer.negative)
    if lemma == "remain":
        return Grade(Mode.OPEN)
    return None


def _adverbial(node: Token, head: Token, depth: int) -> Grade:
    marks = {child.lower_ for child in node.children if child.dep_ in ("mark", "advmod")}
    if marks & {"if", "unless", "lest", "whether", "provided"}:
        return Grade(Mode.SUPPOSED)
    if _is_to(node):
        outer = _grade(head, depth - 1) if head.pos_ in VERBAL else _SURE
        if any(child.lower_ in ("too", "enough") for child in head.children) or head.lower_ in ("too", "enough"):
            return Grade(Mode.SURE, outer.negative or head.lower_ != "enough")
        return Grade(Mode.COMING if outer.mode <= Mode.COMING and not outer.negative else Mode.WISHED)
    if marks & {"before", "until", "till"}:
        return Grade(Mode.COMING)
    if marks & {"because", "although", "though", "while", "whereas", "since"} or head.pos_ not in VERBAL:
        return _SURE
    return _inherited(head, depth)


def _modifier(node: Token, head: Token, depth: int) -> Grade:
    if _is_to(node) or (node.dep_ == "acl" and not _is_participle(node)):
        return _under(head, words.NOUNS, depth, "A" if _is_to(node) else "+")
    if head.lower_ == "nothing" or any(child.lower_ in ("no", "any") for child in head.children if child.dep_ == "det"):
        return Grade(Mode.POSSIBLE, head.lower_ == "nothing" or any(child.lower_ == "no" for child in head.children))
    return _SURE


def _is_participle(node: Token) -> bool:
    return node.tag_ in ("VBN", "VBG") and not any(child.dep_ in ("aux", "auxpass", "mark") for child in node.children)


def _prepositional(node: Token, preposition: Token, depth: int) -> Grade:
    if preposition.lower_ == "without":
        return Grade(Mode.SURE, True)
    if (preposition.head.lower_ in _NEARING and preposition.lower_ == "to") or _is_within(preposition):
        return Grade(Mode.WISHED)
    if preposition.head.lower_ in _SHORT_OF or any(child.lower_ in _SHORT_OF for child in preposition.children):
        return Grade(Mode.SURE, True)
    head = preposition.head
    if head.pos_ in VERBAL and lemma_of(head) in words.PARTICLES and preposition.lower_ in _OF:
        return _under(head, words.PARTICLES, depth, "+")
    if head.pos_ in ("NOUN", "PROPN") and lemma_of(head) in words.NOUNS and preposition.lower_ in _OF:
        return _under(head, words.NOUNS, depth, "+")
    if head.pos_ == "ADJ" and lemma_of(head) in words.ADJECTIVES:
        return _under(head, words.ADJECTIVES, depth, "+")
    if node.dep_ == "pobj" and _is_any(node) and head.pos_ in VERBAL:
        return _grade(head, depth - 1)
    if preposition.lower_ in _GIVEN_AFTER or _is_given(node):
        return _SURE
    return _inherited(head, depth, Mode.NAMED)


_SHORT_OF = frozenset({"instead", "short", "far"})
"""Words before a preposition that deny what follows: "fell short of", "is far from"."""
_NEARING = frozenset({"close", "closer", "near", "nearer", "next"})
_GIVEN_AFTER = frozenset("after since before despite during amid because due following".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BARE = frozenset({"VB", "VBG"})
_OF = frozenset("of for to about against on upon in into from over with".split())


def _argument(node: Token, head: Token, depth: int) -> Grade:
    if head.pos_ not in VERBAL:
        return _SURE
    lemma = lemma_of(head)
    if lemma in words.VERBS_OF_THINGS:
        if lemma in _UNDOING:
            return Grade(Mode.OPEN)
        if lemma in _REFUSALS and lemma_of(node) in words.NOUNS:
            return Grade(Mode.NAMED)
        found = _under(head, words.VERBS_OF_THINGS, depth, "+")
        return found if not _is_given(node) else Grade(Mode.NAMED) if found.mode in (Mode.AIMED, Mode.SURE) else Grade(Mode.COMING)
    outer = _grade(head, depth - 1)
    if _is_given(node):
        return _SURE
    if is_none(node):
        return Grade(outer.mode if outer.mode is not Mode.POSSIBLE else Mode.SURE)
    if node.dep_ == "dobj" or lemma in ("hold", "make", "take"):
        return outer
    return _SURE if outer.mode < Mode.COMING else Grade(outer.mode)


def _is_within(preposition: Token) -> bool:
    """ "Within metres of", "within hours of"."""
    measure = preposition.head
    return preposition.lower_ == "of" and measure.dep_ == "pobj" and measure.head.lower_ == "within"


def _is_any(noun: Token) -> bool:
    return any(child.lower_ == "any" for child in noun.children)


def _is_given(noun: Token) -> bool:
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in noun.children)


_DEFINITE = frozenset("the this that these those its his her their our my your".split())
_UNDOING = frozenset("withdraw retract revoke rescind annul".split())
_REFUSALS = frozenset("deny refuse reject dismiss refute discount decline oppose".split())
"""What they are said of has been said or offered: "rejected the report" does not deny the report."""
_COPULAS = frozenset("be remain seem appear become look".split())
_PROSPECTIVE = frozenset("reach sight discussion negotiation card table offing question doubt way preparation consideration".split())
"""Nouns of what is in prospect: "within reach", "on the cards"."""
_HAPPEN = frozenset("happen occur take come".split())


def _subject(node: Token, head: Token, depth: int) -> Grade:
    if lemma_of(head) in _HAPPEN and not _is_given(node):
        return _grade(head, depth - 1)
    if lemma_of(head) in _COPULAS and (effect := _predicated(head)):
        return _applied(effect, _grade(head, depth - 1))
    return _SURE if _is_given(node) else _inherited(head, depth, Mode.NAMED)


def _predicated(verb: Token) -> str:
    """Return the effect of what is said of an event: "a truce is possible", "peace remains a hope"; else empty."""
    for child in verb.children:
        if any(inner.dep_ in ("xcomp", "ccomp", "acl", "prep", "relcl") for inner in child.children) and child.dep_ != "prep":
            continue
        if child.dep_ == "acomp" and (effects := words.ADJECTIVES.get(lemma_of(child))) and effects[0] not in "F+":
            return effects[0]
        if child.dep_ == "attr" and (effects := words.NOUNS.get(lemma_of(child))) and effects[0] in "WPO":
            return effects[0]
        if child.dep_ == "prep" and any(lemma_of(inner) in _PROSPECTIVE for inner in child.children):
            return "P"
    return ""
