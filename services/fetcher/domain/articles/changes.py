"""What an edit changed: passages of one version beside those of the next."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from schemas.news_article import Article, TextChange

MAX_CHANGES = 50
"""More than that is another text; the rest of it is in the new version anyway."""
MAX_PASSAGE_CHARS = 2_000
MAX_SENTENCES = 3_000
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«(]?\w)|\n+")
Field = Literal["title", "summary", "body", "credit"]
FIELDS: tuple[Field, ...] = ("title", "summary", "body", "credit")


def changes_between(before: Article, after: Article) -> tuple[TextChange, ...]:
    """Return what differs, sentence by sentence, in the order in which it is read; at most ``MAX_CHANGES``."""
    found = (change for field in FIELDS for change in _field_changes(field, getattr(before, field), getattr(after, field)))
    return tuple(change for change, _ in zip(found, range(MAX_CHANGES), strict=False))


def _field_changes(field: Field, before: str, after: str) -> Iterator[TextChange]:
    if before == after:
        return
    old, new = _sentences(before), _sentences(after)
    for operation, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            yield TextChange(field=field, before=_passage(old[i:j]), after=_passage(new[k:m]))


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in (part.strip() for part in _SENTENCE_END.split(text)) if sentence][:MAX_SENTENCES]


def _passage(sentences: list[str]) -> str:
    return " ".join(sentences)[:MAX_PASSAGE_CHARS]
