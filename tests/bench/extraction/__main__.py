"""Scores of every extractor on every corpus of a folder, in one run.

    python -m tests.bench.extraction FOLDER [--only NAME ...] [--worst N] [--json FILE]

Text: F1 of 4-word shingles, as the article extraction benchmark counts it. CPU: time of the whole process, one page after the other.
The exit code is 1 if ours is below the goal: F1 of 0.96 and 90 pages a CPU second on the benchmark's pages.
"""

import argparse
import gc
import json
import logging
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from tests.bench.extraction.contenders import CONTENDERS, Extract, Found
from tests.bench.extraction.corpora import BENCHMARK, CORPORA, Sample
from tests.bench.extraction.scores import TextScore, are_same_names, is_same

GOAL_F1, GOAL_PAGES_PER_S = 0.96, 90.0


def _timed(extract: Extract, samples: list[Sample]) -> tuple[list[Found], float, int]:
    found: list[Found] = []
    failures = 0
    gc.collect()
    start = time.process_time()
    for sample in samples:
        try:
            found.append(extract(sample.body, sample.url))
        except Exception as error:
            failures += 1
            print(f"  {sample.name}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
            found.append(Found())
    return found, len(samples) / (time.process_time() - start), failures


def _share(hits: list[bool]) -> tuple[float, int]:
    return (sum(hits) / len(hits) if hits else 0.0), len(hits)


def measure(extract: Extract, samples: list[Sample], *, worst: int) -> dict[str, Any]:
    """Return the scores of one extractor on one corpus."""
    for sample in samples[:3]:  # imports and tables, not to be timed
        extract(sample.body, sample.url)
    found, speed, failures = _timed(extract, samples)
    pairs = list(zip(samples, found, strict=True))
    texts = TextScore()
    for sample, got in pairs:
        if sample.text is not None:
            texts.add(sample.name, got=got.text, wanted=sample.text)
    lowest = sorted(texts.each.items(), key=lambda item: item[1])[:worst]
    for name, score in lowest:
        print(f"  {score:.3f} {name}")
    return {
        "f1": texts.f1, "precision": texts.precision, "recall": texts.recall, "pages_per_cpu_s": speed, "failures": failures,
        "title": _share([is_same(got.title, sample.title) for sample, got in pairs if sample.title]),
        "day": _share([got.day in sample.days for sample, got in pairs if sample.days]),
        "author": _share([are_same_names(got.authors, sample.authors) for sample, got in pairs if sample.authors]),
    }  # fmt: skip


def _line(name: str, scores: dict[str, Any]) -> str:
    numbers = f"{scores['f1']:.4f}  {scores['precision']:.4f}  {scores['recall']:.4f}  {scores['pages_per_cpu_s']:8.1f}"
    shares = "  ".join(
        f"{scores[key][0]:.2f} ({scores[key][1]:3d})" if scores[key][1] else "    -     " for key in ("title", "day", "author")
    )
    return f"{name:18}{numbers}   {shares}" + (f"  {scores['failures']} failed" if scores["failures"] else "")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.extraction", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", choices=[*CONTENDERS], default=[*CONTENDERS])
    parser.add_argument("--worst", type=int, default=0, help="name so many pages with the lowest text score")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser.parse_args()


def main() -> int:
    """Measure, print, and judge ours."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    results: dict[str, dict[str, Any]] = {}
    for corpus, load in CORPORA.items():
        samples = list(load(arguments.folder))
        print(f"\n{corpus}, {len(samples)} pages\n{'':18}F1      precision recall  pages/CPU-s   title       day         author")
        for name in arguments.only:
            try:
                extract = CONTENDERS[name]()
            except ImportError as error:
                print(f"{name:18}not installed ({error.name})")
                continue
            try:
                scores = results.setdefault(corpus, {})[name] = measure(extract, samples, worst=arguments.worst)
            except ImportError as error:
                print(f"{name:18}lacks a part ({error})".splitlines()[0])
                continue
            print(_line(name, scores), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2))
    ours = results[BENCHMARK].get("claimwatch")
    return int(ours is not None and (ours["f1"] < GOAL_F1 or ours["pages_per_cpu_s"] < GOAL_PAGES_PER_S))


if __name__ == "__main__":
    sys.exit(main())
