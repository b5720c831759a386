"""Feeds that lead to one address, by redirects or because two sources name it: what one has published, the other need not."""

from collections.abc import Callable, Iterable
from datetime import datetime

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle


class Twins:
    """Remembers where each feed of this process was last found."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, bool]] = {}
        self._at: dict[tuple[str, bool], set[str]] = {}
        self.state_of: Callable[[str], FeedState | None] = lambda feed_id: None
        """Gives the latest state of a feed; set by whoever keeps them."""

    def note(self, source: FeedSource, address: str) -> None:
        """Note where a feed was found. Archives have twins among archives only: what they publish is flagged."""
        place = (address, source.backfill)
        if self._places.get(source.feed_id) != place:
            self.forget(source.feed_id)
            self._places[source.feed_id] = place
            self._at.setdefault(place, set()).add(source.feed_id)

    def forget(self, feed_id: str) -> None:
        """Forget a feed that is ours no more."""
        if place := self._places.pop(feed_id, None):
            self._at[place].discard(feed_id)
            if not self._at[place]:
                del self._at[place]

    def address_of(self, feed_id: str) -> str | None:
        """Return where a feed was last found; None if that is not known."""
        place = self._places.get(feed_id)
        return place[0] if place else None

    def others(self, source: FeedSource, address: str) -> list[FeedState]:
        """Return the states of the other feeds that are found at an address."""
        found = self._at.get((address, source.backfill), set())
        others = (self.state_of(feed_id) for feed_id in sorted(found) if feed_id != source.feed_id)
        return [state for state in others if state]


def known_to_any(own: tuple[SeenArticle, ...], others: Iterable[FeedState]) -> tuple[SeenArticle, ...]:
    """Return what a feed knows together with what its twins know; of one article the latest word."""
    known = {seen.article_id: seen for seen in own}
    for state in others:
        for seen in state.seen:
            if seen.article_id not in known or _as_of(seen) > _as_of(known[seen.article_id]):
                known[seen.article_id] = seen
    return tuple(known.values())


def _as_of(seen: SeenArticle) -> datetime:
    return max(seen.last_listed_at, seen.page.at) if seen.page else seen.last_listed_at
