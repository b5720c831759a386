"""Which party of the claim an office holder speaks for: by body, country, title, or the body last spoken of."""

import re

from services.classifier.domain.reading.bodies import tidy, with_office
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.origin import Context
from services.classifier.domain.reading.parties import Parties, words
from services.classifier.domain.reading.speakers import Description, is_family, is_personal

_INDEPENDENT = re.compile(
    r"\b(?:fire|police|village|town|city|county|district|union|church|school|hospital|volunteer|tribal|opposition"
    r"|party|harbour|harbor|security|independent)\s+(?:chief|leader|head|director|officer|commander|captain"
    r"|secretary|chairman|chair|official|engineer)",
    re.IGNORECASE,
)


_OFFICES_OF = {
    "mayor": frozenset("council city town municipality village".split()),
    "speaker": frozenset("parliament assembly house senate congress council".split()),
    "governor": frozenset("bank state province".split()),
    "minister": frozenset("ministry government cabinet".split()),
    "judge": frozenset("court tribunal".split()),
    "doctor": frozenset("hospital clinic fc club united rovers".split()),
}
"""Offices that only some bodies have."""


SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson"})


OF_ONE_PERSON = frozenset("agent publicist accountant biographer".split())
"""Who speaks for one person, or for nobody but themselves: "her agent Kristin Holm" is no voice of the club last named."""

_HOLDERS = frozenset(
    """
    founder director secretary head chief chairman chair president leader commander executive general colonel major admiral captain
    manager minister chairwoman owner boss envoy member official
    """.split()
)
"""Offices that without a body are one of the body last named."""


class OfficeHolders:
    """Finds the party that somebody speaks for."""

    def __init__(self, frame: ClaimFrame, parties: Parties) -> None:
        self._frame, self._parties = frame, parties

    def family(self, description: Description) -> str:
        """Return the party that is the subject's family, if a relative of the subject speaks; empty if there is none."""
        if not is_family(description):
            return ""
        theirs = re.match(r"(?:his|her|their|the)\b", description.text, re.IGNORECASE) or self._frame.names.search(description.text)
        found = [name for name in self._parties.names if words(name)[-1:] in (["family"], ["relatives"])]
        return found[0] if theirs and len(found) == 1 and self._frame.is_person else ""

    def party(self, description: Description, context: Context) -> str:
        """Return the party that somebody so described speaks for; empty if none."""
        if "spokes" in description.text.lower() or len(description.text.split()) < 6:
            if whole := self._parties.of(description.text):
                return whole
        office = re.search(r"\b[A-Z]?[a-z]+ [Mm]inist(?:er|ry)\b", description.text)
        if (
            office is not None
            and not any(re.search(r"minist", body, re.IGNORECASE) for body in description.bodies)
            and (party := self._parties.of(office.group(), definite=True))
            and not description.bodies
        ):
            return party
        for body in description.bodies:
            if is_personal(description) and description.person:
                continue
            if party := self._parties.of(
                with_office(description, body),
                definite=(description.definite or description.role in SPOKES) and len(description.bodies) == 1,
            ) or self._parties.of(body, definite=description.definite):
                return party
            if self._frame.names.fullmatch(tidy(body)) or (self._frame.names.search(tidy(body)) and len(body.split()) < 4):
                break
        if description.person and (party := self._parties.of(description.person) or self._of_whom(description.text)):
            return party
        if not description.bodies and (party := self._by_title(description)):
            return party
        if (
            party := self._parties.of_office(description.role or description.head, of=self._frame.names)
            if description.possessive or not description.bodies
            else ""
        ):
            return party
        if not description.bodies and description.head in BODY_NOUNS and (party := self._parties.of(description.head, definite=True)):
            return party
        if description.role in OF_ONE_PERSON and (description.person or description.possessive):
            return ""
        if not description.bodies and (description.role or description.possessive) and not is_personal(description):
            if state := self._parties.of(description.text):
                return state
            if description.possessive or description.role in SPOKES or description.definite or description.person:
                return self._parties.of(context.body, definite=True) if self.refers_back(description, context) else ""
        return ""

    def _of_whom(self, text: str) -> str:
        """ "Judith Corbel of Corbel Talent": the body behind the name, if it is a party by name."""
        behind = re.search(r"^[^,]*\b[A-Z][\w'-]+,? (?:of|at|from|for) (?:the )?([A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*)", text)
        return self._parties.named(behind[1]) if behind else ""

    def _by_title(self, description: Description) -> str:
        """ "Sheriff Wanda Ruiz" speaks for the one party that is a sheriff's: "Sheriff's Office of Tamarack County"."""
        title = description.role or description.text.split()[0].lower().rstrip(".")
        found = [name for name in self._parties.names if title and f"{title}'s" in name.lower().replace("’", "'").split()]
        return found[0] if len(found) == 1 and (description.person or description.definite) else ""

    def refers_back(self, description: Description, context: Context) -> bool:
        """Tell whether an office without a body is one of the body last named."""
        if not context.body and context.bodies:
            context.body = context.bodies[-1]
        if not context.body:
            return False
        if _INDEPENDENT.search(description.text):
            return False
        fitting = _OFFICES_OF.get(description.role)
        if fitting is not None:
            return bool(fitting & set(words(context.body))) and not description.bodies
        return description.possessive or description.role in SPOKES or description.role in _HOLDERS
