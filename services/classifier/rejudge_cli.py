"""``claimwatch rejudge``: what subscribers would have been told under another claim or policy, from the evidence in Kafka."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas.claims_transition import Transition
from schemas.claims_watch import ClaimFile, Policy, WatchedClaim
from services.chassis.kafka import wait_for_kafka
from services.classifier.domain.classify import Watch
from services.classifier.domain.judging.comparison import Comparison, compare
from services.classifier.domain.judging.replay import replay
from services.classifier.domain.signatures import is_copy

KAFKA_PATIENCE_S = 10
Bootstrap = Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Kafka brokers.")]


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("rejudge")(rejudge)


def rejudge(
    claim_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAIM]...", help="Ids of watched claims; none: those of the file.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show; nothing else is offered: the judge itself acts on a changed claim.")
    ] = False,
    claims: Annotated[
        Path | None, typer.Option(help="YAML file with the claims as they are to be: authorities, interested parties, policy.")
    ] = None,
    min_origins: Annotated[int | None, typer.Option(help="Another policy: independent origins that confirm.")] = None,
    hold_s: Annotated[int | None, typer.Option(help="Another policy: seconds that a status must stand.")] = None,
    stale_after_days: Annotated[int | None, typer.Option(help="Another policy: days of silence after which likely falls back.")] = None,
    bootstrap: Bootstrap = "127.0.0.1:9092",
) -> None:
    """Replay the past of claims as they are watched and as they would be, and print the changes of status that differ.

    Evidence is judged anew, articles are not read anew: of a changed query or subject it shows nothing. Exit code 1 if anything differs.
    """
    if not dry_run:
        raise _refused(
            "rejudge: say --dry-run; to make it so, load the changed claims (`claimwatch claims load`), and the judge judges them again"
        )
    policy = {"min_origins": min_origins, "hold_s": hold_s, "stale_after_days": stale_after_days}
    changed = {name: value for name, value in policy.items() if value is not None}
    others = _claims_in(claims) if claims else {}
    wanted = claim_ids or sorted(others)
    if not wanted or not (changed or others):
        raise _refused("rejudge: name claims and what is to differ: --claims FILE, --min-origins, --hold-s or --stale-after-days")
    found = [_compared(bootstrap, claim_id, others.get(claim_id), changed) for claim_id in wanted]
    for claim_id, comparison in zip(wanted, found, strict=True):
        typer.echo("\n".join(_lines(claim_id, comparison)))
    if not all(comparison.is_same for comparison in found):
        raise typer.Exit(1)


def _refused(why: str) -> typer.Exit:
    typer.echo(why, err=True)
    return typer.Exit(2)


def _claims_in(file: Path) -> dict[str, WatchedClaim]:
    try:
        content = ClaimFile.model_validate(yaml.safe_load(file.read_text()), extra="forbid")
    except (OSError, ValidationError, yaml.YAMLError) as error:
        raise _refused(f"rejudge: {file}: {error}") from None
    return {claim.claim_id: claim for claim in content.claims}


def _compared(bootstrap: str, claim_id: str, other: WatchedClaim | None, policy: Mapping[str, int]) -> Comparison:
    from services.classifier.adapters.claim_history import overrides_of, readings_of, watched

    async def look() -> Comparison:
        await wait_for_kafka(bootstrap, timeout_s=KAFKA_PATIENCE_S)
        watch = await watched(bootstrap, claim_id)
        if watch is None:
            raise _refused(f"rejudge: nobody watches {claim_id!r}; `claimwatch claims list` names the claims that are")
        readings = await readings_of(bootstrap, watch, claim_id)
        overrides = await overrides_of(bootstrap, claim_id)
        now = datetime.now(UTC)
        base = watch.claims[claim_id]
        first, second = (
            replay(claim, readings, is_copy, until=now, overrides=overrides).transitions
            for claim in (_for_judging(watch, base), _for_judging(watch, _changed(other or base, policy)))
        )
        return compare(first, second)

    try:
        return asyncio.run(look())
    except KafkaError as error:
        raise _refused(f"kafka: {bootstrap}: {type(error).__name__}") from None


def _changed(claim: WatchedClaim, policy: Mapping[str, int]) -> WatchedClaim:
    try:
        return claim.model_copy(update={"policy": Policy.model_validate({**claim.policy.model_dump(), **policy})})
    except ValidationError as error:
        raise _refused("\n".join(f"rejudge: {item['loc'][0]}: {item['msg']}" for item in error.errors())) from None


def _for_judging(watch: Watch, claim: WatchedClaim) -> WatchedClaim:
    """Return the claim with the outlets that have a stake in it, as the judge takes it."""
    return watch.with_claims(upserts=[claim]).for_judging(claim.claim_id) or claim


def _lines(claim_id: str, found: Comparison) -> list[str]:
    if found.is_same:
        return [f"{claim_id}: the same ({found.after})"]
    ended = f"{found.before}, then {found.after}" if found.before is not found.after else str(found.after)
    lines = [f"{claim_id}: {len(found.dropped)} changes of status fewer, {len(found.added)} others (ends: {ended})"]
    return [*lines, *(f"  - {_move(moved)}" for moved in found.dropped), *(f"  + {_move(moved)}" for moved in found.added)]


def _move(moved: Transition) -> str:
    at = moved.occurred_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return f"{at}  {moved.from_status} -> {moved.to_status} ({moved.reason}, {moved.origins} origins)"
