"""What a poll came to, and the state of the feed after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, HubState, PollReport, Rhythm, SeenArticle
from schemas.words import FeedWarning, PollReason
from services.fetcher.domain.polling import redirects
from services.fetcher.domain.polling.health import quiet_since, stale_since
from services.fetcher.domain.polling.redirects import SAVE_AFTER, Journey, Moves
from services.fetcher.domain.polling.rhythm import Heard, interval, planned, rhythm_after
from services.fetcher.domain.polling.schedule import BACKOFF_CAP, GONE_CAP, JITTER, RETRY_AFTER_CAP, back_off, jitter_of, waited
from services.fetcher.domain.websub import subscription

GOOD = frozenset({PollReason.OK, PollReason.NOT_MODIFIED, PollReason.UNCHANGED_BYTES})
"""The feed was seen."""
DISTRUST_EVERY = 50
"""Every so many polls the feed is asked for whole, whatever its validators: some servers answer "not modified" for ever."""
MAX_DETAIL_CHARS = 300


@dataclass(frozen=True)
class Validators:
    """What makes a request conditional, as the server sent it. None: not sent."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a poll ended."""

    reason: PollReason
    detail: str = ""
    retry_after: timedelta | None = None
    blocked_host: str = ""
    """Host and port that asked for the wait."""
    validators: Validators = Validators()
    body_hash: str | None = None
    entries: int = 0
    published: int = 0
    brought: int = 0
    """Articles, versions and withdrawals that the document itself brought, whatever pages added."""
    new: int = 0
    """Of these, articles that were not known before."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    seen: tuple[SeenArticle, ...] | None = None
    """Articles known from now on; None: as before."""
    journey: Journey | None = None
    """Which way the answer was found; None if there was none, or nobody asked."""
    heard: Heard | None = None
    """What the document says of its rhythm; None if none was read."""
    hub: tuple[str, str] | None = None
    """Hub and address of itself that the document names, either may be empty; None if none was read."""
    has_twins: bool = False
    """Another feed of ours leads to the same address."""


def is_of(state: FeedState | None, source: FeedSource) -> bool:
    """Tell whether the state is of the address that the source names now."""
    return state is not None and state.url == str(source.url)


def is_in_distrust(state: FeedState | None, every: int = DISTRUST_EVERY) -> bool:
    """Tell whether the next poll takes nothing for granted: not the validators, not a move that was saved."""
    return state is None or (state.polls + 1) % every == 0


def validators_for(state: FeedState | None, every: int = DISTRUST_EVERY) -> Validators:
    """Return what to send with the next poll: nothing after a failure, which a "not modified" must not clear, nor in distrust."""
    if state is None or state.last_poll.reason not in GOOD or state.doubts_validators or is_in_distrust(state, every):
        return Validators()
    return Validators(state.etag, state.last_modified)


def is_same_body(state: FeedState | None, body_hash: str) -> bool:
    """Tell whether these bytes were read, and read well, by the last poll."""
    return state is not None and state.last_poll.reason in GOOD and state.body_hash == body_hash


def due_at(source: FeedSource, state: FeedState | None, *, now: datetime) -> datetime | None:
    """Return when the feed is to be polled next; None if it is paused. A shorter interval, or a hub that is lost, takes effect at once."""
    if source.paused:
        return None
    if state is None or not is_of(state, source):
        return now
    if state.failures:
        return state.next_poll_at
    due = min(state.next_poll_at, _planned(source, state.rhythm, state.hub, now=state.last_poll.at, hub_now=now))
    if (wanted := subscription.wanted_poll_at(state.hub, polled_at=state.last_poll.at)) and source.websub:
        due = min(due, wanted)
    return max(due, state.blocked_until or due)


def _planned(source: FeedSource, rhythm: Rhythm, hub: HubState | None, *, now: datetime, hub_now: datetime) -> datetime:
    jitter = JITTER * jitter_of(source.feed_id)
    usual = planned(source, rhythm, now=now, jitter=jitter)
    if hub is None or hub.lease_until is None or not (source.websub and subscription.is_pushing(hub, hub_now)):
        return usual
    slow = planned(source, rhythm, now=now, jitter=jitter, is_pushed=True)
    return min(slow, max(usual, hub.lease_until))


def state_after(
    source: FeedSource,
    before: FeedState | None,
    outcome: Outcome,
    *,
    started_at: datetime,
    ended_at: datetime,
    save_after: int = SAVE_AFTER,
    stale_before: datetime | None = None,
) -> FeedState:
    """Return the feed's state after a poll.

    Args:
        started_at: Becomes the time of the poll: the document is at least as new as that.
        ended_at: From when on the next poll is counted.
        save_after: Polls in a row after which a permanent redirect is kept.
        stale_before: Since when the feed was out of sight, where ``before`` is None because its address is new.
    """
    is_good = outcome.reason in GOOD
    moves = _moves(source, before, outcome, save_after)
    kept = _kept(before, outcome)
    blocked_until, blocked_host = _blocked(before, outcome, ended_at)
    hub = _hub(source, before, outcome, ended_at)
    state = FeedState(
        feed_id=source.feed_id,
        url=str(source.url),
        etag=kept.validators.etag,
        last_modified=kept.validators.last_modified,
        body_hash=kept.body_hash,
        polls=(before.polls if before else 0) + 1,
        failures=0 if is_good else (before.failures if before else 0) + 1,
        next_poll_at=ended_at,
        last_success_at=started_at if is_good else before and before.last_success_at,
        last_poll=_report(outcome, started_at),
        resolved_url=moves.resolved_url,
        move=moves.move,
        warnings=_warnings(outcome, moves, hub),
        rhythm=_rhythm(before, outcome, started_at),
        blocked_until=blocked_until,
        blocked_host=blocked_host,
        doubts_validators=_doubts_validators(before, outcome),
        first_poll_at=(before.first_poll_at or before.last_success_at if before else None) or started_at,
        hub=hub,
        seen=outcome.seen if outcome.seen is not None else before.seen if before else (),
    )
    return _timed(source, state, outcome, ended_at, stale_before=before.stale_since if before else stale_before)


def state_after_push(source: FeedSource, before: FeedState, outcome: Outcome, *, now: datetime) -> FeedState:
    """Return the feed's state after a document was pushed and read. When it is polled next, and what is known of its server, stays."""
    hub = before.hub and subscription.pushed(before.hub, brought=outcome.brought, now=now)
    heard = outcome.heard or Heard()
    rhythm = before.rhythm.model_copy(update={"changed_at": now})
    if outcome.brought and heard.gap_s:
        rhythm = rhythm.model_copy(update={"gap_s": heard.gap_s})
    state = before.model_copy(update={"hub": hub, "rhythm": rhythm, "seen": outcome.seen if outcome.seen is not None else before.seen})
    return state.model_copy(update={"stale_since": stale_since(source, state, now, before=None), "warnings": _with_hub(before, hub)})


def _with_hub(before: FeedState, hub: HubState | None) -> tuple[FeedWarning, ...]:
    found = (frozenset(before.warnings) - {FeedWarning.HUB_UNRELIABLE}) | frozenset(subscription.warnings_of(hub))
    return tuple(warning for warning in FeedWarning if warning in found)


def with_hub(state: FeedState, hub: HubState) -> FeedState:
    """Return the state with its subscription changed."""
    return state.model_copy(update={"hub": hub, "warnings": _with_hub(state, hub)})


def _timed(source: FeedSource, state: FeedState, outcome: Outcome, now: datetime, *, stale_before: datetime | None) -> FeedState:
    """Fill in what rests on the state itself: when to come back, and whether the feed is in sight."""
    if state.failures == 0:
        next_poll_at = _planned(source, state.rhythm, state.hub, now=now, hub_now=now)
    else:
        cap = GONE_CAP if outcome.reason is PollReason.GONE else BACKOFF_CAP
        wait = back_off(timedelta(seconds=source.poll_interval_s), failures=state.failures, cap=cap)
        next_poll_at = now + waited(max(wait, interval(source, state.rhythm, now=now)), feed_id=source.feed_id)
    if state.blocked_until and state.blocked_until > now:
        next_poll_at = max(next_poll_at, now + waited(state.blocked_until - now, feed_id=source.feed_id))
    report = state.last_poll
    if state.failures == 0 and quiet_since(source, state, now):
        detail = f"the same since {state.rhythm.changed_at:%Y-%m-%d %H:%M}"
        report = report.model_copy(update={"reason": PollReason.UNCHANGED_BYTES, "detail": detail})
    since = stale_since(source, state, now, before=stale_before)
    return state.model_copy(update={"next_poll_at": next_poll_at, "last_poll": report, "stale_since": since})


def _report(outcome: Outcome, at: datetime) -> PollReport:
    return PollReport(
        at=at,
        reason=outcome.reason,
        detail=outcome.detail[:MAX_DETAIL_CHARS],
        entries=outcome.entries,
        published=outcome.published,
        dropped=dict(outcome.dropped),
    )


def _moves(source: FeedSource, before: FeedState | None, outcome: Outcome, save_after: int) -> Moves:
    if outcome.reason in GOOD and outcome.journey:
        return redirects.moves_after_feed(before, outcome.journey, original=str(source.url), save_after=save_after)
    return redirects.moves_after_failure(before)


def _warnings(outcome: Outcome, moves: Moves, hub: HubState | None) -> tuple[FeedWarning, ...]:
    found = redirects.warnings_of(outcome.journey, moves, is_feed=outcome.reason in GOOD, has_twins=outcome.has_twins)
    found |= frozenset(subscription.warnings_of(hub))
    return tuple(warning for warning in FeedWarning if warning in found)


def _hub(source: FeedSource, before: FeedState | None, outcome: Outcome, now: datetime) -> HubState | None:
    if not source.websub:
        return None
    hub = before.hub if before else None
    if outcome.hub is not None:
        hub = subscription.discovered(hub, hub=outcome.hub[0], topic=outcome.hub[1])
    if hub is None or outcome.reason not in GOOD:
        return hub
    return subscription.polled(hub, brought=outcome.new, looked_at=before.last_success_at if before else None, now=now)


def _rhythm(before: FeedState | None, outcome: Outcome, now: datetime) -> Rhythm:
    known = before.rhythm if before else Rhythm()
    if outcome.reason not in GOOD:
        return known
    if known.changed_at is None and before and before.last_success_at:  # a state from before this was noted
        known = known.model_copy(update={"changed_at": before.last_success_at})
    has_changed = outcome.reason is PollReason.OK and (before is None or outcome.body_hash != before.body_hash)
    heard = outcome.heard or Heard(known.gap_s, known.asked_s, known.skip_hours, known.skip_days)
    return rhythm_after(known, heard, now=now, has_changed=has_changed, has_news=outcome.brought > 0)


def _blocked(before: FeedState | None, outcome: Outcome, now: datetime) -> tuple[datetime | None, str]:
    if outcome.retry_after:
        return now + min(outcome.retry_after, RETRY_AFTER_CAP), outcome.blocked_host
    if before and before.blocked_until and before.blocked_until > now:
        return before.blocked_until, before.blocked_host
    return None, ""


@dataclass(frozen=True)
class _Kept:
    validators: Validators
    body_hash: str | None


def _kept(before: FeedState | None, outcome: Outcome) -> _Kept:
    """Validators and hash belong to the last document that could be read; a 304 may bring new validators (RFC 9110, 15.4.5)."""
    if outcome.reason is PollReason.OK:
        return _Kept(outcome.validators, outcome.body_hash)
    old = Validators(before.etag, before.last_modified) if before else Validators()
    if outcome.reason is PollReason.NOT_MODIFIED:
        old = Validators(outcome.validators.etag or old.etag, outcome.validators.last_modified or old.last_modified)
    return _Kept(old, before.body_hash if before else None)


def _doubts_validators(before: FeedState | None, outcome: Outcome) -> bool:
    """New articles under the old document's validators: a "not modified" from there means nothing. Once shown, it is remembered."""
    if before is None:
        return False
    known = Validators(before.etag, before.last_modified)
    is_lie = outcome.brought > 0 and outcome.body_hash != before.body_hash and outcome.validators == known != Validators()
    return before.doubts_validators or is_lie
