"""HTML to plain text: paragraphs separated by blank lines, nothing that is not text."""

import html
import re

from lxml import etree

MAX_DEPTH = 200
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SKIPPED = frozenset("script style noscript template head svg math audio video canvas select button textarea".split())
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[\n ]*\n")
# Numbers that HTML reads as the characters of windows-1252 (WHATWG HTML, 13.2.5.80): editors paste "don&#146;t".
_PASTED = {number: bytes([number]).decode("cp1252") for number in range(0x80, 0xA0) if number not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)}
# Control characters, surrogates, and what is there to guide line breaking and is not seen: soft hyphen, zero-width space, joiner, BOM.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE_BUT_MARKS = re.compile(r"[^\S\x1d\x1e]+")
_BREAK, _PARAGRAPH = "\x1d", "\x1e"  # stand for a line and a paragraph break until spaces are settled; no text holds them


def _seen(text: str) -> str:
    return _CONTROLS.sub("", text if text.isascii() else text.translate(_PASTED))


def plain_text(text: str) -> str:
    """Return text that carries no markup tidied: single spaces, paragraphs separated by one blank line."""
    text = _seen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def html_to_text(markup: str) -> str:
    """Return what a reader sees of a fragment of HTML. Text without tags keeps its own line breaks."""
    if not _MARKUP.search(markup):
        return plain_text(html.unescape(markup)) if "&" in markup else plain_text(markup)
    source = f"<div>{_seen(markup)}</div>".encode("utf-8", "replace")
    try:
        root = etree.fromstring(
            source, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True)
        )
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return "" if root is None else _settle(_pieces(root))


def one_line(markup: str) -> str:
    """Return a fragment of HTML as one line of text, for titles and names."""
    return _ANY_SPACE.sub(" ", html_to_text(markup)).strip()


def _pieces(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipping is None:
            if tag in _SKIPPED:
                skipping = element
                continue
            _open(tag, element.text, pieces)
        elif event == "end":
            if skipping is element:
                skipping = None
            elif skipping is not None:
                continue
            elif tag in _BLOCKS:
                pieces.append(_PARAGRAPH)
            if element.tail:
                pieces.append(element.tail)
    return pieces


def _open(tag: str, text: str | None, pieces: list[str]) -> None:
    if tag in _BLOCKS:
        pieces.append(_PARAGRAPH)
    elif tag == "br":
        pieces.append(_BREAK)
    elif tag in ("td", "th"):
        pieces.append(" ")
    if text:
        pieces.append(text)


def _settle(pieces: list[str]) -> str:
    flat = _SPACE_BUT_MARKS.sub(" ", "".join(pieces))
    paragraphs = re.split(rf"[ {_BREAK}]*{_PARAGRAPH}[ {_BREAK}{_PARAGRAPH}]*|{_BREAK} *(?:{_BREAK} *)+", flat)
    tidy = (re.sub(rf" *{_BREAK} *", "\n", paragraph).strip() for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in tidy if paragraph)


def cut_at_paragraph(text: str, limit: int) -> str:
    """Return the text, cut at the end of a paragraph if it is longer than the limit (of characters)."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    end = head.rfind("\n\n")
    return head[:end] if end > 0 else head
