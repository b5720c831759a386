"""A line is a constant event with fields beside it; what repeats is said once and counted."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest

from services.chassis import logs


def record(
    event: str = "delivery.attempted", *, level: int = logging.INFO, name: str = "services.x", **fields: object
) -> logging.LogRecord:
    return logging.makeLogRecord({"name": name, "levelno": level, "levelname": logging.getLevelName(level), "msg": event, **fields})


def with_error(event: str) -> logging.LogRecord:
    try:
        raise ValueError("no such thing")
    except ValueError:
        return record(event, level=logging.ERROR, exc_info=sys.exc_info())


def test_a_line_of_json_has_time_level_logger_event_and_fields() -> None:
    line = json.loads(logs.JsonFormatter().format(record(webhook_id="w1", attempt=2)))

    assert datetime.fromisoformat(line.pop("at")).utcoffset() is not None
    assert line == {"level": "INFO", "logger": "services.x", "event": "delivery.attempted", "webhook_id": "w1", "attempt": 2}


def test_a_line_of_json_is_one_line_even_with_line_breaks_in_a_field_and_an_exception() -> None:
    failed = with_error("feed.failed")
    failed.feed_url = "https://a.example/\nforged"

    text = logs.JsonFormatter().format(failed)

    assert "\n" not in text
    assert json.loads(text)["exception"].endswith("ValueError: no such thing")


def test_a_field_that_json_does_not_know_is_written_as_text() -> None:
    line = json.loads(logs.JsonFormatter().format(record(reason=ValueError("odd"))))

    assert line["reason"] == "odd"


def test_letters_of_other_scripts_stay_readable() -> None:
    assert "Мосул" in logs.JsonFormatter().format(record(place="Мосул"))


def test_a_line_for_a_terminal_has_event_and_fields() -> None:
    assert logs.TextFormatter().format(record(webhook_id="w1", attempt=2)).endswith("INFO    delivery.attempted webhook_id=w1 attempt=2")


def test_an_exception_follows_its_line_on_a_terminal() -> None:
    first, *rest = logs.TextFormatter().format(with_error("feed.failed")).splitlines()

    assert first.endswith("ERROR   feed.failed")
    assert rest[-1] == "ValueError: no such thing"


@pytest.fixture
def monotonic(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(logs, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_the_same_warning_passes_once_a_minute_and_then_says_how_often_it_was_held_back(monotonic: list[float]) -> None:
    repeats = logs.RepeatFilter()

    passed = [repeats.filter(record("broker.away", level=logging.WARNING)) for _ in range(4)]
    monotonic[0] += logs.REPEAT_AFTER_S
    late = record("broker.away", level=logging.WARNING)

    assert passed == [True, False, False, False]
    assert repeats.filter(late)
    assert late.repeated == 3  # type: ignore[attr-defined]


def test_warnings_of_other_kinds_and_other_loggers_are_not_held_back(monotonic: list[float]) -> None:
    repeats = logs.RepeatFilter()
    lines = [record(event, level=logging.WARNING, name=name) for event in ("a", "b") for name in ("x", "y")]

    assert all(repeats.filter(line) for line in lines)


def test_one_line_per_outcome_below_warning_is_never_held_back(monotonic: list[float]) -> None:
    repeats = logs.RepeatFilter()

    assert all(repeats.filter(record("delivery.attempted")) for _ in range(3))


def test_the_filter_forgets_rather_than_grows(monotonic: list[float]) -> None:
    repeats = logs.RepeatFilter()

    for number in range(3000):
        repeats.filter(record(f"message {number}", level=logging.WARNING))

    assert len(repeats._last) <= 1001


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def test_logs_go_to_standard_error_in_the_form_that_was_asked_for(root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up_logging(level="info", log_format="json")

    logging.getLogger("services.x").info("service.started", extra={"http_port": 8081})
    logging.getLogger("aiokafka.conn").info("chatter")

    captured = capsys.readouterr()
    assert captured.out == ""
    assert [json.loads(line)["event"] for line in captured.err.splitlines()] == ["service.started"]
