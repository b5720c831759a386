"""Signs that a text looks back: it tells what happened long ago, or was itself written long ago."""

import re

from services.classifier.domain.gates import has_any

_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty(?:-five)?|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|a hundred)"
)
_SPAN = r"(?:years?|decades?|century|centuries|quarter[- ]century|generation)"
_TITLE = re.compile(
    r"\bon this day\b|\b(?:today|this (?:day|week|month)) in (?:\w+ )?history\b|\byears? ago (?:today|this week)\b|\bfrom (?:the"
    r"|our) (?:archives?|vaults?)\b"
    r"|^\s*(?:from the files|archives?\s*[:,|–—-]|flashback|looking back|look back (?:at|on)|throwback|remembering|time ?line"
    r"|then and now|(?:a )?(?:brief |short )?history of"
    r"|what happened to\b|remember when\b|(?:\d+|ten|twenty|thirty|forty|fifty|a hundred) years ago\s*[:|–—-]|in memoriam)"
    r"|\b(?:a )?time ?line\s*$|\ba (?:time ?line|look back|brief history)\b"
    r"|(?:\bin (?:pictures|photos)|^\s*(?:photos|pictures|gallery)\s*:).{0,60}\b(?:1[89]\d\d|20[01]\d)\b|^\s*(?:1[89]\d\d"
    r"|20[01]\d)\s*[:|–—-]",
    re.IGNORECASE,
)
_LATER = re.compile(rf"\b(?:{_NUMBER} {_SPAN} (?:on|after|later|since)\b|anniversary\b|^\s*obituary\s*[:|–—-])", re.IGNORECASE)
_REMEMBERS = re.compile(
    r"\b(?:remember(?:s|ed|ing)?|commemorat(?:e|es|ed|ing)|memorial|mark(?:s|ed|ing)? (?:the |its |their |\w+ )?(?:\d+\w*|\w+th"
    r"|\w+st|first|second|third)?"
    r" ?anniversary|mourn(?:s|ed|ing|ers)?|wreaths?|look(?:s|ed|ing)? back|recall(?:s|ed|ing)?|reflect(?:s|ed|ing)?|honou?r(?:s|ed|ing)?"
    r"|pay(?:s|ing)? tribute|minute's silence|vigil)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|yesterday|tonight|(?:on|late|early|this|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day'?s?"
    r"|this (?:morning|week|month|afternoon|evening)|(?:has|have) (?!never\b|always\b|not\b|long\b)\w+|said|says|announced"
    r"|confirmed|according to)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:on this day\b|today in (?:history|\d{4})\b|from (?:the|our) archives?\b)"
    rf"|^\W*{_NUMBER} {_SPAN} ago (?:today|this (?:day|week|month))\b"
    rf"|\b{_NUMBER} {_SPAN} ago (?:today|this week)\b"
    r"|\b(?:first|originally|it was) published (?:in [^.\n]{2,40} )?(?:on|in) [^.\n]{0,20}(?:1[89]|20[01])\d\b",
    re.IGNORECASE,
)
_WRITTEN_LONG_AGO = re.compile(
    r"\b(?:this (?:article|story|report|piece|text) (?:was|is)|^\W*) ?(?:first |originally )?(?:published|printed|ran"
    r"|appeared)\b[^.\n]{0,60}\b(?:1[89]\d\d|200\d)\b"
    r"|\bfrom (?:the|our) archives?\s*[:,.–—-]",
    re.IGNORECASE,
)
ENDS_CHARS = 300
"""Where a text says when it was written."""

_MAY_BE_TITLE = (
    "18", "19", "20", "this day", "history", "ago", "archive", "vault", "the files", "flashback", "look", "throwback", "remember", "time",
    "then and", "happened to", "memoriam",
)  # fmt: skip
_MAY_BE_LATER = ("year", "decade", "centur", "generation", "anniversary", "obituary")
_MAY_BE_LEAD = ("on this day", "today in", "archive", "ago", "published")
_MAY_BE_OLD = ("published", "printed", "ran", "appeared")
_MAY_BE_YEAR = ("18", "19", "200")


def looks_back(title: str, lead: str, body: str) -> bool:
    """Tell whether the text is about the past, or from it.

    "Ten years after" and "anniversary" in a headline alone do not tell: something may have happened just now.

    Args:
        lead: The first sentences.
    """
    headline, opening = title.lower(), lead.lower()
    if (has_any(headline, _MAY_BE_TITLE) and _TITLE.search(title)) or (has_any(opening, _MAY_BE_LEAD) and _LEAD.search(lead)):
        return True
    if _was_written_long_ago(body[:ENDS_CHARS]) or _was_written_long_ago(body[-ENDS_CHARS:]):
        return True
    return (
        has_any(headline, _MAY_BE_LATER)
        and bool(_LATER.search(title))
        and (bool(_REMEMBERS.search(f"{title}\n{lead}")) or not _NOW.search(lead))
    )


def _was_written_long_ago(part: str) -> bool:
    small = part.lower()
    may_be = "archive" in small or (has_any(small, _MAY_BE_YEAR) and has_any(small, _MAY_BE_OLD))
    return may_be and _WRITTEN_LONG_AGO.search(part) is not None
