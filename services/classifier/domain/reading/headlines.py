"""Headlines, which speak only where the body is silent."""

import re

from services.classifier.domain.reading.sentences import Sentence, plain

_CREDIT = re.compile(r"\s+[-|]\s+[A-Z][\w .&]{1,25}$")


def headline_sentence(title: str) -> Sentence | None:
    """Return the headline as a sentence that a parser can read; None if it asks or is empty."""
    text = plain(title)
    credit = _CREDIT.search(text)
    if credit is not None:
        text = text[: credit.start()]
    stripped = text.strip()
    if not stripped or stripped.endswith("?"):
        return None
    return Sentence("title", text.index(stripped[0]), stripped, 0)
