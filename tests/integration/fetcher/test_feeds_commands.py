"""``claimwatch feeds`` against real Kafka and a running fetcher: changes take effect without restart (behaviour 31)."""

import asyncio
import json
import sys
from pathlib import Path

import pytest
import yaml

from tests.integration.fetcher.conftest import Desk, Site, rss

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
COMMAND = "import typer; from services.fetcher.cli import register; app = typer.Typer(); register(app); app()"
STORY = ("a", "Leader killed", "The leader was killed, the ministry says.")


class Command:
    """Runs the command as a person does."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap

    async def __call__(self, *arguments: str) -> str:
        command = (sys.executable, "-c", COMMAND, "feeds", *arguments, "--bootstrap", self._bootstrap)
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()


def a_file(desk: Desk, tmp_path: Path, url: str, **outlet: str) -> str:
    file = tmp_path / "feeds.yaml"
    feed = {"feed_id": desk.feed_id("a"), "url": url, "outlet": {"name": "News"} | outlet, "poll_interval_s": 0.2, "tags": [desk.name]}
    file.write_text(yaml.safe_dump({"feeds": [feed]}))
    return str(file)


async def test_a_feed_is_loaded_paused_resumed_and_changed_while_the_fetcher_runs(site: Site, desk: Desk, tmp_path: Path) -> None:
    page = site.put("/feed", rss(STORY))
    feeds = Command(desk.bootstrap)
    async with desk.fetcher():
        await feeds("load", a_file(desk, tmp_path, f"{site.base}/feed"))
        await desk.until(lambda: desk.articles)

        await feeds("pause", desk.feed_id("a"))
        hits = len(page.hits)
        assert "paused" in await feeds("show", desk.feed_id("a"))  # the command takes longer than several intervals
        assert len(page.hits) <= hits + 1

        await feeds("resume", desk.feed_id("a"))
        await desk.polled_again("a")
        assert "1 changed" in await feeds("load", a_file(desk, tmp_path, f"{site.base}/feed", family="Big Group"))
        site.put("/feed", rss(STORY, ("b", "Another story", "text")))
        await desk.until(lambda: len(desk.articles) == 2)

    assert [article.outlet.family for article in desk.articles] == ["", "Big Group"]


async def test_what_is_listed_and_shown_and_exported_is_what_kafka_holds(site: Site, desk: Desk, tmp_path: Path) -> None:
    site.put("/feed", rss(STORY))
    feeds = Command(desk.bootstrap)
    await feeds("load", a_file(desk, tmp_path, f"{site.base}/feed"))
    async with desk.fetcher():
        await desk.until(lambda: desk.state("a"))

    [row] = json.loads(await feeds("list", "--tag", desk.name, "--json"))
    shown = json.loads(await feeds("show", desk.feed_id("a"), "--json"))
    exported = await feeds("export", "--format", "yaml")

    assert (row["health"], row["state"]["seen"]) == ("ok", 1)
    assert shown["source"] == row["source"]
    assert desk.feed_id("a") in [feed["feed_id"] for feed in yaml.safe_load(exported)["feeds"]]
    assert "nothing changes" in await feeds("load", a_file(desk, tmp_path, f"{site.base}/feed"), "--dry-run")
