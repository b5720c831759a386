"""Settings are read once, and a mistake in them is one clear line at start."""

from pathlib import Path

import pytest
from pydantic import Field, ValidationError
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class PressSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="PRESS_", frozen=True, extra="forbid")

    copies: int = Field(1, ge=1)
    sizes: tuple[int, ...] = ()


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KAFKA_BOOTSTRAP", "CLOCK_FILE", "LOG_LEVEL", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def refusal() -> str:
    with pytest.raises(SystemExit) as stop:
        PressSettings.from_environment()
    return str(stop.value)


def test_an_empty_environment_gives_the_defaults_on_loopback() -> None:
    settings = PressSettings.from_environment()

    assert (settings.kafka_bootstrap, settings.http_host, settings.clock_file) == ("127.0.0.1:9092", "127.0.0.1", None)


def test_shared_variables_bear_no_prefix_and_own_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"KAFKA_BOOTSTRAP": "broker:1", "CLOCK_FILE": "/now", "LOG_FORMAT": "text", "PRESS_COPIES": "7"}.items():
        monkeypatch.setenv(name, value)

    settings = PressSettings.from_environment()

    assert (settings.kafka_bootstrap, settings.clock_file, settings.log_format, settings.copies) == ("broker:1", Path("/now"), "text", 7)


def test_a_misspelt_variable_stops_the_start_and_names_the_right_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_COPYS", "7")

    assert refusal().startswith("settings: unknown variable PRESS_COPYS; known are PRESS_COPIES")


def test_a_shared_variable_with_a_prefix_is_refused_rather_than_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_KAFKA_BOOTSTRAP", "broker:1")

    assert "unknown variable PRESS_KAFKA_BOOTSTRAP" in refusal()


def test_a_wrong_value_is_one_line_with_the_field_and_without_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_COPIES", "-4711")

    assert refusal() == "settings: copies: Input should be greater than or equal to 1"


def test_every_wrong_value_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_COPIES", "many")
    monkeypatch.setenv("LOG_FORMAT", "xml")

    assert len(refusal().splitlines()) == 2


def test_a_list_that_is_no_json_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_SIZES", "1;2")

    assert len(refusal().splitlines()) == 1
    assert "sizes" in refusal()


def test_an_unknown_log_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")

    assert refusal().startswith("settings: LOG_LEVEL")


def test_a_log_level_may_be_in_lower_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")

    assert PressSettings.from_environment().log_level == "debug"


def test_variables_of_other_programs_are_none_of_our_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSURE", "high")

    assert PressSettings.from_environment().copies == 1


def test_settings_do_not_change_after_the_start() -> None:
    settings = PressSettings.from_environment()

    with pytest.raises(ValidationError):
        settings.copies = 2  # type: ignore[misc]
