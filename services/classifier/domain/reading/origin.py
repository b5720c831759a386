"""Whose word something is, and whom a text has spoken of so far. Plain data; ``origins`` finds it."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Origin:
    """Whose word it is.

    Attributes:
        name: The party's name, the body, the person, or the outlet's family.
        speaker: As the text names them; empty for the outlet itself.
        own_voice: The outlet speaks on its own account.
        accountable: False: nobody's own account.
        secondhand: It rests on somebody unnamed, so that a plain word is no more than likely.
        cites: Outlet that the words come from, as the text names it; empty if they are the outlet's own or were said to it.
        jointly: Other parties whose word it is as well ("the companies said").
    """

    name: str
    speaker: str = ""
    own_voice: bool = False
    accountable: bool = True
    secondhand: bool = False
    cites: str = ""
    jointly: tuple[str, ...] = ()


@dataclass
class Context:
    """Whom the text has spoken of so far."""

    last: Origin | None = None
    person: Origin | None = None
    """Whose word it is when the last person named or quoted speaks on."""
    body: str = ""
    """The last body named, as written."""
    bodies: list[str] = field(default_factory=list)
    introduced: dict[str, str] = field(default_factory=dict)
    """Surnames of those whom the text introduces as office holders, and the bodies they are of."""
    cites: str = ""
    """Outlet that the sentence at hand has its words from, as written."""

    def note(self, phrase: str) -> None:
        """Remember a body that was named."""
        if phrase:
            self.body = phrase
            self.bodies.append(phrase)


def apart(origin: Origin) -> list[Origin]:
    """Return the origin once for each whose word it is."""
    return [replace(origin, name=name, jointly=()) for name in (origin.name, *origin.jointly)] if origin.jointly else [origin]


def as_hearsay(origin: Origin) -> Origin:
    """Return whose word hearsay is: people without a name speak for themselves, not for the outlet that tells of them."""
    if not (origin.secondhand and origin.own_voice and origin.speaker):
        return origin
    return replace(origin, name=origin.speaker, own_voice=False, secondhand=False)
