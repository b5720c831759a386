"""The bench of the fetcher works: it counts what really arrives, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ARTICLES, STATES = "news.article.v1", "feeds.state.v1"


@pytest.mark.integration
def test_a_small_bench_counts_every_article_and_leaves_nothing_behind(tmp_path: Path) -> None:
    out, temporary = tmp_path / "figures.json", tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "tests.bench.fetcher", "--small", "--out", str(out)]

    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True, text=True, timeout=240, check=False
    )

    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text())
    counted = {name: phase["counts"] for name, phase in figures["fetcher"].items()}
    assert counted["first"] == {"200": 10, ARTICLES: 200, STATES: 10}
    assert counted["one new"] == {"200": 10, ARTICLES: 10, STATES: 10}
    assert (counted["unchanged"]["304"], counted["unchanged"][ARTICLES], counted["unchanged"][STATES]) == (10, 0, 10)
    assert figures["distinct_articles"] == 210
    assert figures["naive"]["first"]["counts"] == {"200": 5, "articles": 100}
    assert figures["entries_per_cpu_s"].keys() == {"ours", "feedparser", "fastfeedparser"}
    assert list(temporary.iterdir()) == []
