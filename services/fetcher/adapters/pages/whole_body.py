"""The articleBody of JSON-LD: taken where the page itself does not show the text.

Where the page shows it, the page is the better source: over the pages that were measured, bodies were cut, or lacked lists
and subheadings, as often as they were cleaner.
"""

from typing import Any

from services.fetcher.domain.feeds.text import html_to_text, plain_text

MAX_BODY_CHARS = 1_000_000
LEAST_CHARS = 300
"""Shorter bodies are teasers."""
_LONGER = 1.5


def body_of(article: dict[str, Any]) -> str:
    """Return the node's articleBody as plain text; empty if it has none that is a text."""
    value = article.get("articleBody")
    if not isinstance(value, str) or not LEAST_CHARS <= len(value) <= MAX_BODY_CHARS:
        return ""
    return html_to_text(value) if "<" in value else plain_text(value)


def whole_body(article: dict[str, Any], shown: str) -> str:
    """Return the articleBody if it is so much longer than what the page shows that only it can be whole; empty otherwise."""
    value = article.get("articleBody")
    if not isinstance(value, str) or len(value) < _LONGER * len(shown):
        return ""
    body = body_of(article)
    return body if len(body) >= _LONGER * len(shown) else ""
