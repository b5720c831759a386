"""Whether anybody answers for a speaker's word: a body, somebody unnamed in one, a look-alike, the press at large."""

import re
from enum import Enum

from services.classifier.domain.reading.cues import ROLE, UNNAMED
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.speakers import Description
from services.classifier.domain.reading.states import is_state_only


class Standing(Enum):
    """What a speaker's word is worth."""

    NAMED = "named"
    """A body, an office that one holds, or a person with a name."""
    INSIDER = "insider"
    """Somebody without a name in a body that is named: "a Pentagon official"."""
    STRANGER = "stranger"
    """Somebody without a name who speaks for nobody: "sources close to the club", "residents"."""
    NOBODY = "nobody"
    """Not even an outlet's source: look-alikes, rumours, "media reports"."""


_SHAM = re.compile(
    r"\b(?:posing|masquerading|passing (?:it|him|her|them)sel(?:f|ves) off|claim(?:ing|s|ed) to (?:be|speak|represent|come)"
    r"|pretending|pretends|purport(?:s|ed|ing|edly)?|imitat(?:es|ing|ed)|impersonat(?:es|ing|ed|or)|mimic(?:s|king)?"
    r"|that looks like|made to look like|in the (?:name|style) of"
    r"|self-(?:styled|proclaimed|declared)|so-called|parody|spoof|satirical|fake|bogus|unverified|unofficial|look-?alike"
    r"|impostor|imposter|copycat|hacked|forged|doctored|fan (?:account|page|site|club|forum)|anonymous(?:ly)?|unsigned|hoax)\b",
    re.IGNORECASE,
)
_CALLED_SO = re.compile(r"\bcall(?:s|ing) (?:it|him|her|them)sel(?:f|ves)\b", re.IGNORECASE)
_GROUPS = frozenset(
    "group movement organisation organization militia army front brigade junta council committee coalition alliance".split()
)
"""Who takes a name of their own; a website or a man that does so only bears it."""

_PRESS = re.compile(
    r"^(?:(?:some|several|various|many|other|local|foreign|national|international|regional|unconfirmed|initial|early|earlier|multiple"
    r"|conflicting|recent|widespread|press|media|news|social|online|these|those|the|opposition|state|pro-government|independent"
    r"|[A-Z][a-z]+(?:i|an|ese|ish|ch|ek)) )*"
    r"(?:reports?|media|press|newspapers|papers|tabloids|dailies|news outlets|news sites|outlets|blogs?|websites|channels|posts|tweets"
    r"|rumou?rs|newswires|broadcasters)(?: (?:reports?|accounts?|outlets?|posts?))?$"
    r"|\b(?:reports?|stories|articles|accounts|speculation|claims) (?:in|on|from|by) (?:the |some |several )?(?:[\w-]+ )*"
    r"(?:press|media|newspapers|papers|tabloids|television|tv|radio|internet|web|networks|channels)\b",
    re.IGNORECASE,
)
_STATE_PRESS = re.compile(r"\bstate(?:-run|-owned|-controlled)? (?:media|television|tv|radio|news agency|broadcaster)\b", re.IGNORECASE)

_STRANGERS = frozenset(
    word for word in UNNAMED - ROLE if word.removesuffix("s") not in ROLE | {"broker", "banker", "trader", "soldier"} and word != "staff"
)
"""Who belongs to nobody even where a body is named: "fans of the club", "a person close to the firm"."""

_LOW = frozenset(
    """
    official officials officer officers executive executives aide aides adviser advisers advisor advisors diplomat diplomats lawmaker
    lawmakers staffer staffers bureaucrat bureaucrats functionary operative operatives employee employees member members
    """.split()
)
"""Ranks that many hold, so that whoever is told of by one alone has no name."""

_GENERAL_STAFF = re.compile(
    r"\b(?:general|joint|naval|air|army|defen[cs]e) staff\b|\bchiefs? of (?:the )?(?:[a-z]+ )?staff\b", re.IGNORECASE
)

BRANCH = re.compile(
    r"\b(defen[cs]e|military|army|navy|health|interior|justice|finance|foreign|transport) (?=officials?|officers?|aides?|advis[eo]rs?)",
    re.IGNORECASE,
)
"""Officials of a part of a government that goes by its field: "U.S. defense officials"."""

_COUNTED = re.compile(
    r"^(?:a|an|one|two|three|four|five|six|several|some|many|other|another|unnamed|anonymous|senior|top|high-ranking|former|current)\b",
    re.I,
)


def standing_of(description: Description) -> Standing:
    """Return what the word of whoever is so described is worth."""
    text = description.text.strip(" ,.\"'")
    if _SHAM.search(text) or (_PRESS.search(text) and not description.person and not _STATE_PRESS.search(text)):
        return Standing.NOBODY
    if _CALLED_SO.search(text) and description.head not in _GROUPS:
        return Standing.NOBODY
    if description.nobody and not description.person and not (description.is_text and description.possessive):
        return Standing.NOBODY
    if description.pronoun or (description.person and not _is_of_a_place(description)):
        return Standing.NAMED
    if description.head in _STRANGERS and not (description.is_text and description.possessive) and not _GENERAL_STAFF.search(text):
        return Standing.STRANGER
    if description.head in _LOW or (description.role + "s" in _LOW and description.head not in BODY_NOUNS):
        return _insider(description, text)
    if re.match(r"(?:a|an|one|another)\b", text, re.IGNORECASE) and description.bodies and _is_one_of_many(description):
        return Standing.INSIDER
    return Standing.NAMED


def _is_one_of_many(description: Description) -> bool:
    """Tell whether many hold the office: "a nurse at the hospital"; a spokesman or a minister speaks for the body all the same."""
    role = description.role
    return bool(role) and description.head.startswith(role[:4]) and role not in _SPEAKS_FOR and "spokes" not in description.text.lower()


_SPEAKS_FOR = frozenset(
    """
    spokesman spokeswoman spokesperson spokespeople representative press minister secretary ambassador envoy judge magistrate prosecutor
    coroner lawyer attorney counsel solicitor barrister president chairman chairwoman ceo general premier chancellor mayor governor
    """.split()
)


def _is_of_a_place(description: Description) -> bool:
    """ "Kresk residents": the name is a place's."""
    return description.head in _STRANGERS and description.head.endswith("s") and description.text.endswith(description.head)


def _insider(description: Description, text: str) -> Standing:
    if description.bodies and is_state_only(description.bodies[0]) and BRANCH.search(text):
        return Standing.INSIDER
    is_bare_plural = description.head.endswith("s") and not _COUNTED.match(text)
    if not description.bodies or is_state_only(description.bodies[0]):
        return Standing.NAMED if description.head == "officers" and is_bare_plural else Standing.STRANGER
    if is_bare_plural or (text.lower().startswith("the ") and not description.head.endswith("s") and description.head != "official"):
        return Standing.NAMED
    return Standing.INSIDER
