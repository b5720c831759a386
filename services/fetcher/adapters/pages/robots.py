"""What robots.txt lets us read (RFC 9309): asked once a day and host, kept in memory, read by protego.

Not for feeds: whoever offers a feed offers it to be polled. For article pages, and for addresses that are only guessed.
"""

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
from protego import Protego

from services.chassis.clock import Clock
from services.chassis.http import BodyTooLarge, read_body

MAX_CHARS = 512_000
"""What stands behind is not read; RFC 9309, 2.5 asks for 500 KiB at least."""
MAX_BODY_BYTES = 4_000_000
MAX_REDIRECTS = 5
"""RFC 9309, 2.3.1.2: five at least, also to other hosts; whoever sends us further has no robots.txt."""
KEPT = timedelta(hours=24)
"""RFC 9309, 2.4: no longer than 24 hours."""
RETRY_AFTER = timedelta(minutes=30)
"""Until a host is asked again that could not answer: everything is disallowed meanwhile."""
MAX_KEPT_CHARS = 20_000_000
"""Of all hosts' files together; the parsed rules take some ten times that at worst. The longest unused are forgotten."""
BLOCKING_CHARS = 20_000
"""Longer files are parsed in a thread; 400,000 characters take a third of a second."""
MAX_DELAY = timedelta(days=1)
_MEMORY_OF_NOTHING = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT_LINE = re.compile(r"^[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^\r\n#]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class _Rules:
    parsed: Protego | None
    """None: the file could not be had, and nothing is allowed (RFC 9309, 2.3.1.4)."""
    until: datetime
    chars: int = _MEMORY_OF_NOTHING


class Robots:
    """Answers for all hosts, over one HTTP client. One request at a time for each host."""

    def __init__(self, client: httpx.AsyncClient, *, clock: Clock, agent: str, timeout_s: float = 20) -> None:
        """Prepare to ask.

        Args:
            client: Guarded; it follows no redirects by itself.
            agent: The User-Agent header that the client sends; groups of robots.txt are matched to its product token.
            timeout_s: For a whole robots.txt, redirects included.
        """
        self._client, self._clock, self._agent, self._timeout_s = client, clock, agent, timeout_s
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._chars = 0
        self._asking: dict[str, asyncio.Task[_Rules]] = {}

    async def allows(self, url: str) -> bool:
        """Tell whether the address may be fetched. False too for what is no http address, and while robots.txt cannot be had."""
        parsed = (await self._rules(url)).parsed
        return parsed is not None and parsed.can_fetch(url, self._agent)

    async def crawl_delay(self, url: str) -> timedelta | None:
        """Return the gap between requests that the host asks us for, a day at most; None: it names none."""
        parsed = (await self._rules(url)).parsed
        seconds = parsed.crawl_delay(self._agent) if parsed else None
        return None if seconds is None else timedelta(seconds=min(float(seconds), MAX_DELAY.total_seconds()))

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that the host's robots.txt names, as they stand there."""
        parsed = (await self._rules(url)).parsed
        return tuple(parsed.sitemaps) if parsed else ()

    async def _rules(self, url: str) -> _Rules:
        origin = _origin_of(url)
        if not origin:
            return _Rules(None, self._clock.now())
        known = self._known.get(origin)
        if known and self._clock.now() < known.until:
            self._known.move_to_end(origin)
            return known
        task = self._asking.get(origin)
        if task is None:
            task = self._asking[origin] = asyncio.create_task(self._ask(origin, known))
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)  # whoever is cancelled does not take the answer from the others

    async def _ask(self, origin: str, known: _Rules | None) -> _Rules:
        now = self._clock.now()
        text = await self._text(f"{origin}/robots.txt")
        if text is not None:
            rules = _Rules(await _parsed(text, self._agent), now + KEPT, len(text) + _MEMORY_OF_NOTHING)
        else:  # what was read before holds on (RFC 9309, 2.4)
            rules = _Rules(known.parsed if known else None, now + RETRY_AFTER, known.chars if known else _MEMORY_OF_NOTHING)
        self._keep(origin, rules)
        return rules

    def _keep(self, origin: str, rules: _Rules) -> None:
        before = self._known.pop(origin, None)
        self._known[origin] = rules
        self._chars += rules.chars - (before.chars if before else 0)
        while self._chars > MAX_KEPT_CHARS and len(self._known) > 1:
            self._chars -= self._known.popitem(last=False)[1].chars

    async def _text(self, url: str) -> str | None:
        """Return the file, empty if the host has none; None if it cannot be had now."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
            return None

    async def _follow(self, url: str) -> str | None:
        for _ in range(MAX_REDIRECTS + 1):
            async with self._client.stream("GET", url, headers={"Accept": "text/plain, */*;q=0.1"}) as response:
                location = response.headers.get("location", "").strip()
                if response.status_code not in _REDIRECTS or not location:
                    return await _read(response)
                url = str(httpx.URL(url).join(location).copy_with(fragment=None))
        return ""


async def _read(response: httpx.Response) -> str | None:
    """Return the text by RFC 9309, 2.3.1: 4xx says that there is none, 5xx that we do not know. 429 is no answer either."""
    if response.status_code == 429 or response.status_code >= 500:
        return None
    if response.status_code != 200:
        return ""
    try:
        body = await read_body(response, limit_bytes=MAX_BODY_BYTES)
    except BodyTooLarge:
        return ""  # megabytes are no robots.txt
    return body.decode("utf-8-sig", "replace")[:MAX_CHARS]


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.lower()}" if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


async def _parsed(text: str, agent: str) -> Protego:
    if len(text) < BLOCKING_CHARS:
        return Protego.parse(_of_two_agents(text, agent))
    return await asyncio.to_thread(lambda: Protego.parse(_of_two_agents(text, agent)))


def _of_two_agents(text: str, agent: str) -> str:
    """Return the file with all other robots under one name: each named robot costs memory for each rule, 20,000 times 20,000 in 500 kB."""
    ours = agent.lower()

    def shared(line: re.Match[str]) -> str:
        name = line[1].strip().lower().replace("*", "")
        return line[0] if not name or name in ours else "User-agent: -"

    return _AGENT_LINE.sub(shared, text)
