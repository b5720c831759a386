"""Who does what to whom: subjects through conjunctions and control, objects, agents, whose an event noun is."""

from spacy.tokens import Span, Token


def forms_in(token: Token) -> set[str]:
    """Return what the token may be a form of: its lemma, itself, and, where the lemmatiser errs ("fined" -> "fin"), the verb in -e."""
    lowered = token.lower_
    found = {token.lemma_.lower(), lowered}
    if lowered.endswith("ed"):
        found.add(lowered[:-1])
    elif lowered.endswith("ing"):
        found.add(f"{lowered[:-3]}e")
    return found


DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight january february march april may june july august "
    "september october november december".split()
)


def phrase_at(token: Token, phrases: frozenset[str]) -> bool:
    """Tell whether a phrase of several words begins at the token, with at most three words between.

    The noun of a verb and its object may also be the subject of its passive: "the record was broken".
    """
    lemmas = forms_in(token)
    for phrase in phrases:
        words = phrase.split()
        if len(words) < 2 or words[0] not in lemmas:
            continue
        if len(words) == 2 and any(child.dep_ in ("nsubjpass", "dobj") and words[1] in forms_in(child) for child in token.children):
            return True
        index, rest = token.i + 1, words[1:]
        limit = token.i + len(words) + 3
        while rest and index < min(len(token.doc), limit):
            if rest[0] in forms_in(token.doc[index]):
                rest = rest[1:]
            index += 1
        if not rest:
            return True
    return False


def is_one_of(token: Token, words: frozenset[str]) -> bool:
    return not words.isdisjoint(forms_in(token)) or phrase_at(token, words)


def subject_of(verb: Token) -> list[Token]:
    """Return the heads of the verb's subject, through conjunctions, raising and control."""
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if own:
        if verb.dep_ == "relcl" and own[0].lower_ in ("who", "which", "that", "whom"):
            return [verb.head]
        return [_before_day(head) for head in own]
    if verb.dep_ == "conj" and verb.head is not verb:
        return subject_of(verb.head) if verb.head.pos_ in ("VERB", "AUX", "ADJ") else []
    if verb.dep_ in ("xcomp", "advcl", "acomp", "oprd", "attr", "prep", "pcomp", "dep") and verb.head.pos_ in ("VERB", "AUX", "ADJ", "ADP"):
        governed = [child for child in verb.head.children if child.dep_ == "dobj"] if verb.dep_ in ("xcomp", "oprd") else []
        return governed or subject_of(verb.head)
    if verb.dep_ in ("acl", "amod", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [verb.head]
    if verb.dep_ in ("aux", "auxpass"):
        return subject_of(verb.head)
    if verb.dep_ in ("appos",) and verb.head.pos_ in ("NOUN", "PROPN"):
        return [verb.head]
    return []


def _before_day(head: Token) -> Token:
    """Return who acts in "Oster on Saturday recalled", where parsers take the day for it."""
    if head.lower_ not in DAYS or head.i < 2:
        return head
    before = head.doc[head.i - 1]
    owner = head.doc[head.i - 2] if before.lower_ == "on" else before
    return owner if owner.pos_ in ("NOUN", "PROPN") else head


def extent(head: Token) -> Span:
    """Return the noun phrase of a head, without the day that stands behind it: "Oster on Saturday"."""
    end = head.right_edge.i + 1
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "in") and any(grand.lower_ in DAYS for grand in child.children):
            end = min(end, child.i)
    return head.doc[head.left_edge.i : max(end, head.i + 1)]


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is passive, an auxiliary or not."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.tag_ == "VBN" and not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return verb.dep_ in ("acl", "amod", "advcl", "oprd", "acomp", "conj", "xcomp", "ROOT", "ccomp", "relcl", "dep") and not any(
            child.dep_ == "dobj" for child in verb.children
        )
    return False


def objects_of(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.lower_ != "that"]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return []
    return found


def agents_of(verb: Token) -> list[Token]:
    return [
        grand
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for grand in child.children
        if grand.dep_ == "pobj"
    ]


def agents(verb: Token) -> list[Token]:
    """Return who does it."""
    return agents_of(verb) if is_passive(verb) else subject_of(verb)


def noun_arguments(noun: Token) -> list[Token]:
    """Return whom a noun of event is of: possessor, compound, "of", "at", "in"."""
    found = [child for child in noun.children if child.dep_ in ("poss", "compound", "nmod", "amod", "appos")]
    found += [
        grand
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ in ("of", "at", "in", "from", "on", "for", "to", "between", "with")
        for grand in child.children
        if grand.dep_ == "pobj"
    ]
    for argument in list(found):
        found += [child for child in argument.children if child.dep_ == "conj"]
    return found


def core(head: Token) -> tuple[int, int]:
    """Return the character range of a noun phrase without possessors, relative clauses and prepositions, but with apposed names."""
    begin = head.i
    while begin > 0 and _belongs(head.doc[begin - 1], head):
        begin -= 1
    end = head.i + 1
    return head.doc[begin].idx, head.doc[end - 1].idx + len(head.doc[end - 1].text)


def _belongs(token: Token, head: Token) -> bool:
    if token.dep_ == "poss" or token.text in (",", "'s", "'"):
        return False
    return head.is_ancestor(token) and token.dep_ in (
        "compound",
        "amod",
        "nmod",
        "nummod",
        "det",
        "punct",
        "quantmod",
        "advmod",
        "case",
        "nsubjpass",
        "nsubj",
    )


def complements_of(verb: Token) -> list[Token]:
    found = objects_of(verb)
    found += [
        grand
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in ("for", "with", "to", "into", "from", "of")
        for grand in child.children
        if grand.dep_ == "pobj"
    ]
    return found
