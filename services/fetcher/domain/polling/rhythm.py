"""How often a feed is asked: between the operator's bounds, by its own rhythm and by what it and its server wish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from schemas.feeds_source import FeedSource
from schemas.feeds_state import Rhythm

STRETCH = 4
"""Longest interval, as a multiple of the operator's, where the operator names none."""
POLLS_A_GAP = 4
"""Polls within a feed's usual gap between entries: a new one waits a quarter of it at most."""
BEHIND_HUB = 4
"""A hub that pushes makes polling so many times slower: it only checks on the hub."""
NEWEST = 20
"""Entries whose dates make the usual gap; what a feed did long ago says little of now."""
_NEW_WEIGHT = 0.3
"""Weight of the latest gap seen by polling, beside what was known."""


@dataclass(frozen=True)
class Heard:
    """What one document and its server say of how often to come."""

    gap_s: float | None = None
    """Usual seconds between its newest entries; None: its dates do not tell."""
    asked_s: float | None = None
    """Seconds between polls that the document or the HTTP answer asks for; None: they say nothing."""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def usual_gap_s(dates: Iterable[datetime | None], *, now: datetime) -> float | None:
    """Return the median of the gaps between the newest dates, seconds; None with fewer than three that differ.

    Dates to come do not count.
    """
    newest = sorted({date for date in dates if date and date <= now}, reverse=True)[:NEWEST]
    if len(newest) < 3:
        return None
    return median((later - earlier).total_seconds() for later, earlier in pairwise(newest))


def rhythm_after(before: Rhythm, heard: Heard, *, now: datetime, has_changed: bool, has_news: bool) -> Rhythm:
    """Return the rhythm after a document was read.

    Args:
        has_changed: Its bytes differ from those before.
        has_news: Something of it was published.
    """
    gap_s = heard.gap_s
    if gap_s is None:
        gap_s = _mixed(before, now) if has_news else before.gap_s
    return Rhythm(
        changed_at=now if has_changed or before.changed_at is None else before.changed_at,
        gap_s=gap_s,
        asked_s=heard.asked_s,
        skip_hours=heard.skip_hours,
        skip_days=heard.skip_days,
    )


def _mixed(before: Rhythm, now: datetime) -> float | None:
    if before.changed_at is None:
        return before.gap_s
    since_s = max(0.0, (now - before.changed_at).total_seconds())
    return since_s if before.gap_s is None else (1 - _NEW_WEIGHT) * before.gap_s + _NEW_WEIGHT * since_s


def bounds(source: FeedSource, *, is_pushed: bool = False) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest interval of a healthy feed."""
    shortest = source.poll_interval_s
    longest = max(shortest, source.max_poll_interval_s or STRETCH * shortest)
    factor = BEHIND_HUB if is_pushed else 1
    return timedelta(seconds=shortest * factor), timedelta(seconds=longest * factor)


def interval(source: FeedSource, rhythm: Rhythm, *, now: datetime, is_pushed: bool = False) -> timedelta:
    """Return the gap to the next poll of a healthy feed, before jitter; always within ``bounds``.

    A feed that brings something new every hour is asked four times an hour; one that has been silent for longer than its
    gap, by its silence. Wishes (ttl, Cache-Control) make it longer, never shorter.
    """
    return _interval(rhythm, *bounds(source, is_pushed=is_pushed), now=now)


def _interval(rhythm: Rhythm, shortest: timedelta, longest: timedelta, *, now: datetime) -> timedelta:
    silent_s = max(0.0, (now - rhythm.changed_at).total_seconds()) if rhythm.changed_at else 0.0
    own_s = max(rhythm.gap_s or 0.0, silent_s) / POLLS_A_GAP
    wanted_s = max(own_s, rhythm.asked_s or 0.0)
    return min(max(shortest, timedelta(seconds=min(wanted_s, longest.total_seconds()))), longest)


def out_of_rest(moment: datetime, rhythm: Rhythm, *, until: datetime) -> datetime:
    """Return the moment, or the end of the hours and days (UTC) that the feed asks to be left alone in; ``until`` at the latest."""
    if len(set(rhythm.skip_hours)) >= 24 or len(set(rhythm.skip_days)) >= 7:
        return moment  # asks never to be polled: not taken seriously
    while moment < until and (moment.hour in rhythm.skip_hours or moment.weekday() in rhythm.skip_days):
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(moment, until)


def planned(source: FeedSource, rhythm: Rhythm, *, now: datetime, jitter: float, is_pushed: bool = False) -> datetime:
    """Return when a healthy feed that was read now is to be polled next: interval, hours of rest, and a jitter on top.

    Args:
        jitter: Part of the interval that is added; spreads feeds of one interval.
    """
    shortest, longest = bounds(source, is_pushed=is_pushed)
    gap = _interval(rhythm, shortest, longest, now=now)
    return out_of_rest(now + gap, rhythm, until=now + longest) + gap * jitter
