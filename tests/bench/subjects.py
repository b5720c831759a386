"""How often the subject is right, on labelled news: ``python tests/bench/subjects.py DATA``.

DATA holds ``topics/bbc.jsonl.gz`` and ``topics/agnews.csv.gz``. Their labels are mapped to the top level of IPTC Media Topics. Printed for
each: macro-F1 of the best among the labels (every article gets one), the part of articles that get a subject at all, how often the first
of these is right, milliseconds an article, and beside it what always naming the most frequent label would reach.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from services.classifier.domain.subjects import scores_of, subjects_of

BBC = {"business": "04", "entertainment": "01", "politics": "11", "sport": "15", "tech": "13"}
AG = {"Business": "04", "Sports": "15", "Sci/Tech": "13"}
_NOW = datetime(2026, 1, 1, tzinfo=UTC)

Row = tuple[str, Article]


def article(title: str, body: str) -> Article:
    return Article(
        article_id="a",
        version="1",
        url="https://bench.example/",
        feed_id="bench",
        outlet=Outlet(name="Bench"),
        title=title,
        body=body,
        published_at=_NOW,
        first_seen_at=_NOW,
        version_seen_at=_NOW,
    )


def bbc(folder: Path) -> Iterator[Row]:
    with gzip.open(folder / "bbc.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title, _, body = row["text"].partition("\n")
            yield BBC[row["label"]], article(title, body)


def ag(folder: Path) -> Iterator[Row]:
    with gzip.open(folder / "agnews.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] in AG:
                yield AG[row["label"]], article(row["title"], row["description"])


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    right = Counter(label for label, found in pairs if label == found)
    labels, found = Counter(label for label, _ in pairs), Counter(found for _, found in pairs)
    return sum(2 * right[label] / (labels[label] + found[label]) for label in labels) / len(labels)


def measure(rows: list[Row]) -> dict[str, float]:
    labels = Counter(label for label, _ in rows)
    subjects_of(rows[0][1])  # loads the vocabulary
    scored = [(label, scores_of(one)) for label, one in rows]
    best = [(label, max(labels, key=lambda code, scores=scores: scores.get(f"{code}000000", 0.0))) for label, scores in scored]
    started = process_time()
    given = [(label, found[0].code.removeprefix("medtop:")[:2]) for label, one in rows if (found := subjects_of(one))]
    spent = process_time() - started
    return {
        "articles": len(rows),
        "macro_f1": round(macro_f1(best), 3),
        "accuracy": round(sum(label == found for label, found in best) / len(rows), 3),
        "baseline_macro_f1": round(macro_f1([(label, labels.most_common(1)[0][0]) for label, _ in rows]), 3),
        "given_a_subject": round(len(given) / len(rows), 3),
        "first_is_right": round(sum(label == found for label, found in given) / len(given), 3),
        "ms": round(spent / len(rows) * 1000, 3),
    }


def main() -> int:
    folder = Path(sys.argv[1]) / "topics"
    for name, load in (("bbc", bbc), ("ag", ag)):
        sys.stdout.write(json.dumps({"set": name, **measure(list(load(folder)))}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
