from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from services.fetcher import cli
from services.fetcher.adapters.sources.opml import feed_id_of
from services.fetcher.adapters.sources.source_files import look_at_sources, read_sources_file
from services.fetcher.adapters.sources.source_mistakes import SourceFileError

OPML = """<?xml version="1.0"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World">
  <outline type="rss" text="Albion Times" title="The Albion Times" xmlUrl="https://www.albion.example/rss/world.xml" htmlUrl="https://www.albion.example/"/>
  <outline type="rss" text="Second" xmlUrl="https://second.example/feed?cat=1"/>
</outline>
<outline type="rss" text="The Albion Times" xmlUrl="https://www.albion.example/rss/world.xml"/>
</body></opml>"""
YAML = """feeds:
  - feed_id: albion
    url: https://albion.example/rss
    outlet: {name: Albion Times, family: Albion Group, kind: newspaper, country: GB}
    poll_interval_s: 60
  - feed_id: archive
    url: https://archive.example/rss
    outlet: {name: Archive}
    backfill: true
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "feeds"
    file.write_text(text)
    return file


def test_opml_gives_each_feed_once_with_its_outlet(tmp_path: Path) -> None:
    first, second = read_sources_file(written(tmp_path, OPML))

    assert (first.feed_id, str(first.url)) == ("albion.example-rss-world.xml", "https://www.albion.example/rss/world.xml")
    assert (second.outlet.name, second.outlet.domain) == ("Second", "second.example")
    assert first.outlet.domain == "albion.example"


def test_yaml_gives_everything_a_source_can_say(tmp_path: Path) -> None:
    first, second = read_sources_file(written(tmp_path, YAML))

    assert (first.outlet.family, first.outlet.kind, first.poll_interval_s) == ("Albion Group", "newspaper", 60)
    assert (first.backfill, second.backfill) == (False, True)


WRONG = {
    "opml without address": (OPML.replace("https://second.example/feed?cat=1", "not an address"), ["line 5: xmlUrl: "]),
    "opml that is broken": (OPML.replace("</body>", ""), ["OPML: "]),
    "opml without feeds": ("<opml><body/></opml>", ["outline: no outline has an xmlUrl"]),
    "xml of another sort": ("<rss/>", ["the root element is <rss>"]),
    "yaml that is broken": ("feeds: [", ["YAML: "]),
    "yaml of another sort": ("claims: []", ["feeds: the file must hold"]),
    "empty": ("", ["feeds: the file must hold"]),
    "bad address and bad id": (
        YAML.replace("https://albion.example/rss", "ftp://a").replace("feed_id: archive", "feed_id: Not A Slug"),
        ["line 2 (feed 1): url: ", "line 6 (feed 2): feed_id: "],
    ),
    "misspelt field": (YAML.replace("backfill", "back_fill"), ["line 6 (feed 2): back_fill: there is no such field"]),
    "misspelt field of the outlet": (YAML.replace("family", "famly"), ["line 2 (feed 1): outlet.famly: there is no such field"]),
    "no outlet": (YAML.replace("outlet: {name: Archive}", ""), ["line 6 (feed 2): outlet: Field required"]),
    "twice": (YAML.replace("feed_id: archive", "feed_id: albion"), ["feed_id: 'albion' stands in the file twice"]),
    "not a feed": ("feeds:\n  - just text\n", ["line 2 (feed 1): feed: "]),
    "negative interval": (YAML.replace("60", "-1"), ["line 2 (feed 1): poll_interval_s: "]),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_refused_with_place_field_and_reason(tmp_path: Path, text: str, expected: list[str]) -> None:
    with pytest.raises(SourceFileError) as caught:
        read_sources_file(written(tmp_path, text))
    message = str(caught.value)

    assert all(part in message for part in expected), message


@pytest.mark.parametrize("wrong", ["misspelt field", "misspelt field of the outlet", "no outlet", "twice", "negative interval"])
def test_what_is_sound_in_a_wrong_file_is_found_beside_its_mistakes(wrong: str) -> None:
    found = look_at_sources(WRONG[wrong][0].encode())

    assert (len(found.sources), len(found.mistakes)) == (1, 1)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="No such file"):
        read_sources_file(tmp_path / "nothing")


@pytest.mark.parametrize(
    "url", ["https://news.example/", "https://news.example/a?b=c", "https://news.example/" + "long/" * 90, "http://[2001:db8::1]/ü"]
)
def test_a_feed_id_is_a_slug_and_the_same_every_time(url: str) -> None:
    import re

    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,199}", feed_id_of(url))
    assert feed_id_of(url) == feed_id_of(url)


def test_feeds_that_differ_in_their_query_have_ids_of_their_own() -> None:
    assert feed_id_of("https://news.example/feed?cat=1") != feed_id_of("https://news.example/feed?cat=2")


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    cli.register(app)
    return app


def test_a_wrong_file_is_told_on_the_command_line_and_nothing_is_written(tmp_path: Path, command: typer.Typer) -> None:
    found = CliRunner().invoke(command, ["feeds", "load", str(written(tmp_path, "feeds: 1")), "--bootstrap", "127.0.0.1:1"])

    assert found.exit_code == 2
    assert "nothing was written" in found.output


def test_a_feed_file_is_shown_as_json_with_what_was_dropped(tmp_path: Path, command: typer.Typer) -> None:
    import json

    file = written(tmp_path, "<rss><channel><item><title>Leader killed</title></item><item/></channel></rss>")
    found = json.loads(CliRunner().invoke(command, ["feed", "parse", str(file), "--json"]).output)

    assert (found["reason"], found["entries"], found["dropped"]) == ("ok", 2, {"no_text": 1})
    assert found["articles"][0]["title"] == "Leader killed"


def test_what_is_no_feed_is_shown_with_its_reason(tmp_path: Path, command: typer.Typer) -> None:
    found = CliRunner().invoke(command, ["feed", "parse", str(written(tmp_path, "<html></html>"))])

    assert found.exit_code == 1
    assert found.output.startswith("not_a_feed: ")
