"""Small builders that the fetcher's tests share."""

from datetime import UTC, datetime, timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.words import PollReason
from services.fetcher.domain.articles.articles import Harvest, harvest
from services.fetcher.domain.feeds.entries import DeletedEntry, Entry, ParsedFeed
from services.fetcher.domain.polling.polls import Outcome, state_after

NOW = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
STORY = Entry(guid="1", link="https://news.example/1", title="Leader killed", summary="The ministry says so.", published_at=NOW)


def source(**more: object) -> FeedSource:
    return FeedSource.model_validate(
        {"feed_id": "news", "url": "https://news.example/feed?key=secret", "outlet": {"name": "News"}, "poll_interval_s": 900} | more
    )


def document(*entries: Entry, deleted: tuple[DeletedEntry, ...] = ()) -> ParsedFeed:
    return ParsedFeed(form="rss", language="en", entries=entries, deleted=deleted)


def reap(
    *entries: Entry, after: Harvest | None = None, deleted: tuple[DeletedEntry, ...] = (), now: datetime = NOW, **more: object
) -> Harvest:
    """Return what a document adds after an earlier one."""
    return harvest(document(*entries, deleted=deleted), source=source(**more), seen=after.seen if after else (), now=now)


def state(reason: PollReason = PollReason.OK, *, before: FeedState | None = None, at: datetime = NOW, **more: object) -> FeedState:
    """Return the state after a poll that ended in this way."""
    return state_after(source(), before, Outcome(reason, **more), started_at=at, ended_at=at)  # type: ignore[arg-type]
