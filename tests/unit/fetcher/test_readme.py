import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from services.fetcher import telemetry
from services.fetcher.settings import FetcherSettings

README = (Path(telemetry.__file__).parent / "README.md").read_text()


def test_the_readme_lists_every_metric_and_no_other() -> None:
    ours = [metric for metric in REGISTRY.collect() if metric.name.startswith("claimwatch_fetcher_")]
    exported = {metric.name + ("_total" if metric.type == "counter" else "") for metric in ours}
    listed = set(re.findall(r"^\| `(claimwatch_fetcher_\w+)", README, re.MULTILINE))

    assert listed == exported


def test_the_readme_lists_every_setting_of_the_fetcher() -> None:
    own = {f"FETCHER_{name.upper()}" for name, field in FetcherSettings.model_fields.items() if field.validation_alias is None}
    listed = set(re.findall(r"^\| `(FETCHER_\w+)`", README, re.MULTILINE))

    assert listed == own


def test_every_reason_for_dropping_an_entry_is_in_the_readme() -> None:
    assert all(f"`{reason}`" in README for reason in telemetry.DROP_REASONS)


def test_an_allow_list_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCHER_ALLOW", "127.0.0.0/8, 10.0.0.0/40")

    with pytest.raises(SystemExit, match=r"allow: .*10\.0\.0\.0/40"):
        FetcherSettings.from_environment()
