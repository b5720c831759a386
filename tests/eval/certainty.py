"""How sure whole sentences sound: findings of papers and of science news (1 to 6), and posts on breaking news (certain, somewhat, uncertain).

By the reader's own words for hedging, counted by kind. Findings (Pei and Jurgens 2021): the weight of each kind is a least-squares fit on the
other nine of ten folds; the naive way gives everybody the mean. Posts (PHEME): rules alone, nothing fitted; the naive way calls everything certain.
"""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import correlation, fmean
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from spacy.language import Language
from spacy.tokens import Doc

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.cues import CONFIRM, DOUBT_ADJ, HEARSAY_ADVERBS, HEARSAY_NOUN, HEDGE_ADJ, HEDGE_ADVERBS
from services.classifier.domain.reading.signatures_of_words import NOUNS, VERBS_OF_CLAUSES
from tests.eval.figures import Figure, Measured, confusions, fold_of, interval, macro_f1

_FOLDS = 10
_LABELS = ("certain", "somewhat-certain", "uncertain")
_UNSURE = DOUBT_ADJ | frozenset("unclear unknown uncertain unsure unaware".split())


def kinds_of_hedges(doc: Doc) -> Counter[str]:
    """Return how many hedges of each kind the text has."""
    found: Counter[str] = Counter()
    for token in doc:
        word, lemma = token.lower_, token.lemma_.lower()
        if token.tag_ == "MD":
            found[word if word in ("may", "might", "could", "can") else "would" if word in ("would", "should", "must") else ""] += 1
        elif token.pos_ == "VERB" and VERBS_OF_CLAUSES.get(lemma, ("", ""))[0] == "L":
            found["verb"] += 1
        elif token.pos_ == "NOUN" and NOUNS.get(lemma, ("", ""))[0] == "P":
            found["noun"] += 1
        elif word in HEDGE_ADVERBS or lemma in HEDGE_ADJ or word in ("potential", "potentially", "preliminary"):
            found["likely"] += 1
        elif word in HEARSAY_ADVERBS or lemma in HEARSAY_NOUN or word in ("unconfirmed", "unverified"):
            found["hearsay"] += 1
        elif lemma in _UNSURE:
            found["unsure"] += 1
        elif lemma in ("need", "warrant", "require", "necessary") and {"research", "study", "investigation", "work"} & set(_lemmas(doc)):
            found["open"] += 1
        elif token.dep_ == "neg" or word == "no":
            found["negation"] += 1
        elif lemma in CONFIRM or lemma in ("show", "find", "demonstrate", "significant", "significantly", "strongly", "clearly"):
            found["firm"] += 1
        elif lemma in (
            "indicate",
            "support",
            "estimate",
            "expect",
            "propose",
            "argue",
            "hypothesis",
            "theory",
            "tend",
            "link",
            "associate",
        ):
            found["weaker"] += 1
    return found


_KINDS = ("may", "might", "could", "can", "would", "verb", "noun", "likely", "hearsay", "unsure", "open", "negation", "firm", "weaker")


def _lemmas(doc: Doc) -> list[str]:
    return [token.lemma_.lower() for token in doc]


def measure(data: Path) -> Measured:
    """Return the figures of findings and posts; the kinds of errors are those of the posts."""
    nlp = load_parser()
    findings = _findings(_rows(data / "factuality" / "certainty_sentences.jsonl.gz"), nlp)
    posts, errors = _posts(_rows(data / "factuality" / "pheme_posts.jsonl.gz"), nlp)
    return Measured(findings + posts, errors)


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines]


def _findings(rows: list[dict[str, Any]], nlp: Language) -> list[Figure]:
    docs = nlp.pipe(row["finding"] for row in rows)
    counts = np.array([[1.0, *(min(2, kinds[kind]) for kind in _KINDS)] for kinds in map(kinds_of_hedges, docs)])
    gold = np.array([row["sentence-level-certainty"] for row in rows])
    folds = np.array([fold_of(row["finding"], _FOLDS) for row in rows])
    read = np.zeros(len(rows))
    for fold in range(_FOLDS):
        seen = folds != fold
        weights = np.linalg.solve(counts[seen].T @ counts[seen] + np.eye(counts.shape[1]) * 0.5, counts[seen].T @ gold[seen])
        read[~seen] = counts[~seen] @ weights
    pairs = list(zip(range(len(rows)), gold.tolist(), read.tolist(), strict=True))
    low, high = interval(pairs, lambda pair: pair[0], lambda some: correlation([p[1] for p in some], [p[2] for p in some]))
    mean = float(gold.mean())
    return [
        Figure(
            "certainty",
            "findings, Pearson's r",
            correlation(gold.tolist(), read.tolist()),
            len(rows),
            low,
            high,
            0.0,
            note="reference: ridge over words 0.683",
        ),
        Figure(
            "certainty",
            "findings, mean absolute error",
            float(np.abs(gold - read).mean()),
            len(rows),
            baseline=fmean(abs(one - mean) for one in gold),
            at_most=True,
        ),
    ]


def _posts(rows: list[dict[str, Any]], nlp: Language) -> tuple[list[Figure], dict[str, int]]:
    rows = [row for row in rows if row["certainty"] in _LABELS]
    gold = [str(row["certainty"]) for row in rows]
    read = [certainty_of_post(doc) for doc in nlp.pipe(str(row["text"]) for row in rows)]
    triples = list(zip([row["threadid"] for row in rows], gold, read, strict=True))
    low, high = interval(triples, lambda one: one[0], lambda some: macro_f1([one[1] for one in some], [one[2] for one in some], _LABELS))
    return [
        Figure(
            "certainty",
            "posts, macro-F1 of three",
            macro_f1(gold, read, _LABELS),
            len(rows),
            low,
            high,
            macro_f1(gold, ["certain"] * len(rows), _LABELS),
        ),
        Figure("certainty", "posts, F1 of hedged", _hedged(gold, read), len(rows), baseline=0.0),
    ], confusions(gold, read)


def certainty_of_post(doc: Doc) -> str:
    """Return how sure a post sounds."""
    kinds = kinds_of_hedges(doc)
    if "?" in doc.text or kinds["unsure"] or any(token.lower_ == "if" for token in doc):
        return "uncertain"
    hedged = sum(kinds[kind] for kind in ("may", "might", "could", "verb", "noun", "likely", "hearsay"))
    reported = any(token.lower_ in ("reports", "reportedly", "report") for token in doc)
    return "somewhat-certain" if hedged or reported else "certain"


def _hedged(gold: Sequence[str], read: Sequence[str]) -> float:
    return float(f1_score([label != "certain" for label in gold], [label != "certain" for label in read], zero_division=0))
