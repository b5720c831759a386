"""Dates as feeds write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_ISO = re.compile(
    r"\s*(\d{4})-?(\d\d)(?:-?(\d\d))?(?:[T\s]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\s*",
    re.IGNORECASE,
)
_RFC850 = re.compile(r"^\s*[a-z]+,?\s*(\d{1,2})[-\s](\w{3})\w*[-\s](\d{2,4})", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = datetime(1970, 1, 2, tzinfo=UTC)
_OLDEST = datetime(1900, 1, 1, tzinfo=UTC)


# How nearly all RSS feeds write it; the rest goes the long way.
_USUAL = re.compile(r"\s*(?:[A-Za-z]{3}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (GMT|UTC|Z|[+-]\d{4})\s*")
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def parse_date(text: str) -> datetime | None:
    """Return a date as UTC; None if it cannot be read or cannot be meant (the epoch, before 1900).

    RFC 3339 and ISO 8601, RFC 822 and its usual misspellings. No zone means UTC; a day alone is its midnight.
    """
    if not text or not text.strip():
        return None
    try:
        found = _usual(text) or _iso(text) or _rfc822(text)
    except (ValueError, OverflowError):
        return None
    return None if found is None or found < _OLDEST or _EPOCH <= found < _EPOCH_DAY else found


def _usual(text: str) -> datetime | None:
    match = _USUAL.fullmatch(text)
    if match is None or (month := _MONTHS.get(match[2])) is None or match[4] > "23" or (match[6] or "") > "59":
        return None
    day, _, year, hour, minute, second, zone = match.groups()
    moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    return moment - _zone(zone).utcoffset(None) if zone[0] in "+-" else moment


def _iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    moment = datetime(int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), min(int(second or 0), 59), micro, _zone(zone))
    return moment.astimezone(UTC)


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


_ZONES = {  # minutes east of UTC; what the standard library does not know
    "BST": 60, "IST": 330, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "HST": -600, "AKST": -540, "AKDT": -480, "WET": 0, "WEST": 60, "SGT": 480, "HKT": 480,
}  # fmt: skip


def _rfc822(text: str) -> datetime | None:
    parts = parsedate_tz(_RFC850.sub(r"\1 \2 \3", text))
    if parts is None:
        return None
    year, month, day, hour, minute, second = parts[:6]
    offset = parts[9]
    if not offset and (name := re.search(r"\b([A-Z]{3,4})\s*$", text)):
        offset = _ZONES.get(name[1], 0) * 60
    return (datetime(year, month, day, hour % 24, minute, min(second, 59), tzinfo=UTC) - timedelta(seconds=offset or 0)) + timedelta(
        days=hour // 24
    )
