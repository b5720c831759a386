"""The verbs of ``claimwatch`` about the cluster: ``topics create``, ``topics check``."""

import asyncio
from typing import Annotated

import typer

from deploy.topics import Outcome, ensure_topics
from deploy.trouble import Trouble

topics = typer.Typer(no_args_is_help=True, help="The Kafka topics of the catalogue.")

Bootstrap = Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Brokers, host:port separated by commas.")]
Replication = Annotated[
    int | None,
    typer.Option(envvar="KAFKA_REPLICATION", min=1, help="Copies of each partition of a new topic [default: brokers, at most 3]."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if anything differs from the catalogue.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.add_typer(topics, name="topics")


@topics.command("create")
def create(bootstrap: Bootstrap = "127.0.0.1:9092", replication: Replication = None, strict: Strict = False) -> None:
    """Create the topics that are missing. Existing ones are never changed; what differs is printed."""
    outcome = _ensure(bootstrap, replication=replication, create=True)
    _report(outcome)
    if strict and outcome.differences:
        raise typer.Exit(1)


@topics.command("check")
def check(bootstrap: Bootstrap = "127.0.0.1:9092", strict: Strict = False) -> None:
    """Compare the cluster with the catalogue; change nothing."""
    outcome = _ensure(bootstrap, replication=None, create=False)
    _report(outcome)
    if strict and (outcome.differences or outcome.missing):
        raise typer.Exit(1)


def _ensure(bootstrap: str, *, replication: int | None, create: bool) -> Outcome:
    try:
        return asyncio.run(ensure_topics(bootstrap, replication=replication, create=create))
    except Trouble as trouble:
        typer.echo(f"topics: {trouble}", err=True)
        raise typer.Exit(2) from None


def _report(outcome: Outcome) -> None:
    for name in outcome.created:
        print(f"created  {name}")
    for name in outcome.missing:
        print(f"missing  {name}")
    for difference in outcome.differences:
        print(f"differs  {difference}")
    same = len(outcome.existing) - len({difference.topic for difference in outcome.differences})
    counts = f"{len(outcome.created)} created, {len(outcome.missing)} missing, {same} as in the catalogue"
    print(f"{counts}, {len(outcome.differences)} differences")
