"""Who does what to whom: subjects through conjunctions and control, objects, agents, whose an event noun is."""

from spacy.tokens import Token


def forms_in(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def phrase_at(token: Token, phrases: frozenset[str]) -> bool:
    """Tell whether a phrase of several words begins at the token, with at most three words between."""
    lemmas = forms_in(token)
    for phrase in phrases:
        words = phrase.split()
        if len(words) < 2 or words[0] not in lemmas:
            continue
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
        return own
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
