"""Whether somebody told of without a name is whom the next sentence names: "her agent said ...", "..., said Ida Roe of Roe Talent"."""

import re

from services.classifier.domain.reading.cues import PERSONAL_ROLE, TITLES
from services.classifier.domain.reading.office_holders import OF_ONE_PERSON
from services.classifier.domain.reading.speakers import Description
from services.classifier.domain.reading.standing import Standing, standing_of

_ONE = re.compile(r"^(?:the|a|an|one|his|her|its) ", re.IGNORECASE)
_HIDDEN = re.compile(
    r"\b(?:sources?|anonym\w+|unnamed|declin\w+|officials?|insiders?|condition|not (?:to be |authori[sz]ed))\b", re.IGNORECASE
)
_OF_THEIR_OWN = (
    PERSONAL_ROLE | OF_ONE_PERSON | frozenset("owner witness keeper dealer captain skipper conservator professor scientist".split())
)


def is_one_without_a_name(described: Description) -> bool:
    """Tell whether the phrase tells of one person, for nobody but themselves, whom the text may go on to name."""
    if described.person or described.pronoun or described.bodies or described.is_text or described.former:
        return False
    if not _ONE.match(described.text) or _HIDDEN.search(described.text) or described.head.endswith("s"):
        return False
    return (described.role or described.head) in _OF_THEIR_OWN and standing_of(described) is not Standing.NOBODY


def names_the_same(before: Description, now: Description) -> bool:
    """Tell whether a name may be that of whoever spoke in the sentence before without one."""
    if not re.match(r"\S+ \S+", now.person) or now.possessive or now.outsider or now.former:
        return False
    return not now.role or now.role == (before.role or before.head) or now.role in TITLES & PERSONAL_ROLE
