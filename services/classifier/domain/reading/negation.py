"""Words and parts of words that negate, and which words of the sentence each of them reaches.

What counts as a cue and how far it reaches follows the conventions of Morante and Daelemans 2012 (the corpus of the shared task *SEM 2012):
the reach of a negated predicate is its clause, subject included; of a negative noun phrase, the clause around it; of a negated
adjective before a noun, that noun phrase.
"""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

IsWord = Callable[[str], bool]
"""Tells whether a string is an adjective, noun or verb of the language."""

_WORDS = frozenset("not n't no never nothing without none nor nobody nowhere no-one noone neither cannot".split())
_PHRASES = (("by", "no", "means"), ("on", "the", "contrary"), ("no", "longer"), ("rather", "than"), ("far", "from"))


@dataclass(frozen=True)
class Negation:
    """One negation.

    Attributes:
        cue: The tokens that negate, by index.
        affix: The part of the one token that negates, where it is not the whole: ``un``, ``less``; else empty.
        scope: Indices of the tokens in its reach; with an affix, the token of the cue is one of them.
    """

    cue: tuple[int, ...]
    affix: str
    scope: frozenset[int]


def negations(doc: Doc, is_word: IsWord | None = None) -> list[Negation]:
    """Return the negations of a parsed text; those by prefix or suffix only if the words of the language are known."""
    taken = set[int]()
    found = list[Negation]()
    for cue, affix in _cues(doc, is_word):
        if not taken & set(cue):
            taken |= set(cue)
            found.append(Negation(cue, affix, reach(doc, cue, affix)))
    return found


def _cues(doc: Doc, is_word: IsWord | None) -> list[tuple[tuple[int, ...], str]]:
    lowered = [token.lower_ for token in doc]
    found: list[tuple[tuple[int, ...], str]] = []
    for phrase in _PHRASES[:2]:
        for place in range(len(lowered) - len(phrase) + 1):
            if tuple(lowered[place : place + len(phrase)]) == phrase:
                found.append((tuple(range(place, place + len(phrase))), ""))
    for token in doc:
        if token.lower_ == "neither" and (nor := _nor_after(token)) is not None:
            found.append(((token.i, nor), ""))
        elif token.lower_ in _WORDS and not _is_idle(token):
            found.append(((token.i,), ""))
        elif is_word is not None and (affix := affix_of(token, is_word)):
            found.append(((token.i,), affix))
    return found


def _nor_after(neither: Token) -> int | None:
    return next((token.i for token in neither.doc[neither.i + 1 :] if token.lower_ == "nor"), None)


_TAGGING = frozenset("does did do is are was were have has had will would could can may should".split())


def _is_idle(token: Token) -> bool:
    """ "Not only", "no doubt", "why not": words that negate nothing here."""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    before = token.nbor(-1).lower_ if token.i else ""
    if token.lower_ == "no":
        return (after == "doubt" and token.head.dep_ not in ("dobj", "attr")) or after in ("less", "fewer", "sooner")
    if token.lower_ == "not":
        is_tag = after == "?" and token.i > 1 and token.nbor(-2).lower_ in _TAGGING
        return is_tag or after in ("only", "merely") or (before == "or" and after in ("", ".", ",", "?")) or before in ("whether", "why")
    return token.lower_ == "nothing" and (after == "but" or (after in ("less", "more") and before != "is"))


_PREFIXES = ("un", "in", "im", "ir", "il", "dis")
_NOT_NEGATIVE = frozenset(
    """
    until unto under unless union unit unite unique universe universal university uncle uniform unanimous understand undertake
    undergo underneath unison indeed inside income intense invaluable indifferent indifference infamous inform increase instant
    information intensity illness immediate immediately inert inward indoor invalid innocent innocence impassive impressed infinite
    indelibly incredible intently intensely
    interest invest industry insult intent intend inquire inquiry inner inn impress import important impose improve imply impart
    impassioned imposing illustrate irritate inclined inclination inhabitant inhabited instance inherent indebted infirm innumerable
    discover distance display disease dismiss dispose dispute distinct disturb discuss disaster dish discourse discourage disposed
    disposition
    disposal disguise dispatch distract dissolve distress distribute discharge discern disperse distant disgrace discretion
    doubtless nevertheless nonetheless regardless unless bless blessing less lesson lessen wireless
    """.split()
)
_OPPOSITES_BY_DIS = frozenset(
    """
    honest satisfied similar loyal inclined agreeable pleased pleasure taste tasteful satisfaction approval approbation connected
    interested reputable proportionate contented content belief favour favor passionate obedient obedience courteous respectful
    affected advantageous comfort order organised organized united qualified like trust
    """.split()
)


def affix_of(token: Token, is_word: IsWord) -> str:
    """Return the negative prefix or suffix of the token; empty if it has none."""
    word = token.lower_
    if (
        word in _NOT_NEGATIVE
        or token.lemma_.lower() in _NOT_NEGATIVE
        or not word.isalpha()
        or token.pos_ in ("PROPN", "ADP", "SCONJ", "DET")
    ):
        return ""
    for ending in ("less", "lessly", "lessness"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return "less" if is_word(word.removesuffix(ending)) or is_word(word.removesuffix(ending) + "e") else ""
    if token.pos_ == "VERB" and token.tag_ not in ("VBN", "VBG"):
        return ""
    for prefix in _PREFIXES:
        base = word.removeprefix(prefix)
        if base != word and len(base) >= 3 and _is_opposed(prefix, base, token, is_word):
            return prefix
    return ""


def _is_opposed(prefix: str, base: str, token: Token, is_word: IsWord) -> bool:
    stems = {
        base,
        base.removesuffix("ly"),
        base.removesuffix("ness"),
        base.removesuffix("ily") + "y",
        base.removesuffix("iness") + "y",
        base.removesuffix("y") + "e",
    }
    stems |= {base.removesuffix("bly") + "ble", base.removesuffix("ally") + "al"}
    if prefix == "dis":
        return bool(stems & _OPPOSITES_BY_DIS)
    if (prefix == "in" and base[0] in "mprl") or (prefix == "im" and base[0] not in "mpb") or (prefix == "ir" and base[0] != "r"):
        return False
    if prefix == "il" and base[0] != "l":
        return False
    if prefix != "un" and token.pos_ not in ("ADJ", "ADV", "NOUN"):
        return False
    if (
        prefix != "un"
        and token.pos_ == "NOUN"
        and not base.endswith(("ility", "ence", "ance", "tion", "ness", "ity", "ice", "acy", "ency"))
    ):
        return False
    participle = base.removesuffix("ed")
    if prefix == "un" and base in ("seen", "known", "done", "heard", "told", "said", "felt", "paid", "sold", "bound", "worn", "spent"):
        return True
    return any(is_word(stem) for stem in stems) or (
        prefix == "un" and base.endswith("ed") and (is_word(participle) or is_word(participle + "e"))
    )


def reach(doc: Doc, cue: tuple[int, ...], affix: str = "") -> frozenset[int]:
    """Return the indices of what the cue reaches."""
    token = doc[cue[-1] if doc[cue[0]].lower_ in ("by", "on") else cue[0]]
    found = _affixed(token) if affix else _reached(token)
    if len(cue) > 1 and doc[cue[-1]].lower_ == "nor":
        found |= _reached(doc[cue[-1]])
    if not affix:
        found -= set(cue)
    return frozenset(found)


def _reached(token: Token) -> set[int]:
    lowered = token.lower_
    if token.dep_ == "intj" or (
        lowered == "no" and token.i + 1 < len(token.doc) and token.nbor(1).is_punct and token.dep_ not in ("det", "neg")
    ):
        return set()
    if lowered == "without":
        return {inner.i for inner in token.subtree if inner.i > token.i} if token.dep_ != "mark" else _clause(token.head)
    if lowered == "nor":
        return _after_nor(token)
    if lowered in ("nothing", "none", "nobody", "no-one", "noone", "nowhere", "neither") or token.dep_ == "det":
        noun = token.head if token.dep_ in ("det", "preconj") else token
        return _around(noun)
    return _around(token.head) if token.head.pos_ not in ("VERB", "AUX") else _clause(token.head)


def _after_nor(nor: Token) -> set[int]:
    after = next((child for child in nor.head.children if child.dep_ == "conj" and child.i > nor.i), None)
    if after is None:
        return _clause(nor.head) if nor.head.pos_ in ("VERB", "AUX") and nor.head.i > nor.i else set()
    return _clause(after) if after.pos_ in ("VERB", "AUX") else {inner.i for inner in after.subtree}


_UP = frozenset(
    "dobj nsubj nsubjpass attr pobj prep acomp dative npadvmod advmod agent oprd pcomp compound amod poss nmod quantmod conj nummod".split()
)


def _around(word: Token) -> set[int]:
    """Return the clause that a noun phrase, an adjective or an adverb stands in."""
    node = word
    while node.pos_ not in ("VERB", "AUX") and node.dep_ in _UP and node.head.i != node.i:
        if node.dep_ == "conj" and node.head.pos_ not in ("VERB", "AUX"):
            break
        node = node.head
    if node.pos_ in ("VERB", "AUX"):
        return _clause(node)
    return {inner.i for inner in node.subtree if not inner.is_punct}


_LEFT_OUT = frozenset("cc mark intj punct parataxis discourse preconj meta".split())
_ASIDE = frozenset("however surely possibly probably perhaps therefore then still yet now indeed certainly moreover also besides".split())
_OTHER_CLAUSES = frozenset("because since for though although as if while whereas but that unless so".split())


def _clause(verb: Token) -> set[int]:
    """Return the words of the verb's clause, its subject included, without what only joins it to others or stands aside."""
    found = {verb.i}
    for child in verb.children:
        if not _is_apart(child, verb):
            found |= {inner.i for inner in child.subtree if not inner.is_punct}
    if verb.dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        found |= _shared_with_first(verb)
    if verb.dep_ in ("xcomp",) and verb.head.pos_ == "AUX":
        found |= _clause(verb.head)
    return found


def _shared_with_first(verb: Token) -> set[int]:
    first = verb.head
    while first.dep_ == "conj" and first.head.i != first.i and not any(child.dep_ in ("nsubj", "nsubjpass") for child in first.children):
        first = first.head
    shared = [child for child in first.children if child.dep_ in ("nsubj", "nsubjpass", "expl")]
    if not any(child.dep_ == "aux" for child in verb.children) and verb.tag_ in ("VB", "VBN", "VBG"):
        shared += [child for child in first.children if child.dep_ in ("aux", "auxpass") and child.i < first.i]
    return {inner.i for child in shared for inner in child.subtree if not inner.is_punct}


def _is_apart(child: Token, verb: Token) -> bool:
    if child.dep_ in _LEFT_OUT:
        return True
    if child.dep_ == "conj":
        return True
    if child.dep_ == "advmod" and child.lower_ in _ASIDE:
        return True
    if child.dep_ in ("advcl", "ccomp") and child.i < verb.i:
        return True
    if child.dep_ == "advcl":
        return any(inner.lower_ in _OTHER_CLAUSES for inner in child.children if inner.dep_ == "mark")
    return child.dep_ == "npadvmod" and child.pos_ == "PROPN"


def _affixed(token: Token) -> set[int]:
    """Return the reach of "unhappy": the noun phrase it stands in, or the clause that it is said of."""
    if token.dep_ == "amod" or (token.dep_ == "conj" and token.head.dep_ == "amod"):
        noun = token.head if token.dep_ == "amod" else token.head.head
        found = {token.i, noun.i}
        for child in noun.children:
            if child.dep_ in ("det", "poss", "compound", "nummod") or (child.dep_ == "prep" and child.lower_ == "of"):
                found |= {inner.i for inner in child.subtree if not inner.is_punct}
        return found
    if token.pos_ in ("NOUN",):
        return {inner.i for inner in token.subtree if not inner.is_punct}
    return _around(token) | {token.i}
