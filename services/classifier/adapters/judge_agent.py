"""Readings and the passing of time in; the state of each claim kept, its status and its transitions out."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from schemas import claims_due, claims_override
from schemas.claims_due import Due
from schemas.claims_evidence import Reading
from schemas.claims_override import Override
from schemas.claims_status import ClaimStatus
from schemas.claims_watch import WatchedClaim
from services.chassis.clock import Clock
from services.chassis.records import decode, header
from services.classifier import telemetry
from services.classifier.adapters.announcer import Announcement, Announcer
from services.classifier.adapters.records_in import message_headers
from services.classifier.adapters.state_store import StateStore
from services.classifier.domain.classify import Watch
from services.classifier.domain.judging.moves import Outcome, decide, status_of, take, wait
from services.classifier.domain.judging.registry import with_current_outlet, with_current_outlets
from services.classifier.domain.judging.state import ClaimState
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.signatures import is_copy

log = logging.getLogger(__name__)

CLAIM_LIST_LAG_S = 2.0
"""How long the first reading of an unknown claim waits for it: another classifier may have heard of the claim first."""


class JudgeAgent:
    """Judges claims, one record at a time."""

    def __init__(
        self,
        *,
        watch: Callable[[], Watch],
        clock: Clock,
        states: StateStore,
        announcer: Announcer,
        on_status: Callable[[ClaimStatus], None],
    ) -> None:
        self._watch, self._clock, self._states = watch, clock, states
        self._announcer, self._on_status = announcer, on_status
        self._waited_for: set[str] = set()
        self._judged_by: dict[str, Outlets] = {}
        """The registry by which the state of a claim was last kept."""

    async def handle(self, event: Any) -> None:
        """Judge the claim of one record.

        Raises:
            pydantic.ValidationError: If the record is not what its topic holds.
        """
        value = event.message.value or b""
        traceparent = header(message_headers(event.message), "traceparent")
        if event.message.topic == claims_due.TOPIC.name:
            await self._judge_due(decode(Due, value), traceparent)
        elif event.message.topic == claims_override.TOPIC.name:
            await self._take_decision(decode(Override, value), traceparent)
        else:
            await self._judge_reading(decode(Reading, value), traceparent)

    async def _judge_reading(self, reading: Reading, traceparent: str | None) -> None:
        claim = await self._claim(reading.claim_id)
        if claim is None:
            telemetry.READINGS.labels(outcome="not_watched").inc()
            log.info("reading.not_watched", extra={"claim_id": reading.claim_id, "article_id": reading.article_id})
            return
        before, reading = self._state(claim.claim_id), with_current_outlet(reading, self._watch().outlets)
        with telemetry.JUDGE_SECONDS.time():
            outcome = take(before, claim, reading, is_copy, judged_at=self._clock.now())
        telemetry.READINGS.labels(outcome="repeated" if outcome.state is before else "judged").inc()
        if not reading.backfill:  # history is years old
            age = self._clock.now() - reading.version_seen_at
            telemetry.PUBLISHED_TO_JUDGED_SECONDS.observe(max(age.total_seconds(), 0))
        await self._keep(claim, outcome, traceparent)

    async def _judge_due(self, due: Due, traceparent: str | None) -> None:
        telemetry.DUES.inc()
        claim = self._watch().for_judging(due.claim_id)
        if claim is None:
            await self._forget(due.claim_id)
            return
        outcome = wait(self._state(claim.claim_id), claim, due.at, judged_at=self._clock.now())
        await self._keep(claim, outcome, traceparent)

    async def _take_decision(self, override: Override, traceparent: str | None) -> None:
        claim = await self._claim(override.claim_id)
        if claim is None:
            log.warning("override.not_watched", extra={"claim_id": override.claim_id})
            return
        telemetry.OVERRIDES.inc()
        outcome = decide(self._state(claim.claim_id), claim, override, judged_at=self._clock.now())
        await self._keep(claim, outcome, traceparent)

    def _state(self, claim_id: str) -> ClaimState:
        """Return what is kept of a claim, its readings as the registry of today sees them."""
        state, outlets = self._states.get(claim_id) or ClaimState(claim_id=claim_id), self._watch().outlets
        if self._judged_by.get(claim_id) is outlets:
            return state
        current = with_current_outlets(state, outlets)
        if current is not state:
            log.info("registry.applied", extra={"claim_id": claim_id})
        return current

    async def _claim(self, claim_id: str) -> WatchedClaim | None:
        waits = 0 if claim_id in self._waited_for else CLAIM_LIST_LAG_S
        deadline = asyncio.get_running_loop().time() + waits
        while (claim := self._watch().for_judging(claim_id)) is None and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # the list follows its topic by itself and has no event for a single claim
        (self._waited_for.discard if claim else self._waited_for.add)(claim_id)
        return claim

    async def _forget(self, claim_id: str) -> None:
        """End the watch: the state goes, and whoever reads the status topic sees it end."""
        if self._states.forget(claim_id):
            self._judged_by.pop(claim_id, None)
            await self._announcer.put(Announcement(claim_id, (), None, None))

    async def _keep(self, claim: WatchedClaim, outcome: Outcome, traceparent: str | None) -> None:
        """Keep the state, and have announced what came of it: a crash in between announces it again, from the state."""
        self._states.keep(outcome.state)
        self._judged_by[claim.claim_id] = self._watch().outlets
        status = status_of(outcome.state, claim, judged_at=self._clock.now())
        await self._announcer.put(Announcement(claim.claim_id, outcome.transitions, status, traceparent))
        self._on_status(status)
