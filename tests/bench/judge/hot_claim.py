"""One claim in all the papers: what a reading costs when thousands have come before it. In this process, without Kafka."""

import zlib
from pathlib import Path
from statistics import fmean
from time import process_time
from typing import Any

import matplotlib

from services.classifier.adapters.state_codec import ClaimRowCodec
from services.classifier.adapters.state_store import StateStore
from services.classifier.domain.judging.moves import status_of, take
from services.classifier.domain.judging.rows import Row
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.signatures import is_copy
from tests.bench.judge.invented import START, claim, readings

ORIGINS = 300
SLICES = 20


class WrittenTable(dict[str, Row]):
    """A table that encodes what is written, as the stream engine does."""

    bytes_written = 0
    _codec = ClaimRowCodec()

    def __setitem__(self, key: str, row: Row) -> None:
        self.bytes_written += len(self._codec._dumps(row))
        super().__setitem__(key, row)


def measure(pieces: int) -> list[dict[str, Any]]:
    """Return, slice by slice, milliseconds and bytes of the changelog per reading."""
    watched, table = claim(0), WrittenTable()
    store, slices = StateStore(table), []
    size = max(pieces // SLICES, 1)
    waiting = list(readings(watched.claim_id, pieces, origins=ORIGINS))
    for start in range(0, pieces, size):
        began, before = process_time(), table.bytes_written
        for reading in waiting[start : start + size]:
            state = store.get(watched.claim_id) or ClaimState(claim_id=watched.claim_id)
            outcome = take(state, watched, reading, is_copy, judged_at=START)
            store.keep(outcome.state)
            status_of(outcome.state, watched, judged_at=START).model_dump_json()
        spent = process_time() - began
        slices.append({"readings": start + size, "ms": round(1000 * spent / size, 3), "bytes": (table.bytes_written - before) // size})
    return slices


def growth(slices: list[dict[str, Any]]) -> float:
    """Return the cost of the last quarter of the slices as a multiple of the second quarter's (the first has yet to fill up)."""
    quarter = len(slices) // 4
    return fmean(s["ms"] for s in slices[-quarter:]) / fmean(s["ms"] for s in slices[quarter : 2 * quarter])


def plot(slices: list[dict[str, Any]], file: Path) -> None:
    """Draw the cost per reading."""
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    axes.plot([s["readings"] for s in slices], [s["ms"] for s in slices], marker="o", markersize=3)
    axes.set(xlabel="readings of one claim taken in before", ylabel="ms of CPU per reading", ylim=(0, None), title="One hot claim")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def bytes_per_claim(articles: int) -> dict[str, int]:
    """Return what a claim with so many articles takes in the changelog, in bytes of its rows."""
    watched, table, codec = claim(1), dict[str, Row](), ClaimRowCodec()
    store = StateStore(table)
    for reading in readings(watched.claim_id, articles, origins=20):
        state = store.get(watched.claim_id) or ClaimState(claim_id=watched.claim_id)
        store.keep(take(state, watched, reading, is_copy, judged_at=START).state)
    rows = [codec._dumps(row) for row in table.values()]
    own = codec._dumps(table[watched.claim_id])
    return {"articles": articles, "claim_row": len(own), "all_rows": sum(map(len, rows)), "claim_row_inflated": len(zlib.decompress(own))}
