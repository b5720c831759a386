"""What a run prints: progress, a line for every change of status, one for every delivery."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from aiokafka.errors import KafkaError

from deploy.demo.receiver import Delivery
from schemas import claims_transition
from schemas.claims_transition import StandingEvidence, Transition
from schemas.words import Stance, Status
from services.chassis.kafka import new_consumer
from services.chassis.records import decode

COLOURS = {
    Status.UNREPORTED: "37", Status.UNVERIFIED: "33", Status.LIKELY: "36",
    Status.CONFIRMED: "32", Status.DISPUTED: "35", Status.REFUTED: "31",
}  # fmt: skip
VERBS = {
    Stance.ASSERTS: "says so", Stance.HEDGES: "says", Stance.CANNOT_CONFIRM: "cannot confirm", Stance.DOUBTS: "doubts it",
    Stance.DENIES: "denies it", Stance.REFUTES: "shows it false", Stance.DISCUSSES: "discusses it",
}  # fmt: skip
Paint = Callable[[str, str], str]
"""Colours a text by an ANSI code."""

QUOTE_CHARS = 110
SHOWN = 6


class Terminal:
    """Prints lines, in colour where that is a terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._colour = self._out.isatty()

    def say(self, text: str) -> None:
        """Print a line at once."""
        self._out.write(text + "\n")
        self._out.flush()

    def transition(self, transition: Transition) -> None:
        """Print a change of status: what, why, on whose word."""
        self.say("\n".join(["", *transition_lines(transition, paint=self._paint)]))

    def delivery(self, delivery: Delivery) -> None:
        """Print that a webhook arrived, and whether it is genuine."""
        self.say(delivery_line(delivery, paint=self._paint))

    def _paint(self, text: str, code: str) -> str:
        return f"\033[1;{code}m{text}\033[0m" if self._colour else text


def _plain(text: str, _: str) -> str:
    return text


def transition_lines(transition: Transition, *, paint: Paint = _plain) -> list[str]:
    """Return the lines that tell a change of status to a person."""
    to = paint(transition.to_status.upper(), COLOURS[transition.to_status])
    count = f"{transition.origins} origin{'' if transition.origins == 1 else 's'}"
    earlier = f"; episode {transition.episode}, earlier: {', '.join(e.status for e in transition.earlier_episodes)}"
    head = f"{_moment(transition.occurred_at)}  {transition.statement}: {transition.from_status} -> {to}"
    why = f"    {transition.reason}, {count}{earlier if transition.earlier_episodes else ''}"
    more = len(transition.evidence) - SHOWN
    said = [_evidence_line(evidence) for evidence in transition.evidence[:SHOWN]]
    return [head, why, *said, *([f"    and {more} more"] if more > 0 else [])]


def delivery_line(delivery: Delivery, *, paint: Paint = _plain) -> str:
    """Return the line that tells of a webhook."""
    if not delivery.valid:
        return paint(f"    webhook refused: {delivery.problem}", "31")
    data = delivery.body.get("data", {})
    what = f"{data.get('from_status')} -> {data.get('to_status')}" if "to_status" in data else str(delivery.body.get("type"))
    again = ", came before" if delivery.repeat else ""
    return paint(f"    delivered, signature valid: {what} (webhook-id {delivery.webhook_id}{again})", "34")


def _evidence_line(evidence: StandingEvidence) -> str:
    who = evidence.speaker or evidence.outlet
    role = "".join((", authority" if evidence.authority else "", ", interested" if evidence.interested else ""))
    printed = f" in {evidence.outlet}" if evidence.speaker else ""
    hedge = f" {evidence.certainty.term.replace('_', ' ')}" if evidence.stance == Stance.HEDGES and evidence.certainty else ""
    quote = evidence.quote.text if len(evidence.quote.text) <= QUOTE_CHARS else evidence.quote.text[:QUOTE_CHARS].rstrip() + "..."
    return f'    {who}{role} {VERBS[evidence.stance]}{hedge}{printed}, {_moment(evidence.said_at)}: "{" ".join(quote.split())}"'


def _moment(at: datetime) -> str:
    return at.strftime("%d %b %Y %H:%M")


async def show_transitions(bootstrap: str, terminal: Terminal) -> None:
    """Print every transition that no earlier run has shown, for ever."""
    consumer = new_consumer(claims_transition.TOPIC.name, bootstrap=bootstrap, client_id="claimwatch-terminal", group="claimwatch-terminal")
    await consumer.start()
    try:
        async for record in consumer:
            if record.value is not None:
                terminal.transition(decode(Transition, record.value))
            try:
                await consumer.commit()
            except KafkaError:
                await asyncio.sleep(0.5)  # shown again by a later run at worst
    finally:
        await consumer.stop()
