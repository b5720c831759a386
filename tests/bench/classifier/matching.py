"""The matcher alone, for one number of claims, in a process of its own: ``python -m tests.bench.classifier.matching FOLDER CLAIMS``."""

import gc
import json
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time, thread_time
from typing import Any

from schemas.news_article import Article
from services.classifier.domain.classify import Watch
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.words import words_of
from tests.bench.classifier.first_stages import first_stages
from tests.bench.classifier.usage import memory_mb, peak_memory_mb
from tests.bench.classifier.workload import claim, documents, known_pairs, matching_plainly, queries

CHECKED = 20
"""Documents that are evaluated plainly as well."""
WITH_PLACES = 300


def only_itself(word: str) -> frozenset[str]:
    """The workload's words match as they are, in no other form."""
    return frozenset({word})


def measure(folder: Path, claims: int) -> dict[str, Any]:
    """Return the figures of the matcher at so many claims."""
    Matcher.compile([claim(row) for row in queries(folder, 10)], inflect=only_itself)  # so that what the first use loads is not counted
    before_mb, started = memory_mb(), process_time()
    matcher = Matcher.compile(map(claim, queries(folder, claims)), inflect=only_itself)
    build_s = process_time() - started
    gc.collect()
    own_mb, process_mb = memory_mb() - before_mb, memory_mb()
    articles = documents(folder, claims)
    gc.freeze()  # as the service does: what lives long is not gone through again and again
    return {
        "claims": claims, "memory_mb": round(own_mb), "process_mb": round(process_mb), "build_s": round(build_s, 2),
        **_matched(folder, matcher, articles, claims), **_changed(folder, matcher, articles, claims),
        **first_stages(matcher, articles), "peak_process_mb": round(peak_memory_mb()),
    }  # fmt: skip


def _matched(folder: Path, matcher: Matcher, articles: Sequence[Article], claims: int) -> dict[str, Any]:
    for warm in articles[:50]:
        matcher.claim_ids(warm)
    times, cpu_times, found = [], [], []
    for one in articles:
        begun, cpu_begun = perf_counter(), thread_time()
        found.append(matcher.claim_ids(one))
        cpu_times.append(thread_time() - cpu_begun)
        times.append(perf_counter() - begun)
    rows = list(queries(folder, claims))
    wrong = sum(matching_plainly(rows, words_of(one.body)) != ids for one, ids in list(zip(articles, found, strict=True))[:CHECKED])
    started = process_time()
    for one in articles[:WITH_PLACES]:
        matcher.mentions(one)
    return {
        "documents": len(articles), "pairs": sum(map(len, found)), "known_pairs": known_pairs(folder, claims),
        "wrong_of_checked": wrong, "documents_per_cpu_s": round(len(articles) / sum(cpu_times)),
        "with_places_per_cpu_s": round(WITH_PLACES / (process_time() - started)),
        **_percentiles("", times), **_percentiles("cpu_", cpu_times),
    }  # fmt: skip


def _percentiles(kind: str, times: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100)
    return {f"{kind}p50_ms": round(cuts[49] * 1000, 2), f"{kind}p99_ms": round(cuts[98] * 1000, 2)}


def _changed(folder: Path, matcher: Matcher, articles: Sequence[Article], claims: int) -> dict[str, Any]:
    """Time one claim added, changed and removed: in the matcher, in the watch with all claims beside, and the wait of whoever reads meanwhile."""
    rows = list(queries(folder, claims))
    added, other = claim({**rows[0], "id": "added"}), claim({**rows[1], "id": rows[0]["id"]})
    matcher_s = [
        _seconds(lambda: matcher.changed(upserts=[added])),
        _seconds(lambda: matcher.changed(upserts=[other])),
        _seconds(lambda: matcher.changed(removed=[rows[0]["id"]])),
    ]
    watch = Watch({row["id"]: claim(row) for row in rows}, matcher, Outlets.of(()))
    watch_s = _seconds(lambda: watch.with_claims(upserts=[added, other], removed=[rows[2]["id"]]))
    return {
        "change_s": round(max(matcher_s), 4), "watch_change_s": round(watch_s, 4),
        "wait_while_changing_ms": round(1000 * _longest_wait(matcher, articles, lambda: matcher.changed(upserts=[other])), 1),
    }  # fmt: skip


def _seconds(run: Callable[[], object]) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def _longest_wait(matcher: Matcher, articles: Sequence[Article], change: Callable[[], object]) -> float:
    """Return the longest time that one short document took while another thread changed a claim again and again."""
    shortest = min(articles, key=lambda article: len(article.body))
    changing = threading.Thread(target=lambda: [change() for _ in range(10)])
    changing.start()
    longest = 0.0
    while changing.is_alive():
        longest = max(longest, _seconds(lambda: matcher.claim_ids(shortest)))
    changing.join()
    return longest


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
