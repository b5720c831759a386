"""One feed as an operator sees it: what it is, and how it fares."""

from typing import Any

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.words import PollReason

NOT_POLLED = "not polled yet"
_FINE = frozenset({PollReason.OK, PollReason.NOT_MODIFIED})


def health_of(source: FeedSource, state: FeedState | None) -> str:
    """Return in few words how the feed fares: "ok", "paused", "timeout (3 failures)", "stale since 2017-06-22 12:00, unchanged_bytes"."""
    if source.paused:
        return "paused"
    if state is None or state.url != str(source.url):
        return NOT_POLLED
    reason = state.last_poll.reason
    said = [] if reason in _FINE else [reason.value + (f" ({state.failures} failures)" if state.failures > 1 else "")]
    if state.stale_since:
        said.insert(0, f"stale since {state.stale_since:%Y-%m-%d %H:%M}")
    return ", ".join([*said, *(warning.value for warning in state.warnings)]) or "ok"


def overview(source: FeedSource, state: FeedState | None) -> dict[str, Any]:
    """Return source and state as plain data; of the articles that were seen only their number."""
    found: dict[str, Any] = {"health": health_of(source, state), "source": source.model_dump(mode="json"), "state": None}
    if state:
        found["state"] = state.model_dump(mode="json", exclude={"seen"}) | {"seen": len(state.seen)}
    return found
