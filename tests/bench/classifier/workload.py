"""Documents and queries to compare matchers on: read from a folder, or made of the scenario book's sentences and invented words.

A folder holds ``docs.jsonl`` (id, title, body) and ``queries.jsonl`` (id, groups, near, not): all groups, the near and the absence of "not" must hold,
over the words of title and body; a term is a word or two side by side. What is made has the shape of news: 5,000 documents of about 370
words, frequent words frequent and most words rare, and queries whose terms stand together in some document.
"""

import json
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from services.classifier.domain.words import words_of
from tests.scenarios.__main__ import BOOK
from tests.scenarios.book import load_book

DOCUMENTS, QUERIES = 5_000, 100_000
AT_MOST_DOCUMENTS = {100_000: 2_000}
"""By number of claims how many documents are matched, where it is not all."""

KNOWN_PAIRS = {
    (205_782_562, 1_000): 4_365,
    (205_782_562, 10_000): 47_306,
    (205_782_562, 100_000): 190_940,
}
"""By checksum of the documents and number of claims the matches that other exact matchers found."""

_RARE, _MIDDLE, _FREQUENT = range(2, 9), range(9, 61), range(61, 601)
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


def ascii_only(text: str) -> str:
    """Return the text in ASCII with the same words, each still another: a workload tells é from e, which our folding does not."""
    return "".join(sign if sign.isascii() else f"zq{ord(sign):x}" if sign.isalnum() else " " for sign in text.lower())


def documents(folder: Path, claims: int) -> list[Article]:
    """Return the documents to match with so many claims. Phrases and nears may begin in the title, so all is one field."""
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in islice(lines, AT_MOST_DOCUMENTS.get(claims))]


def _article(row: Row) -> Article:
    return Article(
        article_id=row["id"], version="1", url="https://bench.example/", feed_id="bench", outlet=Outlet(name="Bench"),
        body=ascii_only(f"{row['title']}\n{row['body']}"), published_at=_NOW, first_seen_at=_NOW, version_seen_at=_NOW,
    )  # fmt: skip


def queries(folder: Path, claims: int) -> Iterator[Row]:
    """Yield the first queries, so many."""
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        for line in islice(lines, claims):
            yield json.loads(ascii_only(line))


def known_pairs(folder: Path, claims: int) -> int | None:
    """Return how many matches an exact matcher finds; None if nobody has told."""
    return KNOWN_PAIRS.get((zlib.crc32((folder / "docs.jsonl").read_bytes()), claims))


def claim(row: Row) -> WatchedClaim:
    """Return a watched claim that asks the same in our query language."""
    return WatchedClaim(claim_id=row["id"], statement=f"query {row['id']}", query=_query_text(row), subject={"name": row["id"]})


def _query_text(row: Row) -> str:
    terms = ["(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in row["groups"]]
    if row["near"]:
        left, right, distance = row["near"]
        terms.append(f'"{left}" NEAR/{distance} "{right}"')
    if row["not"]:
        terms.append(f'NOT "{row["not"]}"')
    return " AND ".join(terms)


def matching_plainly(rows: Sequence[Row], words: Sequence[str]) -> set[str]:
    """Return which queries hold, by plain evaluation: slow, and hard to get wrong."""
    joined = f" {' '.join(words)} "
    return {row["id"] for row in rows if _holds(row, words, joined)}


def _holds(row: Row, words: Sequence[str], joined: str) -> bool:
    return (
        all(any(f" {term} " in joined for term in group) for group in row["groups"])
        and (not row["near"] or _is_near(words, *row["near"]))
        and not (row["not"] and f" {row['not']} " in joined)
    )


def _is_near(words: Sequence[str], left: str, right: str, distance: int) -> bool:
    rights = [index for index, word in enumerate(words) if word == right]
    return any(0 < abs(index - other) <= distance for index, word in enumerate(words) if word == left for other in rights)


def make(folder: Path, *, seed: int = 1) -> Path:
    """Write documents and queries of our own into the folder, the same for the same seed, and return it."""
    rng = random.Random(seed)
    texts = list(_made_texts(rng))
    _write(folder / "docs.jsonl", ({"id": f"d{number}", "title": text[0], "body": " ".join(text[1:])} for number, text in enumerate(texts)))
    drawer = _Drawer([words_of(" ".join(text)) for text in texts], rng)
    _write(folder / "queries.jsonl", (drawer.query(f"q{number}") for number in range(QUERIES)))
    return folder


def _write(path: Path, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _made_texts(rng: random.Random) -> Iterator[list[str]]:
    """Yield documents as lists of sentences: half of them of the scenario book, half of invented words, few of them frequent."""
    sentences = [line.strip() for scenario in load_book(BOOK) for step in scenario.steps for line in step.body.split(". ") if line.strip()]
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    vocabulary = sorted({"".join(rng.choices(syllables, k=rng.choice((2, 3, 3, 4)))) for _ in range(60_000)})
    rng.shuffle(vocabulary)
    weights = [1 / (rank + 20) for rank in range(len(vocabulary))]  # Zipf's law, without the very first ranks
    for _ in range(DOCUMENTS):
        made = rng.choices(vocabulary, weights, k=190)
        invented = [" ".join(made[start : start + 19]) + "." for start in range(0, len(made), 19)]
        text = [*invented, *rng.choices(sentences, k=10)]
        rng.shuffle(text)
        yield text


class _Drawer:
    """Draws queries whose terms stand in one document, by how many documents hold them."""

    def __init__(self, documents: Sequence[Sequence[str]], rng: random.Random) -> None:
        self._documents, self._rng = documents, rng
        self._frequency = Counter(word for words in documents for word in set(words))
        self._bands = {band: self._words_of_band(band) for band in (_RARE, _MIDDLE, _FREQUENT)}

    def _words_of_band(self, band: range) -> list[str]:
        return sorted(word for word, count in self._frequency.items() if count in band and len(word) > 2 and not word.isdigit())

    def _is_usable(self, word: str) -> bool:
        return len(word) > 2 and self._frequency[word] in range(2, 601)

    def _band(self, single: bool) -> range:
        return self._rng.choices((_RARE, _MIDDLE, _FREQUENT), (90, 10, 0) if single else (45, 45, 10))[0]

    def _term(self, words: Sequence[str], single: bool) -> str:
        for _ in range(40):
            at = self._rng.randrange(len(words) - 1)
            if self._rng.random() < 0.25:
                if all(map(self._is_usable, words[at : at + 2])):
                    return f"{words[at]} {words[at + 1]}"
            elif len(words[at]) > 2 and self._frequency[words[at]] in self._band(single):
                return words[at]
        return self._rng.choice(self._bands[_RARE])

    def _group(self, words: Sequence[str], single: bool) -> list[str]:
        """Return a term of the document and up to three that may be of any other."""
        group = {self._term(words, single)}
        for _ in range(self._rng.choices((0, 1, 2, 3), (45, 30, 15, 10))[0]):
            group.add(self._term(words, single) if self._rng.random() < 0.5 else self._rng.choice(self._bands[self._band(single)]))
        return sorted(group)

    def _near(self, words: Sequence[str]) -> list[Any] | None:
        for _ in range(60):
            at = self._rng.randrange(len(words) - 8)
            pair = [words[at], words[at + self._rng.randint(1, 8)]]
            if pair[0] != pair[1] and all(map(self._is_usable, pair)):
                return [*pair, 8]
        return None

    def query(self, query_id: str) -> Row:
        words = self._rng.choice(self._documents)
        count = self._rng.choices((1, 2, 3), (20, 50, 30))[0]
        near = self._near(words) if self._rng.random() < 0.3 else None
        groups = [self._group(words, count == 1 and near is None) for _ in range(count)]
        refused = self._rng.choice(self._bands[_FREQUENT]) if self._rng.random() < 0.1 else None
        return {"id": query_id, "groups": groups, "near": near, "not": refused}
