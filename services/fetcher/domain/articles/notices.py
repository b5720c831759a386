"""Notices that a publisher leaves in place of an article it has taken back."""

import re

MAX_NOTICE_CHARS = 1000

_OPENINGS = re.compile(
    r"\W{0,3}(?:"
    r"withdrawn\b|withdrawal\s*[:\-–—]|retracted\b|retraction\s*[:\-–—]|"
    r"(?:this|the)\s+(?:story|article|report|item|post|page|piece)\s+(?:has\s+been|was|is)\s+"
    r"(?:(?:now|since)\s+)?(?:withdrawn|retracted|removed|deleted|killed|taken\s+down|published\s+(?:in\s+error|by\s+mistake))\b|"
    r"(?:(?:this|the)\s+(?:story|article|report)\s+)?published\s+(?:in\s+error|by\s+mistake)\b|"
    r"(?:story|article|report|item)\s+(?:withdrawn|retracted|removed|deleted|killed)\b|"
    r"(?:we|the\s+\w+(?:\s+\w+)?)\s+(?:has|have)\s+(?:withdrawn|retracted)\s+(?:this|the|a|an|its|our)\s+(?:\w+\s+){0,2}(?:story|article|report)\b|"
    r"(?:mandatory|bulletin|advisory)?\s*kill\s*[:\-–—]"
    r")",
    re.IGNORECASE,
)  # fmt: skip


def withdrawal_notice(title: str, text: str) -> str:
    """Return the notice if title or text begins as one, else an empty string.

    Only to be asked of an article that was published before: news of a withdrawal begins with the same words.
    """
    return next((field[:MAX_NOTICE_CHARS] for field in (title, text) if _OPENINGS.match(field)), "")
