"""What of HTML is seen, in two ways that agree: by its tags alone where they are plain and well nested, else by a tree."""

import html
import re

from lxml import etree

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SKIPPED = frozenset("script style noscript template head svg math audio video canvas select button textarea".split())
# Numbers that HTML reads as the characters of windows-1252 (WHATWG HTML, 13.2.5.80): editors paste "don&#146;t".
_PASTED = {number: bytes([number]).decode("cp1252") for number in range(0x80, 0xA0) if number not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)}
# Control characters, surrogates, and what is there to guide line breaking and is not seen: soft hyphen, zero-width space, joiner, BOM.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_ASCII_UNSEEN = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_UNSEEN_SPELT_OUT = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BREAK, _PARAGRAPH = "\x1d", "\x1e"  # stand for a line and a paragraph break until spaces are settled; no text holds them
_BLANK_LINES = re.compile(r"\n\n\n+")

# A tag and its attributes where nobody can differ about where it ends.
_ATTRIBUTE = r"""\s++[a-zA-Z_:@][-\w:.@]*+(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+"""
_TAG = re.compile(rf"<(/?[a-zA-Z][a-zA-Z0-9]*+)(?:{_ATTRIBUTE})*+\s*+/?+>")
_COMMENT = re.compile(r"<!--(?!-?>)(?:[^-]|-(?!-))*+-->")
_LEFT_OVER = re.compile(r"<[a-zA-Z!/?]")
_INLINE = "a abbr b big cite code del em font i img ins kbd mark q s small span strike strong sub sup time tt u wbr".split()
_OPENED = dict.fromkeys(_INLINE, "") | dict.fromkeys(_BLOCKS - {"body"}, _PARAGRAPH) | {"td": " ", "th": " ", "br": _BREAK}
_MARKS = _OPENED | {f"/{name}": "" if mark != _PARAGRAPH else mark for name, mark in _OPENED.items() if name != "br"}


def seen(text: str) -> str:
    """Return the text without characters that are not seen."""
    if text.isascii():
        raw = text.encode()
        kept = raw.translate(None, _ASCII_UNSEEN)
        return text if len(kept) == len(raw) else kept.decode()
    return _UNSEEN.sub("", text.translate(_PASTED)) if _UNSEEN.search(text) else text


def by_tags(markup: str) -> str | None:
    """Return what is seen of markup that has only tags of texts; None if it has anything else.

    Nearly all feeds are written so, and it takes a tenth of the time of a tree. Where tags are not nested well it does as
    HTML's own rules, or separates what they would join ("</div>" that closes nothing).
    """
    if "<!--" in markup:
        markup = _COMMENT.sub("", markup)
    pieces = _TAG.split(markup)  # text, name, text, name, …
    names = pieces[1::2]
    marks = list(map(_MARKS.get, names))
    if None in marks:
        marks = [_MARKS.get(name.lower()) for name in names]
        if None in marks:
            return None
    pieces[1::2] = marks
    flat = "".join(pieces)
    if "<" in flat and _LEFT_OVER.search(flat):
        return None
    return _settled(html.unescape(flat) if "&" in flat else flat)


def by_tree(markup: str) -> str:
    """Return what is seen of any markup."""
    source = f"<div>{markup}</div>".encode("utf-8", "replace")
    try:
        root = etree.fromstring(
            source, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True)
        )
    except (etree.XMLSyntaxError, ValueError):
        return ""
    return "" if root is None else _settled("".join(_pieces(root)))


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


def _settled(flat: str) -> str:
    """Return text with its marks made line breaks and every other space single."""
    if not flat.isascii():
        flat = _UNSEEN_SPELT_OUT.sub("", flat)
    if _BREAK in flat:
        paragraphs = [_lines(block) if _BREAK in block else _spaced(block) for block in flat.split(_PARAGRAPH)]
    else:
        paragraphs = [_spaced(block) for block in flat.split(_PARAGRAPH)]
    return "\n\n".join(filter(None, paragraphs))


def _spaced(line: str) -> str:
    if line.isprintable() and "  " not in line:  # no other space than single blanks, as a rule
        return line.strip(" ")
    return " ".join(line.split())


def _lines(block: str) -> str:
    lines = "\n".join([_spaced(line) for line in block.split(_BREAK)])
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")
