"""A Kafka of these tests' own, a stage on it, a story, and the figures that they measured."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from tests.system.stage import Stage
from tests.system.story import Story, scenario
from tests.system.tellings import Telling

STORY = "pipeline-pact"
COPIES = 3
FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="package")
def own_kafka() -> Iterator[LocalKafka]:
    """Return a broker that may be killed, whatever cluster the rest of the suite uses."""
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-system-"))
    try:
        with LocalKafka(folder / "kafka") as broker:
            asyncio.run(ensure_topics(broker.bootstrap))
            yield broker
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage(own_kafka: LocalKafka, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Return the running product; it is shared, so each telling has claims and feeds of its own."""
    async with Stage(tmp_path_factory.mktemp("stage"), own_kafka).running() as running:
        yield running


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def undisturbed(stage: Stage) -> Telling:
    """Return what the receiver hears of the story when nothing happens."""
    return await stage.tell(Story(scenario(STORY), "undisturbed", copies=COPIES))


@pytest.fixture
def tell(stage: Stage) -> Callable[..., Awaitable[Telling]]:
    """Return what tells the story once more under another name, with strikes if there are any."""
    return lambda run, strikes=None: stage.tell(Story(scenario(STORY), run, copies=COPIES), strikes)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what notes a measured figure, shown at the end of the run."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was measured."""
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(f"measured: {line}")
