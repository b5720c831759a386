"""The matcher alone, on one core: is it exact, how many documents a CPU second, how much memory, how fast does it take a change.

    python tests/bench/matching.py WORKLOAD [--claims 1000 10000 100000] [--pairs 4365 47306 190940] [--json OUT]

WORKLOAD is a folder with ``docs.jsonl`` (id, title, body) and ``queries.jsonl`` (id, groups, near, not): all groups, the near and the
absence of "not" must hold, over the words of title and body. The pairs are the matches that an exact matcher finds; without them the
first documents are checked against a slow, plain evaluation. At 100,000 claims the first 2,000 documents are used.
"""

import argparse
import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.words import words_of

DOCUMENTS = {100_000: 2_000}
CHECKED = 20
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def only_itself(word: str) -> frozenset[str]:
    """The workload's words match as they are, in no other form."""
    return frozenset({word})


def plain(text: str) -> str:
    """The text in ASCII with the same words, each still another: the workload tells é from e, which our folding does not."""
    return "".join(sign if sign.isascii() else f"zq{ord(sign):x}" if sign.isalnum() else " " for sign in text.lower())


def article(line: str) -> Article:
    """A document of the workload; phrases and nears of it may begin in the title, so all is one field."""
    row = json.loads(line)
    return Article(
        article_id=row["id"], version="1", url="https://bench.example/", feed_id="bench", outlet=Outlet(name="Bench"),
        body=plain(f"{row['title']}\n{row['body']}"), published_at=_NOW, first_seen_at=_NOW, version_seen_at=_NOW,
    )  # fmt: skip


def query_text(row: dict[str, Any]) -> str:
    """The query in our language."""
    terms = ["(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in row["groups"]]
    if row["near"]:
        left, right, distance = row["near"]
        terms.append(f'"{left}" NEAR/{distance} "{right}"')
    if row["not"]:
        terms.append(f'NOT "{row["not"]}"')
    return " AND ".join(terms)


def claim(row: dict[str, Any]) -> WatchedClaim:
    return WatchedClaim(claim_id=row["id"], statement=f"query {row['id']}", query=query_text(row), subject={"name": row["id"]})


def holds(row: dict[str, Any], words: list[str]) -> bool:
    """The same by plain evaluation: slow, and hard to get wrong."""
    joined = f" {' '.join(words)} "

    def near(left: str, right: str, distance: int) -> bool:
        rights = [index for index, word in enumerate(words) if word == right]
        return any(0 < abs(index - other) <= distance for index, word in enumerate(words) if word == left for other in rights)

    return (
        all(any(f" {term} " in joined for term in group) for group in row["groups"])
        and (not row["near"] or near(*row["near"]))
        and not (row["not"] and f" {row['not']} " in joined)
    )


def plainly(rows: list[dict[str, Any]], words: list[str]) -> set[str]:
    return {row["id"] for row in rows if holds(row, words)}


def measure(rows: list[dict[str, Any]], articles: list[Article], expected: int | None) -> dict[str, Any]:
    started = process_time()
    matcher = Matcher.compile(map(claim, rows), inflect=only_itself)
    build_s = process_time() - started
    for warm in articles[:50]:
        matcher.claim_ids(warm)
    times, pairs, found = [], 0, []
    started = process_time()
    for one in articles:
        begun = perf_counter()
        ids = matcher.claim_ids(one)
        times.append(perf_counter() - begun)
        pairs += len(ids)
        found.append(ids)
    spent = process_time() - started
    checked = zip(articles[:CHECKED], found, strict=False)
    wrong = sum(plainly(rows, words_of(one.body)) != ids for one, ids in checked)
    started = process_time()
    for one in articles[:300]:
        matcher.mentions(one)
    mention_s = (process_time() - started) / 300
    started = process_time()
    changed = matcher.changed(upserts=[claim({**rows[0], "id": "added"})], removed=[rows[1]["id"]])
    change_s = process_time() - started
    cuts = quantiles(times, n=100)
    return {
        "claims": len(rows), "documents": len(articles), "pairs": pairs, "expected_pairs": expected,
        "wrong_documents_of_checked": wrong, "documents_per_cpu_s": round(len(articles) / spent),
        "with_places_per_cpu_s": round(1 / mention_s), "p50_ms": round(cuts[49] * 1000, 2), "p99_ms": round(cuts[98] * 1000, 2),
        "build_s": round(build_s, 2), "change_s": round(change_s, 3), "claims_after_change": len(changed),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def run(folder: Path, sizes: list[int], pairs: list[int]) -> Iterator[dict[str, Any]]:
    articles = [article(line) for line in (folder / "docs.jsonl").read_text("utf-8").splitlines()]
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(plain(line)) for line, _ in zip(lines, range(max(sizes)), strict=False)]
    for size, expected in zip(sizes, [*pairs, *[None] * len(sizes)], strict=False):
        yield measure(rows[:size], articles[: DOCUMENTS.get(size)], expected)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workload", type=Path)
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--pairs", type=int, nargs="*", default=[])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = []
    for result in run(options.workload, options.claims, options.pairs):
        results.append(result)
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0 if all(map(is_exact, results)) else 1


def is_exact(result: dict[str, Any]) -> bool:
    return not result["wrong_documents_of_checked"] and result["expected_pairs"] in (None, result["pairs"])


if __name__ == "__main__":
    sys.exit(main())
