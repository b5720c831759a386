"""Live pages: one page of many entries, each with its hour and a statement of its own."""

import re
from dataclasses import dataclass
from itertools import pairwise

_LABEL = re.compile(
    r"""^[ \t]{0,8}[\[(•*]?[ \t]{0,2}(?P<label>
      (?:[01]?\d|2[0-3])[.:h][0-5]\d(?:[ \t]*[ap]\.?m\b\.?)?
    | (?:1[0-2]|[1-9])[ \t]?[ap]\.?m\b\.?
    | (?:update|entry|post)[ \t]+\#?\d{1,3}(?=[ \t]*[:.–—-])
    )(?P<zone>[ \t]*(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|PT|IST|MSK|local(?:[ \t]time)?)\b)?
      [\])]?[ \t]{0,4}[:.,|–—-]{0,3}[ \t]{0,8}(?=\S|$)""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
MIN_ENTRIES = 2


@dataclass(frozen=True)
class LiveEntry:
    """One entry: its label as the page has it ("15.47"), its text, and where the text stands in the body."""

    label: str
    text: str
    start: int
    end: int


def _minutes(label: str) -> int | None:
    """Return the label's time of day in minutes, or its number; None if it has neither."""
    numbers = [int(number) for number in re.findall(r"\d+", label)]
    if not numbers:
        return None
    if len(numbers) == 1 and not re.search(r"[ap]\.?m", label, re.IGNORECASE):
        return numbers[0]
    hour = numbers[0]
    if half := re.search(r"([ap])\.?m", label, re.IGNORECASE):
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    return hour * 60 + (numbers[1] if len(numbers) > 1 else 0)


def entries(body: str) -> tuple[LiveEntry, ...]:
    """Return the entries of a live page, the oldest first; none if the text is no live page.

    A label opens an entry where it begins a line; text above the first label belongs to no entry.
    """
    labels = [found for found in _LABEL.finditer(body) if _opens_paragraph(body, found.start())]
    if len(labels) < MIN_ENTRIES:
        return ()
    ends = [found.start() for found in labels[1:]] + [len(body)]
    found = [_entry(body, label, end) for label, end in zip(labels, ends, strict=True)]
    return tuple(reversed(found) if _newest_first(found) else found)


def _opens_paragraph(body: str, start: int) -> bool:
    return start == 0 or body[start - 1] == "\n"


def _entry(body: str, label: re.Match[str], end: int) -> LiveEntry:
    text = body[label.end() : end]
    start = label.end() + len(text) - len(text.lstrip())
    text = text.strip()
    return LiveEntry(" ".join((label["label"] + (label["zone"] or "")).split()), text, start, start + len(text))


def _newest_first(found: list[LiveEntry]) -> bool:
    times = [time for entry in found if (time := _minutes(entry.label)) is not None]
    falling = sum(later < earlier for earlier, later in pairwise(times))
    return falling * 2 >= max(1, len(times) - 1)  # past midnight one step goes the other way
