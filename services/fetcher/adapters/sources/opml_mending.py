"""OPML whose attributes are not escaped, as many readers export it: bare ampersands, quotation marks in titles, HTML in descriptions."""

import re
from html import unescape
from xml.sax.saxutils import quoteattr

_TAG = re.compile(r"<(?=outline[\s/>])", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:</outline|</body|</opml|<body|<head|<opml|\Z)", re.IGNORECASE)
_FINE = re.compile(r"""outline(?:\s++[\w:.-]++\s*+=\s*+(?:"[^"<&]*+"|'[^'<&]*+'))*+\s*+/?+>""", re.IGNORECASE)
_NAME = re.compile(r"""[\w:.-]+(?=\s*=\s*["'])""")
_ATTRIBUTE = re.compile(
    r"""\s(text|title|type|xmlUrl|htmlUrl|url|description|category|version|language|created|isComment|isBreakpoint|xmlns:claimwatch
        |claimwatch:fields)\s*=\s*(["'])""",
    re.IGNORECASE | re.VERBOSE,
)
"""What OPML 2.0 names: an attribute that is broken ends where the next of these begins."""


def mended_outlines(text: str) -> str:
    """Return the document with the attributes of its outlines escaped, line by line where it was. Comments are left out."""
    head, *tags = _TAG.split(_without_comments(text))
    return head + "".join("<" + _mended(tag) for tag in tags)


def _without_comments(text: str) -> str:
    done: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        done += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join(done) + text[at:]


def _mended(tag: str) -> str:
    """Mend the text from one ``<outline`` to the next."""
    fine = _FINE.match(tag)
    if fine and len(names := _NAME.findall(fine[0])) == len(set(names)):
        return tag
    end = _end(tag)
    if end < 0:
        return tag
    inner = tag[:end].rstrip()
    closing = "/>" if inner.endswith("/") else ">"
    name, *parts = _ATTRIBUTE.split(inner.removesuffix("/"))
    found: dict[str, str] = {}
    for key, mark, value in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        found.setdefault(key, value.rstrip().removesuffix(mark))  # XML has each attribute once
    attributes = "".join(f" {key}={_quoted(value)}" for key, value in found.items())
    return f"{name[:7]}{attributes}{closing}{tag[end + 1 :]}"


def _end(tag: str) -> int:
    """Return where the tag ends: at the last ``>`` before what can stand behind an outline; -1 if nowhere."""
    at = tag.find(">")
    while at >= 0 and not _BEHIND.match(tag, at + 1):
        at = tag.find(">", at + 1)
    return at


def _quoted(value: str) -> str:
    return quoteattr(unescape(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
