"""``make bench-classifier``: the matcher alone, the whole of ``classify``, and the agent on a real Kafka.

    python -m tests.bench.classifier [--workload FOLDER] [--out FOLDER] [--parts matcher classify kafka] [--claims 1000 10000 100000]

Without a workload it makes one of its own (see ``workload.py``), the same every time. Each number of claims has a process of its own, on one
core; the figures are for a CPU second, so that a busy machine disturbs them least. With ``--out``: ``results.json`` and ``curve.svg``.

Ends with 1 if the matches are not exact, or a figure is below what it has to be.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.classifier import on_kafka
from tests.bench.classifier.curve import draw, growth
from tests.bench.classifier.workload import make

WANTED_DOCUMENTS = {10_000: 3_000, 100_000: 700}
WANTED_ARTICLES = 500
MOST_P99_MS = 30
MOST_MEMORY_MB = 400
MOST_CHANGE_S = 2
Figures = dict[str, Any]


def in_own_process(module: str, folder: Path, claims: int) -> Figures:
    """Return what a part measured in a process of its own."""
    command = [sys.executable, "-m", f"tests.bench.classifier.{module}", str(folder), str(claims)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    print(f"{module}: {json.dumps(figures)}", flush=True)
    return figures


def run(folder: Path, scratch: Path, parts: Sequence[str], sizes: Sequence[int]) -> dict[str, Any]:
    """Return the figures of the wanted parts."""
    results: dict[str, Any] = {}
    if "matcher" in parts:
        results["matcher"] = [in_own_process("matching", folder, size) for size in sizes]
    if "classify" in parts:
        results["classify"] = in_own_process("reading", folder, 10_000)
    if "kafka" in parts:
        results["kafka"] = on_kafka.measure(folder, 10_000, scratch)
        print(f"kafka: {json.dumps(results['kafka'])}", flush=True)
    return results


def short_of(results: Mapping[str, Any]) -> list[str]:
    """Return in words where the figures are not what they have to be."""
    matcher, classify = results.get("matcher", []), results.get("classify")
    missed = [words for figures in matcher for words in _matcher_short_of(figures)]
    if len(matcher) > 1 and growth(_rates(matcher)) >= matcher[-1]["claims"] / matcher[0]["claims"]:
        missed.append("the cost of a document grows as fast as the claims")
    if classify and classify["articles_per_cpu_s"] < WANTED_ARTICLES:
        missed.append(f"classify: {classify['articles_per_cpu_s']} articles a CPU second, not {WANTED_ARTICLES}")
    return missed


def _matcher_short_of(figures: Figures) -> list[str]:
    claims = figures["claims"]
    tests = {
        "matches are not exact": not figures["wrong_of_checked"] and figures["known_pairs"] in (None, figures["pairs"]),
        "too few documents a CPU second": figures["documents_per_cpu_s"] >= WANTED_DOCUMENTS.get(claims, 0),
        "the slowest take too long": figures["cpu_p99_ms"] < MOST_P99_MS,
        "too much memory": figures["memory_mb"] < MOST_MEMORY_MB,
        "a change takes too long": max(figures["change_s"], figures["watch_change_s"]) < MOST_CHANGE_S,
    }
    return [f"matcher at {claims:,} claims: {words}" for words, is_met in tests.items() if not is_met]


def _rates(matcher: Sequence[Figures]) -> dict[int, float]:
    return {figures["claims"]: figures["documents_per_cpu_s"] for figures in matcher}


def write(results: Mapping[str, Any], out: Path) -> None:
    """Write the figures, and the curve where the matcher was measured."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    if results.get("matcher"):
        draw(_rates(results["matcher"]), out / "curve.svg")


def main() -> int:
    """Measure, print, and tell by the exit status whether all is as it has to be."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    parser = argparse.ArgumentParser(
        prog="make bench-classifier", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workload", type=Path, help="folder with docs.jsonl and queries.jsonl")
    parser.add_argument("--out", type=Path, help="folder for results.json and curve.svg")
    parser.add_argument("--parts", nargs="+", choices=("matcher", "classify", "kafka"), default=("matcher", "classify", "kafka"))
    parser.add_argument("--claims", type=int, nargs="+", default=(1_000, 10_000, 100_000))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimwatch-bench-") as name:
        scratch = Path(name)
        results = run(options.workload or make(scratch), scratch, options.parts, sorted(options.claims))
    if options.out:
        write(results, options.out)
    missed = short_of(results)
    print("\n".join(missed) or "all figures are as they have to be")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
