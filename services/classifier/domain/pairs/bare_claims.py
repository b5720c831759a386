"""From a bare sentence to a watched claim: its subject and its names are found by the parse."""

import re
from hashlib import sha256

from spacy.tokens import Doc, Token

from schemas.claims_watch import Subject, WatchedClaim
from services.classifier.domain.opinion.common_words import COMMON
from services.classifier.domain.reading.statements import Parse, root_of

_NOT_OF_NAMES = frozenset(("DET", "PUNCT", "SPACE", "PART", "NUM"))


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


def _subject_names(doc: Doc) -> list[str]:
    """Return what the sentence's subject may be called, the fullest first."""
    head = _subject(doc)
    phrase = [token for token in doc[head.left_edge.i : head.i + 1] if token.pos_ not in ("DET", "SPACE")]
    whole = _text(phrase) or head.text
    names = [_text(run) for run in _runs(phrase)]
    found = [*sorted(names, key=len, reverse=True)[:1], whole]
    if names:
        found += [run[-1].text for run in _runs(phrase) if _may_stand_alone(run[-1])]
    elif _may_stand_alone(head):
        found.append(head.text)
    return list(dict.fromkeys(name for name in found if re.search(r"\w", name))) or [doc.text]


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
    return len(token.text) > 3 and token.is_alpha and token.lower_ not in COMMON


def _text(tokens: list[Token]) -> str:
    """Return the words as they stand, blanks as in the sentence."""
    if not tokens:
        return ""
    return str(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text).strip()
