"""Dates as pages show them to people: a month's name, or a day in an address."""

import re
from datetime import UTC, datetime

from services.fetcher.domain.feeds.dates import parse_date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro gennaio "
            "januari", "february feb februar février febrero fevereiro febbraio februari fev",
            "march mar märz mars marzo março maart", "april apr avril abril aprile", "may mai mayo maio maggio mei",
            "june jun juni juin junio junho giugno", "july jul juli juillet julio julho luglio", "august aug août agosto augustus ago",
            "september sep sept septembre septiembre setembro settembre", "october oct oktober octobre octubre outubro ottobre okt",
            "november nov novembre noviembre novembro", "december dec dezember décembre diciembre dezembro dicembre dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = re.compile(
    r"\b(?:(?P<m1>[^\W\d_]{3,10})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)|"
    r"(?P<d2>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<m2>[^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(?P<y2>(?:19|20)\d\d))\b",
)
_NUMBERED = re.compile(r"\b((?:19|20)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})\b")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-])")


def _day(year: str, month: int, day: str) -> datetime | None:
    try:
        return datetime(int(year), month, int(day), tzinfo=UTC)
    except ValueError:
        return None


def shown_date(text: str) -> datetime | None:
    """Return the first date in a short text, midnight UTC where it is a day alone; None if there is none that is unambiguous."""
    if found := parse_date(text.strip()):
        return found
    for match in _NAMED.finditer(text):
        month = _MONTHS.get((match["m1"] or match["m2"]).lower())
        if month:
            return _day(match["y1"] or match["y2"], month, match["d1"] or match["d2"])
    numbered = _NUMBERED.search(text)
    return _day(numbered[1], int(numbered[2]), numbered[3]) if numbered else None


def date_in_address(url: str) -> datetime | None:
    """Return the day in an article's address (/2019/11/19/), midnight UTC; None if there is none."""
    match = _IN_ADDRESS.search(url)
    return _day(match[1], int(match[2]), match[3]) if match else None
