"""Pairs as JSON lines: read one by one, whatever the others are like, and answered in the same order."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from pydantic import ValidationError

from services.classifier.domain.pairs.pair import Pair, PairReading

MAX_LINE_BYTES = 4_000_000
"""A longer line is refused, and skipped without being held in memory."""


@dataclass
class Counts:
    """How a run went, in lines."""

    read: int = 0
    refused: int = 0


class Refused(Exception):
    """A line cannot be read; ``pair_id`` is its id if it has one."""

    def __init__(self, reason: str, pair_id: object = None) -> None:
        super().__init__(reason)
        self.pair_id = pair_id if isinstance(pair_id, str | int) else None


def read_lines(source: IO[bytes], sink: IO[bytes], read: Callable[[Pair], PairReading], report: Callable[[str], None]) -> Counts:
    """Answer each line of ``source`` with one of ``sink``, at once. Blank lines are passed over.

    Args:
        report: Told of each line that is refused, with its number and the reason.
    """
    counts = Counts()
    for number, line in _lines(source):
        try:
            answer = _answer(line, read)
            counts.read += 1
        except Refused as refusal:
            counts.refused += 1
            report(f"line {number}: {refusal}")
            answer = json.dumps({"id": refusal.pair_id, "line": number, "error": str(refusal)}).encode()
        sink.write(answer + b"\n")
        sink.flush()
    return counts


def _lines(source: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of each line that is not blank; None for one that is too long."""
    number = 0
    while line := source.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := source.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _answer(line: bytes | None, read: Callable[[Pair], PairReading]) -> bytes:
    pair = _pair(line)
    try:
        return read(pair).model_dump_json(by_alias=True).encode()
    except Exception as error:
        # One text that the reader stumbles over must not cost the thousands behind it. It is told, never hidden.
        raise Refused(f"could not be read: {type(error).__name__}: {error}", pair.id) from error


def _pair(line: bytes | None) -> Pair:
    if line is None:
        raise Refused(f"longer than {MAX_LINE_BYTES:,} bytes")
    try:
        record: Any = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise Refused(f"a JSON object is wanted, not {type(record).__name__}")
    try:
        return Pair.model_validate(record)
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in error.errors())
        raise Refused(reasons, record.get("id")) from error
