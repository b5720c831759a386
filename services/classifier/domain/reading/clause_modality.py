"""What a clause tells of its own event word: negation, modal verbs, mood, adverbs."""

from spacy.tokens import Token

from services.classifier.domain.reading.grades import Grade, Mode
from services.classifier.domain.reading.scope import is_negated, lemma_of

_CONJUNCTS = 12
"""Conjuncts that are followed back to the first: a text may string thousands together."""

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})

_MODALS = {
    "will": Mode.COMING,
    "shall": Mode.COMING,
    "'ll": Mode.COMING,
    "wo": Mode.COMING,
    "would": Mode.POSSIBLE,
    "'d": Mode.POSSIBLE,
    "should": Mode.WISHED,
    "ought": Mode.WISHED,
    "must": Mode.AIMED,
    "may": Mode.POSSIBLE,
    "might": Mode.POSSIBLE,
    "could": Mode.POSSIBLE,
    "can": Mode.POSSIBLE,
    "ca": Mode.POSSIBLE,
}
_ADVERBS = {
    "probably": Mode.LIKELY,
    "likely": Mode.LIKELY,
    "presumably": Mode.LIKELY,
    "apparently": Mode.LIKELY,
    "seemingly": Mode.LIKELY,
    "reportedly": Mode.TOLD,
    "allegedly": Mode.LIKELY,
    "supposedly": Mode.LIKELY,
    "perhaps": Mode.POSSIBLE,
    "maybe": Mode.POSSIBLE,
    "possibly": Mode.POSSIBLE,
    "conceivably": Mode.POSSIBLE,
    "potentially": Mode.POSSIBLE,
}
_NONE = frozenset("no none nobody nothing neither no-one noone few little".split())
_DETERMINING = frozenset("det amod neg advmod preconj cc".split())
_NEAR_MISSES = frozenset("almost nearly narrowly".split())
_CONDITIONS = frozenset("if unless whether lest provided".split())
_UNREAL_ADJECTIVES = {
    "possible": Mode.POSSIBLE,
    "potential": Mode.POSSIBLE,
    "alleged": Mode.LIKELY,
    "suspected": Mode.LIKELY,
    "likely": Mode.LIKELY,
    "proposed": Mode.WISHED,
    "planned": Mode.AIMED,
    "expected": Mode.AIMED,
    "future": Mode.COMING,
    "upcoming": Mode.COMING,
    "attempted": Mode.WISHED,
    "threatened": Mode.WISHED,
    "any": Mode.POSSIBLE,
}


def clause_of(node: Token) -> Token:
    """Return the word that carries the auxiliaries and the negation of a predicate: "was" of "was ready"."""
    if node.dep_ in ("acomp", "attr", "oprd") and node.head.pos_ in VERBAL:
        return node.head
    return node.head if node.dep_ in ("aux", "auxpass") else node


def own_grade(node: Token) -> Grade:
    """Return what the node's own clause says of it."""
    if node.pos_ in VERBAL or node.dep_ in ("acomp", "attr", "oprd"):
        return _of_verb(clause_of(node))
    return _of_noun(node)


def _of_verb(verb: Token) -> Grade:
    auxiliaries = {child.lower_ for child in _auxiliaries(verb)}
    mode = max((_MODALS[word] for word in auxiliaries if word in _MODALS), default=Mode.SURE)
    if auxiliaries & {"would", "'d", "could", "should", "might"} and "have" in auxiliaries:
        return Grade(Mode.OPEN if "might" not in auxiliaries and "could" not in auxiliaries else Mode.POSSIBLE)
    if auxiliaries & {"would", "'d"}:
        mode = _of_would(verb, auxiliaries)
    adverbs = {child.lower_ for child in verb.children if child.dep_ == "advmod"}
    mode = max((mode, *(_ADVERBS[word] for word in adverbs if word in _ADVERBS)))
    if any(child.dep_ in ("mark", "advmod") and child.lower_ in _CONDITIONS for child in verb.children):
        mode = max(mode, Mode.SUPPOSED)
    if _is_imperative(verb):
        mode = max(mode, Mode.WISHED)
    if _spends_its_negation(verb):
        return Grade(max(mode, Mode.POSSIBLE))
    negative = _is_clause_negated(verb)
    return Grade(mode, negative != bool(adverbs & _NEAR_MISSES))


def _of_would(verb: Token, auxiliaries: set[str]) -> Mode:
    """ "He said that it would come" tells of what is to come; "it would be nice" of what is not."""
    if "'d" in auxiliaries and verb.tag_ == "VBN":
        return Mode.SURE
    told = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and not any(child.dep_ == "advcl" for child in verb.children)
    return Mode.COMING if told else Mode.POSSIBLE


def _auxiliaries(verb: Token, depth: int = _CONJUNCTS) -> list[Token]:
    """Return auxiliaries, a conjunct without subject sharing those of the first."""
    own = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if depth and verb.dep_ == "conj" and not own and verb.tag_ in ("VB", "VBN", "VBG") and not _has_subject(verb):
        own = _auxiliaries(verb.head, depth - 1)
    return own


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_clause_negated(verb: Token, depth: int = _CONJUNCTS) -> bool:
    barely = any(child.lower_ in ("barely", "scarcely", "hardly") for child in verb.children)
    own = (is_negated(verb) and not barely) or any(child.dep_ in SUBJECTS and is_none(child) for child in verb.children)
    if (
        depth
        and verb.dep_ == "conj"
        and not _has_subject(verb)
        and any(child.dep_ == "cc" and child.lower_ in ("or", "nor") for child in verb.head.children)
    ):
        return own or _is_clause_negated(verb.head, depth - 1)
    return own


def _spends_its_negation(verb: Token) -> bool:
    """ "Gave no details", "met nobody": the object is what is denied."""
    if not any(child.dep_ == "dobj" and is_none(child) for child in verb.children):
        return False
    return not any(child.dep_ in ("neg", "preconj", "advmod") or (child.dep_ in SUBJECTS and is_none(child)) for child in verb.children)


def is_none(noun: Token) -> bool:
    """Tell whether the words name nobody and nothing: "no plan", "nobody", "few of them"."""
    return noun.lower_ in _NONE or any(child.lower_ in _NONE and child.dep_ in _DETERMINING for child in noun.children)


def _is_imperative(verb: Token) -> bool:
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in verb.children)


def _of_noun(noun: Token) -> Grade:
    words = {child.lower_ for child in noun.children if child.dep_ in ("amod", "det", "nmod", "compound", "neg")}
    mode = max((_UNREAL_ADJECTIVES[word] for word in words if word in _UNREAL_ADJECTIVES), default=Mode.NAMED)
    return Grade(mode, is_none(noun) and not words & {"a", "the"})


def is_question(node: Token) -> bool:
    """Tell whether the sentence asks whether it is so: a question mark, and no question word about something else."""
    return node.sent.text.rstrip(" \"'").endswith("?") and not any(token.tag_ in ("WRB", "WP") for token in node.sent)


__all__ = ["SUBJECTS", "VERBAL", "clause_of", "is_question", "lemma_of", "own_grade"]
