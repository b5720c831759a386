"""What articles are about: labelled news, its labels mapped to the top level of IPTC Media Topics.

- BBC (business, entertainment, politics, sport, tech) and AG News (Business, Sports, Sci/Tech; World is left out): macro-F1 of the best
  among the set's own topics, so that every article has one; how often a subject is given at all; how often the first that is given, of all
  seventeen, is the label; how far the score is from the chance that it is (expected calibration error in tenths).
- Reuters (1987): of its categories, those of money, trade and goods are 04 and hardly anything else is in it: recall of 04, for articles of
  such a category; of 09 for ``jobs``; of 05 to 17 there is nothing to map. Articles without a category are left out.

Nothing is fitted on these sets but the three constants of the score; fitted by fold, its error over both sets is 0.025. Naive beside the macro-F1: the topic whose IPTC name, or whose label, the text says most often, else the
most frequent label. A linear SVM trained on nine tenths of the same set has macro-F1 (accuracy) .978 on BBC and .870 on AG News.
"""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from schemas.news_article import Article
from services.classifier.domain.subjects import scores_of, subjects_of
from services.classifier.domain.words import words_of
from tests.eval.figures import Figure, Measured, interval, macro_f1
from tests.unit.classifier.articles import article

BBC = {"business": "04", "entertainment": "01", "politics": "11", "sport": "15", "tech": "13"}
AG = {"Business": "04", "Sports": "15", "Sci/Tech": "13"}
NAMES = {
    "01": {"art", "arts", "culture", "entertainment", "media"},
    "04": {"economy", "business", "finance"},
    "11": {"politics", "political"},
    "13": {"science", "technology", "tech"},
    "15": {"sport", "sports"},
}
NOT_ECONOMY = {"jobs"}
"""Reuters categories that are no part of 04; all others are of goods, money, trade, companies or the economy."""

Row = tuple[str, Article]


def bbc(folder: Path) -> Iterator[Row]:
    with gzip.open(folder / "bbc.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title, _, body = row["text"].partition("\n")
            yield BBC[row["label"]], article(body, title=title, language="en")


def ag(folder: Path) -> Iterator[Row]:
    with gzip.open(folder / "agnews.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] in AG:
                yield AG[row["label"]], article(row["description"], title=row["title"], language="en")


def reuters(folder: Path) -> Iterator[tuple[set[str], Article]]:
    with gzip.open(folder / "reuters.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["topics"] and (row["title"] or row["text"]):
                yield set(row["topics"]), article(row["text"] or "", title=row["title"] or "", language="en")


def tops_of(one: Article) -> list[tuple[str, float]]:
    """Return the topics of the first level that are given, as two digits, with their scores."""
    return [(subject.code[7:9], subject.score) for subject in subjects_of(one) if subject.code.endswith("000000")]


def _best(one: Article, labels: list[str]) -> str:
    scores = scores_of(one)
    return max(labels, key=lambda label: scores.get(f"{label}000000", 0.0))


def _by_name(one: Article, labels: list[str], frequent: str) -> str:
    words = Counter(words_of(f"{one.title} {one.body}"))
    said = {label: sum(words[name] for name in NAMES[label]) for label in labels}
    return max(labels, key=lambda label: said[label]) if any(said.values()) else frequent


def _calibration_error(scored: list[tuple[float, bool]]) -> float:
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        tenths.setdefault(min(9, int(score * 10)), []).append((score, right))
    return sum(abs(sum(score - right for score, right in tenth)) for tenth in tenths.values()) / max(1, len(scored))


def _labelled(name: str, rows: list[Row]) -> tuple[list[Figure], Counter[str]]:
    labels = sorted({label for label, _ in rows})
    gold = [label for label, _ in rows]
    frequent = Counter(gold).most_common(1)[0][0]
    started = process_time()
    given = [tops_of(one) for _, one in rows]
    ms = (process_time() - started) / len(rows) * 1000
    best = [_best(one, labels) for _, one in rows]
    named = [_by_name(one, labels, frequent) for _, one in rows]
    pairs = list(zip(gold, best, range(len(rows)), strict=True))
    low, high = interval(pairs, lambda pair: pair[2], lambda drawn: macro_f1([g for g, _, _ in drawn], [b for _, b, _ in drawn], labels))
    first = [(label, tops[0]) for label, tops in zip(gold, given, strict=True) if tops]
    scored = [(score, label == top) for label, (top, score) in first]
    everyone = len(rows)

    def figure(what: str, value: float, *, rows: int = everyone, baseline: float | None = None, note: str = "") -> Figure:
        return Figure("subjects", f"{name} {what}", value, rows, baseline=baseline, note=note)

    agreed = sum(label == found for label, found in zip(gold, best, strict=True)) / everyone
    naive = macro_f1(gold, named, labels)
    majority = macro_f1(gold, [frequent] * everyone, labels)
    figures = [
        Figure("subjects", f"{name} macro-F1", macro_f1(gold, best, labels), everyone, low, high, naive, note=f"majority {majority:.3f}"),
        figure("accuracy", agreed, baseline=Counter(gold)[frequent] / everyone),
        figure("given a subject", len(first) / everyone),
        figure("first is the label, of all 17", sum(right for _, right in scored) / len(first), rows=len(first)),
        figure("label is among those given", sum(label in dict(tops) for label, tops in zip(gold, given, strict=True)) / everyone),
        figure("calibration error of the score", _calibration_error(scored), rows=len(first), note="less is better"),
        figure("milliseconds an article", ms),
    ]
    return figures, Counter(f"{name}: {label} -> {top}" for label, (top, _) in first if label != top)


def _reuters(folder: Path) -> tuple[list[Figure], Counter[str]]:
    rows = [(categories, tops_of(one)) for categories, one in reuters(folder)]
    economy = [dict(tops) for categories, tops in rows if categories - NOT_ECONOMY]
    jobs = [dict(tops) for categories, tops in rows if "jobs" in categories]
    first = Counter(next(iter(tops), "none") for tops in economy)
    figures = [
        Figure("subjects", "Reuters: 04 is given", sum("04" in tops for tops in economy) / len(economy), len(economy)),
        Figure("subjects", "Reuters: 04 comes first", first["04"] / len(economy), len(economy)),
        Figure("subjects", "Reuters: 09 is given to jobs", sum("09" in tops for tops in jobs) / len(jobs), len(jobs)),
    ]
    return figures, Counter({f"Reuters: 04 -> {top}": count for top, count in first.items() if top != "04"})


def measure(data: Path) -> Measured:
    """Return the figures of the three sets, and where the first subject is another."""
    folder = data / "topics"
    subjects_of(article("loads the table"))
    figures: list[Figure] = []
    errors: Counter[str] = Counter()
    for found, wrong in (_labelled("BBC", list(bbc(folder))), _labelled("AG", list(ag(folder))), _reuters(folder)):
        figures += found
        errors += wrong
    return Measured(figures, dict(errors.most_common(15)))
