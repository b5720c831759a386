"""Live pages: one page of many entries, each with its hour and a statement of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import pairwise

from services.classifier.domain.gates import lines_opening

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_DAY = (
    rf"(?:{_WEEKDAY},?[ \t]+)?(?:\d{{1,2}}(?:st|nd|rd|th)?[ \t]+{_MONTH}|{_MONTH}[ \t]+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?[ \t]+20\d\d)?"
    rf"|20\d\d-\d\d-\d\d|{_WEEKDAY}"
)
_ZONE_HOURS = dict(
    gmt=0, utc=0, wet=0, bst=1, west=1, cet=1, cest=2, sast=2, eet=2, eest=3, msk=3, est=-5, edt=-4, cdt=-5, mst=-7, mdt=-6, pst=-8, pdt=-7
) | dict(jst=9, kst=9, hkt=8, sgt=8, aest=10, aedt=11, nzst=12, nzdt=13)
"""Hours from Greenwich of the zones whose letters mean only one; IST, CST and ET mean several."""
_ZONE = rf"(?:(?:GMT|UTC)[+-]\d{{1,2}}(?::?\d\d)?|{'|'.join(_ZONE_HOURS)}|et|ct|pt|ist|cst|local(?:[ \t]time)?|hrs|hours|h)\b"
_HOUR = r"""(?:
      (?:[01]?\d|2[0-3])[ \t]?[.:h\u2236][ \t]?[0-5]\d(?::[0-5]\d)?(?:[ \t]*[ap]\.?m\b\.?)?
    | (?:1[0-2]|0?[1-9])[ \t]?[ap]\.?m\b\.?
    | (?:[01]\d|2[0-3])[0-5]\d(?=[ \t]?(?:hrs|hours|h|GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|PT|local)\b)
)"""
_AGO = r"(?:\d{1,3}|an?)[ \t]?(?:m|mins?|minutes?|h|hrs?|hours?)[ \t]ago"
_LABEL = re.compile(
    rf"""^[ \t]{{0,8}}(?:[\[(•▪●◦*\#>–—-]{{1,3}}[ \t]{{0,2}})?
      (?:(?P<said>(?:last[ ])?(?:posted|published|updated|added|at|time|update)(?:[ \t]+(?:at|on))?)[ \t]?:?[ \t]+)?
      (?:(?P<day>{_DAY})[,\t ]*(?:at[ \t]+|[-–—|·][ \t]*)?)?
      (?P<hour>{_HOUR}|{_AGO}|(?:update|entry|post)[ \t]+\#?\d{{1,3}}(?=[ \t]*[:.–—-]))
      (?:[ \t]*(?P<zone>{_ZONE}))?
      (?:,?[ \t]*(?:on[ \t]+|[-–—|·][ \t]*)?(?P<day_behind>{_DAY})(?=[ \t]*(?:[\n:–—|)\]*-]|$)))?
      (?P<close>[\])*]{{0,3}}[ \t]{{0,4}}[:.,|–—·-]{{0,3}})[ \t]{{0,8}}(?=\S|$)
      (?!(?:%|per\b|percent\b|million\b|billion\b|bn\b|mn\b|km\b|kg\b|points?\b|seconds?\b|metres?\b|meters?\b|crowns\b|dollars\b|euros?\b|pounds\b))""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_DAY_LINE = re.compile(rf"^[ \t*#\[(-]{{0,6}}(?P<day>{_DAY})[ \t*:\])-]{{0,6}}$", re.IGNORECASE | re.MULTILINE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?[ \t]+)?(?P<month>{_MONTH})(?(before)|[ \t]+(?P<behind>\d{{1,2}}))", re.IGNORECASE
)
MIN_ENTRIES = 2


@dataclass(frozen=True)
class LiveEntry:
    """One entry of a live page.

    Attributes:
        label: As the page has it ("15.47 GMT").
        text: What it says.
        start: Where the text begins in the body.
        end: Where it ends.
        hour: Time of day on the label, in minutes; None if it has none.
        zone: Of that time, in minutes from Greenwich; None if the label does not say.
    """

    label: str
    text: str
    start: int
    end: int
    hour: int | None = None
    zone: int | None = None


def _minutes(label: str) -> int | None:
    """Return the label's time of day in minutes, or its number; None if it has neither."""
    numbers = [int(number) for number in re.findall(r"\d+", label)]
    if not numbers:
        return None
    if len(numbers) == 1 and numbers[0] >= 100:
        return numbers[0] // 100 * 60 + numbers[0] % 100
    if len(numbers) == 1 and not re.search(r"[ap]\.?m", label, re.IGNORECASE):
        return numbers[0]
    hour = numbers[0]
    if half := re.search(r"([ap])\.?m", label, re.IGNORECASE):
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    return hour * 60 + (numbers[1] if len(numbers) > 1 else 0)


def _zone_minutes(zone: str) -> int | None:
    if shifted := re.fullmatch(r"(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d\d))?", zone, re.IGNORECASE):
        minutes = int(shifted[2]) * 60 + int(shifted[3] or 0)
        return -minutes if shifted[1] == "-" else minutes
    hours = _ZONE_HOURS.get(zone.lower())
    return None if hours is None else hours * 60


def entries(body: str) -> tuple[LiveEntry, ...]:
    """Return the entries of a live page, the oldest first; none if the text is no live page.

    A label opens an entry where it begins a line; text above the first label belongs to no entry, and a line that is a day to none.
    """
    labels = [found for found in lines_opening(_LABEL, body) if _is_label(found)]
    if len(labels) < MIN_ENTRIES:
        return ()
    days = [found.start() for found in _DAY_LINE.finditer(body) if found.end() < len(body) and not _LABEL.match(body, found.start())]
    ends = [found.start() for found in labels[1:]] + [len(body)]
    stops = [min([day for day in days if label.end() <= day < end], default=end) for label, end in zip(labels, ends, strict=True)]
    found = [_entry(body, label, stop) for label, stop in zip(labels, stops, strict=True)]
    return tuple(reversed(found) if _newest_first(labels, days) else found)


def _is_label(found: re.Match[str]) -> bool:
    """A label with words in front ("At 15.47 he left", "Update 2") needs a sign or the end of the line behind it."""
    if not found["said"]:
        return True
    return bool(found["close"].strip()) or found.string[found.end() : found.end() + 1] in ("", "\n")


def _entry(body: str, label: re.Match[str], end: int) -> LiveEntry:
    text = body[label.end() : end]
    start = label.end() + len(text) - len(text.lstrip())
    text = text.strip()
    parts = (label["day"], label["hour"], label["zone"], label["day_behind"])
    is_hour = bool(re.search(r"\d", label["hour"])) and not re.search(r"ago|update|entry|post", label["hour"], re.IGNORECASE)
    return LiveEntry(
        " ".join(" ".join(filter(None, parts)).split()),
        text,
        start,
        start + len(text),
        _minutes(label["hour"]) if is_hour else None,
        _zone_minutes(label["zone"] or ""),
    )


def _newest_first(labels: Sequence[re.Match[str]], days: Sequence[int]) -> bool:
    """Tell the order of the entries from most of their neighbours; past midnight one step goes the other way.

    Args:
        days: Where lines stand that are a day: across one, a rising hour means that the page goes back.
    """
    if all("ago" in label["hour"].lower() for label in labels):
        falling = [_age(later["hour"]) > _age(earlier["hour"]) for earlier, later in pairwise(labels)]
    else:
        steps = [_step(earlier, later, days) for earlier, later in pairwise(labels)]
        falling = [step < 0 for step in steps if step is not None]
    return sum(falling) * 2 >= max(1, len(falling))


def _step(earlier: re.Match[str], later: re.Match[str], days: Sequence[int]) -> int | None:
    """Return above 0 where the second label is the later one, below where it is the earlier one; None if that cannot be told."""
    between = _days_between(earlier["day"] or earlier["day_behind"] or "", later["day"] or later["day_behind"] or "")
    if between:
        return between
    hours = _minutes(earlier["hour"]), _minutes(later["hour"])
    if hours[0] is None or hours[1] is None:
        return None
    rises = hours[1] - hours[0]
    return -rises if any(earlier.end() <= day < later.start() for day in days) else rises


def _days_between(one: str, other: str) -> int:
    """Return how many days the second is after the first; 0 if that cannot be told."""
    dates = [_DATE.search(day) for day in (one, other)]
    if all(dates):
        ordinals = [_MONTHS.index(date["month"][:3].lower()) * 31 + int(date["before"] or date["behind"]) for date in dates if date]
        return (ordinals[1] - ordinals[0] + 186) % 372 - 186
    weekdays = [_WEEKDAYS.index(day[:3].lower()) if day[:3].lower() in _WEEKDAYS else -1 for day in (one, other)]
    return 0 if -1 in weekdays else (weekdays[1] - weekdays[0] + 3) % 7 - 3


def _age(label: str) -> int:
    number = re.search(r"\d+", label)
    return int(number.group() if number else 1) * (60 if re.search(r"\d\s?h|hour|hr", label, re.IGNORECASE) else 1)


def said_at(found: Sequence[LiveEntry], *, seen_at: datetime) -> tuple[datetime | None, ...]:
    """Return when each entry was posted, oldest first; None for all unless every label has an hour and a zone.

    The newest is the last such hour before the page was seen; going back, an hour later than the one after it is of the day before.
    """
    if any(entry.hour is None or entry.zone is None for entry in found):
        return (None,) * len(found)
    moments: list[datetime] = []
    limit = seen_at.astimezone(UTC)
    for entry in reversed(found):
        limit = _last_before(limit, entry)
        moments.append(limit)
    return tuple(reversed(moments))


def _last_before(limit: datetime, entry: LiveEntry) -> datetime:
    hour, zone = entry.hour or 0, timezone(timedelta(minutes=entry.zone or 0))
    local = limit.astimezone(zone)
    moment = datetime.combine(local.date(), time(hour // 60 % 24, hour % 60), zone)
    return (moment if moment <= local else moment - timedelta(days=1)).astimezone(UTC)
