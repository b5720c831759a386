"""What is wrong in a file of feeds, and what could be read of it."""

from dataclasses import dataclass

from schemas.feeds_source import FeedSource


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file."""

    place: str
    """Where: line, and which entry."""
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.field}: {self.reason}"


class SourceFileError(Exception):
    """The file is refused as a whole; nothing of it is to be used."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True)
class SourceList:
    """The feeds of a file, each once."""

    sources: tuple[FeedSource, ...]
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong; the feeds concerned are not among the sources."""
    mended: tuple[Mistake, ...] = ()
    """What is wrong and was read all the same, nothing being lost."""
