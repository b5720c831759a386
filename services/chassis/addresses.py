"""Which addresses a request may go to: public unicast ones, and what the operator has allowed."""

import ipaddress
from collections.abc import Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# IANA special-purpose registry (RFC 6890 and later), written out, as the library's own table differs between Python versions.
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a cloud's metadata and agent service on an address that looks public
    )
)  # fmt: skip
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")  # all that is handed out as global unicast; mapped, NAT64, ULA and link-local lie outside
_CLOSED_V6 = tuple(ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def is_public(address: Address) -> bool:
    """Tell whether it is a public unicast address. Forms that wrap an IPv4 address (mapped, 6to4, NAT64, Teredo) are not."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def _wrapped_v4(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class AllowList:
    """Hosts and networks that an operator lets requests go to although they are not public."""

    def __init__(self, entries: Sequence[str] = ()) -> None:
        """Take hosts ("feeds.internal"), addresses and CIDR networks ("127.0.0.0/8").

        Raises:
            ValueError: If an entry looks like a network and is none.
        """
        self._networks: list[Network] = []
        self._hosts: set[str] = set()
        for entry in filter(None, (entry.strip() for entry in entries)):
            try:
                self._networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                if "/" in entry or ":" in entry:
                    raise ValueError(f"{entry!r} is neither a host nor a network such as 127.0.0.0/8") from None
                self._hosts.add(entry.lower().rstrip("."))

    def has_host(self, host: str) -> bool:
        """Tell whether the host is named, whatever it resolves to."""
        return host.lower().rstrip(".") in self._hosts

    def permits(self, address: Address) -> bool:
        """Tell whether a request may go to this address. What a NAT64 or mapped form wraps must be permitted as well."""
        named = any(address in network for network in self._networks if network.version == address.version)
        wrapped = _wrapped_v4(address)
        if named and wrapped is not None and not any(wrapped in network for network in self._networks if network.version == 4):
            return is_public(wrapped)
        return named or is_public(address)
