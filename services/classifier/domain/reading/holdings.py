"""Who has a place, and what is said of things that an actor had to do with: "the town is in rebel hands", "the phone is out"."""

from spacy.tokens import Token

from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.references import References
from services.classifier.domain.reading.roles import core, is_one_of, is_passive, subject_of


def is_thing(token: Token, words: frozenset[str], refs: References) -> bool:
    """Tell whether the token says one of the words of what the claim's actor did it to."""
    if not words or token.pos_ not in ("VERB", "AUX", "ADJ", "ADV", "ADP") or not is_one_of(token, words):
        return False
    if token.pos_ in ("ADV", "ADP") and any(child.dep_ == "neg" for child in token.head.children):
        return False
    if token.pos_ == "VERB" and (is_passive(token) or token.dep_ == "amod"):
        return False
    if token.dep_ == "prt":
        return False
    receivers = _of(token, "to") if token.lemma_ in ("go", "fall") else []
    if receivers:
        return refs.any_refers(receivers) and any(_is_object(head, refs) for head in subject_of(token))
    heads = subject_of(token) or (subject_of(token.head) if token.head.pos_ in ("AUX", "VERB") else [])
    return any(_names_thing(head, refs) for head in heads)


def _is_object(head: Token, refs: References) -> bool:
    objects = refs.frame.objects
    if objects is not None:
        return objects.search(head.doc[head.left_edge.i : head.right_edge.i + 1].text) is not None
    return head.lemma_.lower() in refs.frame.object_nouns and _alike(head, refs.frame.object_modifiers)


def _names_thing(head: Token, refs: References) -> bool:
    frame = refs.frame
    if frame.objects is not None and frame.object_is_named:
        begin, end = core(head)
        return frame.objects.search(text_of(head.doc)[begin:end]) is not None
    if head.lemma_.lower() not in frame.object_nouns or not _alike(head, frame.object_modifiers):
        return False
    subtree = list(head.subtree)
    text = "".join(token.text_with_ws for token in subtree)
    if frame.objects is not None:
        return frame.objects.search(text) is not None and (refs.near_subject or frame.names.search(text_of(head.doc)) is not None)
    if any(token.pos_ == "PROPN" and token.lower_ not in frame.known_tokens for token in subtree):
        return False
    return frame.names.search(text) is not None or refs.near_subject or frame.names.search(text_of(head.doc)) is not None


def _alike(head: Token, wanted: frozenset[str]) -> bool:
    modifiers = {child.lower_ for child in head.children if child.dep_ in ("amod", "compound") and child.pos_ != "PROPN"}
    return not wanted or not modifiers or bool(modifiers & wanted)


def held(token: Token, refs: References) -> bool | None:
    """Tell whether the claim's actor has the place (True) or another (False); None if the token says nothing of it."""
    if not refs.frame.actors:
        return None
    place, holder = _place_and_holder(token)
    if not holder or not refs.any_refers(place):
        return None
    words = {word.lower_ for head in holder for word in head.subtree}
    if words & refs.frame.actors:
        return True
    return False if all(head.pos_ in ("NOUN", "PROPN") for head in holder) and words.isdisjoint(_VAGUE) else None


_VAGUE = frozenset("group fighters force forces troops soldiers side men militants unit units".split())


def _place_and_holder(token: Token) -> tuple[list[Token], list[Token]]:
    lemma = token.lemma_.lower()
    if lemma == "control" and token.dep_ == "pobj" and token.head.lower_ == "in":
        return _of(token, "of"), subject_of(token.head) or subject_of(token.head.head)
    if lemma in ("hand", "control") and token.dep_ == "pobj" and token.head.lower_ in ("in", "under", "into"):
        holder = [*_of(token, "of"), *(child for child in token.children if child.dep_ in ("poss", "compound", "amod", "nmod"))]
        return subject_of(token.head) or subject_of(token.head.head), holder
    if lemma == "control" and token.pos_ == "NOUN" and token.dep_ == "dobj" and token.head.lemma_ in ("have", "take", "gain", "hold"):
        return _of(token, "of"), subject_of(token.head)
    if lemma in ("control", "hold") and token.pos_ == "VERB" and not is_passive(token):
        return [child for child in token.children if child.dep_ == "dobj"], subject_of(token)
    if lemma == "fall" and token.pos_ == "VERB":
        return subject_of(token), _of(token, "to")
    return [], []


def _of(token: Token, preposition: str) -> list[Token]:
    return [
        grand
        for child in token.children
        if child.dep_ in ("prep", "dative") and child.lower_ == preposition
        for grand in child.children
        if grand.dep_ == "pobj"
    ]
