"""Behaviour 36: ``claimwatch articles load`` against real Kafka, killed in the middle, and handed over to a live feed."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from schemas.news_article import Article
from services.chassis.records import decode
from tests.integration.fetcher.conftest import Desk, Site

pytestmark = pytest.mark.integration

COMMAND = "import typer; from services.fetcher.cli import register; app = typer.Typer(); register(app); app()"
SLOW = """
import services.fetcher.adapters.backfill.loader as backfill
backfill.SENT_AT_ONCE = 5
"""


async def start(*arguments: str, prelude: str = "") -> asyncio.subprocess.Process:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", prelude + COMMAND, "articles", "load", *arguments,
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def load(desk: Desk, path: Path, *more: str) -> dict[str, object]:
    process = await start(str(path), "--bootstrap", desk.bootstrap, "--json", *more)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out)  # type: ignore[no-any-return]


class Archive:
    """Articles of one test on the topic, told from others by their outlet."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.found: list[Article] = []
        desk._note = self._note  # type: ignore[method-assign]

    def _note(self, record: object) -> None:
        if record.topic == "news.article.v1":  # type: ignore[attr-defined]
            article = decode(Article, record.value)  # type: ignore[attr-defined]
            if article.outlet.name == self.desk.name:
                self.found.append(article)

    def line(self, number: int, **more: object) -> str:
        fields = {
            "url": f"https://{self.desk.name}.example/{number}", "title": f"Story {number}", "text": f"The text of story {number}.",
            "published_at": f"2017-{1 + number % 12:02}-{1 + number % 28:02}T10:00:{number % 60:02}Z", "outlet": self.desk.name,
        }  # fmt: skip
        return json.dumps(fields | more)

    def write(self, *lines: str) -> Path:
        path = self.folder / "archive.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines))
        return path


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Archive:
    return Archive(desk, tmp_path)


async def test_an_archive_is_published_flagged_in_the_order_of_events_and_only_once(archive: Archive, desk: Desk) -> None:
    path = archive.write(
        *(archive.line(number) for number in range(300)), "{broken", archive.line(7, title="Story 7, corrected", updated_at="2018-01-01")
    )

    first = await load(desk, path)
    again = await load(desk, path)
    await desk.until(lambda: len(archive.found) >= 301)
    await desk.read(for_ms=500)

    assert first["published"] == {"new": 300, "version": 1, "withdrawal": 0}
    assert (first["rejected"], first["left"]) == ({"not_json": 1}, 0)
    assert again["published"] == {"new": 0, "version": 0, "withdrawal": 0}
    assert len(archive.found) == 301
    assert all(article.backfill for article in archive.found)
    report = [json.loads(line) for line in path.with_name("archive.jsonl.rejected").read_text().splitlines()]
    assert [(one["number"], one["reason"]) for one in report] == [(301, "not_json")]
    [corrected] = [article for article in archive.found if article.previous_version]
    assert [change.after for change in corrected.changes] == ["Story 7, corrected"]


async def test_a_load_that_is_killed_goes_on_and_sends_nothing_twice_in_effect(archive: Archive, desk: Desk) -> None:
    """Killed again and again, each time after some articles have come; ids tell that what came twice is the same."""
    path = archive.write(*(archive.line(number) for number in range(600)))
    for _ in range(3):
        before = len(archive.found)
        process = await start(str(path), "--bootstrap", desk.bootstrap, prelude=SLOW)
        await desk.until(lambda before=before: len(archive.found) >= before + 40)
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        await desk.read(for_ms=300)
    cut = len({article.article_id for article in archive.found})

    result = await load(desk, path)
    await desk.until(lambda: len({article.article_id for article in archive.found}) == 600)
    await desk.read(for_ms=500)

    assert cut < 600, "it was not killed in the middle"
    assert result["left"] == 0
    assert len({(article.article_id, article.version) for article in archive.found}) == 600
    assert len({article.model_dump_json() for article in archive.found}) == 600, "what is sent twice is the same, byte for byte"
    assert len(archive.found) <= 600 + 3 * 5


async def test_a_limit_is_kept_and_the_next_run_goes_on(archive: Archive, desk: Desk) -> None:
    path = archive.write(*(archive.line(number) for number in range(30)))

    first = await load(desk, path, "--limit", "10")
    rest = await load(desk, path)
    await desk.until(lambda: len(archive.found) == 30)

    assert (first["left"], rest["left"]) == (20, 0)
    assert max(a.published_at for a in archive.found[:10]) <= min(a.published_at for a in archive.found[10:])


async def test_a_dry_run_tells_and_writes_nothing(archive: Archive, desk: Desk) -> None:
    path = archive.write(archive.line(1), "broken")

    result = await load(desk, path, "--dry-run")
    await desk.read(for_ms=300)

    assert (result["to_publish"], result["rejected"]) == (1, {"not_json": 1})
    assert archive.found == []
    assert [file.name for file in archive.folder.iterdir()] == [path.name]


async def test_an_article_of_the_archive_that_comes_by_a_live_feed_is_the_same_version(archive: Archive, desk: Desk, site: Site) -> None:
    """Its readers know it by article and version, and it says nothing new to them; another text is another version."""
    link = f"https://{desk.name}.example/1"
    path = archive.write(archive.line(1, text=None, summary="The text of story 1."))
    await load(desk, path)
    item = "<item><link>{}</link><title>Story 1{}</title><description>The text of story 1.</description></item>"
    feed = '<rss version="2.0"><channel><title>News</title>{}</channel></rss>'
    site.put("/feed", feed.format(item.format(f"{link}?utm_source=rss", "")))
    async with desk.fetcher():
        await desk.add(desk.source("live", f"{site.base}/feed", outlet={"name": desk.name}, pages="never"))
        await desk.until(lambda: len(archive.found) == 2)
        site.put("/feed", feed.format(item.format(link, ", corrected")))
        await desk.until(lambda: len(archive.found) == 3)

    archived, live, edited = archive.found
    assert (archived.backfill, live.backfill) == (True, False)
    assert (archived.article_id, archived.version) == (live.article_id, live.version)
    assert (edited.article_id, edited.previous_version) == (archived.article_id, archived.version)


async def test_mistakes_are_told_in_one_line(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for arguments, why in (
        ((str(tmp_path / "none.jsonl"),), "no such file"),
        ((str(tmp_path / "a.txt"), "--bootstrap", desk.bootstrap), "no articles here"),
        ((str(tmp_path), "--bootstrap", desk.bootstrap), "no articles here"),
    ):
        process = await start(*arguments)
        _, err = await process.communicate()

        assert process.returncode == 2
        assert why in err.decode()
        assert len(err.decode().splitlines()) == 1
