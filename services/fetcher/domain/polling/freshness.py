"""How long an HTTP answer says that it stays fresh (RFC 9111)."""

import re

from services.fetcher.domain.polling.schedule import http_date

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)


def fresh_for_s(*, cache_control: str = "", expires: str = "", date: str = "", age: str = "") -> float | None:
    """Return the seconds from now for which an answer is fresh; None if its headers say nothing, or that it is not.

    ``max-age`` wins over ``Expires`` (5.2.2.1); what has passed in caches on the way (``Age``) is taken off.
    """
    if _UNCACHED.search(cache_control):
        return None
    if found := _MAX_AGE.search(cache_control):
        left = float(found[1])
    else:
        until, at = http_date(expires), http_date(date)
        if until is None or at is None:
            return None
        left = (until - at).total_seconds()
    left -= float(age) if age.isascii() and age.isdecimal() and len(age) < 10 else 0
    return left if left > 0 else None
