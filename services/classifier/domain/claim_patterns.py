"""From a claim to the patterns that look for it: of its keywords, or of the syntax tree of its query."""

from collections.abc import Callable, Sequence

from schemas import claim_query
from schemas.claims_watch import WatchedClaim
from services.classifier.domain.inflections import forms, name_forms
from services.classifier.domain.patterns import (
    Absent,
    AnyOf,
    Beginning,
    Both,
    Close,
    Either,
    InARow,
    InLanguage,
    InTitle,
    Pattern,
    Together,
)
from services.classifier.domain.words import words_of

Inflect = Callable[[str], frozenset[str]]


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def literal(text: str, *, inflect: Inflect = forms, names: bool = True) -> AnyOf | InARow:
    """Return the pattern of one word or of several in a row; capitalised words are names unless ``names`` is False."""
    groups = []
    for part in text.split():
        bend = name_forms if names and _is_name(part) and inflect is forms else inflect
        groups += [bend(word) for word in words_of(part)]
    return AnyOf(text, groups[0]) if len(groups) == 1 else InARow(text, tuple(groups))


def from_query(node: claim_query.Node, *, inflect: Inflect = forms) -> Pattern:
    """Return the pattern of a query's syntax tree."""
    if isinstance(node, claim_query.Word | claim_query.Phrase):
        return literal(node.text, inflect=inflect)
    if isinstance(node, claim_query.Prefix):
        prefix = "".join(words_of(node.text))
        return Beginning(f"{node.text}*", prefix)
    if isinstance(node, claim_query.Lang):
        return InLanguage(node.tag)
    if isinstance(node, claim_query.Not):
        if isinstance(node.part, claim_query.Lang):
            return InLanguage(node.part.tag, wanted=False)
        return Absent(from_query(node.part, inflect=inflect))
    if isinstance(node, claim_query.Title):
        return InTitle(from_query(node.part, inflect=inflect))
    if isinstance(node, claim_query.Near):
        return Close(from_query(node.left, inflect=inflect), from_query(node.right, inflect=inflect), node.distance)
    parts = tuple(from_query(part, inflect=inflect) for part in node.parts)
    return Both(parts) if isinstance(node, claim_query.And) else Either(parts)


def from_keyword(keyword: str, subject_names: Sequence[str]) -> list[Pattern]:
    """Return the patterns of a keyword: as it is, and with each name of the subject in the place of the words that name it."""
    words = [word for word in keyword.split() if words_of(word)]
    names = not all(map(_is_name, words))  # "Leader Killed" is a heading, not two names
    patterns: list[Pattern] = [Together(keyword, tuple(literal(word, names=names) for word in words))]
    naming = {token for name in subject_names for token in words_of(name)}
    event = [word for word in words if not naming.issuperset(words_of(word))]
    if event and len(event) < len(words):
        subject = Either(tuple(literal(name) for name in subject_names if words_of(name)))
        patterns.append(Together(keyword, (subject, *(literal(word, names=names) for word in event))))
    return patterns


def from_claim(claim: WatchedClaim, *, inflect: Inflect = forms) -> list[Pattern]:
    """Return the patterns of a claim; it is mentioned where any of them holds."""
    if claim.query:
        tree = claim_query.parse_query(claim.query)
        return [from_query(part, inflect=inflect) for part in (tree.parts if isinstance(tree, claim_query.Or) else (tree,))]
    names = (claim.subject.name, *claim.subject.aliases)
    return [pattern for keyword in claim.keywords for pattern in from_keyword(keyword, names)]
