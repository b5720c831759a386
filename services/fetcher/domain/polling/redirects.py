"""Where redirects lead a feed: which are kept, which are flagged, and which address is asked.

RFC 9110, 15.4: 301 and 308 are permanent, 302, 303 and 307 are not. Here a permanent one is believed once it has been given
the same way several polls in a row, each of which found a feed.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenMove
from schemas.words import FeedWarning

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
SAVE_AFTER = 3
"""Polls in a row that must be led to the same address, and find a feed there, before it is asked directly."""
_HOME_NAMES = frozenset({"", "index.html", "index.htm", "index.php", "home"})


@dataclass(frozen=True)
class Hop:
    """One redirect."""

    status: int
    at: str
    """Address that answered with it."""
    to: str
    """Where it leads, absolute, without fragment."""


@dataclass(frozen=True)
class Journey:
    """The way from the address that was asked to the one that answered."""

    asked: str
    hops: tuple[Hop, ...] = ()

    @property
    def end(self) -> str:
        """The address that answered with something other than a redirect."""
        return self.hops[-1].to if self.hops else self.asked

    @property
    def permanent_end(self) -> str | None:
        """Where permanent redirects alone lead: up to the first temporary one, or to unencrypted HTTP. None if the first is none."""
        end: str | None = None
        for hop in self.hops:
            if hop.status not in PERMANENT or _is_downgrade(hop):
                break
            end = hop.to
        return end

    @property
    def is_downgraded(self) -> bool:
        """True if it leaves encryption anywhere."""
        return any(map(_is_downgrade, self.hops))

    @property
    def is_to_home_page(self) -> bool:
        """True if it leads from a deeper address to the front page of a site."""
        return bool(self.hops) and _is_home(self.end) and not _is_home(self.asked)


@dataclass(frozen=True)
class Moves:
    """What is known of where a feed has moved to."""

    resolved_url: str | None = None
    move: SeenMove | None = None


def addresses_to_ask(source: FeedSource, state: FeedState | None, *, in_distrust: bool) -> tuple[str, ...]:
    """Return the addresses to ask for a feed, in order: the next one only if the one before gave no feed.

    Args:
        in_distrust: This poll takes nothing for granted, so the address of the source comes first: a move may have been undone.
    """
    original = str(source.url)
    if state is None or state.resolved_url is None:
        return (original,)
    return (original, state.resolved_url) if in_distrust or state.failures else (state.resolved_url,)


def moves_after_feed(before: FeedState | None, journey: Journey, *, original: str, save_after: int = SAVE_AFTER) -> Moves:
    """Return what is known after a poll that found a feed, or found it unchanged."""
    known = Moves(before.resolved_url, before.move) if before else Moves()
    to = journey.permanent_end
    if journey.asked != original:
        return _moves_onward(known, to, save_after)
    if to is None:  # the original answers for itself, or leads elsewhere only for now
        return Moves()
    move = _counted(known.move, to)
    return Moves(to if to == known.resolved_url or move.polls >= save_after else None, move)


def _moves_onward(known: Moves, to: str | None, save_after: int) -> Moves:
    """The saved address was asked, and holds; it may itself be moving on."""
    if to is None:
        return Moves(known.resolved_url, _settled(known))
    move = _counted(known.move, to)
    return Moves(to if move.polls >= save_after else known.resolved_url, move)


def moves_after_failure(before: FeedState | None) -> Moves:
    """Return what is known after a poll that found no feed: what was saved stays, what was being counted begins again."""
    known = Moves(before.resolved_url, before.move) if before else Moves()
    return Moves(known.resolved_url, _settled(known))


def _settled(known: Moves) -> SeenMove | None:
    return known.move if known.move and known.move.to == known.resolved_url else None


def warnings_of(journey: Journey | None, moves: Moves, *, is_feed: bool, has_twins: bool) -> frozenset[FeedWarning]:
    """Return what an operator should know of a feed's redirects.

    Args:
        journey: None if no server was reached.
        has_twins: Another feed leads to the same address.
    """
    found = {
        FeedWarning.MOVED: moves.resolved_url is not None,
        FeedWarning.DOWNGRADED: journey is not None and journey.is_downgraded,
        FeedWarning.HOME_PAGE: journey is not None and not is_feed and journey.is_to_home_page,
        FeedWarning.MERGED: has_twins,
    }
    return frozenset(warning for warning, holds in found.items() if holds)


def _counted(move: SeenMove | None, to: str) -> SeenMove:
    return SeenMove(to=to, polls=move.polls + 1 if move and move.to == to else 1)


def _is_downgrade(hop: Hop) -> bool:
    return urlsplit(hop.at).scheme == "https" and urlsplit(hop.to).scheme == "http"


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/").lower() in _HOME_NAMES and not parts.query
