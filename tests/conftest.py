"""What the whole suite shares: a real Kafka, started once."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics


def pytest_configure() -> None:
    """Let a run that is asked to stop (a time limit, a cancelled job) clean up like one that is interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def kafka() -> Iterator[str]:
    """Return the bootstrap address of a Kafka that has the topics of the catalogue.

    ``KAFKA_BOOTSTRAP`` names one that is there; otherwise one is started on free ports in a temporary folder, and both
    are gone afterwards. Tests share it: use ids, groups and keys of your own.
    """
    if bootstrap := os.environ.get("KAFKA_BOOTSTRAP"):
        asyncio.run(ensure_topics(bootstrap))
        yield bootstrap
        return
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-test-"))
    try:
        with LocalKafka(folder / "kafka") as broker:
            asyncio.run(ensure_topics(broker.bootstrap))
            yield broker.bootstrap
    finally:
        shutil.rmtree(folder, ignore_errors=True)
