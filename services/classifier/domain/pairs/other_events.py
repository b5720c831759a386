"""Near-misses: a text that has much of a claim's wording and is about something else.

It is, where a name of the claim has another in its place, where who does it and to whom are exchanged, where it is somebody of the
subject's own that it befalls, or where the text is as the claim is but for one word. Where a name is merely missing, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from spacy.tokens import Doc

from schemas.claims_watch import WatchedClaim
from services.classifier.domain.opinion.content import base, content_of
from services.classifier.domain.pairs.name_runs import EVENT, Run, runs_of, slots_of
from services.classifier.domain.reading.claim_compiler import compile_claim
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.cues import FAMILY_ROLE, ROLE, TITLES
from services.classifier.domain.reading.families import kinds_of
from services.classifier.domain.reading.roles import is_passive, objects_of, subject_of
from services.classifier.domain.reading.sentences import plain
from services.classifier.domain.reading.statements import Parse, root_of

_OF_A_PEOPLE = ("n", "an", "ian", "ish", "ese", "i", "s", "ns", "ans", "ians", "er", "ers")
"""What turns the name of a place into that of its people."""

MOST_ADDED = 4
"""Content words beyond the claim's that a text may have and still be as the claim is but for one word."""

FEW_SENTENCES = 4
"""A longer text names so much that another name in one place of it says little."""

_ALIKE = 0.8
"""Two spellings as like as that are of one name."""


@dataclass(frozen=True)
class ClaimShape:
    """What a claim has that another event may differ in.

    Attributes:
        event: Words of the event, any form.
        runs: Its names.
        nouns: Its common nouns, with their slots.
        words: All its content words.
        verb: Base form of its main verb.
        agents, patients: Words of the names of who does it, and of whom it is done to.
    """

    frame: ClaimFrame
    event: frozenset[str]
    runs: tuple[Run, ...]
    nouns: tuple[tuple[str, frozenset[tuple[str, str]]], ...]
    words: frozenset[str]
    verb: str
    agents: frozenset[str]
    patients: frozenset[str]

    @classmethod
    def of(cls, frame: ClaimFrame, doc: Doc) -> "ClaimShape":
        """Return the shape of a claim, by its frame and its parse."""
        event = (frame.vocabulary | frame.own_words) - frame.opposites - frame.themes
        runs, root = runs_of(doc, event), root_of(doc)
        return cls(
            frame,
            event,
            tuple(runs),
            tuple(_nouns(doc, event)),
            frozenset(content_of(doc.text)),
            base(root.lemma_.lower()),
            _words_in(runs, "agent"),
            _words_in(runs, "patient"),
        )


def _words_in(runs: Sequence[Run], role: str) -> frozenset[str]:
    return frozenset(word for run in runs if (role, EVENT) in run.slots for word in run.words)


def _nouns(doc: Doc, event: frozenset[str]) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    found = []
    for token in doc:
        if token.pos_ == "NOUN" or (token.dep_ == "compound" and token.text.islower()):
            slots = set(slots_of(token, event))
            if token.dep_ in ("compound", "amod", "nmod"):
                slots.add(("mod", base(token.head.lemma_.lower())))
            found.append((base(token.lower_), frozenset(slots)))
    return found


def shape_of(sentence: str, claim: WatchedClaim, parse: Parse) -> ClaimShape:
    """Return the shape of a claim sentence."""
    return ClaimShape.of(compile_claim(claim, parse), parse(plain(sentence)))


def is_another_event(claim: ClaimShape, docs: Sequence[Doc], text: str) -> bool:
    """Tell whether a text, parsed in part, is about another event than the claim's, however alike they are worded."""
    words = frozenset(content_of(text))
    for doc in docs:
        runs = runs_of(doc, claim.event)
        if any(_is_another(own, run, words, claim.words) for own in claim.runs for run in runs):
            return True
        if _is_exchanged(claim, doc, runs) or _is_of_ones_own(claim, doc) or _differs_in_a_word(claim, doc, words):
            return True
    return False


def _is_another(own: Run, other: Run, words: frozenset[str], claim: frozenset[str]) -> bool:
    """Tell whether a name stands where the claim has another."""
    missing = [word for word in own.words if not _is_among(word, words)]
    foreign = [word for word in other.words if not _is_among(word, claim)]
    if not missing or not foreign:
        return False
    if len(missing) == len(own.words) and len(foreign) == len(other.words):
        return (
            bool(own.slots & (other.slots | other.inside))
            and own.is_people == other.is_people
            and not _alike(own.words[-1], other.words[-1])
        )
    return _is_variant(own.words, other.words, missing)


def _is_variant(own: tuple[str, ...], other: tuple[str, ...], missing: Sequence[str]) -> bool:
    """Tell whether two names of as many words have some in common and differ in others: "Sea Otter", "Sea Eagle"."""
    if len(own) != len(other) or len(own) < 2:
        return False
    pairs = list(zip(own, other, strict=True))
    differing = [(one, two) for one, two in pairs if one != two]
    return bool(differing) and len(differing) < len(pairs) and all(one in missing and not _alike(one, two) for one, two in differing)


def _is_among(word: str, words: frozenset[str]) -> bool:
    return word in words or (len(word) > 3 and any(_same_place(word, other) for other in words))


def _same_place(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return False
    stem = short[:-1] if short[-1] in "aey" else short
    return (long.startswith(short) and long[len(short) :] in _OF_A_PEOPLE) or (
        stem != short and long.startswith(stem) and long[len(stem) :] in _OF_A_PEOPLE
    )


def _alike(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit() or {one.removesuffix(other), other.removesuffix(one)} & {"a"}:
        return False
    if one == f"{other}a" or other == f"{one}a":  # Paul, Paula
        return False
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long.startswith(short):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE or _same_place(one, other)


def _is_exchanged(claim: ClaimShape, doc: Doc, runs: Sequence[Run]) -> bool:
    """Tell whether who does it and whom it is done to have changed places."""
    agents, patients = _words_in(runs, "agent"), _words_in(runs, "patient")
    if claim.agents & agents or not claim.patients & agents or claim.patients & patients:
        return False
    if claim.agents & patients:
        return True
    return any(
        token.pos_ == "VERB"
        and base(token.lemma_.lower()) == claim.verb
        and not is_passive(token)
        and objects_of(token)
        and any(base(head.lower_) in claim.patients for head in subject_of(token))
        for token in doc
    )


def _is_of_ones_own(claim: ClaimShape, doc: Doc) -> bool:
    """Tell whether it befalls, or is done by, somebody of the subject's own: "Lowry's brother left the band"."""
    for token in doc:
        if token.dep_ != "poss" or not claim.frame.names.search(token.text):
            continue
        owned = token.head
        if owned.lower_ not in FAMILY_ROLE | ROLE | TITLES | _STAFF or base(owned.lower_) in claim.words:
            continue
        if any(role in ("agent", "patient") and governor == EVENT for role, governor in slots_of(owned, claim.event)):
            return True
    return False


_STAFF = frozenset(
    "aide assistant bodyguard drummer guitarist bassist singer deputy predecessor successor rival teammate team-mate colleague driver "
    "cook namesake neighbour neighbor friend partner lover ally chief subsidiary supplier owner parent chauffeur "
    "understudy double stalker".split()
)


def _differs_in_a_word(claim: ClaimShape, doc: Doc, words: frozenset[str]) -> bool:
    """Tell whether the text has all that the claim has but one noun, and another noun in its slot."""
    missing = [word for word in claim.words if not _is_among(word, words)]
    if len(missing) != 1 or len(words - claim.words) > MOST_ADDED:
        return False
    slots = next((slots for noun, slots in claim.nouns if noun == missing[0]), frozenset())
    return bool(slots) and any(
        slots & others and _are_other_things(missing[0], noun) for noun, others in _nouns(doc, claim.event) if noun not in claim.words
    )


def _are_other_things(one: str, other: str) -> bool:
    return other not in kinds_of(frozenset({one})) and one not in other and other not in one and not _alike(one, other)
