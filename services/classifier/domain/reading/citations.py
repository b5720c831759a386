"""Which other outlet a sentence has its words from: "told Reuters", "in an interview with the BBC", "according to Corvo News"."""

import re

from schemas.feeds_source import Outlet
from services.classifier.domain.outlets import Outlets

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w'&.-]*(?: (?:of |for |the |de |le |di )?[A-Z][\w'&-]*){0,4})"
_TO = (
    r"told|tells|telling|speaking to|spoke to|spoken to|interview with|interview to|interviewed by|interview published by|interview in"
    r"|comments? to|remarks? to|statement to|letter to|e-?mail to|message to|quoted by|cited by|quoted in|reported by|published by"
    r"|published in|according to|reports? in|reports? by|report from|article in|story in|citing|quoting|seen by|obtained by|reviewed by"
    r"|writing in|wrote in|said on|appeared on|appearing on"
)
_SORT = r"(?:a reporter (?:of|from|for) |(?:state )?news agency |broadcaster |newspaper |channel )?"
_SAYS = r"(?:reported|reports|quoted|quotes|cited|cites|wrote|writes|said|says)"
_FORMS = (
    re.compile(rf"\b(?:{_TO}) {_SORT}{_NAME}"),
    re.compile(rf"{_NAME}(?: newspaper| news agency| television| radio)? (?:\w+ )?{_SAYS}\b"),
)


def cited_outlet(sentence: str, own: Outlet, outlets: Outlets) -> tuple[str, Outlet | None]:
    """Return the outlet that a sentence has its words from, as written, and its record; nothing where that is the article's own outlet."""
    for form in _FORMS:
        for match in form.finditer(sentence):
            name, found = _known(match["name"], outlets)
            if found is not None and found.origin_family != own.origin_family:
                return name, found
    return "", None


def _known(name: str, outlets: Outlets) -> tuple[str, Outlet | None]:
    """Return the longest beginning of a name that is an outlet's: "Reuters" of "Reuters Monday"."""
    words = re.sub(r"^[Tt]he ", "", name).split()
    for end in range(len(words), 0, -1):
        said = " ".join(words[:end]).rstrip(".,").removesuffix("'s")
        if (found := outlets.find(said)) is not None:
            return said, found
    return "", None
