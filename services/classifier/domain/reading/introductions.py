"""Whom a text introduces as somebody's: "Paul Lang has chaired Orbix since May", so that a bare "Lang said" below is Orbix's word."""

import re

_NAME = r"(?P<name>(?:[A-Z][\w'-]+ ){1,2}(?P<surname>[A-Z][\w'-]+))"
_BODY = r"(?:the )?(?P<body>[A-Z][\w&'-]*(?: (?:of |for |and |the )?[A-Z][\w&'-]*)*)"
_HEADS = (
    r"(?:has |had |have )?(?:chairs|chaired|heads|headed|leads|led|runs|run|ran|directs|directed|manages|managed|represents|represented"
    r"|speaks for|spoke for|works for|works at|founded|owns|coaches|coached)"
)
_OFFICE = (
    r"(?:[a-z-]+ ){0,3}(?:spokes(?:man|woman|person)|chairman|chairwoman|chair|chief|head|director|president|secretary|minister|manager"
    r"|coach|captain|commander|governor|leader|founder|owner|executive|boss|envoy|ambassador|commissioner|editor|principal|rector)"
)
_FORMS = (
    re.compile(rf"{_NAME},? (?:who )?{_HEADS} {_BODY}"),
    re.compile(rf"{_NAME}, (?:the |an? |its )?{_OFFICE} (?:of|for|at) {_BODY}"),
    re.compile(rf"{_BODY}(?:'s?)? {_OFFICE},? {_NAME}"),
    re.compile(rf"^At {_BODY}, (?:[a-z-]+ ){{0,3}}{_NAME}"),
    re.compile(rf"(?P<body>[A-Z]\w+'s (?:[A-Z][a-z]+ )?(?:Minister|President|Premier|Chancellor|Governor|Secretary)) {_NAME}"),
)
_MINISTER_OF = re.compile(rf"(?P<office>(?:[A-Z][a-z]+ )?(?:Minister|Secretary)) {_NAME} of (?P<state>[A-Z]\w+)")


def introduced(sentence: str) -> dict[str, str]:
    """Return surnames of those whom a sentence introduces, and the bodies that they hold an office of."""
    found: dict[str, str] = {}
    for form in _FORMS:
        for match in form.finditer(sentence):
            found.setdefault(match["surname"], match["body"])
    for match in _MINISTER_OF.finditer(sentence):
        found.setdefault(match["surname"], f"{match['state']}'s {match['office']}")
    return found
