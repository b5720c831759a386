"""What a claim's statement is made of: its predicate, its family of event words, its subject and objects."""

import re
from collections.abc import Callable

from spacy.tokens import Doc, Token

from schemas.claims_watch import WatchedClaim
from services.classifier.domain.inflections import forms
from services.classifier.domain.reading.families import FAMILIES
from services.classifier.domain.reading.family import Family
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.roles import agents_of, forms_in

Parse = Callable[[str], Doc]


SMALL = frozenset(
    "the a an of in at on to and or for by with from is was are were has have had been be not no its his her their than more".split()
)


def lemma_of(token: Token) -> str:
    return token.lemma_.lower()


def _phrase_with_particle(token: Token) -> list[str]:
    """Return the verb alone and with its particle: "step", "step down"."""
    lemma = lemma_of(token)
    particles = [child.lower_ for child in token.children if child.dep_ in ("prt", "advmod") and child.i > token.i]
    preps = [child.lower_ for child in token.children if child.dep_ == "prep"]
    return [f"{lemma} {particle}" for particle in particles + preps] + [lemma]


def root_of(doc: Doc) -> Token:
    return next((token for token in doc if token.dep_ == "ROOT"), doc[0])


def statement_doc(statement: str, parse: Parse) -> Doc:
    """Return the parse of a claim's statement; one in which no verb is found is parsed once more with the past told by "has"."""
    text = re.sub(r"^IS\b", "Isis", statement.replace("’", "'"))
    doc = parse(text)
    if root_of(doc).pos_ in ("VERB", "AUX"):
        return doc
    past = next((token for token in doc if token.tag_ in ("VBD", "VBN") and token.i > 0 and token.text.islower()), None)
    if past is None:
        return doc
    behind = past.idx + len(past.text) + 1
    article = "the " if past.i + 1 < len(doc) and past.nbor().pos_ == "NOUN" and past.nbor().text.islower() else ""
    again = parse(f"{text[: past.idx]}has {text[past.idx : behind]}{article}{text[behind:]}")
    return again if root_of(again).pos_ == "VERB" else doc


def predicates_of(doc: Doc) -> list[str]:
    """Return the words that carry the statement's event, the surest first."""
    root = root_of(doc)
    words: list[str] = []
    for child in root.children:
        if (
            root.lemma_ in ("be", "become", "remain", "stay", "go", "have", "come")
            and child.dep_ in ("acomp", "attr", "prep", "oprd", "dobj")
            and child.i > root.i
        ):
            words.append(" ".join(lemma_of(token) for token in child.subtree if token.pos_ != "DET"))
            words += [f"{lemma_of(child)} {lemma_of(grand)}" for grand in child.children if child.dep_ == "prep" and grand.dep_ == "pobj"]
            words.append(lemma_of(child))
    if root.lemma_ in _LIGHT and not any(child.dep_ == "prt" and child.lower_ != "out" for child in root.children):
        nouns = frozenset().union(*(family.nouns for family in FAMILIES))
        words += [lemma_of(child) for child in root.children if child.dep_ == "dobj" and lemma_of(child) in nouns]
    if root.lemma_ not in ("be",):
        words += (
            [f"{lemma_of(root)} {lemma_of(child)}" for child in root.children if child.dep_ == "dobj" and child.pos_ == "NOUN"]
            if root.lemma_ in _LIGHT
            else []
        )
        words += _phrase_with_particle(root)
        words += [f"{lemma_of(root)} {child.lower_}" for child in root.children if child.dep_ in ("acomp", "oprd")]
    words += [phrase for child in root.children if child.dep_ in ("xcomp", "ccomp") for phrase in _phrase_with_particle(child)]
    words += [lemma_of(token) for token in doc if token.pos_ == "VERB" and token.i != root.i]
    if root.tag_ in ("VBG", "VBN", "VBD") and root.lemma_ != "be":
        words += sorted(forms_in(root) - {lemma_of(root)})  # "is missing", "is closed"
    return [word for word in words if word]


def claim_words(claim: WatchedClaim, parse: Parse) -> list[tuple[str, str]]:
    """Return lemma and word class of the words of keywords and query."""
    texts = list(claim.keywords) or [
        " ".join(re.findall(r"[^\W\d_][\w'-]*\*?", re.sub(r"\b(?:AND|OR|NOT|NEAR/?\d*|title:|lang:\w+)\b", " ", claim.query)))
    ]
    return [
        (lemma_of(token), "PROPN" if token.text[0].isupper() and not text.istitle() else token.pos_)
        for text in texts
        for token in parse(text)
        if token.is_alpha
    ]


def with_objects(doc: Doc) -> list[str]:
    """Return the statement's verb together with its object ("break record"): the surest sign of the event's kind."""
    root = root_of(doc)
    objects = [f"{lemma_of(root)} {lemma_of(child)}" for child in root.children if child.dep_ == "dobj" and child.pos_ == "NOUN"]
    goals = [
        f"{lemma_of(root)} {prep.lower_} {lemma_of(goal)}"
        for prep in root.subtree
        if prep.dep_ == "prep" and prep.lower_ in ("in", "into", "to", "on", "from", "for") and prep.i > root.i
        for goal in prep.children
        if goal.dep_ == "pobj" and goal.pos_ == "NOUN"
    ]
    return [phrase for phrase in goals if phrase in _PHRASES] + objects


def common_nouns(doc: Doc) -> set[str]:
    return {lemma_of(token) for token in doc if token.pos_ in ("NOUN", "PROPN", "ADJ")} | {token.lower_ for token in doc}


def family_of(
    predicates: list[str], words: set[str], nouns: set[str], *, passive: bool, has_object: bool, is_person: bool
) -> Family | None:
    """Return the family of event words that a statement's event is of; None if it is of none.

    Args:
        predicates: The statement's event words, the surest first.
        words: Lemmas of the words of keywords and query that are not names.
        nouns: The statement's other words.
    """
    is_verbal = bool(predicates) and any(predicates[0] in family.done | family.does for family in FAMILIES)

    def score(family: Family) -> float:
        support = family.done | family.does | family.states | family.nouns
        strong = family.done | family.does | family.states
        lead = next((index for index, word in enumerate(predicates) if word in strong or (word in family.nouns and not is_verbal)), None)
        if lead is None:
            return _OF_ITS_KIND if "there" in nouns and family.about & nouns else 0.0
        fits = " " in predicates[lead] or predicates[lead] in (
            family.done | family.states if passive or has_object else family.does | family.states | family.nouns
        )
        return (
            3.0
            - 0.5 * lead
            + (1.0 if fits else 0.0)
            + (_PRIME if predicates[lead] in family.prime else 0.0)
            + (_PRIME if is_person else -_PRIME if family.personal else 0.0) * family.personal
            + sum(word in support for word in words)
            + 0.7 * sum(word in family.opposites for word in words)
            + (_OF_ITS_KIND if family.about & nouns else 0.0)
        )

    best = max(FAMILIES, key=score)
    return best if score(best) > 0 else None


_PRIME = 0.8
"""What it weighs that a word means this before anything else, or that it happens to people and the subject is one."""

_OF_ITS_KIND = 2.5
"""What it weighs that a claim is about the things that a family of events happens to."""


def extra_words(
    claim_words: list[tuple[str, str]],
    known: set[str],
    support: frozenset[str],
    opposites: frozenset[str],
    things: set[str],
    own: list[str],
) -> frozenset[str]:
    """Return what keywords and query name beside the statement's own words: what is formed from its predicates (``own``).

    ``things`` take part in the event and are none.
    """
    return frozenset(
        lemma
        for lemma, pos in claim_words
        if pos in ("VERB", "NOUN", "ADJ")
        and len(lemma) > 2
        and lemma not in known
        and lemma not in support
        and lemma not in opposites
        and lemma not in SMALL
        and lemma not in things
        and any(lemma[:5] == word[:5] for word in own)
    )


def tokens_of(names: list[str]) -> set[str]:
    return {word.lower() for name in names for word in re.findall(r"[\w']+", name)}


def objects_in(doc: Doc, names: re.Pattern[str]) -> list[Token]:
    """Return the heads of what is done to or joined, in a statement whose subject acts."""
    root = root_of(doc)
    heads = [child for child in root.children if child.dep_ in ("dobj", "attr")]
    heads += [
        grand
        for child in root.children
        if child.dep_ == "prep" and child.lower_ in ("for", "with", "to")
        for grand in child.children
        if grand.dep_ == "pobj"
    ]
    heads += [
        grand for child in root.children if child.dep_ in ("xcomp", "ccomp") for grand in child.children if grand.dep_ in ("dobj", "pobj")
    ]
    return heads


def modifiers_of(heads: list[Token]) -> frozenset[str]:
    """Return what tells these things from others of their kind: adjectives and common nouns before them."""
    return frozenset(
        child.lower_
        for head in heads
        for child in head.children
        if child.dep_ == "amod" or (child.dep_ == "compound" and child.text.islower())
    )


def actors_of(doc: Doc, names: re.Pattern[str]) -> frozenset[str]:
    """Return the words for who acts, where the claim is about whom it is done to."""
    root = root_of(doc)
    heads = [child for child in root.children if child.dep_ == "nsubj" and not covers(names, child)]
    heads += [head for head in agents_of(root) if not covers(names, head)]
    return frozenset(token.lower_ for head in heads for token in head.subtree if token.pos_ in ("NOUN", "PROPN", "ADJ"))


def is_indefinite(head: Token) -> bool:
    """ "A freight train derailed", "Soldiers seized power"."""
    return head.pos_ == "NOUN" and not any(
        child.dep_ == "poss" or child.lower_ in ("the", "this", "its", "his", "her") for child in head.children
    )


def names_head(names: re.Pattern[str], head: Token) -> bool:
    """Tell whether a name covers the head of a noun phrase, or stands right before it."""
    text = text_of(head.doc)
    return any(
        match.start() <= head.idx < match.end()
        or any(child.dep_ == "appos" and match.start() <= child.idx < match.end() for child in head.children)
        or (
            match.end() <= head.idx <= match.end() + 14
            and head.dep_ != "pobj"
            and head.i > 0
            and any(child.dep_ in ("compound", "nmod") and match.start() <= child.idx < match.end() for child in head.children)
        )
        for match in names.finditer(text)
    )


_PHRASES = frozenset(phrase for family in FAMILIES for phrase in family.done | family.does if len(phrase.split()) == 3)

_LIGHT = frozenset(
    "call hold stage make take give conduct issue suffer commit declare order carry launch announce impose put reach seize".split()
)


_PLACE_PREPOSITIONS = frozenset("over across near off above below beside".split())


def proper_phrases(head: Token, claim: WatchedClaim) -> list[str]:
    """Return the names in an object: whole, and by their first word where a keyword uses that alone."""
    phrases: list[list[Token]] = []
    places = (
        [child for child in head.children if child.dep_ == "prep" and child.lower_ in _PLACE_PREPOSITIONS] if head.pos_ == "NOUN" else []
    )
    beside = {token.i for place in places for token in place.subtree}
    for token in head.subtree:
        if token.i in beside:
            continue
        if token.pos_ == "PROPN" and phrases and phrases[-1][-1].i == token.i - 1:
            phrases[-1].append(token)
        elif token.pos_ == "PROPN":
            phrases.append([token])
    names = [" ".join(token.text for token in phrase) for phrase in phrases]
    for phrase in phrases:
        first, rest = phrase[0].lower_, phrase[1].lower_ if len(phrase) > 1 else ""
        if rest and any(first in keyword.lower().split() and rest not in keyword.lower().split() for keyword in claim.keywords):
            names.append(phrase[0].text)
    return names


def covers(names: re.Pattern[str], token: Token) -> bool:
    text = " ".join(part.text for part in token.subtree)
    return bool(names.search(text.replace(" - ", "-").replace(" '", "'")))


def is_subject_covered(doc: Doc, names: re.Pattern[str]) -> bool:
    return any(token.dep_ in ("nsubj", "nsubjpass") and covers(names, token) for token in doc)


def past_forms_of(verb: str) -> set[str]:
    if " " in verb or verb in ("hold", "be", "take", "fall", "come", "go", "cut", "shed", "run", "list"):
        return set()
    return {
        form
        for form in forms(verb)
        if form != verb and not form.endswith(("s", "ing", "ion", "ment", "al", "er", "ure", "th")) and form not in _NOUN_FORMS
    }


_NOUN_FORMS = frozenset("death dead loss shot shooting flight sale".split())


def is_dynamic(root: Token) -> bool:
    return root.pos_ == "VERB" and root.tag_ == "VBZ" and not any(child.dep_ in ("aux", "auxpass") for child in root.children)
