"""Whose word a speaker's word is: a party of the claim, a body, a person, an outlet, or nobody."""

import re
from dataclasses import replace

from schemas.feeds_source import Outlet
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.bodies import firm_from, may_be, named_by, person_name, regulator_of, tidy
from services.classifier.domain.reading.citations import cited_outlet, is_media_name
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.introductions import introduced
from services.classifier.domain.reading.joint import together
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.office_holders import OF_ONE_PERSON, SPOKES, OfficeHolders
from services.classifier.domain.reading.origin import Context, Origin
from services.classifier.domain.reading.parties import Parties, words
from services.classifier.domain.reading.speakers import Description, is_family, is_personal, is_plural_body
from services.classifier.domain.reading.standing import Standing, standing_of
from services.classifier.domain.reading.states import country_of, is_seat, organ_of

__all__ = ["Context", "Origin", "OriginFinder"]

_OUR_OWN = re.compile(
    r"\b(?:this (?:newspaper|paper|site|reporter|magazine|station|channel|agency)|our (?:reporter|correspondent"
    r"|photographer|reporters)|we)\b",
    re.IGNORECASE,
)


_OUTLET_STAFF = re.compile(r"\b(?:reporter|correspondent|journalist|photographer|editor|newsroom|crew)s?\b", re.IGNORECASE)


_STATE_PRESS = re.compile(r"\b(?:media|television|tv|radio|news agency|newspaper|paper|press|broadcaster|station)\b", re.IGNORECASE)


_THEIR_OWN = frozenset("agent lawyer attorney publicist manager doctor".split())
"""Who speaks for one person: "her agent"."""

_WHOSE = frozenset("office website staff team department headquarters".split())
"""Parts of a body that "its" or "her" gives to the body last named."""

_POLICE = frozenset("police constabulary sheriff gendarmerie".split())
_ARMED = frozenset("army navy military force forces guard militia".split())
_RANKS_OF_FORCE = {
    **dict.fromkeys("inspector superintendent commissioner constable detective sergeant".split(), _POLICE),
    **dict.fromkeys("general colonel major lieutenant brigadier".split(), _ARMED),
    **dict.fromkeys("captain commander chief".split(), _POLICE | _ARMED),
}
"""By rank: words in the name of a force that has it."""

_CAMPS = frozenset("opposition coalition rebel rebels group movement union party bloc alliance".split())


_SAME_AGAIN = frozenset(
    "plant mine refinery works yard site service group organisation organization agency body force movement institute institution".split()
)
"""Nouns by which a text calls again the body that has just spoken."""


_RANKS = frozenset(
    "brigadier colonel general major captain lieutenant sergeant commander admiral detective inspector superintendent".split()
)
"""Ranks: without a name they speak for the force that has just spoken."""


def _is_office_at(noun: str, description: Description) -> bool:
    """ "Plant director Ian Sproat" is of the plant last spoken of; "county fire chief" is nobody's of the county."""
    if not description.role or not description.text.lower().startswith(noun):
        return False
    return noun not in _LANDS or description.text.lower().startswith(f"{noun} {description.role}")


_LANDS = frozenset("county city town village district province region state municipality".split())


class OriginFinder:
    """Finds origins in one article for one claim."""

    def __init__(self, frame: ClaimFrame, parties: Parties, outlet: Outlet, outlets: Outlets) -> None:
        self._frame, self._parties, self._outlet, self._outlets = frame, parties, outlet, outlets
        self._holders = OfficeHolders(frame, parties)
        self._bodies = [name for name in sorted(parties.names) if not country_of(name) or len(name.split()) > 1]

    @property
    def party_names(self) -> frozenset[str]:
        """Names of the claim's authorities and interested parties."""
        return self._parties.names

    def note_named(self, text: str, context: Context) -> None:
        """Remember the parties and bodies that a sentence names ("the company" may be one of them), and the outlet that it cites."""
        context.introduced = introduced(text) | context.introduced
        context.cites = cited_outlet(text, self._outlet, self._outlets)
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

    def is_party(self, phrase: str) -> bool:
        """Tell whether the phrase names one of the claim's authorities or interested parties."""
        return bool(self._parties.of(phrase))

    def is_outlet(self, origin: Origin) -> bool:
        """Tell whether the origin is an outlet's family, this one's or another's."""
        return origin.own_voice or (is_media_name(origin.name, self._outlets) and origin.name not in self.party_names)

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
        found = self._of(description, context)
        if found is None or found.own_voice:
            return found if found is None or not found.secondhand else self._secondhand(found, context)
        return replace(found, cites=context.cites)

    def _secondhand(self, origin: Origin, context: Context) -> Origin:
        """ "A source told AFP": it is AFP that rests on somebody unnamed."""
        if not context.cites:
            return origin
        return Origin(self._outlets.family_of(context.cites), origin.speaker, secondhand=True, cites=context.cites)

    def _of(self, description: Description, context: Context) -> Origin | None:
        if description.pronoun:
            return self._of_pronoun(description, context)
        standing = standing_of(description)
        if standing is Standing.NOBODY:
            return Origin(tidy(description.text) or "unnamed", description.text, accountable=False)
        own = self._of_outlet(description)
        if own is not None:
            return own
        if standing is Standing.STRANGER or (description.former and not description.person):
            return self.outlet(speaker=description.text, secondhand=True)
        if description.former or (description.outsider and not description.bodies):
            return self._of_their_own(description)
        if jointly := together(description.text, context.bodies, self._parties):
            return Origin(jointly[0], description.text, jointly=jointly[1:])
        party = "" if description.outsider else self._holders.family(description) or self._holders.party(description, context)
        if party:
            context.note(party)
            return Origin(party, description.text, secondhand=standing is Standing.INSIDER)
        found = self._other(description, context)
        return replace(found, secondhand=True) if found is not None and standing is Standing.INSIDER else found

    def _of_their_own(self, description: Description) -> Origin:
        if description.person:
            return Origin(person_name(description.person), description.text)
        return self.outlet(speaker=description.text, secondhand=True)

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

    def _has_spoken(self, context: Context) -> bool:
        last = context.last
        return last is not None and last.accountable and not last.own_voice and not last.secondhand and self.is_body(last)

    def _other(self, description: Description, context: Context) -> Origin | None:
        text = description.text
        if description.head in _RANKS and not description.person and not description.bodies and self._has_spoken(context):
            return replace(context.last, speaker=text) if context.last else None
        if description.unnamed and not description.bodies and not is_plural_body(description):
            return self.outlet(speaker=text, secondhand=True)
        if description.outsider and description.bodies:
            return self._outsider(description)
        if state := self._state(description):
            context.note(state)
            return Origin(self._parties.of_state(state) or state, text)
        if description.bodies and not (description.person and (is_personal(description) or self._is_loose(description))):
            return self._body_origin(description, context)
        if description.role in _RANKS_OF_FORCE and description.person and (force := self._force_named(description.role, context)):
            return Origin(self._parties.of(force, definite=True) or tidy(force), text)
        if (is_family(description) or description.role in _THEIR_OWN) and not description.person and not description.bodies:
            return Origin(self._whose(description), text)
        if self._speaks_for_last_body(description, context):
            return Origin(self._parties.of(context.body, definite=True) or tidy(context.body), text)
        if description.person:
            body = "" if description.role else context.introduced.get(description.person.split()[-1], "")
            return Origin(self._parties.of(body) or tidy(body) or person_name(description.person), text)
        if description.definite and description.role and not is_personal(description):
            return Origin(tidy(text), text)
        return self.outlet(speaker=text, secondhand=True)

    @staticmethod
    def _force_named(rank: str, context: Context) -> str:
        """Return the force last named that has such ranks: "Commissioner Barry" is of the police."""
        return next((name for name in reversed(context.bodies) if set(words(name)) & _RANKS_OF_FORCE[rank]), "")

    def _whose(self, description: Description) -> str:
        """Return "Ida Ferro's agent" for "her agent": one origin across articles."""
        text = tidy(description.text)
        if not self._frame.is_person or not re.match(r"(?:his|her|their)\b", description.text, re.IGNORECASE):
            return text
        names = (self._frame.claim.subject.name, *self._frame.claim.subject.aliases)
        return next((party for name in names if (party := self._parties.named(f"{name}'s {text}"))), f"{names[0]}'s {text}")

    @staticmethod
    def _is_loose(description: Description) -> bool:
        """A word for a camp, not for a body: "opposition leader Karl Weiss" speaks for himself."""
        return not description.definite and description.bodies[0].lower() in _CAMPS

    def _outsider(self, description: Description) -> Origin:
        """ "A rival of Orbix, Tellan": the body that stands apart from the one it is told by."""
        if description.person or len(description.bodies) > 1:
            return Origin(person_name(description.person) or tidy(description.bodies[-1]), description.text)
        return self.outlet(speaker=description.text, secondhand=True)

    def _speaks_for_last_body(self, description: Description, context: Context) -> bool:
        if description.is_text or description.role in SPOKES:
            return bool(context.body)
        if not description.person and (description.possessive or description.role):
            return self._holders.refers_back(description, context)
        return bool(description.person and description.possessive and context.body and description.role not in OF_ONE_PERSON)

    def _state(self, description: Description) -> str:
        """Return the state that a government, a part of it, or its seat speaks for; empty if none is known."""
        body = description.bodies[0] if description.bodies else description.person
        if _STATE_PRESS.search(description.text):
            return ""
        if is_seat(tidy(body)) and (tidy(body) == tidy(description.text) or description.role):
            return country_of(body)
        return country_of(description.text) if organ_of(description.text) else ""

    def _body_origin(self, description: Description, context: Context) -> Origin | None:
        body, text = description.bodies[0], description.text
        noun = body.lower()
        is_known = description.definite or description.possessive or is_plural_body(description)
        is_generic = noun in BODY_NOUNS and (is_known or _is_office_at(noun, description))
        if kin := self._kin(description, context):
            context.note(kin)
            return Origin(kin, text)
        if is_generic and (named := self._named_by(noun, context)):
            return Origin(self._parties.of(named) or tidy(named), text)
        if is_generic and noun in _SAME_AGAIN and context.last is not None and self._has_spoken(context):
            return replace(context.last, speaker=text)
        body = self._known_as(body, description, context, is_generic=is_generic)
        if self._is_subject(body, is_generic=is_generic):
            company = "" if not is_generic else next((known for known in reversed(context.bodies) if may_be(noun, known)), "")
            name = company if is_generic else self._parties.of(body) or tidy(body)
            return Origin(name or self._parties.of(self._frame.claim.subject.name) or self._frame.claim.subject.name, text)
        context.note(body)
        return Origin(self._parties.of(body, definite=is_known or is_generic) or tidy(body), text)

    def _kin(self, description: Description, context: Context) -> str:
        """Return the party that a body without a name is: "its aviation regulator", "the Durban firm", "its foreign ministry"."""
        if description.person and not description.possessive:
            return ""
        return (
            regulator_of(description.text, sorted(self._parties.names))
            or firm_from(description.text, context.bodies)
            or self._own_organ(description, context)
        )

    def _own_organ(self, description: Description, context: Context) -> str:
        """A state that the claim is about, in the words of a part of its own government."""
        if not re.match(r"its\b", description.text) or not organ_of(description.text) or self._frame.is_person:
            return ""
        subject = self._parties.named(self._frame.claim.subject.name)
        others = [body for body in context.bodies[-1:] if country_of(body) and self._parties.of(body) != subject]
        return subject if not others else ""

    def _named_by(self, noun: str, context: Context) -> str:
        subject = self._frame.claim.subject.name if self._frame.is_person else ""
        return named_by(noun, context.bodies, sorted(self._parties.names), own=subject)

    def _known_as(self, body: str, description: Description, context: Context, *, is_generic: bool) -> str:
        noun = body.lower()
        if is_generic and (known := next((name for name in reversed(context.bodies) if noun in words(name)), "")):
            return known
        if (is_generic or (noun in BODY_NOUNS and description.role)) and (
            named := next((name for name in reversed(context.bodies) if may_be(noun, name)), "")
        ):
            return named
        if is_generic and description.possessive and noun in _WHOSE and context.body and not self._frame.names.search(context.body):
            return context.body
        return body

    def _is_subject(self, body: str, *, is_generic: bool) -> bool:
        names = (self._frame.claim.subject.name, *self._frame.claim.subject.aliases)
        if self._frame.names.fullmatch(tidy(body)):
            return True
        return is_generic and any(body.lower() in form.lower().split() for form in names)
