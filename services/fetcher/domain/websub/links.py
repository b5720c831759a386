"""Which hub a feed names, and by which address (WebSub, section 4): the Link header (RFC 8288) comes first, then the document."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

_PARAM = r"""\s*;\s*(?P<name>[^\s=;,"]+)(?:\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s;,"]+)))?"""
_PARAMS = re.compile(_PARAM)
_LINK = re.compile(rf"<(?P<to>[^<>]*)>(?P<params>(?:{_PARAM})*)")
_MAX_HEADER_CHARS = 16_384
_MAX_URL_CHARS = 2_000


def named(links: str, *, url: str, hub: str, self_link: str) -> tuple[str, str]:
    """Return the address of the hub and that of the feed at the hub; each may be empty.

    Args:
        links: The Link headers of the answer, joined by commas.
        url: Where the document was found; what the header says is relative to that.
        hub: As the document names it, absolute; empty if it does not.
        self_link: Its own address as the document gives it, absolute; empty if it does not.
    """
    found: dict[str, str] = {}
    for relation, target in _relations(links):
        found.setdefault(relation, _absolute(target, url))
    return found.get("hub") or _absolute(hub, url), found.get("self") or _absolute(self_link, url)


def _relations(links: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(links[:_MAX_HEADER_CHARS]):
        relations = (param["quoted"] or param["bare"] or "" for param in _PARAMS.finditer(link["params"]) if param["name"].lower() == "rel")
        for relation in next(relations, "").lower().split():  # of several rel parameters the first counts (RFC 8288, 3.3)
            yield relation, link["to"].strip()


def _absolute(target: str, url: str) -> str:
    """Return an address that a hub can be asked at or about; empty if it is none."""
    try:
        address = urljoin(url, target.strip()) if target.strip() else ""
        parts = urlsplit(address)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and len(address) <= _MAX_URL_CHARS
    except ValueError:
        return ""
    return address if is_usable else ""
