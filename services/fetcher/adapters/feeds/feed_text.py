"""Bytes of a feed to text: which encoding it is really in, and what to mend when the XML is not well-formed."""

import codecs
import html.entities
import re
from collections.abc import Callable

from schemas.words import PollReason
from services.fetcher.adapters.feeds.feed_errors import FeedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
# As browsers do (WHATWG Encoding): these labels are used for supersets of what they name.
_SUPERSETS = {
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
}
# Codecs of Python that no document is written in; UTF-7 is left out as browsers do, since it hides markup.
_NO_CHARSETS = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "utf-7"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ASCII_NOT_XML = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_DECLARATION = re.compile(r"^\s*<\?xml.{0,500}?\?>", re.DOTALL)
_BEFORE_DOCTYPE = re.compile(r"(?:\s|(?><!--.*?-->)|(?><\?.*?\?>))*<!DOCTYPE", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel|urlset)\b", re.IGNORECASE)
_TO_MEND = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:(#X[0-9a-fA-F]{1,6};)|([a-zA-Z][a-zA-Z0-9]{1,31});)?"
)
MAX_MENDED = 1_000_000
"""Entities of a document that are mended, at a microsecond and 70 bytes each."""


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _NO_CHARSETS else _SUPERSETS.get(name, name)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return not body.isascii()


def _candidates(body: bytes, content_type: str) -> list[str]:
    """Return encodings to try, the most trustworthy first: what the bytes show, then what HTTP says, then what the document says."""
    by_bytes = next((name for mark, name in (*_BOMS, *_UNMARKED) if body.startswith(mark)), None)
    header = _CHARSET.search(content_type)
    declared = _DECLARED.search(body[:1000])
    labels = [
        by_bytes,
        "utf-8" if _is_utf8(body) else None,
        header and header[1],
        declared and declared[1].decode("ascii", "replace"),
        "utf-8",
    ]
    return [codec for label in labels if label and (codec := _codec(label))]


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a document. Never fails: at the worst some characters are replaced.

    A charset that the header or the document names is taken, unless the bytes show that it is another (RFC 7303, and what
    servers really do).
    """
    for codec in _candidates(body, content_type):
        try:
            return body.decode(codec).lstrip("\ufeff")
        except (UnicodeError, LookupError, TypeError, ValueError):  # a codec of another sort ("hex"), or not these bytes
            continue
    return body.decode("cp1252", "replace").lstrip("\ufeff")


def _legal(text: str) -> str:
    """Return the text without what cannot be in XML. Nearly all have none, and that is seen at a tenth of the cost."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # half a pair of surrogates
        return _NOT_XML.sub("", text)
    if "\ufffe" in text or "\uffff" in text or len(raw.translate(None, _ASCII_NOT_XML)) < len(raw):
        return _NOT_XML.sub("", text)
    return text


def without_prolog(text: str) -> str:
    """Return the document without XML declaration, document type (and so without its entities) and what cannot be in XML."""
    text = _DECLARATION.sub("", _legal(text), count=1).lstrip()
    doctype = _BEFORE_DOCTYPE.match(text)
    return text[_end_of_doctype(text, doctype.end()) :] if doctype else text


def _end_of_doctype(text: str, start: int) -> int:
    closing, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < closing:
        closing = text.find(">", max(text.find("]", subset), subset))
        while 0 <= closing and text[subset:closing].rstrip()[-1:] != "]":
            closing = text.find(">", closing + 1)
    if closing >= 0:
        return closing + 1
    root = _ROOT.search(text, start)  # a subset that is never closed
    return root.start() if root else len(text)


def beside_cdata(text: str, change: Callable[[str], str]) -> str:
    """Return the text with all but its CDATA sections changed."""
    done: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        done += [change(text[at:start]), text[start : end + 3]]
        at = end + 3
    return "".join(done) + change(text[at:])


def mended(text: str) -> str:
    """Return the document with HTML's named characters spelt out and bare ampersands escaped; CDATA sections stay as they are.

    Raises:
        FeedError: TOO_LARGE, if there is no end to them.
    """
    left = MAX_MENDED

    def mend(piece: str) -> str:
        nonlocal left
        piece, count = _TO_MEND.subn(_one_ampersand, piece, count=left + 1)
        if (left := left - count) < 0:
            raise FeedError(PollReason.TOO_LARGE, f"more than {MAX_MENDED} broken entities")
        return piece

    return beside_cdata(text, mend) if "&" in text else text


def _one_ampersand(match: re.Match[str]) -> str:
    number, name = match.groups()
    if number:
        return match[0].lower()
    character = html.entities.html5.get(f"{name};", "") if name else ""
    return character if character and character not in "<>&" else f"&amp;{match[0][1:]}"
