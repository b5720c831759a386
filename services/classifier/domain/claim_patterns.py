"""From a claim to the patterns that look for it: of its keywords, or of the syntax tree of its query."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from schemas import claim_query
from schemas.claims_watch import WatchedClaim
from services.classifier.domain.closeness import Close, Together
from services.classifier.domain.inflections import forms, name_forms
from services.classifier.domain.patterns import (
    Absent,
    AnyOf,
    Beginning,
    Both,
    Either,
    InARow,
    InLanguage,
    InTitle,
    Pattern,
)
from services.classifier.domain.words import words_of

Inflect = Callable[[str], frozenset[str]]


def _is_name(word: str) -> bool:
    return word[:1].isupper()


@lru_cache(maxsize=1 << 17)
def literal(text: str, *, inflect: Inflect = forms, names: bool = True) -> AnyOf | InARow:
    """Return the pattern of one word or of several in a row; capitalised words are names unless ``names`` is False.

    Claims say the same words again and again: one pattern serves them all.
    """
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
        first, *more = words_of(node.text)
        if more:  # of a script that is compared sign by sign: what begins so is what holds these signs
            return literal(node.text, inflect=inflect)
        return Beginning(f"{node.text}*", first)
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


_OPPOSITES = (
    ("die kill murder assassinate execute drown", ("alive", "survived", "unharmed", "unhurt")),
    ("capture arrest detain imprison", ("at large", "free", "freed", "released", "escaped")),
    ("free release", ("captive", "in captivity")),
    ("sink capsize", ("afloat",)),
    ("collapse", ("standing", "stands", "intact")),
    ("close shut", ("open", "reopened")),
    ("resign quit", ("stays", "remains in office")),
)
"""What an article says instead of the event to say that it has not happened; a claim can name more."""


def from_keywords(claim: WatchedClaim) -> list[Pattern]:
    """Return the patterns of a claim's keywords.

    Each keyword as it is. Where words of it name the subject, every other name of the subject does as well, and a subject that the
    headline names need not be named again beside the event. There the opposite of the event is a mention too.
    """
    names = [name for name in (claim.subject.name, *claim.subject.aliases) if words_of(name)]
    naming = {token for name in names for token in words_of(name)}
    patterns: list[Pattern] = []
    events: dict[str, Pattern] = {}
    for keyword in claim.keywords:
        words = [word for word in keyword.split() if words_of(word)]
        capitals = not all(map(_is_name, words))  # "Leader Killed" is a heading, not two names
        event = [word for word in words if not naming.issuperset(words_of(word))]
        if 0 < len(event) < len(words):
            events[" ".join(event)] = _together(" ".join(event), event, names=capitals)
            named = [word for word in words if word not in event]
            if len(named) == 1 and named[0] in names:
                continue  # the names of the subject, tried below, include this keyword
        patterns.append(_together(keyword, words, names=capitals))
    return patterns + _of_subject(names, events, claim.opposites)


def _together(label: str, words: Sequence[str], *, names: bool) -> Pattern:
    parts = tuple(literal(word, names=names) for word in words)
    return parts[0] if len(parts) == 1 else Together(label, parts)


def _of_subject(names: Sequence[str], events: Mapping[str, Pattern], opposites: Sequence[str]) -> list[Pattern]:
    """Return the patterns of events beside any name of the subject; those of one word as one pattern."""
    if not events:
        return []
    subject = _any(tuple(literal(name) for name in names))
    contrary = dict.fromkeys([*opposites, *(word for event in events for word in _opposites(event))])
    single = {event: pattern for event, pattern in events.items() if not isinstance(pattern, Together)}
    single.update((word, literal(word)) for word in contrary if words_of(word))
    several = [pattern for pattern in events.values() if isinstance(pattern, Together)]
    happening = [_any(tuple(single.values())), *several] if single else several
    found: list[Pattern] = []
    for event in happening:
        parts = event.parts if isinstance(event, Together) else (event,)
        found += [Together("", (subject, *parts)), Both((InTitle(subject), event))]
    return found


def _any(patterns: tuple[Pattern, ...]) -> Pattern:
    return patterns[0] if len(patterns) == 1 else Either(patterns)


def _opposites(event: str) -> Sequence[str]:
    words = words_of(event)
    return [word for heads, opposites in _OPPOSITES if any(forms(head).issuperset(words) for head in heads.split()) for word in opposites]


def from_claim(claim: WatchedClaim, *, inflect: Inflect = forms) -> list[Pattern]:
    """Return the patterns of a claim; it is mentioned where any of them holds."""
    if not claim.query:
        return from_keywords(claim)
    tree = claim_query.parse_query(claim.query)
    return [from_query(part, inflect=inflect) for part in (tree.parts if isinstance(tree, claim_query.Or) else (tree,))]
