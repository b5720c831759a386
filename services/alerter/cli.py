"""The alerter's verbs of the command ``claimwatch``: claims, deliveries, subscriptions."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas import claims_override, claims_status, claims_watch, feeds_source, feeds_state
from schemas.claims_override import Override
from schemas.claims_status import ClaimStatus
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.ids import override_id
from schemas.record import Record
from schemas.topic import Topic
from schemas.words import Status
from services.alerter.adapters.claim_file import read_claims
from services.alerter.adapters.compacted_topic import CompactedTopic, RecordWriter
from services.alerter.adapters.subscription_file import read_subscriptions
from services.alerter.adapters.yaml_file import BadFile
from services.alerter.domain.sight import FeedHealth, Says, sight_of
from services.chassis.addresses import AllowList
from services.chassis.clock import Clock, clock_from
from services.chassis.http import new_client
from services.chassis.kafka import new_producer, wait_for_kafka

Bootstrap = Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Kafka brokers, host:port.")]
ApiUrl = Annotated[str, typer.Option(envvar="CLAIMWATCH_API", help="Address of the alerter's API.")]
ApiKey = Annotated[str, typer.Option(envvar="CLAIMWATCH_API_KEY", help="Key of the API, if it asks for one.", show_default=False)]
KAFKA_PATIENCE_S = 10

claims_app = typer.Typer(no_args_is_help=True, help="Watched claims: load, check, list, status.")
deliveries_app = typer.Typer(no_args_is_help=True, help="Webhooks that were or are to be sent.")
subscriptions_app = typer.Typer(no_args_is_help=True, help="Files of endpoints and subscriptions.")


ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a watched claim.")]
Author = Annotated[str, typer.Option(envvar="CLAIMWATCH_AUTHOR", help="Who decides; subscribers are told.")]
Why = Annotated[str, typer.Option("--reason", help="Why; subscribers are told.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.add_typer(claims_app, name="claims")
    app.add_typer(deliveries_app, name="deliveries")
    app.add_typer(subscriptions_app, name="subscriptions")


@claims_app.command("check")
def check_claims(file: Path) -> None:
    """Check a YAML file of claims; say every mistake."""
    claims = _claims_in(file)
    typer.echo(f"{file}: {len(claims)} claims, all sound")


@claims_app.command("load")
def load_claims(file: Path, bootstrap: Bootstrap = "127.0.0.1:9092") -> None:
    """Watch the claims of a YAML file. Nothing is written unless all of it is sound."""
    claims = _claims_in(file)
    _run(lambda: _write(bootstrap, claims_watch.TOPIC, {claim.claim_id: claim for claim in claims}), bootstrap)
    typer.echo(f"{file}: {len(claims)} claims are watched now")


@claims_app.command("list")
def list_claims(bootstrap: Bootstrap = "127.0.0.1:9092") -> None:
    """List the watched claims."""
    rows: list[WatchedClaim] = _run(lambda: _rows(claims_watch.TOPIC, WatchedClaim, bootstrap), bootstrap)
    for claim in rows:
        typer.echo(f"{claim.claim_id}\t{claim.statement}")


@claims_app.command("status")
def show_status(claim_id: Annotated[str | None, typer.Argument()] = None, bootstrap: Bootstrap = "127.0.0.1:9092") -> None:
    """Show where every claim stands, or one of them with its evidence."""
    rows: list[ClaimStatus] = _run(lambda: _rows(claims_status.TOPIC, ClaimStatus, bootstrap), bootstrap)
    if claim_id is None:
        for status in rows:
            typer.echo(
                f"{status.claim_id}\t{status.status}\t{status.reason}\torigins {status.origins}\tas of {status.as_of:%Y-%m-%d %H:%M}Z"
            )
        _print_sight(bootstrap, beside=True)
        return
    found = next((status for status in rows if status.claim_id == claim_id), None)
    if found is None:
        raise _fail(f"claims: nothing has been reported of {claim_id}; `claimwatch claims list` shows what is watched")
    _print_status(found)
    _print_sight(bootstrap)


@claims_app.command("override")
def override_claim(
    claim_id: ClaimId,
    status: Annotated[Status, typer.Argument(help="The status from now on.")],
    reason: Why,
    author: Author,
    lock: Annotated[bool, typer.Option("--lock", help="Until another decision, not only until the rule's own view changes.")] = False,
    bootstrap: Bootstrap = "127.0.0.1:9092",
) -> None:
    """Set a claim's status by hand. Subscribers are told at once, with author and reason; the rule's own view is kept beside it."""
    _decide(claim_id, author, reason, bootstrap, status=status, locked=lock)
    typer.echo(f"{claim_id}: {status} by decision of {author}{', locked' if lock else ''}")


@claims_app.command("lift")
def lift_override(claim_id: ClaimId, reason: Why, author: Author, bootstrap: Bootstrap = "127.0.0.1:9092") -> None:
    """Take back what was set by hand, locked or not: the rule's own view stands again."""
    _decide(claim_id, author, reason, bootstrap)
    typer.echo(f"{claim_id}: the status rule decides again")


def _decide(claim_id: str, author: str, reason: str, bootstrap: str, *, status: Status | None = None, locked: bool = False) -> None:
    at = _clock().now()
    decided = override_id(claim_id, author, at.isoformat())
    try:
        override = Override(
            override_id=decided, claim_id=claim_id, status=status, locked=locked, author=author.strip(), reason=reason.strip(), at=at
        )
    except ValidationError as error:
        raise _fail(*(f"claims: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())) from None
    watched: list[WatchedClaim] = _run(lambda: _rows(claims_watch.TOPIC, WatchedClaim, bootstrap), bootstrap)
    if claim_id not in {claim.claim_id for claim in watched}:
        raise _fail(f"claims: nobody watches {claim_id!r}; `claimwatch claims list` shows what is watched")
    _run(lambda: _write(bootstrap, claims_override.TOPIC, {claim_id: override}), bootstrap)


def _print_status(status: ClaimStatus) -> None:
    typer.echo(f"{status.statement}\n{status.status} ({status.reason}), {status.origins} origins, as of {status.as_of:%Y-%m-%d %H:%M}Z")
    if status.decision:
        lock, view = ", locked" if status.decision.locked else "", f"; the rule's own view: {status.suggested}"
        typer.echo(f"set by {status.decision.author}{lock}: {status.decision.reason}{view}")
    if status.caveats:
        typer.echo(f"caveats: {', '.join(status.caveats)}")
    for word in status.evidence:
        typer.echo(f'- {word.said_at:%Y-%m-%d} {word.speaker or word.outlet} {word.stance}: "{word.quote.text}" {word.url}')


def _print_sight(bootstrap: str, *, beside: bool = False) -> None:
    """Say if feeds are out of sight: then silence does not mean that there is no news. ``beside``: not among the rows of a table."""
    sources: list[FeedSource] = _run(lambda: _rows(feeds_source.TOPIC, FeedSource, bootstrap), bootstrap)
    health: list[FeedHealth] = _run(lambda: _rows(feeds_state.TOPIC, FeedHealth, bootstrap), bootstrap)
    sight = sight_of(sources, {row.feed_id: row for row in health}.get, now=_clock().now())
    if sight.says is not Says.ALL:
        typer.echo(f"sight: {sight.says}; {sight.stale} of {sight.feeds} feeds cannot be seen at present", err=beside)


@deliveries_app.command("list")
def list_deliveries(
    endpoint: Annotated[str | None, typer.Option(help="Only to this endpoint.")] = None,
    claim: Annotated[str | None, typer.Option(help="Only of this claim.")] = None,
    state: Annotated[str | None, typer.Option(help="queued, pending, delivered, given_up or dead.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    api: ApiUrl = "http://127.0.0.1:8080",
    api_key: ApiKey = "",
) -> None:
    """List deliveries, the latest first."""
    chosen = {"endpoint_id": endpoint, "claim_id": claim, "state": state, "limit": limit}
    page = asyncio.run(_get(api, "/deliveries", api_key, {key: value for key, value in chosen.items() if value is not None}))
    for one in page["items"]:
        when = one["settled_at"] or one["next_attempt_at"] or one["created_at"]
        why = f"\t{one['reason']}" if one["reason"] else ""
        typer.echo(f"{when}\t{one['state']}\t{one['claim_id']} #{one['sequence']}\t{one['endpoint_id']}\ttries {one['attempts']}{why}")


@subscriptions_app.command("check")
def check_subscriptions(
    file: Path, allow: Annotated[str, typer.Option(envvar="ALERTER_ALLOW", help="As the alerter's ALERTER_ALLOW.")] = ""
) -> None:
    """Check a file of endpoints and subscriptions; say every mistake."""
    try:
        content = read_subscriptions(file, AllowList(allow.split(",")))
    except BadFile as error:
        raise _fail(*error.lines) from None
    except ValueError as error:
        raise _fail(f"allow: {error}") from None
    typer.echo(f"{file}: {len(content.endpoints)} endpoints, {len(content.subscriptions)} subscriptions, all sound")


def _fail(*lines: str) -> typer.Exit:
    for line in lines:
        typer.echo(line, err=True)
    return typer.Exit(1)


def _claims_in(file: Path) -> list[WatchedClaim]:
    try:
        return read_claims(file)
    except BadFile as error:
        raise _fail(*error.lines) from None


def _run(work: Callable[[], Awaitable[Any]], bootstrap: str) -> Any:
    async def with_kafka() -> Any:
        await wait_for_kafka(bootstrap, timeout_s=KAFKA_PATIENCE_S)
        return await work()

    try:
        return asyncio.run(with_kafka())
    except KafkaError as error:
        raise _fail(f"kafka: {bootstrap}: {type(error).__name__}") from None


def _clock() -> Clock:
    clock_file = os.environ.get("CLOCK_FILE")
    return clock_from(Path(clock_file) if clock_file else None)


async def _write(bootstrap: str, topic: Topic, records: Mapping[str, Record]) -> None:
    producer = new_producer(bootstrap, client_id="claimwatch-cli")
    await producer.start()
    try:
        writer = RecordWriter(producer, source="operator", now=_clock().now)
        for key, record in records.items():
            await writer.put(topic, key, record)
    finally:
        await producer.stop()


async def _rows(topic: Any, model: Any, bootstrap: str) -> Any:
    table = CompactedTopic(topic, model, bootstrap=bootstrap, client_id="claimwatch-cli")
    try:
        await table.load()
        return table.rows()
    finally:
        await table.close()


async def _get(api: str, path: str, api_key: str, query: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    host = httpx.URL(api).host
    try:
        async with new_client(timeout_s=10, allow=[host]) as client:
            response = await client.get(f"{api.rstrip('/')}{path}", params=query, headers=headers)
    except httpx.HTTPError:
        raise _fail(f"api: {api} does not answer; start the alerter there or set CLAIMWATCH_API") from None
    if response.is_error:
        problem = response.json()
        reasons = [f"{item['field']}: {item['reason']}" for item in problem.get("errors", [])]
        raise _fail(f"api: {problem['detail']}", *reasons)
    return response.json()
