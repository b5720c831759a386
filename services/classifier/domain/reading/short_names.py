"""Shorter forms in which texts call a body: "Corvanne" for "AS Corvanne", "Locomo" for "Drivers' Union Locomo"."""

import re

from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS

_LETTERS = r"(?:AS|FC|AC|SC|SV|CF|AFC|RC|CD|SK|FK|IF|BK|HC|KV|SS|SSC|RB|TSV|VfB|VfL|NK|CS|KK|BC)"
_CLUB = re.compile(rf"^(?:{_LETTERS} (?P<behind>[A-Z].+)|(?P<before>[A-Z].+) {_LETTERS})$")
_TAIL = re.compile(r"^(?P<kind>(?:[A-Z][\w'’-]* )+)(?P<name>[A-Z][\w-]+)$")
_FORM = re.compile(r"^(?P<name>[A-Z].+?),? (?:Inc|Ltd|Limited|plc|PLC|Corp|Corporation|GmbH|AG|SA|SpA|NV|LLC|Co|Holdings|Group|& Co)\.?$")


def short_forms(name: str) -> tuple[str, ...]:
    """Return the forms; none where the name has no part that only tells what sort of body it is."""
    found = []
    if (club := _CLUB.match(name)) is not None:
        found.append(club["behind"] or club["before"])
    if (form := _FORM.match(name)) is not None:
        found.append(form["name"])
    tail = _TAIL.match(name)
    if tail is not None and _is_kind(tail["kind"].split()) and tail["name"].lower() not in BODY_NOUNS:
        found.append(tail["name"])
    return tuple(found)


def _is_kind(before: list[str]) -> bool:
    """Tell whether words only say what sort of body follows: a kind of body, told by whom it is for."""
    return before[-1].lower() in _KINDS and (len(before) == 1 or all(word.endswith(("s'", "s’", "'s", "’s")) for word in before[:-1]))


_KINDS = frozenset("union guild federation association league club syndicate brotherhood agency airline trust".split())
