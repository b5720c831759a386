"""A Kafka of these tests' own, a stage on it, and the figures that they measured."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from tests.system.stage import Stage

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="module")
def own_kafka() -> Iterator[LocalKafka]:
    """Return a broker that may be killed, whatever cluster the rest of the suite uses."""
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-system-"))
    try:
        with LocalKafka(folder / "kafka") as broker:
            asyncio.run(ensure_topics(broker.bootstrap))
            yield broker
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(own_kafka: LocalKafka, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Return the running product; it is shared, so claims and feeds bear the name of a test."""
    async with Stage(tmp_path_factory.mktemp("stage"), own_kafka).running() as running:
        yield running


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what notes a measured figure, shown at the end of the run."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was measured."""
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(f"measured: {line}")
