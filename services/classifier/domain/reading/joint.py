"""Bodies that speak together: "the companies said", "their publicists", "A and B announced in a joint statement"."""

import re
from collections.abc import Sequence

from services.classifier.domain.reading.bodies import PRIVATE, PUBLIC, has_sign, is_kind_of_body, is_private_name
from services.classifier.domain.reading.parties import Parties, words
from services.classifier.domain.reading.states import country_of, organ_of

_OPENING = re.compile(r"^(?:(?:the|their|both|both of the|all|two|the two|these|its|bosses of (?:the|both)) )*", re.IGNORECASE)
_BOTH = re.compile(
    r"^(?:both|the (?:two|pair|duo|parties)|the two (?:sides|parties|men|women)|both (?:sides|parties|camps)|(?:the )?two sides)$",
    re.IGNORECASE,
)
_SPOKES_FOR_BOTH = re.compile(
    r"^(?:[\w-]+ )?(?:spokes(?:men|women|people|persons)|representatives|officials|executives|lawyers|agents|publicists) "
    r"(?:for|of|from) (?:both|the two|the) ?(?P<whose>.*)$",
    re.IGNORECASE,
)
_IRREGULAR = {"companies": "company", "agencies": "agency", "ministries": "ministry", "countries": "country", "universities": "university"}
_STATES = frozenset("government country nation state ministry capital leader president premier minister neighbour neighbor".split())
_FIRMS = PRIVATE | frozenset("bank business partner manufacturer maker brewer drugmaker carmaker automaker miner".split())


def together(text: str, named: Sequence[str], parties: Parties) -> tuple[str, ...]:
    """Return the parties of a claim that a phrase names or means at once; empty unless they are two or more.

    Args:
        text: The phrase that names who speaks.
        named: Bodies that the text has named so far.
    """
    if found := _by_names(text, parties):
        return found
    if whose := _SPOKES_FOR_BOTH.match(text):
        text = f"the {whose['whose'] or 'parties'}"
    fitting = [name for name in parties.names if _fits(text, name)]
    if len(fitting) > 2:
        fitting = [name for name in fitting if name in named]
    is_theirs = text.lower().startswith("their ") or all(name in named or country_of(name) or organ_of(name) for name in fitting)
    return tuple(sorted(fitting)) if len(fitting) == 2 and is_theirs else ()


def _by_names(text: str, parties: Parties) -> tuple[str, ...]:
    """ "Brackley and Harvest Lane", "the foreign ministries of Thalen and Oster"."""
    sides = re.split(r",? and (?:the )?|, (?:the )?", text)
    if len(sides) < 2:
        return ()
    shared = re.match(r"(?:the )?(?P<noun>(?:[a-z]+ )?[a-z]+s) (?:of|for) (?P<first>.+)$", sides[0])
    if shared is not None:
        noun = _single(shared["noun"])
        sides = [f"{noun} of {side}" for side in (shared["first"], *sides[1:])]
    found = [parties.of(side) for side in sides]
    return tuple(dict.fromkeys(found)) if all(found) and len(set(found)) > 1 else ()


def _single(plural: str) -> str:
    *before, last = plural.split()
    return " ".join([*before, _IRREGULAR.get(last.lower(), last.lower().removesuffix("s"))])


def _fits(text: str, name: str) -> bool:
    """Tell whether a plural ("the companies") may be of such a body."""
    lowered = text.lower().strip(" ,.")
    if _BOTH.match(lowered):
        return True
    bare = _OPENING.sub("", lowered)
    if not re.fullmatch(r"(?:[a-z-]+ )?[a-z-]+s", bare):
        return False
    noun = _single(bare).split()[-1]
    if noun in _FIRMS and is_private_name(noun, name):
        return True
    if noun in _STATES:
        return _is_state(noun, bare, name)
    if words(name)[-1:] in ([noun], [f"{noun}s"]):
        return lowered.startswith(("their ", "both ", "the two "))
    return noun not in PUBLIC and is_kind_of_body(noun) and has_sign(noun, name)


def _is_state(noun: str, bare: str, name: str) -> bool:
    if noun in ("ministry", "minister"):
        return organ_of(_single(bare)) in (organ_of(name), "ministry") if organ_of(name) else False
    return bool(organ_of(name) or country_of(name))
