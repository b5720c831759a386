"""Which bodies a common noun may stand for, and how names of bodies and persons are made alike."""

import re
from collections.abc import Iterable, Sequence

from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.parties import words
from services.classifier.domain.reading.speakers import Description
from services.classifier.domain.reading.standing import BRANCH
from services.classifier.domain.reading.states import country_of

PRIVATE = frozenset(
    "company firm club group maker manufacturer chain lender carrier airline operator developer insurer retailer "
    "grocer supplier brewery brokerage exchange platform start-up startup label studio publisher".split()
)


PUBLIC = frozenset(
    "ministry army police government court council commission authority inspectorate agency department "
    "presidency parliament service board office".split()
)


def may_be(noun: str, name: str) -> bool:
    """Tell whether "the company" may stand for a body of this name."""
    named = set(words(name))
    if noun in named:
        return True
    kinds = named & (
        BODY_NOUNS
        - {"line", "house", "force", "party", "fund", "city", "press", "society", "group", "holding", "bank", "museum", "hospital"}
    )
    if noun in PRIVATE:
        return not (kinds & PUBLIC) and not country_of(name)
    if noun in PUBLIC:
        return False
    if (
        noun
        in (
            "force",
            "service",
            "orchestra",
            "bureau",
            "body",
            "office",
            "side",
            "crew",
            "band",
            "board",
            "agency",
            "centre",
            "center",
            "museum",
            "hospital",
            "court",
        )
        and len(named) > 1
        and not kinds & PRIVATE
    ):
        return not kinds or noun in ("force", "service", "body", "bureau") or not kinds & BODY_NOUNS - {noun}
    return (
        noun
        in (
            "group",
            "organisation",
            "organization",
            "movement",
            "body",
            "network",
            "institute",
            "association",
            "union",
            "foundation",
            "charity",
            "society",
            "team",
        )
        and not kinds & PUBLIC
    )


_SIGNS: dict[str, frozenset[str]] = {
    noun: frozenset(signs.split())
    for nouns, signs in (
        (
            "club team side",
            "fc afc cf sc rc united rovers city town athletic albion wanderers county club team sporting inter dynamo racing",
        ),
        (
            "union guild",
            "union guild workers teachers nurses pilots drivers dockers miners federation confederation brotherhood",
        ),
        ("hospital clinic infirmary", "hospital clinic infirmary medical"),
        ("university college school academy", "university college school academy institute"),
        ("federation association league", "federation association league"),
        ("court tribunal", "court tribunal"),
        ("party", "party democrats conservatives socialists liberals greens alliance front movement"),
        ("church diocese archdiocese", "church diocese archdiocese cathedral"),
        ("museum gallery", "museum gallery"),
        ("regulator watchdog supervisor", "regulator authority commission agency inspectorate watchdog"),
        ("authority", "authority"),
        ("agency", "agency"),
        ("ministry", "ministry"),
        ("police force", "police constabulary sheriff"),
        ("hospital trust", "hospital trust"),
        ("bank lender", "bank"),
        ("airline carrier", "airlines airline airways air aviation"),
        ("festival", "festival"),
        ("orchestra", "orchestra philharmonic"),
        ("theatre theater opera", "theatre theater opera playhouse"),
        ("family", "family"),
    )
    for noun in nouns.split()
}
"""By common noun: words in a body's name by which it is of that kind."""

_OTHER_KINDS = frozenset().union(*(signs for noun, signs in _SIGNS.items() if noun not in PRIVATE)) - {"air", "city", "town", "county"}


def named_by(noun: str, names: Sequence[str], parties: Iterable[str], *, own: str = "") -> str:
    """Return the body that "the union" stands for; empty if that cannot be told.

    Args:
        names: Bodies named so far, the latest last.
        parties: Names of the claim's parties, for where the text names none.
        own: The claim's subject, never a body where it is a person.
    """
    known = [name for name in reversed(names) if name != own]
    others = [name for name in dict.fromkeys(parties) if name != own]
    if noun in _SIGNS:
        if found := next((name for name in known if has_sign(noun, name)), ""):
            return found
        fitting = [name for name in others if has_sign(noun, name)]
        return fitting[0] if len(fitting) == 1 else ""
    if noun in PRIVATE:
        if found := next((name for name in known if _is_firm(noun, name)), ""):
            return found
        fitting = [name for name in others if _is_firm(noun, name)]
        return fitting[0] if len(fitting) == 1 else ""
    return next((name for name in known if may_be(noun, name)), "")


def has_sign(noun: str, name: str) -> bool:
    """Tell whether a name has a word by which its bearer is of that kind, or that very word."""
    named = set(words(name)) | set(re.findall(r"[a-z]+", name.lower()))
    return noun in named or bool(named & _SIGNS[noun]) or (noun == "union" and any(word.endswith("workers") for word in named))


_REGULATOR = re.compile(
    r"^(?:the|its|their|\w+'s) (?:(?:national|federal|state|top|chief|[A-Z]\w+) )?(?P<field>[a-z]+)(?: safety)? "
    r"(?:regulator|watchdog|authority|agency|supervisor|inspectorate|body|service)$"
)
_FROM = re.compile(r"^the (?P<place>[A-Z][\w-]+)(?:-based)? (?P<noun>[a-z-]+)$")


def regulator_of(phrase: str, parties: Iterable[str]) -> str:
    """Return the one public body whose field a phrase tells it by ("its aviation regulator"); empty if there is none, or many."""
    match = _REGULATOR.match(phrase.strip(" ,."))
    if match is None:
        return ""
    field = match["field"]
    found = [
        name
        for name in parties
        if set(words(name)) & _OFFICIAL and any(word[:6] == field[:6] for word in words(name)) and field not in _NO_FIELDS
    ]
    return found[0] if len(found) == 1 else ""


_OFFICIAL = PUBLIC | frozenset("directorate administration regulator watchdog bureau inspectorate commission supervisor".split())
_NO_FIELDS = frozenset("rescue news local private".split())


def firm_from(phrase: str, named: Sequence[str]) -> str:
    """Return the one firm that "the Durban firm" may be, of the bodies named so far; empty if that cannot be told."""
    match = _FROM.match(phrase.strip(" ,."))
    if match is None or match["noun"] not in PRIVATE:
        return ""
    found = {name for name in named if _is_firm(match["noun"], name)}
    return found.pop() if len(found) == 1 else ""


def is_kind_of_body(noun: str) -> bool:
    """Tell whether the noun names a kind of body that a name has signs of."""
    return noun in _SIGNS


def is_private_name(noun: str, name: str) -> bool:
    """Tell whether a firm may bear the name."""
    return _is_firm(noun, name)


def _is_firm(noun: str, name: str) -> bool:
    named = set(words(name))
    return noun in named or (not named & (_OTHER_KINDS | PUBLIC) and not country_of(name))


_UNNAMED_SOURCES = re.compile(
    r"\b(?:citing(?! [\w' -]{0,40}?\b(?:papers|documents?|filings?|records?|e-?mails?|memos?|letters?|data|figures)\b)"
    r"|quoting|on condition of anonymity|asked not to be (?:named|identified)|who (?:were|was) not "
    r"(?:named|authori[sz]ed)|people familiar|according to (?:two|three|four|several|a|an|unnamed|some)"
    r"|(?:from|by) (?:two|three|four|several|unnamed|some) (?:people|persons|sources|officials|insiders)|sources? "
    r"(?:close|familiar|with knowledge|in|at|inside|within))\b",
    re.IGNORECASE,
)


SEEN = re.compile(
    r"\b(?:seen|viewed|reviewed|obtained|examined|read|verified|heard) by (?:the )?(?P<who>[A-Z][\w'&-]*(?: [A-Z][\w'&-]*)*|us\b)"
)
"""A text that an outlet's own people have seen."""


def rests_on_unnamed(sentence: str) -> bool:
    """Tell whether a report names no source of its own but people without a name; a paper that its people have seen is a source."""
    return _UNNAMED_SOURCES.search(sentence) is not None and SEEN.search(sentence) is None


def with_office(description: Description, body: str) -> str:
    """Put a minister's office back to the country that it is of ("Danmora's foreign minister"), a chief's force to its town."""
    match = re.search(
        r"\b([a-z]+)\s+(minister|ministry|secretary)\b|\b(?:minister|ministry|secretary) (?:of|for) (?:the )?[a-z]+",
        description.text,
        re.IGNORECASE,
    )
    if match and not re.search(r"minist|secretary", body, re.IGNORECASE):
        return f"{body} {match.group()}"
    if branch := BRANCH.search(description.text):
        return f"{body} {branch[1]} ministry"
    owned = re.search(rf"{re.escape(body)}(?:'s?)? ([a-z]+) ", f"{description.text} ")
    return f"{body} {owned[1]}" if owned and owned[1] in BODY_NOUNS and owned[1] not in body.lower().split() else body


def person_name(name: str) -> str:
    return re.sub(r"^(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Dame|Haj|General|Colonel|Major|Captain|Admiral)\.?\s+", "", name).strip()


def tidy(phrase: str) -> str:
    """Return a name without article, and without what a clause tells of its bearer."""
    phrase = re.sub(r",? \b(?:who|whom|whose|which)\b.*$", "", phrase)
    return re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase.strip(" ,.\"'"), flags=re.IGNORECASE).strip()
