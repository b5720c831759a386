"""The whole ``classify`` with evidence, in a process of its own: ``python -m tests.bench.classifier.reading FOLDER CLAIMS``.

The claims are those of the scenario book's stories under other names, by keywords. Two articles of a hundred are of these stories, and mention one;
the others are the workload's documents.
"""

import gc
import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.classify import Watch, classify
from services.classifier.domain.kinds import kind_of
from services.classifier.domain.signatures import signature
from services.classifier.domain.subjects import subjects_of
from tests.bench.classifier.usage import memory_mb, peak_memory_mb
from tests.bench.stories import story_variants

ARTICLES = 2_000
MENTIONING = 0.02
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def watched_stories(claims: int) -> tuple[list[WatchedClaim], list[Article]]:
    """Return so many claims, and articles of their stories."""
    stories = list(story_variants(claims, random.Random(1)))
    return [claim for some, _ in stories for claim in some][:claims], [article for _, some in stories for article in some]


def texts(folder: Path) -> Iterator[Article]:
    """Yield the workload's documents as articles."""
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            url = f"https://bench.example/{row['id']}"
            yield Article(
                article_id=url, version="1", url=url, feed_id="bench", outlet=Outlet(name="Bench"), title=row["title"][:1000], body=row["body"],
                language="en", published_at=_NOW, first_seen_at=_NOW, version_seen_at=_NOW,
            )  # fmt: skip


def mixed(others: Sequence[Article], mentioning: Sequence[Article], rng: random.Random) -> list[Article]:
    """Return articles of which the wanted part mention a claim, in any order."""
    some = rng.sample(mentioning, round(len(others) * MENTIONING / (1 - MENTIONING)))
    return rng.sample([*others, *some], len(others) + len(some))


def measure(folder: Path, claims: int) -> dict[str, Any]:
    """Return how many articles a CPU second ``classify`` takes, and what of it costs how much."""
    watched, stories = watched_stories(claims)
    reader = load_reader()
    before_mb, started = memory_mb(), process_time()
    watch = Watch.of(watched)
    build_s = process_time() - started
    gc.collect()
    own_mb = memory_mb() - before_mb
    plain = [article for article in islice(texts(folder), ARTICLES) if not watch.matcher.claim_ids(article)]
    mentioning = [article for article in stories if watch.matcher.claim_ids(article)]
    articles = mixed(plain, mentioning, random.Random(2))
    gc.freeze()
    return {
        "claims": len(watched), "watch_memory_mb": round(own_mb), "watch_build_s": round(build_s, 2), "articles": len(articles),
        **_classified(articles, watch, reader), **_parts(plain, watch), "peak_process_mb": round(peak_memory_mb()),
    }  # fmt: skip


def _classified(articles: Sequence[Article], watch: Watch, reader: Any) -> dict[str, Any]:
    for warm in articles[:50]:
        classify(warm, watch, reader, classified_at=_NOW)
    spent: dict[bool, list[float]] = {True: [], False: []}
    evidence = 0
    for one in articles:
        started = process_time()
        done = classify(one, watch, reader, classified_at=_NOW)
        spent[bool(done.readings)].append(process_time() - started)
        evidence += sum(len(reading.evidence) for reading in done.readings)
    mentioning, others = spent[True], spent[False]
    return {
        "mentioning": len(mentioning), "pieces_of_evidence": evidence,
        "articles_per_cpu_s": round(len(articles) / (sum(mentioning) + sum(others))),
        "ms_mentioning": round(1000 * sum(mentioning) / max(1, len(mentioning)), 1), "ms_other": round(1000 * sum(others) / len(others), 2),
    }  # fmt: skip


def _parts(articles: Sequence[Article], watch: Watch) -> dict[str, int]:
    """Return microseconds that each part of ``classify`` takes for an article that mentions nothing."""
    parts = {
        "matcher": watch.matcher.mentions, "outlets": watch.outlets.named_origin, "kind": kind_of, "subjects": subjects_of,
        "sketch": lambda article: signature(article.body),
    }  # fmt: skip
    figures = {}
    for name, part in parts.items():
        started = process_time()
        for article in articles:
            part(article)
        figures[f"{name}_us"] = round(1e6 * (process_time() - started) / len(articles))
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
