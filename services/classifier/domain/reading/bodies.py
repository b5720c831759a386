"""Which bodies a common noun may stand for, and how names of bodies and persons are made alike."""

import re

from services.classifier.domain.reading.parties import words
from services.classifier.domain.reading.speakers import BODY_NOUNS, Description
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


_UNNAMED_SOURCES = re.compile(
    r"\b(?:citing|quoting|on condition of anonymity|asked not to be (?:named|identified)|who (?:were|was) not "
    r"(?:named|authori[sz]ed)|people familiar|according to (?:two|three|four|several|a|an|unnamed|some)"
    r"|(?:from|by) (?:two|three|four|several|unnamed|some) (?:people|persons|sources|officials|insiders)|sources? "
    r"(?:close|familiar|with knowledge|in|at|inside|within))\b",
    re.IGNORECASE,
)


def rests_on_unnamed(sentence: str) -> bool:
    """Tell whether a report names no source of its own but people without a name."""
    return _UNNAMED_SOURCES.search(sentence) is not None


def with_office(description: Description, body: str) -> str:
    """Put a minister's office back to the country that it is of: "Danmora's foreign minister"."""
    match = re.search(
        r"\b([a-z]+)\s+(minister|ministry|secretary)\b|\b(?:minister|ministry|secretary) (?:of|for) (?:the )?[a-z]+",
        description.text,
        re.IGNORECASE,
    )
    return f"{body} {match.group()}" if match and not re.search(r"minist|secretary", body, re.IGNORECASE) else body


def person_name(name: str) -> str:
    return re.sub(r"^(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Dame|Haj|General|Colonel|Major|Captain|Admiral)\.?\s+", "", name).strip()


def tidy(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an|its|his|her|their)\s+", "", phrase.strip(" ,.\"'"), flags=re.IGNORECASE).strip()
