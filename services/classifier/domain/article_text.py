"""An article as the matcher sees it: its words, where they stand, and the sentences that hold them. Made as far as it is asked for."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, KeysView
from functools import cached_property
from itertools import pairwise

from schemas.news_article import Article
from services.classifier.domain.patterns import Token
from services.classifier.domain.words import index_of, sentences, word_spans, words_of

FIELDS = ("title", "summary", "body")
GAP = 1_000
"""Word positions left free between two fields, more than any NEAR/n: nothing is near across them."""


class ArticleText:
    """Words of one article, numbered through all its fields.

    Attributes:
        language: Tag of the article, lower case, empty if unknown.
        tokens: The distinct folded words.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self.language = article.language.lower()
        self._words = [words_of(text) if (text := getattr(article, name)) else [] for name in FIELDS]
        self.tokens = set().union(*self._words)

    def tokens_among(self, known: KeysView[Token], *, prefix_lengths: Iterable[int] = ()) -> set[Token]:
        """Return those of the known tokens that the article contains: words, pairs of neighbours, prefixes of these lengths."""
        found = known & self.tokens
        for words in self._words:
            found |= known & pairwise(words)
        for length in prefix_lengths:
            found |= known & {f"{word[:length]}*" for word in self.tokens}
        return found

    @cached_property
    def bases(self) -> list[int]:
        """Position of the first word of each field."""
        bases, base = [], 0
        for words in self._words:
            bases.append(base)
            base += len(words) + GAP
        return bases

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for words, base in zip(self._words, self.bases, strict=True):
            for position, word in enumerate(words, base):
                found[word].append(position)
        return found

    def has_any(self, words: frozenset[str]) -> bool:
        """Tell whether any of these words stands anywhere."""
        return not self.tokens.isdisjoint(words)

    def positions(self, words: Iterable[str]) -> list[int]:
        """Return where any of these words stands, ascending."""
        found = [places for word in words if (places := self._positions.get(word))]
        if len(found) == 1:
            return found[0]
        return sorted(position for places in found for position in places)

    def positions_of_prefix(self, prefix: str) -> list[int]:
        """Return where a word stands that begins so, ascending."""
        return self.positions([word for word in self._positions if word.startswith(prefix)])

    def is_in_title(self, position: int) -> bool:
        """Tell whether the word at this position is one of the headline."""
        return position < len(self._words[0])

    @cached_property
    def _spans(self) -> list[list[tuple[int, int]]]:
        return [word_spans(getattr(self._article, name)) for name in FIELDS]

    def _field_of(self, position: int) -> int:
        return bisect_right(self.bases, position) - 1

    def place(self, first: int, last: int) -> tuple[str, int, int]:
        """Return field, start and end offset of the words from one position to another."""
        number = self._field_of(first)
        spans, base = self._spans[number], self.bases[number]
        return FIELDS[number], spans[first - base][0], spans[last - base][1]

    @cached_property
    def _sentence_numbers(self) -> list[list[int]]:
        """For each word of each field the number of its sentence. The headline is one sentence; fields lie two numbers apart."""
        numbers: list[list[int]] = []
        first = 0
        for name, spans in zip(FIELDS, self._spans, strict=True):
            text = getattr(self._article, name)
            bounds = [(0, len(text))] if name == "title" else sentences(text)
            numbers.append([first + index_of(start, bounds) for start, _ in spans])
            first += len(bounds) + 2
        return numbers

    @cached_property
    def _leads(self) -> list[int]:
        """Numbers just before the first sentence of summary and body: there the headline stands once more, as their neighbour."""
        return [numbers[0] - 1 for numbers in self._sentence_numbers[1:] if numbers]

    def sentence_numbers(self, position: int) -> list[int]:
        """Return the sentence of a word; neighbours have neighbouring numbers, and the headline is a neighbour of each first sentence."""
        number = self._field_of(position)
        own = self._sentence_numbers[number][position - self.bases[number]]
        return [own, *self._leads] if number == 0 else [own]
