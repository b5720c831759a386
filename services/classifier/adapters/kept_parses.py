"""The English pipeline with a memory: texts that come again are not parsed again."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

KEPT_CHARS = 600_000
"""Characters of text whose parses are kept, some 50 MB: a text that comes again soon, or whose claims come in a row."""


class KeptParses:
    """Parses as the pipeline does, and keeps the latest parses. One instance per thread."""

    def __init__(self, nlp: Language) -> None:
        self._nlp, self._docs, self._chars = nlp, OrderedDict[str, Doc](), 0

    def __call__(self, text: str) -> Doc:
        """Return the parse of a text."""
        found = self._docs.get(text)
        if found is not None:
            self._docs.move_to_end(text)
            return found
        return self._keep(text, self._nlp(text))

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the parse of each text, in order; those that are new are parsed together."""
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in self._docs]
        parsed = {text: self._nlp(text) for text in new} if len(new) < 3 else dict(zip(new, self._nlp.pipe(new), strict=True))
        docs = [parsed.get(text) or self._docs[text] for text in wanted]
        for text, doc in parsed.items():
            self._keep(text, doc)
        yield from docs

    def _keep(self, text: str, doc: Doc) -> Doc:
        self._docs[text] = doc
        self._chars += len(text)
        while self._chars > KEPT_CHARS and len(self._docs) > 1:
            dropped, _ = self._docs.popitem(last=False)
            self._chars -= len(dropped)
        return doc
