"""Structured logs: one constant event a line with fields beside it. The same failure in a row is logged once and counted."""

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
REPEAT_AFTER_S = 60.0


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, then the fields."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "event": record.getMessage(), **_fields(record)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """For a terminal: time, level, event, then ``key=value``."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{key}={value}" for key, value in _fields(record).items())
        at = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        line = f"{at} {record.levelname:<7} {record.getMessage()} {fields}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class RepeatFilter(logging.Filter):
    """Lets a warning through once a minute and says how many like it were left out in between.

    A broker that is away makes its clients log a thousand lines in half a minute; one says as much.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, object], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        key = (record.name, record.msg)
        at, held_back = self._last.get(key, (float("-inf"), 0))
        if time.monotonic() - at < REPEAT_AFTER_S:
            self._last[key] = (at, held_back + 1)
            return False
        self._last[key] = (time.monotonic(), 0)
        if len(self._last) > 1000:
            self._last.pop(next(iter(self._last)))
        if held_back:
            record.repeated = held_back
        return True


def set_up_logging(*, level: str, log_format: str) -> None:
    """Send every log of the process to standard error in the given form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    handler.addFilter(RepeatFilter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for noisy in ("aiokafka", "faust", "mode", "httpx", "aiohttp.access", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
