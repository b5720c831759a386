"""The parses of an article, and how much work reading it may take: what is beyond is left out, and told."""

from collections.abc import Iterable
from typing import Protocol

from spacy.tokens import Doc

from schemas.words import Limit

KEPT_PARSES = 300
"""Sentences and segments parsed per article, for all its claims together; further ones are not read."""

PARSED_CHARS = 30_000
"""Characters parsed per article: half a second of work. An article of 2,000 words has 12,000, a claim's words stand in a part of them."""

READ_FOR_ONE_CLAIM = 300
"""Sentences and segments looked at for one claim, parsed before or not."""

READ_FOR_ALL_CLAIMS = 2_000
"""Sentences and segments looked at for all claims of an article, before it is read for no further claim.

Each takes about a millisecond. Twenty claims on one story fit, in an article of fifty sentences that all speak of it."""


class Pipeline(Protocol):
    """Parses English, one text or many."""

    def __call__(self, text: str) -> Doc: ...

    def pipe(self, texts: Iterable[str]) -> Iterable[Doc]: ...


class Parses:
    """The parses of one article's sentences and segments, each made once, and how much of the article's share is used up.

    Attributes:
        limits: Limits that were hit.
    """

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp, self._docs = nlp, dict[str, Doc]()
        self._count = self._chars = self._looks = self._looks_before = 0
        self.limits: set[Limit] = set()

    def begin_claim(self) -> None:
        """Give the next claim its share."""
        self._looks_before = self._looks

    def prepare(self, texts: Iterable[str]) -> None:
        """Parse several texts at once, a third cheaper than one by one."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._docs and self._take(text)]
        if wanted:
            self._docs.update(zip(wanted, self._nlp.pipe(wanted), strict=True))

    def _take(self, text: str) -> bool:
        """Count a text that is to be parsed, unless the article has used up its share."""
        if self._count == KEPT_PARSES or self._chars + len(text) > PARSED_CHARS:
            self.limits.add(Limit.SENTENCES)
            return False
        self._count, self._chars = self._count + 1, self._chars + len(text)
        return True

    def __call__(self, text: str) -> Doc | None:
        """Return the parse of a text; None when the article or the claim has used up its share."""
        if self._looks - self._looks_before == READ_FOR_ONE_CLAIM:
            self.limits.add(Limit.SENTENCES)
            return None
        self._looks += 1
        if self._looks == READ_FOR_ALL_CLAIMS:
            self.limits.add(Limit.CLAIMS)
        found = self._docs.get(text)
        if found is None and self._take(text):
            found = self._docs[text] = self._nlp(text)
        return found
