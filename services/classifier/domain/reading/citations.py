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
    re.compile(rf"\b(?i:{_TO}) {_SORT}{_NAME}"),
    re.compile(rf"{_NAME}(?: newspaper| news agency| television| radio)? (?:\w+ )?{_SAYS}\b"),
)


_TITLE = re.compile(
    r"\b(?:News|Times|Post|Gazette|Courier|Herald|Tribune|Daily|Journal|Mail|Mirror|Guardian|Chronicle|Echo|Telegraph|Standard|Observer"
    r"|Sun|Independent|Press|TV|Television|Radio|Broadcasting|Zeitung|Dagblad|Tagblatt)$"
)
"""Last words of the names of papers and stations, for those that nobody has registered."""


def is_media_name(name: str, outlets: Outlets) -> bool:
    """Tell whether a name is an outlet's, registered, a known agency, or by its form."""
    return outlets.is_known(name) or (len(name.split()) > 1 and _TITLE.search(name) is not None)


def cited_outlet(sentence: str, own: Outlet, outlets: Outlets) -> str:
    """Return the outlet that a sentence has its words from, as written; empty if none, or where that is the article's own outlet."""
    for form in _FORMS:
        for match in form.finditer(sentence):
            name = _known(match["name"], outlets)
            if name and outlets.family_of(name) != own.origin_family and name != own.name:
                return name
    return ""


def _known(name: str, outlets: Outlets) -> str:
    """Return the longest beginning of a name that is an outlet's: "Reuters" of "Reuters Monday"."""
    words = re.sub(r"^[Tt]he ", "", name).split()
    for end in range(len(words), 0, -1):
        said = " ".join(words[:end]).rstrip(".,").removesuffix("'s")
        if is_media_name(said, outlets):
            return said
    return ""
