"""What a file of feeds changes in the feeds that are there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.feeds_source import FeedSource


@dataclass(frozen=True)
class SourceChanges:
    """New, changed and removed feeds; what stays as it is is only counted."""

    added: tuple[FeedSource, ...]
    changed: tuple[tuple[FeedSource, FeedSource], ...]
    """Before and after."""
    removed: tuple[FeedSource, ...]
    kept: int

    @property
    def to_write(self) -> tuple[FeedSource, ...]:
        """Feeds that have to be written."""
        return (*self.added, *(after for _, after in self.changed))

    def lines(self) -> list[str]:
        """Return one line for each feed that is new (+), changed (~, with its fields) or removed (-)."""
        return [
            *(f"+ {source.feed_id}  {source.url}" for source in self.added),
            *(f"~ {after.feed_id}  {_differences(before, after)}" for before, after in self.changed),
            *(f"- {source.feed_id}  {source.url}" for source in self.removed),
        ]


def source_changes(before: Mapping[str, FeedSource], file: Iterable[FeedSource], *, replace: bool) -> SourceChanges:
    """Return what loading these feeds does.

    Args:
        replace: Feeds that are not in the file are removed.
    """
    after = {source.feed_id: source for source in file}
    return SourceChanges(
        added=tuple(source for id_, source in after.items() if id_ not in before),
        changed=tuple((before[id_], source) for id_, source in after.items() if id_ in before and before[id_] != source),
        removed=tuple(source for id_, source in sorted(before.items()) if replace and id_ not in after),
        kept=sum(before.get(id_) == source for id_, source in after.items()),
    )


def _differences(before: FeedSource, after: FeedSource) -> str:
    old, new = _flat(before), _flat(after)
    return ", ".join(f"{name}: {old[name]!r} -> {new[name]!r}" for name in new if old[name] != new[name])


def _flat(source: FeedSource) -> dict[str, Any]:
    fields = source.model_dump(mode="json")
    outlet = fields.pop("outlet")
    return fields | {f"outlet.{name}": value for name, value in outlet.items()}
