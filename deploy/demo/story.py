"""The story as data: outlets, entries with their 2017 dates, and how its time runs. No I/O but reading its own file."""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from schemas.feeds_source import FeedSource, Outlet

STORY = Path(__file__).with_name("story.yaml")
POLL_INTERVAL_S = 600.0
"""In story time, which runs some thousand times faster than a clock on the wall."""
LEAD = timedelta(hours=1)
SHORT_GAP = timedelta(hours=3)
"""Entries closer than this belong to one moment of the story."""


@dataclass(frozen=True)
class Entry:
    """One article of the story."""

    entry_id: str
    outlet: str
    at: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class StoryOutlet:
    """An outlet, and in which format its feed comes."""

    outlet_id: str
    feed_format: str
    outlet: Outlet


@dataclass(frozen=True)
class Story:
    """All of it, entries in order of time."""

    outlets: tuple[StoryOutlet, ...]
    entries: tuple[Entry, ...]

    @property
    def starts_at(self) -> datetime:
        """A little before the first entry."""
        return self.entries[0].at - LEAD

    @property
    def ends_at(self) -> datetime:
        """A little after the last entry."""
        return self.entries[-1].at + LEAD

    def published(self, outlet: str, now: datetime) -> tuple[Entry, ...]:
        """Return what an outlet has published by now, the latest first."""
        return tuple(entry for entry in reversed(self.entries) if entry.outlet == outlet and entry.at <= now)


def load_story(path: Path = STORY) -> Story:
    """Return the story in a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries: dict[str, Entry] = {}
    for raw in data["entries"]:
        entries[raw["id"]] = _entry(raw, entries)
    return Story(tuple(map(_outlet, data["outlets"])), tuple(sorted(entries.values(), key=lambda entry: entry.at)))


def feed_sources(story: Story, site: str) -> tuple[FeedSource, ...]:
    """Return the feeds of a site that tells the story; ``site`` is its address without a slash at the end."""
    return tuple(
        FeedSource.model_validate(
            {
                "feed_id": f"demo-{each.outlet_id}",
                "url": f"{site}/{each.outlet_id}/feed.{each.feed_format}",
                "outlet": each.outlet,
                "poll_interval_s": POLL_INTERVAL_S,
            }
        )
        for each in story.outlets
    )


def speed_at(story: Story, now: datetime, *, lasts: timedelta) -> float:
    """Return how many seconds of the story pass in one second at this moment.

    Each gap between two moments of the story takes the same time to tell, however many weeks it spans, and the short
    gaps within a moment a third of that. Before and after the story time passes as everywhere.
    """
    stops = [story.starts_at, *(entry.at for entry in story.entries), story.ends_at]
    gaps = list(itertools.pairwise(stops))
    unit = lasts.total_seconds() / sum(_weight(start, end) for start, end in gaps)
    for start, end in gaps:
        if start <= now < end:
            return (end - start).total_seconds() / (unit * _weight(start, end))
    return 1.0


def _weight(start: datetime, end: datetime) -> float:
    return 1.0 if end - start > SHORT_GAP else 1 / 3


def _entry(raw: dict[str, Any], earlier: dict[str, Entry]) -> Entry:
    at = raw["at"] if isinstance(raw["at"], datetime) else datetime.fromisoformat(raw["at"])
    entry = Entry(raw["id"], raw["outlet"], at.astimezone(UTC), raw["title"], ())
    if source := raw.get("copy_of"):
        text = earlier[source].paragraphs
        return replace(entry, paragraphs=text[: len(text) - raw.get("cut", 0)])
    return replace(entry, paragraphs=tuple(part.strip() for part in raw["text"].split("\n\n") if part.strip()))


def _outlet(raw: dict[str, Any]) -> StoryOutlet:
    own = {name: value for name, value in raw.items() if name not in ("id", "format")}
    return StoryOutlet(raw["id"], raw["format"], Outlet.model_validate(own))
