"""What the soak of the fetcher asks can be missed: each measure is shown a run that does not meet it."""

import json
from pathlib import Path

import pytest

from tests.soak.fetcher.hostile import KINDS
from tests.soak.fetcher.measure import Memory, delivery_verdict, early_polls, interval_verdicts, log_verdict

STEADY = [float(moment) for moment in range(1, 600, 10)]


def test_a_feed_that_keeps_its_interval_is_told_from_one_that_is_left_alone() -> None:
    steady, _ = interval_verdicts({"a": STEADY}, interval_s=10, began=0, ended=600)
    broken_off, _ = interval_verdicts({"a": STEADY, "b": STEADY[:30]}, interval_s=10, began=0, ended=600)
    never, late = interval_verdicts({"a": STEADY, "b": []}, interval_s=10, began=0, ended=600)

    assert steady.is_met
    assert not broken_off.is_met
    assert (never.is_met, late.is_met) == (False, False)


def test_a_few_gaps_too_long_are_one_in_a_thousand_at_most() -> None:
    gap = [moment if moment < 300 else moment + 8 for moment in STEADY]

    assert not interval_verdicts({"a": gap}, interval_s=10, began=0, ended=608)[0].is_met


@pytest.mark.parametrize(
    ("moments", "wait_s", "early"),
    [
        ([0.0, 20.1, 60.2, 140.3], 0, 0),
        ([0.0, 20.1, 40.2], 0, 1),
        ([0.0, 10.0], 0, 1),
        ([0.0, 20.1], 45, 1),
        ([0.0, 45.1, 90.2], 45, 0),
        ([0.0, 0.2, 20.4], 0, 0),
    ],
)
def test_a_hostile_feed_that_is_asked_too_early_is_found(moments: list[float], wait_s: float, early: int) -> None:
    found = early_polls({("hang", "/feed/0"): moments}, interval_s=10, wait_s=wait_s, may_be_read=False)

    assert len(found) == early


def test_what_is_missing_doubled_or_invented_is_found() -> None:
    told = {("a", "A"): 1.0, ("b", "B"): 2.0, ("c", "C"): 99.0}

    assert [v.is_met for v in delivery_verdict(told, {("a", "A"): 1, ("b", "B"): 1}, before=50)] == [True, True, True]
    assert [v.is_met for v in delivery_verdict(told, {("a", "A"): 2, ("x", "X"): 1}, before=50)] == [False, False, False]


def test_memory_that_grows_is_found_after_the_warm_up() -> None:
    flat, leaking = Memory(0), Memory(0)
    flat.samples = [(float(s), 100.0 + min(s, 200) + s % 3, 0.0, 40) for s in range(0, 1200, 3)]
    leaking.samples = [(float(s), 100.0 + s * 0.02, 0.0, 40 + s) for s in range(0, 1200, 3)]

    assert all(verdict.is_met for verdict in flat.verdicts(minutes=20))
    assert [verdict.is_met for verdict in leaking.verdicts(minutes=20)][:2] == [False, False]


@pytest.mark.parametrize("bad", ['{"level": "ERROR", "event": "x"}', "Traceback (most recent call last):"])
def test_an_error_in_the_log_is_found_and_warnings_are_counted(tmp_path: Path, bad: str) -> None:
    log = tmp_path / "log"
    log.write_text(json.dumps({"level": "WARNING", "event": "kafka.away", "repeated": 4}) + "\n")
    (clean,), warnings = log_verdict(log)
    log.write_text(log.read_text() + bad + "\n")
    (dirty,), _ = log_verdict(log)

    assert (clean.is_met, dirty.is_met) == (True, False)
    assert warnings == {"kafka.away": 5}


def test_the_kinds_of_misbehaviour_are_many() -> None:
    assert len(KINDS) >= 30
