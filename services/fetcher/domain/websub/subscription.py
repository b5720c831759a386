"""Rules of a WebSub subscription (W3C Recommendation, 23 January 2018): state in, state out. The talk with hubs is elsewhere."""

from datetime import datetime, timedelta

from schemas.feeds_state import HubState
from schemas.words import FeedWarning
from services.fetcher.domain.polling.schedule import jitter_of

MISSES_ALLOWED = 1
"""One thing that polling finds first may be bad luck; two in a row are a hub that cannot be relied on."""
GRACE = timedelta(minutes=1)
"""A push this much later than the poll that found the same was on its way."""
LEASE = timedelta(days=1)
"""Lease asked for, and taken as given where a hub names none. Short, as a callback that is given up goes on receiving until it ends."""
MAX_LEASE = timedelta(days=14)
"""A longer one is asked for anew all the same: hubs forget."""
RENEWED_AFTER = 2 / 3
"""Part of the lease after which it is asked for again: early enough for several tries."""
RENEWAL_JITTER = 0.1
"""Renewals come up to this part of the lease earlier, each feed at a point of its own."""
FIRST_WAIT = timedelta(minutes=1)
"""How long a hub is given to verify; doubled with each request that comes to nothing. No subscription is asked for more often."""
LONGEST_WAIT = timedelta(hours=6)
DENIED_WAIT = timedelta(days=1)
"""After a denial: the hub has decided, and may decide otherwise some day."""
PING_GAP = timedelta(seconds=30)
"""An unsigned word that there is news makes for one poll in so much time at most."""


def is_reliable(hub: HubState) -> bool:
    """Tell whether polling has not found too often what the hub did not push."""
    return hub.missed <= MISSES_ALLOWED


def is_pushing(hub: HubState | None, now: datetime) -> bool:
    """Tell whether what is new comes by push, so that polling may be slow."""
    return hub is not None and _has_lease(hub, now) and is_reliable(hub)


def _has_lease(hub: HubState, now: datetime) -> bool:
    return hub.lease_until is not None and hub.lease_until > now


def warnings_of(hub: HubState | None) -> tuple[FeedWarning, ...]:
    """Return what an operator should know of the hub."""
    return () if hub is None or is_reliable(hub) else (FeedWarning.HUB_UNRELIABLE,)


def wanted_poll_at(hub: HubState | None, *, polled_at: datetime) -> datetime | None:
    """Return when the subscription calls for a poll out of turn; None if it does not.

    Once when pushing begins, for what came between the last poll and the lease; and when a hub has said, unsigned, that there is news.
    """
    if hub is None:
        return None
    if hub.pinged_at and hub.pinged_at > polled_at:
        return max(hub.pinged_at, polled_at + PING_GAP)
    return hub.since if hub.since and hub.since > polled_at else None


def discovered(before: HubState | None, *, hub: str, topic: str) -> HubState | None:
    """Return the subscription of a feed whose document, just read, names this hub and this address of itself (either may be empty)."""
    if not (hub and topic):
        return None
    return before if before and (before.hub, before.topic) == (hub, topic) else HubState(hub=hub, topic=topic)


def asks_at(hub: HubState, *, callback: str, now: datetime) -> datetime:
    """Return when to ask for the subscription. ``callback`` names the address that the hub would be given now."""
    return hub.ask_at if hub.ask_at and hub.callback == callback else now


def asked(hub: HubState, *, feed_id: str, callback: str, now: datetime) -> HubState:
    """Return the state as a request goes out: until it is verified it counts as come to nothing.

    A lease that was given to another callback address is none of ours.
    """
    ours = hub if hub.callback == callback else HubState(hub=hub.hub, topic=hub.topic, pushes=hub.pushes, callback=callback)
    wait = min(FIRST_WAIT * 2 ** min(ours.unanswered, 20), LONGEST_WAIT)
    return ours.model_copy(
        update={
            "requested_at": now,
            "unanswered": ours.unanswered + 1,
            "ask_at": now + wait * (1 + RENEWAL_JITTER * jitter_of(feed_id)),
        }
    )


def put_off(hub: HubState, *, wait: timedelta, now: datetime) -> HubState:
    """Return the state after the hub has asked for a wait (Retry-After) before the next request; a shorter one than ours says nothing."""
    until = now + min(wait, DENIED_WAIT)
    return hub.model_copy(update={"ask_at": max(hub.ask_at or until, until)})


def is_wanted(hub: HubState | None, *, topic: str) -> bool:
    """Tell whether a hub that asks if we meant to subscribe to this topic is to be told yes."""
    return hub is not None and hub.requested_at is not None and hub.topic == topic


def verified(hub: HubState, *, feed_id: str, lease: timedelta | None, now: datetime) -> HubState:
    """Return the state after the hub has verified our intent. Without a request before it, nothing changes.

    Args:
        lease: As the hub says; None if it does not.
    """
    if not hub.unanswered:
        return hub
    given = min(lease if lease and lease > timedelta(0) else LEASE, MAX_LEASE)
    early = given * (RENEWED_AFTER - RENEWAL_JITTER * jitter_of(feed_id))
    return hub.model_copy(
        update={
            "lease_until": now + given,
            "ask_at": now + max(early, FIRST_WAIT),
            "unanswered": 0,
            "since": hub.since if hub.since and _has_lease(hub, now) else now,
        }
    )


def denied(hub: HubState, *, now: datetime) -> HubState:
    """Return the state after the hub has said that it will not, or no longer, push."""
    return hub.model_copy(update={"lease_until": None, "since": None, "ask_at": now + DENIED_WAIT})


def released(hub: HubState) -> HubState:
    """Return the state after the hub has been told that nothing is to be pushed any more."""
    return HubState(hub=hub.hub, topic=hub.topic, pushes=hub.pushes)


def pushed(hub: HubState, *, brought: int, now: datetime) -> HubState:
    """Return the state after a valid push.

    Args:
        brought: Articles that were not known before. If there are any, the hub is trusted again.
    """
    was_on_its_way = hub.missed_at is not None and now - hub.missed_at <= GRACE
    missed = 0 if brought else max(0, hub.missed - 1) if was_on_its_way else hub.missed
    is_settled = bool(brought) or was_on_its_way
    return hub.model_copy(update={"pushes": hub.pushes + 1, "missed": missed, "missed_at": None if is_settled else hub.missed_at})


def pinged(hub: HubState, *, now: datetime) -> HubState:
    """Return the state after an unsigned word that there is news, from a hub that was given no secret."""
    return hub.model_copy(update={"pushes": hub.pushes + 1, "pinged_at": now})


def polled(hub: HubState, *, brought: int, looked_at: datetime | None, now: datetime) -> HubState:
    """Return the state after a poll that read the feed: what it found and could have been pushed was missed.

    Args:
        brought: Articles that the poll found and that were not known. Edits do not count: some feeds read differently every time.
        looked_at: Last poll before it that read the feed. What it left to be found came after it; if that was not yet
            under the lease, nobody can say that it should have been pushed.
    """
    if not brought:
        return hub
    if hub.pinged_at and looked_at and hub.pinged_at >= looked_at:
        return hub.model_copy(update={"missed": 0, "missed_at": None})
    if not (_has_lease(hub, now) and hub.since and looked_at and looked_at >= hub.since):
        return hub
    return hub.model_copy(update={"missed": hub.missed + 1, "missed_at": now})
