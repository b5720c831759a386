"""Whose word a speaker's word is: a party of the claim, a body, a person, an outlet, or nobody."""

import re
from dataclasses import dataclass, field, replace

from schemas.feeds_source import Outlet
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.bodies import PRIVATE, may_be, person_name, tidy, with_office
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.parties import Parties, words
from services.classifier.domain.reading.speakers import BODY_NOUNS, Description, is_family, is_personal, is_plural_body
from services.classifier.domain.reading.states import country_of

_OUR_OWN = re.compile(
    r"\b(?:this (?:newspaper|paper|site|reporter|magazine|station|channel|agency)|our (?:reporter|correspondent"
    r"|photographer|reporters)|we)\b",
    re.IGNORECASE,
)


_OUTLET_STAFF = re.compile(r"\b(?:reporter|correspondent|journalist|photographer|editor|newsroom|crew)s?\b", re.IGNORECASE)


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


_SAME_AGAIN = frozenset("service group organisation organization agency body force movement institute institution".split())
"""Nouns by which a text calls again the body that has just spoken."""


_RANKS = frozenset(
    "brigadier colonel general major captain lieutenant sergeant commander admiral detective inspector superintendent".split()
)
"""Ranks: without a name they speak for the force that has just spoken."""


_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson"})


@dataclass(frozen=True)
class Origin:
    """Whose word it is.

    Attributes:
        name: The party's name, the body, the person, or the outlet's family.
        speaker: As the text names them; empty for the outlet itself.
        own_voice: The outlet speaks on its own account.
        accountable: False: nobody's own account.
        secondhand: The outlet rests on somebody unnamed, so that a plain word is no more than likely.
    """

    name: str
    speaker: str = ""
    own_voice: bool = False
    accountable: bool = True
    secondhand: bool = False


@dataclass
class Context:
    """Whom the text has spoken of so far."""

    last: Origin | None = None
    person: Origin | None = None
    """Whose word it is when the last person named or quoted speaks on."""
    body: str = ""
    """The last body named, as written."""
    bodies: list[str] = field(default_factory=list)

    def note(self, phrase: str) -> None:
        """Remember a body that was named."""
        if phrase:
            self.body = phrase
            self.bodies.append(phrase)


class OriginFinder:
    """Finds origins in one article for one claim."""

    def __init__(self, frame: ClaimFrame, parties: Parties, outlet: Outlet, outlets: Outlets) -> None:
        self._frame, self._parties, self._outlet, self._outlets = frame, parties, outlet, outlets
        self._bodies = [name for name in sorted(parties.names) if not country_of(name) or len(name.split()) > 1]

    @property
    def party_names(self) -> frozenset[str]:
        """Names of the claim's authorities and interested parties."""
        return self._parties.names

    def note_named(self, text: str, context: Context) -> None:
        """Remember the parties, and the bodies of the statement, that a sentence names: "the company" may be one of them."""
        for phrase in re.findall(r"(?:[A-Z][\w'-]*)(?: (?:of|for|and|the|[a-z]+|[A-Z][\w'-]*)){0,5}", text):
            if (party := self._parties.of(phrase)) and party in self._bodies and party not in context.bodies[-1:]:
                context.bodies.append(party)
        for name in self._bodies:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                context.bodies.append(name)

    def outlet(self, *, speaker: str = "", secondhand: bool = False) -> Origin:
        """Return the outlet itself as origin."""
        return Origin(self._outlet.origin_family, speaker, own_voice=True, secondhand=secondhand)

    def is_authority(self, phrase: str) -> bool:
        """Tell whether the phrase names one of the claim's authorities."""
        party = self._parties.of(phrase)
        return bool(party) and any(party == authority.name for authority in self._frame.claim.authorities)

    def is_outlet(self, origin: Origin) -> bool:
        """Tell whether the origin is an outlet's family, this one's or another's."""
        return origin.own_voice or self._outlets.find(origin.name) is not None

    def is_body(self, origin: Origin) -> bool:
        """Tell whether the origin is an organisation, not somebody with a name of their own."""
        described = origin.speaker.lower()
        return (
            origin.name in self.party_names
            or not origin.speaker
            or person_name(origin.speaker) != origin.name
            or described.startswith("the ")
        )

    def of(self, description: Description, context: Context) -> Origin | None:
        """Return whose word a speaker's word is; None if that cannot be told."""
        if description.pronoun:
            return self._of_pronoun(description, context)
        own = self._of_outlet(description)
        if own is not None:
            return own
        if description.nobody:
            return Origin(tidy(description.text) or "unnamed", description.text, accountable=False)
        party = "" if description.outsider or description.former else self._party(description, context)
        if party:
            context.note(party)
            return Origin(party, description.text)
        return self._other(description, context)

    def _of_pronoun(self, description: Description, context: Context) -> Origin | None:
        if description.pronoun in ("we", "i"):
            return context.last or self.outlet()
        if description.pronoun in ("he", "she"):
            return context.person
        return context.last

    def _of_outlet(self, description: Description) -> Origin | None:
        if _OUR_OWN.search(description.text) or description.text.lower().removeprefix("the ") == self._outlet.name.lower().removeprefix(
            "the "
        ):
            return self.outlet()
        names = [description.text, *description.bodies, description.person]
        for name in filter(None, names):
            found = self._outlets.find(name)
            if found is None and name.lower() in (self._outlet.name.lower(), f"the {self._outlet.name}".lower()):
                found = self._outlet
            if found is None or self._parties.of(name):
                continue
            if found.origin_family == self._outlet.origin_family:
                return self.outlet()
            return Origin(found.origin_family, description.text)
        if (
            not description.bodies
            and _OUTLET_STAFF.search(description.text)
            and description.role in ("reporter", "correspondent", "photographer", "journalist")
            and description.definite
        ):
            return self.outlet()
        return None

    def _party(self, description: Description, context: Context) -> str:
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
                definite=(description.definite or description.role in _SPOKES) and len(description.bodies) == 1,
            ) or self._parties.of(body, definite=description.definite):
                return party
            if self._frame.names.fullmatch(tidy(body)) or (self._frame.names.search(tidy(body)) and len(body.split()) < 4):
                break
        if description.person and (party := self._parties.of(description.person)):
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
        if not description.bodies and (description.role or description.possessive) and not is_personal(description):
            if state := self._parties.of(description.text):
                return state
            if description.possessive or description.role in _SPOKES or description.definite or description.person:
                return self._parties.of(context.body, definite=True) if self._refers_back(description, context) else ""
        return ""

    def _by_title(self, description: Description) -> str:
        """ "Sheriff Wanda Ruiz" speaks for the one party that is a sheriff's: "Sheriff's Office of Tamarack County"."""
        title = description.role or description.text.split()[0].lower().rstrip(".")
        found = [name for name in self._parties.names if title and f"{title}'s" in name.lower().replace("’", "'").split()]
        return found[0] if len(found) == 1 and (description.person or description.definite) else ""

    def _refers_back(self, description: Description, context: Context) -> bool:
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
        return (
            description.possessive
            or description.role in _SPOKES
            or description.role
            in (
                "founder",
                "director",
                "secretary",
                "head",
                "chief",
                "chairman",
                "chair",
                "president",
                "leader",
                "commander",
                "executive",
                "general",
                "colonel",
                "major",
                "admiral",
                "captain",
                "manager",
                "minister",
                "chairwoman",
                "owner",
                "boss",
                "envoy",
                "member",
                "official",
            )
        )

    def _has_spoken(self, context: Context) -> bool:
        last = context.last
        return last is not None and last.accountable and not last.own_voice and not last.secondhand and self.is_body(last)

    def _other(self, description: Description, context: Context) -> Origin | None:
        text = description.text
        if description.head in _RANKS and not description.person and not description.bodies and self._has_spoken(context):
            return replace(context.last, speaker=text) if context.last else None
        if (description.unnamed and not description.bodies and not is_plural_body(description)) or (
            description.outsider and not description.person and not description.bodies
        ):
            return self.outlet(speaker=text, secondhand=True)
        if description.bodies and not (is_personal(description) and description.person):
            return self._body_origin(description, context)
        if is_family(description) and not description.person:
            return Origin(tidy(text), text)
        if description.is_text and context.body:
            return Origin(self._parties.of(context.body, definite=True) or tidy(context.body), text)
        if (not description.person and (description.possessive or description.role) and self._refers_back(description, context)) or (
            description.role in _SPOKES and context.body
        ):
            return Origin(self._parties.of(context.body, definite=True) or tidy(context.body), text)
        if description.person and description.possessive and context.body:
            return Origin(self._parties.of(context.body, definite=True) or tidy(context.body), text)
        if description.person:
            return Origin(person_name(description.person), text)
        if description.definite and description.role and not is_personal(description):
            return Origin(tidy(text), text)
        return self.outlet(speaker=text, secondhand=True)

    def _body_origin(self, description: Description, context: Context) -> Origin | None:
        body = description.bodies[0]
        generic = body.lower() in BODY_NOUNS and description.definite
        if (
            generic
            and body.lower() in PRIVATE
            and (named := next((name for name in reversed(context.bodies) if may_be(body.lower(), name)), ""))
        ):
            return Origin(self._parties.of(named) or tidy(named), description.text)
        if generic and body.lower() in _SAME_AGAIN and context.last is not None and self._has_spoken(context):
            return replace(context.last, speaker=description.text)
        if generic and (known := next((name for name in reversed(context.bodies) if body.lower() in words(name)), "")):
            body = known
        elif (generic or (body.lower() in BODY_NOUNS and description.role)) and (
            known := next((name for name in reversed([*context.bodies]) if may_be(body.lower(), name)), "")
        ):
            body = known
        elif description.possessive and generic and context.body and not self._frame.names.search(context.body):
            body = context.body
        if self._frame.names.fullmatch(tidy(body)) or (
            generic
            and any(body.lower() in form.lower().split() for form in (self._frame.claim.subject.name, *self._frame.claim.subject.aliases))
        ):
            company = "" if not generic else next((known for known in reversed(context.bodies) if may_be(body.lower(), known)), "")
            name = company if generic else self._parties.of(body) or tidy(body)
            return Origin(name or self._parties.of(self._frame.claim.subject.name) or self._frame.claim.subject.name, description.text)
        context.note(body)
        unnamed = (
            description.head in ("source", "sources", "official", "officials", "insider", "insiders")
            and not description.person
            and not description.role
        )
        if unnamed and description.head not in ("official", "officials"):
            return self.outlet(speaker=description.text, secondhand=True)
        return Origin(self._parties.of(body, definite=description.definite) or tidy(body), description.text)
