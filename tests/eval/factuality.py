"""How surely events are presented: our graded judgement of labelled event words beside the labels.

Data: the unified factuality sets (UW: newswire, MEANTIME, UDS_IH2: web, CommitmentBank, MegaVeridicality, Ross and Pavlick), each event word
with -3 (surely not) to 3 (surely). Compared: the band (denied, unknown, hedged, asserted), the mean absolute error, Pearson's r, by the
reader's own numbers for its grades, which stand near the means of UW's training part. "Fitted": the number of each grade is its mean in the
other four of five folds of the same set, dealt out by text. The naive way takes everything for sure (3).
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation, fmean

from spacy.language import Language
from spacy.tokens import Token

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.factuality import factuality
from services.classifier.domain.reading.grades import BAND_NAMES, Grade, band_of
from tests.eval.figures import Figure, Measured, confusions, fold_of, interval, macro_f1

_SETS = ("UW", "MEANTIME", "UDS_IH2", "CB", "MV2", "RP")
_FOLDS = 5

_SIGNS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}
_NO_SPACE_BEFORE = re.compile(r"^(?:n't|'(?:s|re|ve|ll|d|m)|[.,;:?!%)])$", re.IGNORECASE)


@dataclass(frozen=True)
class Event:
    """One labelled event word."""

    token: Token
    label: float


def joined(text: str) -> tuple[str, list[int]]:
    """Return running text from tokens with spaces between, and where each token starts in it."""
    out, starts = "", list[int]()
    for word in text.split(" "):
        sign = _SIGNS.get(word, word)
        out += "" if not out or _NO_SPACE_BEFORE.match(sign) else " "
        starts.append(len(out))
        out += sign
    return out, starts


def events(path: Path, nlp: Language) -> Iterator[Event]:
    """Yield the labelled events of one file in their parses."""
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    made = [joined(row["text"]) for row in rows]
    for row, (_, starts), doc in zip(rows, made, nlp.pipe(text for text, _ in made), strict=True):
        for target in row["targets"]:
            first, last = target["span1"]
            end = starts[last] if last < len(starts) else len(doc.text)
            span = doc.char_span(starts[first], max(starts[first] + 1, len(doc.text[:end].rstrip())), alignment_mode="expand")
            if span is not None:
                yield Event(span.root, float(target["label"]))


@dataclass(frozen=True)
class _Row:
    group: str
    label: float
    grade: Grade
    fitted: float = 0.0


def measure(data: Path) -> Measured:
    """Return the figures of all sets; the kinds of errors are those of UW."""
    nlp = load_parser()
    figures, errors = list[Figure](), dict[str, int]()
    for name in _SETS:
        rows = [
            _Row(event.token.doc.text, event.label, factuality(event.token))
            for event in events(data / "factuality" / f"{name}_dev.jsonl.gz", nlp)
        ]
        figures += _figures(name, rows)
        errors = errors or confusions([band_of(row.label) for row in rows], [row.grade.band for row in rows])
    return Measured(figures, errors)


def _figures(name: str, rows: list[_Row]) -> list[Figure]:
    labels, scores = [row.label for row in rows], [row.grade.score for row in rows]
    goals = {"bins": 0.55, "r": 0.70} if name == "UW" else {}
    fitted = _fitted(rows)
    low, high = interval(rows, lambda row: row.group, lambda some: _bins([row.label for row in some], [row.grade.score for row in some]))
    return [
        Figure(
            "factuality",
            f"{name} four bands, macro-F1",
            _bins(labels, scores),
            len(rows),
            low,
            high,
            _bins(labels, [3.0] * len(rows)),
            goals.get("bins"),
        ),
        Figure(
            "factuality",
            f"{name} mean absolute error",
            _error(labels, scores),
            len(rows),
            baseline=_error(labels, [3.0] * len(rows)),
            at_most=True,
        ),
        Figure("factuality", f"{name} Pearson's r", _r(labels, scores), len(rows), goal=goals.get("r")),
        Figure("factuality", f"{name} four bands, macro-F1, fitted", _bins(labels, fitted), len(rows)),
        Figure("factuality", f"{name} mean absolute error, fitted", _error(labels, fitted), len(rows), at_most=True),
        Figure("factuality", f"{name} Pearson's r, fitted", _r(labels, fitted), len(rows)),
    ]


def _fitted(rows: Sequence[_Row]) -> list[float]:
    """Return for each row the mean label of its grade in the other folds; that grade's own number where it is not met there."""
    found = list[float]()
    folds = [fold_of(row.group, _FOLDS) for row in rows]
    by_fold: dict[int, dict[Grade, list[float]]] = {fold: defaultdict(list) for fold in range(_FOLDS)}
    for fold, row in zip(folds, rows, strict=True):
        for other in range(_FOLDS):
            if other != fold:
                by_fold[other][row.grade].append(row.label)
    for fold, row in zip(folds, rows, strict=True):
        seen = by_fold[fold].get(row.grade)
        found.append(fmean(seen) if seen else row.grade.score)
    return found


def _bins(labels: Sequence[float], scores: Sequence[float]) -> float:
    return macro_f1([band_of(label) for label in labels], [band_of(score) for score in scores], BAND_NAMES)


def _error(labels: Sequence[float], scores: Sequence[float]) -> float:
    return fmean(abs(label - score) for label, score in zip(labels, scores, strict=True))


def _r(labels: Sequence[float], scores: Sequence[float]) -> float:
    try:
        return correlation(labels, scores)
    except StatisticsError:  # all scores the same
        return 0.0
