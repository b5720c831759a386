"""Addresses of articles: the one spelling under which an article is known."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid wbraid gbraid msclkid yclid twclid ttclid igshid mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok "
    "vero_id oly_anon_id oly_enc_id wickedid ns_mchannel ns_source ns_campaign ns_linkname ns_fee cmpid cmp_id ftag smid ocid "
    "xtor wt_mc wt.mc sc_cid icid intcid ito echobox_id s_cid ncid spref feedname feed_name rss_id syndication".split()
)  # fmt: skip
_TRACKING_PREFIXES = (
    "utm_",
    "at_custom",
    "at_medium",
    "at_campaign",
    "at_link",
    "at_format",
    "at_bbc",
    "at_ptr",
    "pk_",
    "mtm_",
    "piwik_",
    "hsa_",
    "itm_",
)
_ORIGIN_KEYS = frozenset({"source", "src", "ref", "partner", "emc", "mod", "from", "medium", "cmp", "via"})
_FEED_VALUE = re.compile(r"(google_?)?(rss|feed|atom)([-_ ]?\w{0,20})?", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
_QUERY_SAFE = _PATH_SAFE + "?[]|"
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"[a-z0-9_~-]+(\.[a-z0-9_~-]+)*")
_WHITESPACE = re.compile(r"[\t\n\r]")


def _is_tracking(parameter: str) -> bool:
    key, _, value = parameter.partition("=")
    key = key.lower()
    if key in _TRACKING or key.startswith(_TRACKING_PREFIXES):
        return True
    return key in _ORIGIN_KEYS and _FEED_VALUE.fullmatch(value) is not None


def _normal_escapes(text: str, safe: str) -> str:
    def shortest(match: re.Match[str]) -> str:
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else match[0].upper()

    escaped = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    return quote(_ESCAPE.sub(shortest, escaped), safe=safe, errors="replace")


def _host(name: str) -> str:
    """Return a host name in ASCII; empty if it cannot be one."""
    name = unquote_to_bytes(name).decode("utf-8", "replace").rstrip(".").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return ""
    return name if _HOST.fullmatch(name) else ""


def _authority(scheme: str, hostname: str, port: int | None) -> str:
    host = f"[{hostname}]" if ":" in hostname else _host(hostname)
    return host if not host or port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"


@lru_cache(maxsize=20_000)  # the same links stand in a feed poll after poll, and as guid beside the link
def canonical_url(url: str) -> str:
    """Return the spelling under which an article is known; empty if the text is no http(s) address.

    Tracking parameters and fragments are left out, except fragments that name a page of an application ("#!/…", "#/…").
    The result of the result is the result. Query order, trailing slash and scheme stay: servers may tell them apart.
    """
    try:
        parts = urlsplit(_WHITESPACE.sub("", url.strip()))
        scheme, hostname, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return ""
    if scheme not in _DEFAULT_PORTS or not hostname or not (authority := _authority(scheme, hostname, port)):
        return ""
    kept = [parameter for parameter in parts.query.split("&") if parameter and not _is_tracking(parameter)]
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    path = _normal_escapes(parts.path, _PATH_SAFE) or "/"
    return urlunsplit((scheme, authority, path, _normal_escapes("&".join(kept), _QUERY_SAFE), _normal_escapes(fragment, _QUERY_SAFE)))


def fragment_of(url: str) -> str:
    """Return the fragment, empty if there is none or the address cannot be read."""
    return _normal_escapes(url.partition("#")[2].strip(), _QUERY_SAFE)


def absolute_url(link: str, base: str) -> str:
    """Return a link as an http(s) address, resolved against a base; empty if it is none."""
    link = link.strip()
    if not link:
        return ""
    if re.match(r"[\w-]+(\.[\w-]+)+\.?(:\d+)?/", link) and not link.startswith(("/", ".")) and not urlsplit(base).netloc:
        link = f"http://{link}"  # "www.example.org/story", seen where nothing says what it is relative to
    elif re.match(r"www\.[\w-]+\.", link):
        link = f"http://{link}"
    try:
        whole = urljoin(base, link)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in _DEFAULT_PORTS and parts.netloc else ""


def site_of(url: str) -> str:
    """Return the host without "www."; empty if there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
