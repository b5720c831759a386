"""What a phrase that names a speaker says of them: body, office, name. Reads the phrase alone; ``origins`` says whose word it is."""

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from services.classifier.domain.reading.cues import FAMILY_ROLE, NOBODY, PERSONAL_ROLE, ROLE, UNNAMED
from services.classifier.domain.reading.names_in_phrase import lower_bodies, names_in

_PLURAL_BODIES = frozenset(
    "prosecutors organisers organizers firefighters rescuers investigators auditors authorities police mediators".split()
)
_OUTSIDERS = frozenset(
    "critic critics rival rivals opponent opponents enemy enemies customer customers victim victims supporter "
    "supporters fan fans neighbour neighbours friend friends colleague colleagues competitor competitors saver "
    "savers successor predecessor".split()
)
_TEXTS = frozenset(
    "voice statement text recording message video letter communique post item document obituary tape bulletin "
    "notice tweet memo circular email newsletter press_release website page account spokesman spokeswoman "
    "spokesperson".split()
)


@dataclass(frozen=True)
class Description:
    """A phrase that names a speaker.

    Attributes:
        text: The phrase as the article has it.
        bodies: Organisations that it names, nearest to the office first, as written.
        person: Name of a person; empty if none.
        role: Office or trade, lemma; empty if none.
        head: Lemma of the noun that the phrase is built on.
        definite: Opens with "the", "its", "his" or the like.
        possessive: Refers back ("its director", "the group's leader").
        pronoun: Is a pronoun.
        outsider: Is told by what it is not: a rival or a customer of the body that it names.
        former: Held the office once.
    """

    text: str
    bodies: tuple[str, ...] = ()
    person: str = ""
    role: str = ""
    head: str = ""
    definite: bool = False
    possessive: bool = False
    pronoun: str = ""
    outsider: bool = False
    former: bool = False

    @property
    def unnamed(self) -> bool:
        """Could be anybody."""
        return not (self.person or self.bodies or self.pronoun or self.possessive) and (
            self.head in UNNAMED or self.text.lower().split()[-1] in UNNAMED
        )

    @property
    def nobody(self) -> bool:
        """Not even an outlet's source: social media, rumours."""
        return not self.person and (
            (self.head in NOBODY and not any(body.lower().split()[-1] == self.head and body != body.lower() for body in self.bodies))
            or bool(
                re.search(
                    r"\b(social media|rumou?rs?|online|internet|the web|unsigned|anonymous|unverified|look-?alike|fake|parody|impostor)\b",
                    self.text.lower(),
                )
            )
        )

    @property
    def is_text(self) -> bool:
        """A text or a voice that speaks for whoever stands behind it."""
        return self.head in _TEXTS


_WORKS = re.compile(
    r"\bwho (?:covers|works|heads|runs|leads|directs|chairs|manages|oversees|follows|studies)\b[^,]*? (?:at|for) "
    r"(?:the )?([A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*)"
)


def _without_relatives(span: Span) -> list[Token]:
    kept: list[Token] = []
    skipping = False
    for token in span:
        if token.lower_ in ("who", "which", "whose", "whom", "that", "where") or (
            token.tag_ in ("VBG", "VBN") and kept and kept[-1].text == ","
        ):
            skipping = True
        elif token.text == ",":
            skipping = False
        if not skipping:
            kept.append(token)
    return kept


def describe(span: Span) -> Description:
    """Return what the phrase says of its speaker."""
    tokens = _without_relatives(span)
    while tokens and (
        tokens[0].pos_ in ("CCONJ", "ADV", "SCONJ", "PUNCT", "NUM")
        and tokens[0].text[0] not in "\"'"
        and len(tokens) > 1
        and tokens[0].lower_ not in ("both",)
    ):
        tokens = tokens[1:]
    if not tokens:
        return Description(text=span.text)
    first = tokens[0]
    if len(tokens) == 1 and (first.pos_ == "PRON" or first.lower_ in ("i", "we", "she", "he", "they", "it")):
        return Description(text=span.text, pronoun=first.lower_, head=first.lower_)
    role = next(
        (
            token
            for token in tokens
            if token.lower_ in ROLE or token.lower_ in PERSONAL_ROLE or (token.lemma_.lower() in ROLE and token.tag_ == "NNS")
        ),
        None,
    )
    bodies, person = names_in(tokens)
    if person and not bodies and (works := _WORKS.search(span.text)):
        bodies = [works[1]]
    if not bodies:
        bodies = lower_bodies(tokens)
    words = {token.lower_ for token in tokens}
    return Description(
        text=span.text,
        bodies=tuple(bodies),
        person=person,
        role=role.lemma_.lower() if role is not None else "",
        head=_head(tokens, span),
        definite=first.lower_ in ("the", "its", "his", "her", "their", "our"),
        possessive=bool(words & {"its", "their", "his", "her"})
        or bool(re.search(r"\bthe [a-z]+'s?\b", " ".join(token.text_with_ws.strip() for token in tokens).replace(" '", "'"))),
        outsider=bool(words & _OUTSIDERS),
        former=bool(words & {"former", "ex", "retired", "onetime"}) or any(word.startswith("ex-") for word in words),
    )


def _head(tokens: list[Token], span: Span) -> str:
    root = span.root
    if root in tokens and root.pos_ in ("NOUN", "PROPN"):
        return root.lower_
    return next((token.lower_ for token in tokens if token.pos_ in ("NOUN", "PROPN")), tokens[0].lower_)


def is_family(description: Description) -> bool:
    """Tell whether somebody speaks as a relative."""
    return description.role in FAMILY_ROLE or description.head in FAMILY_ROLE


def is_personal(description: Description) -> bool:
    """Tell whether somebody speaks for nobody but themselves."""
    return description.role in PERSONAL_ROLE and description.role not in ROLE


def is_plural_body(description: Description) -> bool:
    """Tell whether a plural stands for a body ("prosecutors")."""
    return description.head in _PLURAL_BODIES
