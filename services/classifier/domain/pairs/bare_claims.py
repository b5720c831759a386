"""From a bare sentence to a watched claim: its subject and its names are found by the parse."""

import re
from hashlib import sha256

from spacy.tokens import Doc, Token

from schemas.claims_watch import Subject, WatchedClaim
from services.classifier.domain.inflections import forms
from services.classifier.domain.opinion.common_words import COMMON
from services.classifier.domain.opinion.features import ClaimSides
from services.classifier.domain.reading.claim_compiler import compile_claim
from services.classifier.domain.reading.claim_names import NOT_SURNAMES
from services.classifier.domain.reading.cues import ROLE, TITLES
from services.classifier.domain.reading.statements import Parse, root_of


def claim_of(sentence: str, parse: Parse) -> WatchedClaim:
    """Return the sentence as a watched claim that the reader can read by. Nobody is known as an authority."""
    statement = re.sub(r"\s+", " ", sentence).strip()
    doc = parse(statement)
    name, *aliases = _subject_names(doc)
    words = [token.lower_ for token in doc if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and token.is_alpha]
    return WatchedClaim(
        claim_id=f"pair-{sha256(statement.encode()).hexdigest()[:24]}",
        statement=statement,
        keywords=(" ".join(words) or statement,),
        subject=Subject(name=name, aliases=tuple(aliases)),
    )


def sides_of(sentence: str, parse: Parse) -> ClaimSides:
    """Return the sides of a claim that the second opinion compares texts with."""
    frame = compile_claim(claim_of(sentence, parse), parse)
    opposites = frozenset(form for word in frame.opposites for form in forms(word))
    return ClaimSides.of(sentence, event=frame.vocabulary, opposites=opposites)


def _subject_names(doc: Doc) -> list[str]:
    """Return what the sentence's subject may be called, the fullest first."""
    head = _subject(doc)
    phrase = _phrase(head)
    whole = _text(phrase) or head.text
    name = max(_runs(phrase), key=len, default=[])
    found = [whole]
    if name and name[-1] is phrase[-1]:  # "Hacker group Red Mantis", "Professor Amy Lund"
        found = [_text(_untitled(name)), whole]
        if len(name) > 2:
            found.append(_text(name[-2:]))
        if len(name) > 1 and _may_stand_alone(name[-1]):
            found.append(name[-1].text)
    elif name and len(name) + 1 >= len(phrase) and len(name) > 1:  # "the Iron Ridge mine"
        found.append(_text(name))
    elif _may_stand_alone(head):
        found.append(head.text)
    others = _of_whom(doc, head)
    found = [*others, *found] if others and not name else found + others
    return list(dict.fromkeys(name for name in found if re.search(r"\w", name))) or [doc.text]


def _phrase(head: Token) -> list[Token]:
    """Return the noun phrase up to its head, and the name that may stand behind it ("the cargo ship Ocean Petal")."""
    doc, end = head.doc, head.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        end += 1
    return [token for token in doc[head.left_edge.i : end] if token.pos_ not in ("DET", "SPACE")]


def _untitled(name: list[Token]) -> list[Token]:
    """Return a person's name without what they are: "Poet Rashid Anwar"."""
    while len(name) > 2 and name[0].lower_.rstrip(".") in TITLES | ROLE | COMMON:
        name = name[1:]
    return name


def _of_whom(doc: Doc, head: Token) -> list[str]:
    """Return the other ways to say "the mayor of Castelbo"."""
    behind = doc[head.i + 1 : head.i + 6]
    if len(behind) < 2 or behind[0].lower_ != "of" or not any(token.pos_ == "PROPN" for token in behind):
        return []
    owner: list[Token] = []
    for token in list(behind)[1:]:
        if token.pos_ not in ("PROPN", "DET"):
            break
        owner.append(token)
    place = _text([token for token in owner if token.pos_ == "PROPN"])
    return [f"{head.text} of {_text(owner)}", f"{place}'s {head.text}", f"{place} {head.text}"] if place else []


def _subject(doc: Doc) -> Token:
    root = root_of(doc)
    near = (root, *root.children)
    subject = next((token for token in doc if token.dep_ in ("nsubj", "nsubjpass") and token.head in near and token.pos_ != "PRON"), None)
    named = next((token for token in doc if token.pos_ == "PROPN"), None)
    noun = next((token for token in doc if token.pos_ == "NOUN"), None)
    return subject or named or noun or root


def _runs(phrase: list[Token]) -> list[list[Token]]:
    """Return the names in a noun phrase: runs of proper nouns."""
    runs: list[list[Token]] = []
    for token in phrase:
        if token.pos_ != "PROPN":
            continue
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _may_stand_alone(token: Token) -> bool:
    return len(token.text) > 3 and token.is_alpha and token.lower_ not in COMMON | NOT_SURNAMES


def _text(tokens: list[Token]) -> str:
    """Return the words as they stand, blanks as in the sentence."""
    if not tokens:
        return ""
    return str(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text).strip()
