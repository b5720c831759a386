"""The recipe that says which addresses are one article: part of how article ids are made, beside ``ids.py``."""

import re
from urllib.parse import unquote, urlsplit

_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp|touch)\.(?=[^.]+\.)")
_LANGUAGE_MOBILE = re.compile(r"^([a-z]{2,3})\.m\.(?=[^.]+\.)")
_SECOND_LEVEL = re.compile(r"^(?:com|co|org|net|gov|edu|ac|or|ne|go)\.[a-z]{2}$")
_CACHES = re.compile(r"^(?:(?:www\.)?google\.[a-z.]+/amp/|[\w-]+\.cdn\.ampproject\.org/[a-z]/|cdn\.ampproject\.org/[a-z]/)(?:s/)?")
_AMP_TAIL = re.compile(r"(?:/amp(?:\.html)?|\.amp)(?=/?$)|\.amp(?=\.html?$)", re.IGNORECASE)
_AMP_HEAD = re.compile(r"^/amp(?=/.)", re.IGNORECASE)
_AMP_QUERY = re.compile(r"^(?:amp(?:=(?:1|true)?)?|outputtype=amp|output=amp|view=amp)$", re.IGNORECASE)


def address_key(url: str) -> str:
    """Return the one spelling of all addresses of an article; equal keys mean one article.

    Scheme, "www", hosts for mobile devices, AMP (hosts, paths, parameters and its caches) and a trailing slash make no
    difference. Whatever else differs, differs: order of the query, letter case of the path.

    Args:
        url: Canonical address, without tracking parameters.
    """
    parts = urlsplit(_out_of_cache(url))
    path = _AMP_HEAD.sub("", _AMP_TAIL.sub("", parts.path)).rstrip("/")
    query = "&".join(parameter for parameter in parts.query.split("&") if parameter and not _AMP_QUERY.match(parameter))
    return f"https://{_host(parts.netloc)}{path}" + (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _out_of_cache(url: str) -> str:
    rest = url.partition("://")[2]
    cached = _CACHES.match(rest)
    return f"https://{unquote(rest[cached.end() :])}" if cached else url


def _host(netloc: str) -> str:
    bare = _HOST_PREFIX.sub("", _LANGUAGE_MOBILE.sub(r"\1.", netloc))
    return netloc if _SECOND_LEVEL.match(bare) else _HOST_PREFIX.sub("", bare) if bare.startswith("m.") else bare
