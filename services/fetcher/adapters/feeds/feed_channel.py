"""What a feed says of itself: its hub, its own address, how often and when it is to be polled."""

import re
from typing import TypedDict

from services.fetcher.adapters.feeds.feed_elements import Fields, Names

_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 7 * 86400.0, "monthly": 30 * 86400.0, "yearly": 365 * 86400.0}
_DAYS = {name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_NUMBER = re.compile(r"\d{1,7}")


class Wishes(TypedDict):
    """Fields of ``ParsedFeed`` by which a feed asks to be left alone."""

    asked_s: float | None
    skip_hours: tuple[int, ...]
    skip_days: tuple[int, ...]


def wishes_of(fields: Fields, names: Names) -> Wishes:
    """Return what the channel asks for: RSS 2.0's ttl, skipHours and skipDays, and the syndication module of RSS 1.0."""
    hours = (_number(word) for word in _listed(fields, names, "skiphours", "hour"))
    days = (_DAYS.get(word.lower()) for word in _listed(fields, names, "skipdays", "day"))
    return {
        "asked_s": _asked_s(fields),
        "skip_hours": tuple(sorted({hour % 24 for hour in hours if hour is not None and hour <= 24})),  # RSS 0.91 counts from 1 to 24
        "skip_days": tuple(sorted({day for day in days if day is not None})),
    }


def links_of(fields: Fields) -> tuple[str, str]:
    """Return the hub that the channel names, and its own address, as they are written (WebSub, 4)."""
    by_rel: dict[str, str] = {}
    for link in fields.all("atom:link", "link"):
        for rel in (link.get("rel") or "").lower().split():
            by_rel.setdefault(rel, (link.get("href") or "").strip())
    return by_rel.get("hub", ""), by_rel.get("self", "")


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _asked_s(fields: Fields) -> float | None:
    if ttl := _number(fields.words("ttl")):
        return ttl * 60.0
    period = _PERIODS.get(fields.words("sy:updateperiod").lower())
    if period is None and fields.first("sy:updatefrequency") is None:
        return None
    return (period or _PERIODS["daily"]) / max(1, _number(fields.words("sy:updatefrequency")) or 1)


def _listed(fields: Fields, names: Names, holder: str, name: str) -> list[str]:
    element = fields.first(holder)
    return [] if element is None else [(child.text or "").strip() for child in element if names.of(child) == name]
