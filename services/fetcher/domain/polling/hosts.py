"""What counts as one server: requests to it are spaced, and what it says of coming back later holds for all feeds there."""

from functools import lru_cache
from urllib.parse import urlsplit

from schemas.feeds_source import FeedSource

_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=20_000)
def host_of(url: str) -> str:
    """Return host and port of an address, e.g. ``news.example:443``; empty if it has no host. ``www.`` is a host of its own."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if parts.hostname else ""


def group_of(source: FeedSource) -> str:
    """Return the name under which a feed's group is held; empty if it is in none. No host's name looks like that."""
    return f"group {source.group}" if source.group else ""


def servers_of(source: FeedSource, *addresses: str | None) -> frozenset[str]:
    """Return everything by which a feed may be held: the hosts of its addresses, and its group."""
    hosts = {host_of(address) for address in (str(source.url), *addresses) if address}
    return frozenset(hosts | {group_of(source)}) - {""}
