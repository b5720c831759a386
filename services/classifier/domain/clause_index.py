"""The first stage of the matcher: which clauses an article may satisfy, by the words it contains. Whole arrays at a time.

A clause needs one token of each of several groups. It is *filed* under every token of its first, which should be the rarest; its other
groups have numbers. An article's tokens give the clauses filed under them and the groups that they meet, and the clauses that lack a
group fall out column by column. Nothing here asks a single clause for itself, so the work grows with what is filed under the words of
one article, not with the number of claims.
"""

from array import array
from collections.abc import KeysView, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.patterns import Group, Token

COLUMNS = 4
"""Groups looked at besides the one that a clause is filed under; whoever needs more looks for the rest himself."""

_ALWAYS, _NEVER = 0, 1
_NUMBER = np.dtype(np.intc)

Posting = tuple[bytes, bytes]
"""Of one token: numbers of the clauses filed under it, numbers of the groups it is in; packed integers."""


@dataclass(frozen=True)
class ClauseIndex:
    """Clauses by the tokens they need. Immutable; a change makes another, which shares with the old what has not changed.

    Attributes:
        size: How many clauses were ever put in; the next gets this number.
    """

    _postings: Mapping[Token, Posting]
    _group_numbers: Mapping[Group, int]
    _columns: NDArray[np.intc]
    _prefix_lengths: frozenset[int]

    @classmethod
    def empty(cls) -> "ClauseIndex":
        return cls({}, {}, np.empty((COLUMNS, 0), _NUMBER), frozenset())

    @property
    def size(self) -> int:
        return len(self._columns[0])

    @property
    def tokens(self) -> KeysView[Token]:
        """The tokens that any clause needs."""
        return self._postings.keys()

    def candidates(self, text: ArticleText) -> set[int]:
        """Return the numbers of the clauses whose groups an article meets."""
        tokens = text.tokens_among(self.tokens, prefix_lengths=self._prefix_lengths)
        postings = [self._postings[token] for token in tokens]
        met = np.zeros(len(self._group_numbers) + 2, np.bool_)
        met[_ALWAYS] = True
        met[np.frombuffer(b"".join([groups for _, groups in postings]), _NUMBER)] = True
        clauses = np.frombuffer(b"".join([filed for filed, _ in postings]), _NUMBER)
        for column in self._columns:
            clauses = clauses[met[column[clauses]]]
        return set(clauses.tolist())

    def changed(self, added: Sequence[Sequence[Group]], removed: Sequence[int] = ()) -> "ClauseIndex":
        """Return the index with clauses put in, numbered from ``size`` on, and others taken out.

        Args:
            added: The groups of each clause, the one to file it under first; none has no group at all.
            removed: Numbers. Their place stays taken; they are no candidates any more.
        """
        numbers = dict(self._group_numbers)
        rows = array("i")
        filed: _Posted = {}
        grouped: _Posted = {}
        for number, (first, *others) in enumerate(added, self.size):
            _post(filed, first, number)
            row = []
            for group in others[:COLUMNS]:
                if group not in numbers:
                    numbers[group] = len(numbers) + 2
                    _post(grouped, group, numbers[group])
                row.append(numbers[group])
            rows.extend([*row, *[_ALWAYS] * (COLUMNS - len(row))])
        columns = np.concatenate([self._columns, np.frombuffer(rows, _NUMBER).reshape(-1, COLUMNS).T], axis=1)
        columns[0, np.array(removed, _NUMBER)] = _NEVER
        lengths = {len(token) - 1 for token in filed.keys() | grouped.keys() if token[-1] == "*"}
        return ClauseIndex(_with(self._postings, filed, grouped), numbers, columns, self._prefix_lengths | lengths)


_Posted = dict[Token, "array[int]"]


def _post(postings: _Posted, group: Group, number: int) -> None:
    for token in group:
        if token in postings:
            postings[token].append(number)
        else:
            postings[token] = array("i", (number,))


def _with(postings: Mapping[Token, Posting], filed: _Posted, grouped: _Posted) -> dict[Token, Posting]:
    more = dict(postings)
    none = array("i")
    for token in filed.keys() | grouped.keys():
        clauses, groups = postings.get(token, (b"", b""))
        more[token] = (clauses + filed.get(token, none).tobytes(), groups + grouped.get(token, none).tobytes())
    return more
