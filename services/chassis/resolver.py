"""Names to addresses for outgoing requests: the system's resolver in threads of its own, and the guard in front of it."""

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
from aiohttp.abc import AbstractResolver, ResolveResult

from services.chassis.addresses import AllowList

MIN_THREADS, MAX_THREADS = 32, 256


class RefusedAddress(httpx.TransportError):
    """The request would go where it must not: a non-public address, another scheme, or a URL with credentials."""


class ThreadedResolver(AbstractResolver):
    """The system's resolver, in threads that do nothing else.

    A name whose servers do not answer holds its thread for many seconds. In the event loop's own few threads a handful of
    such names would keep every other name, and all other work that is done there, waiting.
    """

    def __init__(self, *, threads: int) -> None:
        """Start nothing: threads come as they are needed, up to so many within bounds."""
        self._pool = ThreadPoolExecutor(min(max(threads, MIN_THREADS), MAX_THREADS), thread_name_prefix="resolver")

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """Return the addresses of a host, in the order in which the system prefers them.

        Raises:
            OSError: If there are none.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, _look_up, host, port, family)

    async def close(self) -> None:
        """Give the threads up; one that waits for an answer ends with it."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return [
        ResolveResult(hostname=host, host=_with_zone(place), port=port, family=kind, proto=proto, flags=flags)
        for kind, _, proto, _, place in found
    ]


def _with_zone(place: tuple[object, ...]) -> str:
    """Return the address of a socket address, with its zone (RFC 4007) where it has one."""
    return f"{place[0]}%{place[3]}" if len(place) > 3 and place[3] else str(place[0])


class GuardedResolver(AbstractResolver):
    """Resolves a host once and refuses it if any of its addresses is not permitted; what it returns is what is connected to."""

    def __init__(self, allow: AllowList, inner: AbstractResolver) -> None:
        self._allow = allow
        self._inner = inner

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return the addresses of a host.

        Raises:
            RefusedAddress: If one of them is not permitted.
            OSError: If it has none.
        """
        found = await self._inner.resolve(host, port, family)
        if not self._allow.has_host(host):
            for result in found:
                check_address(result["host"], self._allow, host=host)
        return found

    async def close(self) -> None:
        """Close what it asks."""
        await self._inner.close()


def check_address(text: str, allow: AllowList, *, host: str) -> None:
    """Check one address of a host.

    Raises:
        RefusedAddress: If it is not permitted, or not written as an address is (decimal, octal, hexadecimal and short
            forms: some resolvers read them as addresses).
    """
    try:
        permitted = allow.permits(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        permitted = False
    if not permitted:
        raise RefusedAddress(f"{host} is at an address that is not public")
