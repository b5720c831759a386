"""Runs a scenario through the domain functions of the three services, in this process: no Kafka, no HTTP, no clock of its own."""

from collections.abc import Sequence
from datetime import datetime

from schemas.claims_evidence import Reading
from schemas.claims_transition import Transition
from schemas.news_article import Article
from services.classifier.domain.classify import Reader, Watch, classify
from services.classifier.domain.judging.moves import Outcome, next_due_at, status_of, take, wait
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.signatures import is_copy
from tests.scenarios.book import Scenario, Step
from tests.scenarios.feeding import Newsstand
from tests.scenarios.gold import gold_readings
from tests.scenarios.observation import ScenarioResult, Seen, compare


class InProcessRun:
    """One scenario on its way: the state of every claim, and what has been told in the current step."""

    def __init__(self, scenario: Scenario, reader: Reader | None) -> None:
        self._scenario = scenario
        self._reader = reader
        self._watch = Watch.of(scenario.claims, [outlet.as_outlet() for outlet in scenario.outlets])
        self._stand = Newsstand(scenario)
        self._states = {claim.claim_id: ClaimState(claim_id=claim.claim_id) for claim in scenario.claims}
        self._read_for: dict[str, set[str]] = {}
        self._told: dict[str, list[Transition]] = {}

    def step(self, step: Step) -> dict[str, Seen]:
        """Work off one step and return what is seen after it."""
        self._told = {claim_id: [] for claim_id in self._states}
        self._pass_time(step.at)
        article = self._stand.article(step) if step.url else None
        for reading in self._read(step, article) if article else ():
            claim = self._watch.claims[reading.claim_id]
            self._keep(claim.claim_id, take(self._states[claim.claim_id], claim, reading, is_copy, judged_at=step.at))
        return {claim_id: self._seen(claim_id, step.at) for claim_id in self._states}

    def _pass_time(self, moment: datetime) -> None:
        for claim_id, claim in self._watch.claims.items():
            due = next_due_at(self._states[claim_id], claim)
            if due and due <= moment:
                self._keep(claim_id, wait(self._states[claim_id], claim, moment, judged_at=moment))

    def _read(self, step: Step, article: Article) -> Sequence[Reading]:
        if self._reader is None:
            return gold_readings(self._scenario, step, article, self._watch.outlets)
        earlier = self._read_for.setdefault(article.article_id, set())
        readings = classify(article, self._watch, self._reader, earlier=earlier, classified_at=step.at).readings
        earlier.update(reading.claim_id for reading in readings)
        return readings

    def _keep(self, claim_id: str, outcome: Outcome) -> None:
        self._states[claim_id] = outcome.state
        self._told[claim_id].extend(outcome.transitions)

    def _seen(self, claim_id: str, at: datetime) -> Seen:
        status = status_of(self._states[claim_id], self._watch.claims[claim_id], judged_at=at)
        return Seen.of(status, self._told[claim_id])


def run_in_process(scenario: Scenario, reader: Reader | None) -> ScenarioResult:
    """Run a scenario; without a reader the book's own readings are judged."""
    run = InProcessRun(scenario, reader)
    return compare(scenario, [run.step(step) for step in scenario.steps])
