"""Bytes of a page to UTF-8, and the tree of it: bounded, whatever the bytes are."""

import codecs
import re

from lxml import etree

MAX_BYTES = 4_000_000
"""Pages are read up to there: the text of real articles stands within the first megabyte."""
_LABEL = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# As browsers do (WHATWG Encoding): these labels are used for supersets of what they name.
_SUPERSETS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "iso8859-9": "cp1254", "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
# Codecs of Python that no browser takes for a charset.
_NO_CHARSETS = frozenset(
    "idna punycode unicode-escape raw-unicode-escape unicode_escape raw_unicode_escape undefined utf-7 mbcs oem".split()
)
# No text holds them, and libxml2 ends a document at a NUL. Deleting single bytes is safe in UTF-8.
_CONTROLS = bytes(number for number in (*range(9), 11, *range(14, 32), 127))
# libxml2 compares each attribute of an element with all before it: thousands of them take minutes.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{20000,}")
_MAX_ATTRIBUTES = 1_000
_MAX_WORDS = 10_000


def _without_swollen_tags(source: bytes) -> bytes:
    """Return the page without elements that have more attributes than any real one; what is in them stays."""

    def shrunk(match: re.Match[bytes]) -> bytes:
        is_swollen = match[0].count(b"=") > _MAX_ATTRIBUTES or len(match[0].split()) > _MAX_WORDS
        return b"<i" if is_swollen else match[0]

    return _LONG_TAG.sub(shrunk, source)


def _codec(label: bytes | str | None) -> str | None:
    if not label:
        return None
    text = label.decode("ascii", "replace") if isinstance(label, bytes) else label
    try:
        found = codecs.lookup(text)
    except (LookupError, ValueError):
        return None
    is_charset = found._is_text_encoding and found.name not in _NO_CHARSETS
    return _SUPERSETS.get(found.name, found.name) if is_charset else None


def _utf8(body: bytes) -> str | None:
    """Return the text if the bytes are UTF-8, but for a few that were damaged."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return text if damaged * 20 <= len(body) - len(text) else None


def decode_page(body: bytes, content_type: str = "") -> str:
    """Return the text of a page. Never fails: at the worst some characters are replaced.

    A byte order mark counts most, then bytes that can only be UTF-8, then the header's charset, then the page's own.
    """
    for mark, codec in (*_BOMS, *_UNMARKED):
        if body.startswith(mark):
            return body.decode(codec, "replace").lstrip("\ufeff")
    if (text := _utf8(body)) is not None:
        return text
    header, inside = _LABEL.search(content_type.encode("ascii", "replace")), _LABEL.search(body[:_HEAD_BYTES])
    for label in (header and header[1], inside and inside[1]):
        codec_name = _codec(label)
        if codec_name is None or codec_name == "utf-8":
            continue
        try:
            return body.decode(codec_name)
        except (UnicodeError, ValueError):
            if len(text := body.decode(codec_name, "replace")) and text.count("\ufffd") * 50 <= len(text):
                return text
    return body.decode("cp1252", "replace")


def parse_page(body: bytes, content_type: str = "") -> etree._Element | None:
    """Return the root of the page; None if there is nothing in it."""
    source = decode_page(body[:MAX_BYTES], content_type).encode("utf-8", "replace").translate(None, _CONTROLS)
    if not source.strip():
        return None
    # A parser each: one is not to be shared by threads, and they are cheap.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True)
    try:
        return etree.fromstring(_without_swollen_tags(source), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None
