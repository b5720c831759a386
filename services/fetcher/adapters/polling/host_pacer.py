"""Turns at servers: so many requests at once to each, a gap between two, and none while a server has asked to be left alone."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime

import httpx

from services.chassis.clock import Clock
from services.fetcher.domain.polling.hosts import host_of

HANGS_AFTER_S = 5.0
"""A request that takes longer gives its place to the next: one path that hangs must not stop the other feeds of its server."""
HANGING_FACTOR = 3
"""Requests to one server in all, those that hang included, as a multiple of the limit."""
KEPT_HOSTS = 10_000
"""Idle servers beyond this many are forgotten."""
LONGEST_PAGE_GAP_S = 30.0
"""Longest Crawl-delay that is kept to: beyond, the pages of a site would never be read."""


class HostHeld(httpx.TransportError):
    """The server, or its group, has asked not to be asked yet."""


class Turn:
    """The right to one request at a host, until it is ended."""

    def __init__(self, pacer: "HostPacer", host: str, began_s: float) -> None:
        self._pacer, self.host, self.began_s = pacer, host, began_s
        self._is_over = False

    @property
    def is_busy(self) -> bool:
        """True while its request is under way and not hanging."""
        return not self._is_over and self._pacer.is_brisk(self)

    def end(self) -> None:
        """Give the place back; once is enough, more does no harm."""
        if not self._is_over:
            self._is_over = True
            self._pacer._give_back(self)  # two halves of one thing


class _Host:
    def __init__(self) -> None:
        self.running: dict[Turn, None] = {}
        self.waiting: deque[asyncio.Future[Turn]] = deque()
        self.free_s = 0.0
        self.page_free_s = 0.0
        self.page_gap_s = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self.timer_s = 0.0

    @property
    def is_idle(self) -> bool:
        return not (self.running or self.waiting or self.timer or self.page_gap_s)


class HostPacer:
    """Knows every server that this process asks. Times are the machine's; holds are by the product's clock, as they are stored."""

    def __init__(self, clock: Clock, *, per_host: int, gap_s: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take the manners.

        Args:
            per_host: Requests to one server at once.
            gap_s: Least seconds from the start of one to the start of the next.
        """
        self._clock, self._per_host, self._gap_s, self._monotonic = clock, per_host, gap_s, monotonic
        self._hosts: dict[str, _Host] = {}
        self._holds: dict[str, datetime] = {}
        self.on_room: Callable[[str], None] = lambda host: None
        """Called when a host at which ``take`` had found no room may have some."""

    def hold(self, servers: Iterable[str], until: datetime) -> None:
        """Note that servers or groups are not to be asked before a time. A shorter hold does not end a longer one."""
        for server in servers:
            if server and self._holds.get(server, until) <= until:
                self._holds[server] = until

    @property
    def has_holds(self) -> bool:
        """False if nobody has asked to be left alone."""
        return bool(self._holds)

    def held_until(self, servers: Iterable[str]) -> datetime | None:
        """Return until when one of these is not to be asked; None if all may be."""
        if not self._holds:
            return None
        now, latest = self._clock.now(), None
        for server in servers:
            until = self._holds.get(server)
            if until is not None and until <= now:
                del self._holds[server]
            elif until is not None:
                latest = max(until, latest or until)
        return latest

    def slow_down(self, url: str, gap_s: float) -> None:
        """Space the pages of a site further (robots.txt, Crawl-delay); feeds are asked as their operator says."""
        self._host(host_of(url)).page_gap_s = min(gap_s, LONGEST_PAGE_GAP_S)

    def take(self, host: str) -> Turn | None:
        """Return a turn at once, or None: ``on_room`` is then called when it is worth another try."""
        known = self._host(host)
        if known.waiting or not self._has_room(known):
            self._wake_in_time(host, known)
            return None
        return self._begin(host, known)

    @contextlib.asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for a turn at the server of a page, and end it.

        Raises:
            HostHeld: If the server is not to be asked for now.
        """
        host = host_of(url)
        if self.held_until((host,)):
            raise HostHeld("the server has asked to come back later")
        turn = await self._page_turn(host)
        try:
            yield
        finally:
            turn.end()

    async def _page_turn(self, host: str) -> Turn:
        known = self._host(host)
        asked: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        known.waiting.append(asked)
        self._serve(host, known)
        try:
            return await asked
        except asyncio.CancelledError:
            if asked.done() and not asked.cancelled():
                asked.result().end()
            raise

    def _host(self, host: str) -> _Host:
        if (known := self._hosts.get(host)) is None:
            if len(self._hosts) >= KEPT_HOSTS:
                self._hosts = {name: kept for name, kept in self._hosts.items() if not kept.is_idle}
            known = self._hosts[host] = _Host()
        return known

    def _has_room(self, known: _Host) -> bool:
        now, count = self._monotonic(), len(known.running)
        if now < known.free_s or count >= self._per_host * HANGING_FACTOR:
            return False
        return count < self._per_host or sum(map(self.is_brisk, known.running)) < self._per_host

    def is_brisk(self, turn: Turn) -> bool:
        """Tell whether a turn has begun a short time ago."""
        return self._monotonic() - turn.began_s < HANGS_AFTER_S

    def _begin(self, host: str, known: _Host) -> Turn:
        now = self._monotonic()
        turn = Turn(self, host, now)
        known.running[turn] = None
        known.free_s = now + self._gap_s
        return turn

    def _give_back(self, turn: Turn) -> None:
        if known := self._hosts.get(turn.host):
            known.running.pop(turn, None)
            self._serve(turn.host, known)

    def _serve(self, host: str, known: _Host) -> None:
        """Give room to pages that wait, then to whoever else asks."""
        while known.waiting and (known.waiting[0].done() or (self._has_room(known) and self._monotonic() >= known.page_free_s)):
            asked = known.waiting.popleft()
            if not asked.done():
                asked.set_result(self._begin(host, known))
                known.page_free_s = self._monotonic() + known.page_gap_s
        if known.waiting or not self._has_room(known):
            self._wake_in_time(host, known)
        if not known.waiting:
            self.on_room(host)

    def _wake_in_time(self, host: str, known: _Host) -> None:
        """See to it that a host is looked at again when time alone gives it room."""
        now = self._monotonic()
        moments = [known.free_s, known.page_free_s if known.waiting else 0.0]
        moments += [turn.began_s + HANGS_AFTER_S for turn in known.running]
        moment = min((moment for moment in moments if moment > now), default=None)
        if moment is None or (known.timer and known.timer_s <= moment):
            return
        if known.timer:
            known.timer.cancel()
        known.timer_s = moment
        known.timer = asyncio.get_running_loop().call_later(moment - now, self._woken, host, known)

    def _woken(self, host: str, known: _Host) -> None:
        known.timer = None
        self._serve(host, known)
