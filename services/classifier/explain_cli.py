"""``claimwatch explain``: why a claim stands where it stands, now or at any past time, from its evidence in Kafka."""

import asyncio
import dataclasses
import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from aiokafka.errors import KafkaError

from schemas.claims_transition import StandingEvidence
from services.chassis.kafka import wait_for_kafka
from services.classifier.domain.judging.explanation import Explanation

KAFKA_PATIENCE_S = 10
QUOTE_CHARS = 70
Bootstrap = Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Kafka brokers.")]
At = Annotated[
    str, typer.Option("--at", help="Moment to look at, ISO 8601 (2017-06-22, 2017-06-22T14:00Z); UTC where no zone is given; default: now.")
]


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("explain")(explain_claim)


def explain_claim(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a watched claim.")],
    at: At = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    bootstrap: Bootstrap = "127.0.0.1:9092",
) -> None:
    """Print where a claim stands or stood: who said what, which row of the status rule held, and what would move it.

    The claim as it is watched now and the outlets as they are registered now are applied to its past.
    """
    moment = _moment(at)
    found = _explained(bootstrap, claim_id, moment)
    if found is None:
        typer.echo(f"explain: nobody watches {claim_id!r}; `claimwatch claims list` names the claims that are", err=True)
        raise typer.Exit(1)
    typer.echo(_as_json(found) if as_json else "\n".join(_lines(found)))


def _moment(at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(at) if at else datetime.now(UTC)
    except ValueError:
        typer.echo(f"explain: --at: {at!r} is no time; write it like 2017-06-22 or 2017-06-22T14:00Z", err=True)
        raise typer.Exit(2) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _explained(bootstrap: str, claim_id: str, at: datetime) -> Explanation | None:
    from services.classifier.adapters.claim_history import overrides_of, readings_of, watched
    from services.classifier.domain.judging.explanation import explain
    from services.classifier.domain.judging.replay import replay
    from services.classifier.domain.signatures import is_copy

    async def look() -> Explanation | None:
        await wait_for_kafka(bootstrap, timeout_s=KAFKA_PATIENCE_S)
        watch = await watched(bootstrap, claim_id)
        claim = watch.for_judging(claim_id) if watch else None
        if watch is None or claim is None:
            return None
        readings = await readings_of(bootstrap, watch, claim_id)
        overrides = await overrides_of(bootstrap, claim_id)
        return explain(replay(claim, readings, is_copy, until=at, overrides=overrides), claim, at=at)

    try:
        return asyncio.run(look())
    except KafkaError as error:
        typer.echo(f"kafka: {bootstrap}: {type(error).__name__}", err=True)
        raise typer.Exit(1) from None


def _as_json(found: Explanation) -> str:
    record = {
        "status": found.status.model_dump(mode="json", by_alias=True),
        "row": found.row,
        "own_row": found.own_row,
        "prospects": [dataclasses.asdict(prospect) for prospect in found.prospects],
        "transitions": [moved.model_dump(mode="json", by_alias=True) for moved in found.transitions],
    }
    return json.dumps(record, ensure_ascii=False)


def _lines(found: Explanation) -> list[str]:
    status = found.status
    held = f" (announced: {status.announced})" if status.announced is not status.status else ""
    origins = f"{status.origins} independent {'origin' if status.origins == 1 else 'origins'}"
    lines = [
        f"{status.claim_id}: {status.statement}",
        f"as of {_time(status.as_of)}: {status.status}{held}, {origins}, episode {status.episode}",
        f"why: {found.row} ({status.reason}, status rule {status.rule_version})",
    ]
    if status.decision:
        lock = ", locked" if status.decision.locked else ""
        lines.append(f"set by {status.decision.author} on {_time(status.decision.at)}{lock}: {status.decision.reason}")
        lines.append(f"the rule's own view: {status.suggested}: {found.own_row}")
    if status.caveats:
        lines.append(f"beside it: {', '.join(status.caveats)}")
    lines += ["", "what stands, the latest first:" if status.evidence else "nothing stands", *map(_word, status.evidence)]
    for earlier in status.earlier_episodes:
        lines.append(f"earlier: episode {earlier.episode} ended {earlier.status}")
    lines += ["", "how it came there:" if found.transitions else "it has never moved"]
    for moved in found.transitions:
        quiet = "" if moved.notify else ", nobody told"
        lines.append(f"  {moved.sequence:>3}  {_time(moved.occurred_at)}  {moved.from_status} -> {moved.to_status} ({moved.reason}{quiet})")
    it = "the rule's own view" if status.decision else "it"
    lines += ["", f"what would move {it}:" if found.prospects else f"nothing of the usual would move {it}"]
    lines += [f"  {prospect.what}: {prospect.status}" for prospect in found.prospects]
    return lines


def _word(piece: StandingEvidence) -> str:
    standing = "authority" if piece.authority else "interested" if piece.interested else "" if piece.accountable else "nobody's own account"
    sure = f" {piece.certainty.term}" if piece.certainty else ""
    quote = piece.quote.text if len(piece.quote.text) <= QUOTE_CHARS else piece.quote.text[: QUOTE_CHARS - 1] + "…"
    who = f"{piece.origin}{f' ({standing})' if standing else ''}"
    return f'  {_time(piece.said_at)}  {who}: {piece.stance}{sure}, in {piece.outlet}: "{" ".join(quote.split())}" {piece.url}'


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
