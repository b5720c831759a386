"""HTML to plain text: paragraphs separated by blank lines, nothing that is not text."""

import html
import re

from services.fetcher.domain.feeds.markup import by_tags, by_tree, seen

MAX_CHARS = 2_000_000
"""Markup of one field that is read; what stands behind it is left out. A long article has 100,000."""
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_BLANK_LINES = re.compile(r"\n\n\n+")


def plain_text(text: str) -> str:
    """Return text that carries no markup tidied: single spaces, paragraphs separated by one blank line."""
    if text.isprintable():  # no line breaks, and nothing that is not seen: most titles
        return " ".join(text.split())
    text = seen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n"))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def html_to_text(markup: str) -> str:
    """Return what a reader sees of a fragment of HTML. Text without tags keeps its own line breaks."""
    if "<" not in markup or not _MARKUP.search(markup):
        return plain_text(html.unescape(markup)) if "&" in markup else plain_text(markup)
    markup = seen(markup[:MAX_CHARS])
    quick = by_tags(markup)
    return by_tree(markup) if quick is None else quick


def one_line(markup: str) -> str:
    """Return a fragment of HTML as one line of text, for titles and names."""
    return " ".join(html_to_text(markup).split())


def cut_at_paragraph(text: str, limit: int) -> str:
    """Return the text, cut at the end of a paragraph if it is longer than the limit (of characters)."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    end = head.rfind("\n\n")
    return head[:end] if end > 0 else head
