"""What the speaker of a pair is called: the body they speak for, or themselves, by name and role."""

import re

from schemas.claims_evidence import Evidence
from services.classifier.domain.reading.bodies import person_name
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.claim_names import may_be_person
from services.classifier.domain.reading.cues import FAMILY_ROLE
from services.classifier.domain.reading.office_holders import SPOKES
from services.classifier.domain.reading.states import country_of

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_OWN_PEOPLE = frozenset(
    "agent lawyer lawyers attorney solicitor barrister publicist doctor label manager employer club widow friend".split()
)
"""Who speaks for themselves or for somebody, whosever they are: not the same as that person."""

_FOR_THE_WHOLE = SPOKES | frozenset("management board office press headquarters leadership bosses spokespeople chairman boss".split())
"""Whose word is that of the body they are of."""

_NOBODY = re.compile(r"^(?:\d+|one|two|three|several|some|many|unnamed|anonymous|a|an)\b", re.IGNORECASE)

MAX_WORDS = 8


def called(piece: Evidence, frame: ClaimFrame, *, outlet: str) -> str:
    """Return what the one who says a piece is called; ``outlet`` is what the outlet's own voice is called, empty if none is known."""
    phrase = _plain(piece.speaker)
    if piece.own_voice:
        return phrase if phrase and not _NOBODY.match(piece.speaker) and _ARTICLE.match(piece.speaker) else outlet
    if not phrase or country_of(piece.origin):
        return piece.origin
    last = phrase.split()[-1].lower()
    if last in _FOR_THE_WHOLE or any(word.lower() in SPOKES for word in phrase.split()):
        return _behind_spokes(phrase) or _full(piece.origin, frame)
    if phrase.endswith(f" {piece.origin}") and not may_be_person(piece.origin):  # "operator Iron Ridge Mining"
        return piece.origin
    person = person_name(piece.origin) if piece.origin in phrase else ""
    owned = re.search(r"['’]s? \w+(?: \w+)?$", phrase) is not None and last in _OWN_PEOPLE | FAMILY_ROLE
    if owned or (person and person != phrase) or not _is_name(piece.origin, phrase):
        return phrase if len(phrase.split()) <= MAX_WORDS else piece.origin
    return _full(piece.origin, frame)


def _plain(speaker: str) -> str:
    """Return the phrase without article, and without what is told of them behind a comma."""
    return _ARTICLE.sub("", speaker.split(",")[0]).strip()


def _behind_spokes(phrase: str) -> str:
    """Return the body of "A spokesperson for Quist's record label" as it is written."""
    found = re.search(r"\bspokes\w+ (?:for|of|at|from) (?:the )?(.+)$", phrase)
    return found[1] if found else ""


def _is_name(origin: str, phrase: str) -> bool:
    """Tell whether the origin is more than a piece of the phrase ("Eastvale" of "Transport for Eastvale")."""
    return origin == phrase or origin.lower() not in phrase.lower()


def _full(name: str, frame: ClaimFrame) -> str:
    """Return the claim's own name for whom a short form names."""
    is_subject = frame.names.fullmatch(name) is not None and name[0].isupper()
    return frame.claim.subject.name if is_subject and name.lower() in frame.claim.subject.name.lower() else name
