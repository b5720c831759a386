"""The verbs ``claimwatch feeds``, on feeds held in memory; ``tests/integration/fetcher`` runs them on Kafka (behaviour 31)."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.words import FeedWarning, PollReason
from services.fetcher import cli, feeds_cli
from services.fetcher.domain.polling.feed_overview import NOT_POLLED, health_of
from tests.unit.fetcher.samples import NOW, source, state

SOUND = "<outline text='A' xmlUrl='https://a.example/rss'/>"
WRONG = "<outline text='B' xmlUrl='nowhere'/>"


class Desk:
    """Stands for Kafka, and runs the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources: dict[str, FeedSource] = {}
        self.states: dict[str, FeedState] = {}
        self.written: list[str] = []

    def write(self, _: str, sources: Sequence[FeedSource], removed: Sequence[str] = ()) -> None:
        self.written += [source.feed_id for source in sources]
        self.sources |= {source.feed_id: source for source in sources}
        for feed_id in removed:
            del self.sources[feed_id]

    def run(self, *arguments: str) -> Result:
        app = typer.Typer()
        cli.register(app)
        return CliRunner().invoke(app, ["feeds", *arguments])

    def opml(self, *outlines: str) -> str:
        return self.file(f"<opml><body>{''.join(outlines)}</body></opml>")

    def file(self, text: str) -> str:
        file = self.folder / "feeds"
        file.write_text(text)
        return str(file)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    monkeypatch.setattr(feeds_cli, "_sources", lambda _: dict(sorted(desk.sources.items())))
    monkeypatch.setattr(feeds_cli, "_states", lambda _: desk.states)
    monkeypatch.setattr(feeds_cli, "_write", desk.write)
    return desk


def with_feeds(desk: Desk, *feed_ids: str) -> None:
    desk.sources = {feed_id: source(feed_id=feed_id, url=f"https://{feed_id}.example/rss") for feed_id in feed_ids}


def test_only_what_is_new_or_changed_is_written(desk: Desk) -> None:
    file = desk.opml(SOUND)

    assert "1 feeds written (1 new, 0 changed), 0 removed, 0 as before" in desk.run("load", file).output
    assert "0 feeds written (0 new, 0 changed), 0 removed, 1 as before" in desk.run("load", file).output
    assert desk.written == ["a.example-rss"]


def test_with_a_mistake_nothing_is_written_unless_mistakes_are_to_be_skipped(desk: Desk) -> None:
    file = desk.opml(SOUND, WRONG)

    refused = desk.run("load", file)
    assert (refused.exit_code, desk.written) == (2, [])
    assert "nothing was written" in refused.output

    loaded = desk.run("load", file, "--skip-mistakes")
    assert (loaded.exit_code, desk.written) == (0, ["a.example-rss"])
    assert "xmlUrl: " in loaded.output
    assert ": left out" in loaded.output


def test_a_file_that_is_no_list_at_all_is_refused_even_if_mistakes_are_to_be_skipped(desk: Desk) -> None:
    assert desk.run("load", desk.file("<html/>"), "--skip-mistakes").exit_code == 2


def test_replacing_removes_what_is_not_in_the_file_and_shows_it(desk: Desk) -> None:
    with_feeds(desk, "old")
    found = desk.run("load", desk.opml(SOUND), "--replace").output

    assert "+ a.example-rss  https://a.example/rss" in found
    assert "- old  https://old.example/rss" in found
    assert list(desk.sources) == ["a.example-rss"]


def test_replacing_by_a_file_with_mistakes_is_refused(desk: Desk) -> None:
    with_feeds(desk, "old")

    assert desk.run("load", desk.opml(SOUND, WRONG), "--replace", "--skip-mistakes").exit_code == 2
    assert list(desk.sources) == ["old"]


def test_a_dry_run_shows_each_change_and_writes_nothing(desk: Desk) -> None:
    with_feeds(desk, "kept", "changed")
    feeds = [feed.model_dump(mode="json") for feed in desk.sources.values()]
    feeds[1]["outlet"]["family"] = "Big Group"
    before = dict(desk.sources)

    found = desk.run("load", desk.file(yaml.safe_dump({"feeds": feeds})), "--dry-run").output

    assert found == "~ changed  outlet.family: '' -> 'Big Group'\n"
    assert desk.sources == before


@pytest.mark.parametrize("form", ["opml", "yaml"])
def test_what_was_exported_loads_as_the_same_feeds(desk: Desk, form: str) -> None:
    with_feeds(desk, "one", "two")
    desk.sources["two"] = desk.sources["two"].model_copy(update={"tags": ("World/Asia", "Daily"), "paused": True})
    file = str(desk.folder / "export")

    assert desk.run("export", file, "--format", form).exit_code == 0
    assert "0 feeds written (0 new, 0 changed), 0 removed, 2 as before" in desk.run("load", file, "--replace").output


def test_an_export_without_a_file_goes_to_the_terminal(desk: Desk) -> None:
    with_feeds(desk, "one")

    assert "xmlUrl=" in desk.run("export").output
    assert "feed_id: one" in desk.run("export", "--format", "yaml").output


def test_feeds_are_paused_and_resumed_and_the_rest_of_them_stays(desk: Desk) -> None:
    with_feeds(desk, "one", "two")
    before = dict(desk.sources)

    assert desk.run("pause", "one", "two").output == "one paused\ntwo paused\n"
    assert [feed.paused for feed in desk.sources.values()] == [True, True]
    assert "two polled" in desk.run("resume", "one", "two").output
    assert desk.sources == before


@pytest.mark.parametrize("verb", ["pause", "resume", "remove", "show"])
def test_a_feed_that_is_not_there_is_named_and_nothing_is_done(desk: Desk, verb: str) -> None:
    found = desk.run(verb, "none")

    assert (found.exit_code, desk.written) == (2, [])
    assert f"feeds {verb}: there is no feed 'none'" in found.output


def test_the_list_shows_how_feeds_fare_and_can_be_narrowed(desk: Desk) -> None:
    with_feeds(desk, "good", "bad", "asia")
    desk.sources["asia"] = desk.sources["asia"].model_copy(update={"tags": ("World/Asia",)})
    for feed_id, reason in (("good", PollReason.OK), ("bad", PollReason.TIMEOUT), ("asia", PollReason.OK)):
        desk.states[feed_id] = state(reason).model_copy(update={"feed_id": feed_id, "url": str(desk.sources[feed_id].url)})

    assert [line.split("\t")[:2] for line in desk.run("list").output.splitlines()] == [["asia", "ok"], ["bad", "timeout"], ["good", "ok"]]
    assert [line.split("\t")[0] for line in desk.run("list", "--trouble").output.splitlines()] == ["bad"]
    assert [row["source"]["feed_id"] for row in json.loads(desk.run("list", "--tag", "World", "--json").output)] == ["asia"]


def test_one_feed_is_shown_with_source_and_state(desk: Desk) -> None:
    with_feeds(desk, "one")
    desk.states["one"] = state().model_copy(update={"feed_id": "one", "url": "https://one.example/rss"})

    assert "last_poll.reason: ok" in desk.run("show", "one").output
    found = json.loads(desk.run("show", "one", "--json").output)
    assert (found["health"], found["source"]["feed_id"], found["state"]["seen"]) == ("ok", "one", 0)


HEALTH = {
    "never polled": (None, {}, NOT_POLLED),
    "another address since": (state(), {"url": "https://new.example/"}, NOT_POLLED),
    "well": (state(), {}, "ok"),
    "paused": (state(PollReason.TIMEOUT), {"paused": True}, "paused"),
    "failing": (state(PollReason.DNS, before=state(PollReason.DNS)), {}, "dns (2 failures)"),
    "stale": (
        state(PollReason.UNCHANGED_BYTES).model_copy(update={"stale_since": NOW, "failures": 0}),
        {},
        "stale since 2017-06-22 12:00, unchanged_bytes",
    ),
    "moved": (state().model_copy(update={"warnings": (FeedWarning.MOVED,)}), {}, "moved"),
}


@pytest.mark.parametrize(("last", "more", "expected"), HEALTH.values(), ids=HEALTH.keys())
def test_health_is_told_in_few_words(last: FeedState | None, more: dict[str, object], expected: str) -> None:
    assert health_of(source(**more), last) == expected
