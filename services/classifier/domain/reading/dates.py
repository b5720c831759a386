"""When and where the event itself happened, where the text says so; the day of the saying is left out."""

import re
from datetime import UTC, datetime, timedelta

from spacy.tokens import Token

_DAYS = {name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_MONTHS = {
    name: number
    for number, name in enumerate("january february march april may june july august september october november december".split(), start=1)
}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items() if name != "may"} | {"sept": 9}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FULL = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"\b(?:in|since|of|last|early|late|mid)[\s-]+(?P<month>{_MONTH})\b(?:\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(?P<last>last|previous)\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:in|of|since)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?P<count>\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?P<word>yesterday|last night|overnight|today|this morning|this afternoon|this evening|tonight|last week|last month|last year)\b",
    re.IGNORECASE,
)


_ANEW = frozenset("again anew afresh".split())
_ONCE_MORE = re.compile(r"\b(?:once more|once again|for (?:a|the) (?:second|third) time)\b")
"""What happens again, undated, is told on the day it is news."""


_HISTORY = re.compile(
    r"\blast (?:year|summer|winter|spring|autumn|fall|season|decade|century)\b"
    r"|\b(?:has|have|had) (?:\w+ )?\w+ (?:at least |more than |about |some )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|dozens of|hundreds of|a dozen|scores of)"
    r" [^.,;]{1,40}? since\b",
    re.IGNORECASE,
)
"""Told as history, or as a count of what has happened over the years."""


def _midnight(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _latest(published: datetime, month: int, day: int, year: str | None) -> datetime | None:
    """Return the latest such day that is not after publication."""
    if year:
        return _midnight(int(year), month, day)
    this = _midnight(published.year, month, day)
    return this if this is None or this <= published else _midnight(published.year - 1, month, day)


def resolve(text: str, published: datetime) -> tuple[datetime, int] | None:
    """Return the first date in the text at midnight UTC, and its offset; None if there is none."""
    today = published.replace(hour=0, minute=0, second=0, microsecond=0)
    if (match := _FULL.search(text)) is not None:
        at = _latest(published, _MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"]), match["year"])
        return (at, match.start()) if at else None
    if (match := _WEEKDAY.search(text)) is not None:
        back = (today.weekday() - _DAYS[match["day"].lower()]) % 7
        return today - timedelta(days=back or (7 if match["last"] else 0)), match.start()
    if (match := _RELATIVE.search(text)) is not None:
        return _relative(match["word"].lower(), today), match.start()
    if (match := _AGO.search(text)) is not None:
        return today - timedelta(
            days=(int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"].lower()])
            * {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()]
        ), match.start()
    if (match := _MONTH_ONLY.search(text)) is not None:
        at = _latest(published, _MONTHS[match["month"].lower()], 1, match["year"])
        return (at, match.start()) if at else None
    if (match := _YEAR.search(text)) is not None:
        return datetime(int(match["year"]), 1, 1, tzinfo=UTC), match.start()
    return None


def _relative(word: str, today: datetime) -> datetime:
    if word in ("yesterday", "last night", "overnight"):
        return today - timedelta(days=1)
    if word == "last week":
        return today - timedelta(days=7)
    if word == "last month":
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return today.replace(year=today.year - 1, month=1, day=1) if word == "last year" else today


def _modifiers(token: Token) -> list[Token]:
    """Return the prepositional and temporal modifiers of the event word, and of the verb that it is the complement or subject of."""
    owners = [token]
    if token.dep_ in ("acomp", "attr", "oprd", "xcomp", "dobj", "nsubj", "nsubjpass", "conj") and token.head.pos_ in ("VERB", "AUX"):
        owners.append(token.head)
    if token.pos_ == "VERB":
        owners += [child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")]  # "Oster on Saturday recalled"
    return [child for owner in owners for child in owner.children if child.dep_ in ("prep", "npadvmod", "advmod", "advcl", "agent")]


def event_date(token: Token, published: datetime) -> datetime | None:
    """Return when the event happened, at midnight UTC; the day of the report for what happens again.

    None if the text dates only the saying, or nothing.
    """
    for child in _modifiers(token):
        if child.dep_ == "advcl":
            continue
        phrase = "".join(part.text_with_ws for part in child.subtree)
        found = resolve(phrase, published)
        if found is not None:
            return found[0]
    again = any(child.dep_ == "advmod" and child.lower_ in _ANEW for child in token.children)
    once_more = token.doc[token.i + 1 : token.right_edge.i + 1].text.lower()
    return published.replace(hour=0, minute=0, second=0, microsecond=0) if again or _ONCE_MORE.search(once_more) else None


def event_place(token: Token) -> str:
    """Return the named place of the event; empty if none is clearly named."""
    for child in _modifiers(token):
        if child.dep_ == "prep" and child.lower_ in ("in", "at", "near", "outside", "off"):
            for head in child.children:
                if head.dep_ == "pobj" and head.pos_ == "PROPN" and not _WEEKDAY.fullmatch(head.text) and head.lower_ not in _MONTHS:
                    return _named(head)
    return ""


def _named(head: Token) -> str:
    begin = head.i
    while begin > 0 and head.doc[begin - 1].pos_ == "PROPN" and head.doc[begin - 1].head in (head, head.doc[begin]):
        begin -= 1
    end = head.i + 1
    if end + 1 < len(head.doc) and head.doc[end].lower_ == "of" and head.doc[end + 1].pos_ == "PROPN":
        end += 2
    return head.doc[begin:end].text


def is_long_past(text: str, published: datetime) -> bool:
    """Tell whether the words are dated in an earlier year, or told as history ("once before", "two earlier cases")."""
    if re.search(
        r"\b(?:once before|years ago|decades? ago|a century ago|in the past|earlier (?:cases|announcements|reports"
        r"|claims|captives)|previous(?:ly)? (?:reports|claims|announcements))\b",
        text,
        re.IGNORECASE,
    ):
        return True
    years = [int(match["year"]) for match in _YEAR.finditer(text) if not match.group().lower().startswith("since")]
    full = [int(match["year"]) for match in _FULL.finditer(text) if match["year"]]
    return any(year < published.year - (1 if published.month == 1 else 0) for year in years + full) or _HISTORY.search(text) is not None
