"""Near-duplicates: our sketch beside those of libraries, on pairs of news bodies with labels computed from exact overlap.

    python -m tests.bench.near_duplicates FOLDER [--bodies FILE]

FOLDER holds ``pairs.csv`` (body_a, body_b, label); the bodies are ``../stance/fnc1_bodies.csv.gz`` beside it unless told otherwise. Libraries that are not
installed (datasketch, rensa, simhash) are left out. Exit code 1 if precision or recall of ours is below 0.95.
"""

import argparse
import csv
import gzip
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.classifier.domain.signatures import COPY_CONTAINMENT, SHINGLE_WORDS, is_copy, signature, similarity
from services.classifier.domain.words import words_of

GOAL = 0.95
SIZE = 128
OTHERS = ("same_story_not_dup", "unrelated")


@dataclass(frozen=True)
class Way:
    """One way to tell copies.

    Attributes:
        sketch: From a text to what is kept of it.
        nearness: How near two sketches are: contained share, or whatever grows with it.
        threshold: From which nearness on they are copies; None: the best for these pairs, which flatters.
        size: Bytes of a sketch.
    """

    name: str
    sketch: Callable[[str], Any]
    nearness: Callable[[Any, Any], float]
    threshold: float | None
    size: int


def shingles(text: str) -> list[str]:
    words = words_of(text)
    return sorted({" ".join(words[at : at + SHINGLE_WORDS]) for at in range(max(len(words) - SHINGLE_WORDS + 1, min(len(words), 1)))})


def contained(jaccard: float, size_a: int, size_b: int) -> float:
    """Return the share of the smaller set that both share."""
    return jaccard / (1 + jaccard) * (size_a + size_b) / max(1, min(size_a, size_b))


def _exact(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _minhash(name: str, make: Callable[[list[str]], Any], size: int) -> Way:
    def sketch(text: str) -> tuple[Any, int]:
        parts = shingles(text)
        return make(parts), len(parts)

    return Way(name, sketch, lambda a, b: contained(a[0].jaccard(b[0]), a[1], b[1]), COPY_CONTAINMENT, size)


def _datasketch(library: Any) -> Way:
    def make(parts: list[str]) -> Any:
        made = library.MinHash(num_perm=SIZE)
        made.update_batch([part.encode() for part in parts])
        return made

    return _minhash("datasketch MinHash", make, 8 * SIZE + 4)


def _rensa(library: Any) -> Way:
    def make(parts: list[str]) -> Any:
        made = library.RMinHash(num_perm=SIZE, seed=1)
        made.update(parts)
        return made

    return _minhash("rensa RMinHash", make, 4 * SIZE + 4)


def _simhash(library: Any) -> Way:
    return Way("simhash, 64 bit", lambda text: library.Simhash(shingles(text)), lambda a, b: 1 - a.distance(b) / 64, None, 8)


def _ours(a: Any, b: Any) -> float:
    return COPY_CONTAINMENT if is_copy(a, b) else min(similarity(a, b).containment, COPY_CONTAINMENT - 1e-9)


def ways() -> Iterator[Way]:
    """Yield what can be measured here."""
    yield Way("exact shingles", lambda text: set(shingles(text)), _exact, COPY_CONTAINMENT, 0)
    yield Way("ours, bottom-k", signature, _ours, COPY_CONTAINMENT, 4 * SIZE + 4)
    for library, make in (("datasketch", _datasketch), ("rensa", _rensa), ("simhash", _simhash)):
        try:
            yield make(importlib.import_module(library))
        except ImportError:
            print(f"{library} is not installed")


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def score(found: list[tuple[str, float]], threshold: float) -> Score:
    """Return precision and recall of the label "dup"; "partial" pairs are left out."""
    hits = [label for label, nearness in found if nearness >= threshold and label != "partial"]
    duplicates = sum(label == "dup" for label, _ in found)
    return Score(hits.count("dup") / max(1, len(hits)), hits.count("dup") / max(1, duplicates))


def measure(way: Way, bodies: dict[str, str], pairs: list[tuple[str, str, str]], exact: list[float]) -> Score:
    """Print one line of the table."""
    started = time.process_time()
    sketches = {body: way.sketch(text) for body, text in bodies.items()}
    per_text = (time.process_time() - started) / len(bodies)
    started = time.process_time()
    found = [(label, way.nearness(sketches[a], sketches[b])) for a, b, label in pairs]
    per_pair = (time.process_time() - started) / len(pairs)
    threshold = way.threshold or max({nearness for _, nearness in found}, key=lambda at: score(found, at).f1)
    reached = score(found, threshold)
    near = [nearness >= threshold for (_, nearness), share in zip(found, exact, strict=True) if share >= COPY_CONTAINMENT]
    print(
        f"{way.name:20} {reached.precision:9.3f} {reached.recall:6.3f} {reached.f1:6.3f} {sum(near) / len(near):9.3f} "
        f"{per_text * 1e3:8.3f} {per_pair * 1e6:8.1f} {way.size:6}"
    )
    return reached


def main() -> int:
    """Print the table; 0 if ours reaches the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bodies", type=Path)
    chosen = parser.parse_args()
    csv.field_size_limit(10_000_000)
    with (chosen.folder / "pairs.csv").open(newline="") as file:
        pairs = [(row["body_a"], row["body_b"], row["label"]) for row in csv.DictReader(file)]
    wanted = {body for a, b, _ in pairs for body in (a, b)}
    with gzip.open(chosen.bodies or chosen.folder.parent / "stance" / "fnc1_bodies.csv.gz", "rt", newline="") as file:
        rows = csv.DictReader(file)
        bodies = {key: row["articleBody"] for row in rows if (key := f"train:{row['Body ID']}") in wanted}
    texts = {body: set(shingles(text)) for body, text in bodies.items()}
    exact = [_exact(texts[a], texts[b]) for a, b, _ in pairs]
    shared = sum(share >= COPY_CONTAINMENT for share in exact)
    print(
        f"{len(pairs)} pairs of {len(bodies)} bodies, of which {shared} share half of the shorter one's shingles\n{'':20} precision recall     F1  of exact  ms/text  us/pair  bytes"
    )
    scores = {way.name: measure(way, bodies, pairs, exact) for way in ways()}
    ours = scores["ours, bottom-k"]
    return 0 if min(ours.precision, ours.recall) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
