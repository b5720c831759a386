"""Runs scenarios through the product as it is deployed: Atom feeds over HTTP, Kafka, three processes, signed webhooks.

Nothing here waits for a while and hopes: a step is over when the poll that had to see it is in the feed's state, the article
it published is classified, every reading that came of it is judged, nothing is due any more, and every change is delivered.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiokafka import AIOKafkaProducer

from schemas import claims_evidence, claims_status, claims_transition, claims_watch, feeds_source, feeds_state, news_classified
from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.words import PageUse
from services.classifier.domain.outlets import Outlets
from tests.harness.receiver import SECRET, Receiver
from tests.harness.stack import Stack
from tests.harness.topics import TopicView, write
from tests.scenarios.book import Scenario, Step
from tests.scenarios.feeding import Newsstand
from tests.scenarios.gold import gold_readings
from tests.scenarios.newsstand_site import NewsstandSite
from tests.scenarios.observation import ScenarioResult, Seen, compare

POLL_INTERVAL_S = 1.0
BEFORE = timedelta(hours=1)


class LiveRunner:
    """The running product, and everything around it that a scenario needs."""

    def __init__(self, folder: Path, bootstrap: str) -> None:
        self._clock_file = folder / "clock"
        self._now: datetime | None = None
        self._folder, self._bootstrap = folder, bootstrap
        self._producer = AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True)
        self.view = TopicView(bootstrap, feeds_state.TOPIC, news_classified.TOPIC, claims_status.TOPIC, claims_transition.TOPIC)
        self.receiver = Receiver()
        self.site = NewsstandSite()

    def set_clock(self, moment: datetime) -> None:
        """Let it be this moment for all services; the file changes as a whole."""
        fresh = self._clock_file.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self._clock_file)
        self._now = moment

    @asynccontextmanager
    async def running(self, first: datetime) -> AsyncIterator["LiveRunner"]:
        """Start everything, and end it."""
        self.set_clock(first)
        await self.receiver.start()
        await self.site.start()
        subscriptions = self._folder / "subscriptions.yaml"
        subscriptions.write_text(
            f"endpoints:\n- {{endpoint_id: runner, url: '{self.receiver.url}', secret: '{SECRET}'}}\n"
            "subscriptions:\n- {subscription_id: all, endpoint_id: runner, claims: []}\n"
        )
        await self._producer.start()
        await self.view.start()
        try:
            async with Stack(self._folder / "stack", self._bootstrap, self._clock_file, subscriptions):
                yield self
        finally:
            await self.view.stop()
            await self._producer.stop()
            await self.site.stop()
            await self.receiver.stop()

    async def write_claim(self, claim_id: str, claim: WatchedClaim | None) -> None:
        """Watch a claim, or end the watch."""
        await write(self._producer, claims_watch.TOPIC, claim_id, claim)

    async def write_feed(self, feed_id: str, feed: FeedSource | None) -> None:
        """Add a feed, or end it."""
        await write(self._producer, feeds_source.TOPIC, feed_id, feed)

    async def write_reading(self, reading: claims_evidence.Reading) -> None:
        """Hand a reading to the judge past the reader: the book's own."""
        await write(self._producer, claims_evidence.TOPIC, reading.claim_id, reading)

    def status(self, claim_id: str) -> ClaimStatus | None:
        """Return the latest status record of a claim."""
        status: ClaimStatus | None = self.view.get(claims_status.TOPIC, claim_id)
        return status


class LiveScenario:
    """One scenario on its way through the running product. Claims and feeds bear its name, so that none meets another's."""

    def __init__(self, runner: LiveRunner, scenario: Scenario, number: int, *, gold: bool) -> None:
        self._runner, self._scenario, self._gold = runner, scenario, gold
        self._prefix = f"{scenario.id}.{number}."
        self._outlets = Outlets.of([outlet.as_outlet() for outlet in scenario.outlets])
        self._stand = Newsstand(scenario)
        self._claims = {c.claim_id: c.model_copy(update={"claim_id": self._prefix + c.claim_id}) for c in scenario.claims}
        self._feeds = {
            (outlet.outlet, backfill): f"{self._prefix}{position}{'.history' if backfill else ''}"
            for position, outlet in enumerate(scenario.outlets) for backfill in (False, True)
        }  # fmt: skip

    async def run(self) -> ScenarioResult:
        """Watch, step through, compare, and leave the product as it was."""
        self._runner.set_clock(self._scenario.steps[0].at - BEFORE)
        await self._open()
        seen = [await self._step(step) for step in self._scenario.steps]
        await self._close()
        return compare(self._scenario, seen)

    async def _open(self) -> None:
        for claim in self._claims.values():
            await self._runner.write_claim(claim.claim_id, claim)
        for (name, backfill), feed_id in {} if self._gold else self._feeds.items():
            url = self._runner.site.open_feed(feed_id)
            feed = FeedSource(
                feed_id=feed_id,
                url=url,
                outlet=self._scenario.outlet(name),
                poll_interval_s=POLL_INTERVAL_S,
                max_poll_interval_s=POLL_INTERVAL_S,
                pages=PageUse.NEVER,  # the addresses of a story lead nowhere
                backfill=backfill,
            )
            await self._runner.write_feed(feed_id, feed)
        claims = [claim.claim_id for claim in self._claims.values()]
        await self._runner.view.wait_until(lambda: all(self._runner.status(c) for c in claims), what=f"first statuses of {claims}")
        if not self._gold:
            await self._wait_for_polls(self._scenario.steps[0].at - BEFORE)

    async def _close(self) -> None:
        for claim in self._claims.values():
            await self._runner.write_claim(claim.claim_id, None)
        for feed_id in {} if self._gold else self._feeds.values():
            await self._runner.write_feed(feed_id, None)

    async def _wait_for_polls(self, moment: datetime) -> None:
        def polled() -> bool:
            states = [self._runner.view.get(feeds_state.TOPIC, feed_id) for feed_id in self._feeds.values()]
            return all(state and state.last_poll.at >= moment for state in states)

        await self._runner.view.wait_until(polled, what=f"polls of {self._scenario.id} at {moment}")

    async def _step(self, step: Step) -> dict[str, Seen]:
        before = {claim.claim_id: self._sequence(claim.claim_id) for claim in self._claims.values()}
        if self._gold:
            await self._step_gold(step)
        else:
            await self._step_through_feeds(step)
        await self._wait_until_nothing_is_due(step.at)
        return {name: await self._seen(claim.claim_id, before[claim.claim_id]) for name, claim in self._claims.items()}

    async def _step_gold(self, step: Step) -> None:
        self._runner.set_clock(step.at)
        await self._wait_until_nothing_is_due(step.at)
        article = self._stand.article(step) if step.url else None
        for reading in gold_readings(self._scenario, step, article, self._outlets) if article else ():
            claim_id = self._claims[reading.claim_id].claim_id
            await self._runner.write_reading(
                reading.model_copy(update={"claim_id": claim_id, "reading_id": f"{self._prefix}{reading.reading_id}"})
            )
            await self._wait_until_judged(claim_id, f"{self._prefix}{reading.reading_id}")

    async def _step_through_feeds(self, step: Step) -> None:
        feed_id = self._feeds[step.outlet, step.backfill] if step.url else ""
        if step.url:
            self._runner.site.publish(feed_id, step)
        self._runner.set_clock(step.at)
        await self._wait_for_polls(step.at)
        if step.url and self._runner.view.get(feeds_state.TOPIC, feed_id).last_poll.published:
            await self._wait_until_read(step)

    async def _wait_until_read(self, step: Step) -> None:
        """Return once the article of this step is classified and every reading that came of it is judged."""
        records = self._runner.view.records[news_classified.TOPIC.name]

        def classified() -> list[news_classified.ClassifiedArticle]:
            return [
                article
                for article in records
                if article.version_seen_at == step.at and article.outlet.name == step.outlet and article.url == step.url
            ]

        await self._runner.view.wait_until(lambda: bool(classified()), what=f"{step.url} to be classified")
        readings = set(classified()[-1].reading_ids)
        for claim in self._claims.values():
            mine = claims_reading_id(classified()[-1], claim.claim_id)
            if mine in readings:
                await self._wait_until_judged(claim.claim_id, mine)

    async def _wait_until_judged(self, claim_id: str, reading_id: str) -> None:
        def judged() -> bool:
            status = self._runner.status(claim_id)
            return status is not None and status.last_reading_id == reading_id

        await self._runner.view.wait_until(judged, what=f"reading {reading_id} of {claim_id} to be judged")

    async def _wait_until_nothing_is_due(self, moment: datetime) -> None:
        def settled() -> bool:
            statuses = [self._runner.status(claim.claim_id) for claim in self._claims.values()]
            return all(status and (status.next_due_at is None or status.next_due_at > moment) for status in statuses)

        await self._runner.view.wait_until(settled, what=f"what is due in {self._scenario.id} at {moment}")

    def _sequence(self, claim_id: str) -> int:
        status = self._runner.status(claim_id)
        return status.sequence if status else 0

    async def _seen(self, claim_id: str, after: int) -> Seen:
        """Return what the status topic says now, and what the webhook receiver was told since; all of it must have come."""
        status = self._runner.status(claim_id)
        assert status is not None

        def transitions() -> dict[int, Transition]:
            records = self._runner.view.records[claims_transition.TOPIC.name]
            return {t.sequence: t for t in records if t.claim_id == claim_id and after < t.sequence <= status.sequence}

        await self._runner.view.wait_until(lambda: len(transitions()) == status.sequence - after, what=f"transitions of {claim_id}")
        expected = {t.transition_id for t in transitions().values() if t.notify}
        await self._runner.receiver.wait_for(expected)
        told = [e for e in self._runner.receiver.events.values() if e.claim_id == claim_id and e.sequence > after]
        return Seen.of(status, sorted(told, key=lambda t: t.sequence))


def claims_reading_id(article: news_classified.ClassifiedArticle, claim_id: str) -> str:
    """Return the id that the reading of this article version for this claim bears."""
    from schemas.ids import reading_id

    return reading_id(article.article_id, article.version, claim_id)


async def run_live(
    book: Sequence[Scenario], *, bootstrap: str | None = None, gold: bool = False, progress: Callable[[str], None] = lambda _: None
) -> list[ScenarioResult]:
    """Run a book through the running product, one scenario after the other; without a bootstrap address on a Kafka of its own.

    Raises:
        TimeoutError: If the product does not come to rest after a step; says what was waited for.
    """
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-scenarios-"))
    try:
        if bootstrap:
            return await _run_book(book, folder, bootstrap, gold=gold, progress=progress)
        from deploy.kafka_local import LocalKafka
        from deploy.topics import ensure_topics

        kafka = LocalKafka(folder / "kafka")
        try:
            await asyncio.to_thread(kafka.start)
            await ensure_topics(kafka.bootstrap)
            return await _run_book(book, folder, kafka.bootstrap, gold=gold, progress=progress)
        finally:
            await asyncio.to_thread(kafka.stop)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _run_book(
    book: Sequence[Scenario], folder: Path, bootstrap: str, *, gold: bool, progress: Callable[[str], None]
) -> list[ScenarioResult]:
    results = []
    async with LiveRunner(folder, bootstrap).running(book[0].steps[0].at - BEFORE) as runner:
        for number, scenario in enumerate(book):
            results.append(await LiveScenario(runner, scenario, number, gold=gold).run())
            progress(f"live: {number + 1} of {len(book)}: {scenario.id}")
    return results
