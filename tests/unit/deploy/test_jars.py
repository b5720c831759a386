"""The lock of Kafka's jars."""

import tomllib
from pathlib import Path

import pytest

from deploy import jars
from deploy.trouble import Trouble


def locked() -> list[dict]:
    return tomllib.loads(jars.LOCK.read_text())["dependencies"]


def test_every_jar_is_locked_by_its_checksum() -> None:
    assert all(len(jar["sha256"]) == 64 for jar in locked())


def test_the_lock_names_no_index() -> None:
    text = jars.LOCK.read_text() + jars.SPEC.read_text()

    assert "://" not in text


def test_all_parts_of_kafka_are_of_one_version() -> None:
    versions = {jar["version"] for jar in locked() if jar["groupId"] == "org.apache.kafka"}

    assert len(versions) == 1


def test_the_lock_is_of_the_specification_beside_it() -> None:
    assert tomllib.loads(jars.LOCK.read_text())["metadata"]["spec_hash"] == jars.compute_spec_hash(jars.SPEC)


def test_a_jar_that_is_not_what_the_lock_says_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deliver_something_else(wanting: list, cache: Path) -> None:
        for dep in wanting:
            path = jars._path(dep, cache)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"not the jar")

    monkeypatch.setattr(jars, "_download", deliver_something_else)

    with pytest.raises(Trouble, match="checksum mismatch"):
        jars.resolve_jars(tmp_path)


def test_a_jar_cut_off_by_an_interrupted_download_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = jars.LockFile.load(jars.LOCK).dependencies[0]
    path = jars._path(first, tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    wanted: list = []
    monkeypatch.setattr(jars, "_download", lambda wanting, cache: wanted.extend(wanting))

    with pytest.raises(Trouble):
        jars.resolve_jars(tmp_path)

    assert first.artifactId in {dep.artifactId for dep in wanted}
    assert not path.exists()
