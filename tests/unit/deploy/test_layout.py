"""What a run is asked to do, from the environment."""

from pathlib import Path

import pytest

from deploy.layout import PORTS, layout_from
from deploy.trouble import Trouble


def test_without_anything_it_is_the_demo_on_the_default_ports() -> None:
    layout = layout_from({})

    assert layout.own is None
    assert layout.ports == PORTS
    assert layout.clock_file == layout.folder / "clock"


def test_own_feeds_run_by_the_system_clock_in_a_folder_of_their_own(tmp_path: Path) -> None:
    feeds, claims = tmp_path / "f.opml", tmp_path / "c.yaml"
    feeds.touch()
    claims.touch()

    layout = layout_from({"FEEDS": str(feeds), "CLAIMS": str(claims)})

    assert layout.own
    assert layout.clock_file is None
    assert layout.folder != layout_from({}).folder
    assert "DEMO_SITE_PORT" not in layout.ports


def test_a_cluster_of_the_users_needs_no_port_for_kafka() -> None:
    assert "KAFKA_PORT" not in layout_from({"KAFKA_BOOTSTRAP": "kafka:9092"}).ports


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"FEEDS": "nowhere.opml", "CLAIMS": __file__}, "FEEDS=nowhere.opml: there is no such file"),
        ({"FEEDS": __file__}, "CLAIMS is not given"),
        ({"WEBHOOK": "https://example.org/hook"}, "FEEDS is not given"),
        ({"FEEDS": __file__, "CLAIMS": __file__, "WEBHOOK": "example.org"}, "is no web address"),
        ({"KAFKA_PORT": "many"}, "KAFKA_PORT=many is no port"),
        ({"KAFKA_PORT": "70000"}, "KAFKA_PORT=70000 is no port"),
    ],
)
def test_what_cannot_be_is_told(environment: dict[str, str], told: str) -> None:
    with pytest.raises(Trouble, match=told):
        layout_from(environment)
