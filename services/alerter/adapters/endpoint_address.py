"""Whether webhooks may be sent to an address, told when an endpoint is registered. The client checks again at each connection."""

import asyncio
import ipaddress
import socket

import httpx

from services.chassis.addresses import AllowList, is_public
from services.chassis.http import RefusedAddress, check_url

RESOLVE_PATIENCE_S = 5.0


class BadAddress(ValueError):
    """Webhooks cannot be sent there. Says why."""


def check_form(url: str, allow: AllowList) -> None:
    """Check what can be told without asking the network.

    Raises:
        BadAddress: If it is no URL, bears credentials, goes to an address that is not public, or goes without TLS to a
            host that is not in the allow-list.
    """
    try:
        parsed = httpx.URL(url)
        check_url(parsed, allow)
    except (httpx.InvalidURL, RefusedAddress) as error:
        raise BadAddress(str(error)) from None
    if parsed.scheme != "https" and not _is_allowed_by_name(parsed.host, allow):
        raise BadAddress("plain http is for hosts in ALERTER_ALLOW only; use https")


def _is_allowed_by_name(host: str, allow: AllowList) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return allow.has_host(host)
    return allow.has_host(host) or (allow.permits(address) and not is_public(address))


async def check_resolved(url: str, allow: AllowList) -> None:
    """Check where the host's name leads. A name that leads nowhere now may do so later, and passes.

    Raises:
        BadAddress: If any of its addresses is not permitted, or as ``check_form``.
    """
    check_form(url, allow)
    host = httpx.URL(url).host
    if allow.has_host(host):
        return
    for address in await _addresses(host):
        if not allow.permits(ipaddress.ip_address(address.partition("%")[0])):
            raise BadAddress(f"{host} is at an address that is not public")


async def _addresses(host: str) -> set[str]:
    try:
        async with asyncio.timeout(RESOLVE_PATIENCE_S):
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return set()
    return {str(entry[4][0]) for entry in found}
