"""The verb ``articles load``: an archive of articles to ``news.article.v1``."""

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from schemas.feeds_source import Outlet
    from services.fetcher.adapters.backfill.loader import Tally
    from services.fetcher.adapters.backfill.store import BackfillStore

articles = typer.Typer(no_args_is_help=True, help="Articles of archives.")

SHOWN_REJECTED = 20
REPORT_EVERY_S = 2.0


@articles.command("load")
def load(
    path: Annotated[Path, typer.Argument(help="A file or folder of .jsonl, .jsonl.gz, .warc, .warc.gz.")],
    outlet: Annotated[str, typer.Option(help="Who published what does not say who did; else its site's host.")] = "",
    domain: Annotated[str, typer.Option(help="Host of that outlet's site.")] = "",
    bootstrap: Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Brokers, host:port separated by commas.")] = "127.0.0.1:9092",
    state: Annotated[Path | None, typer.Option(help="Where it is noted how far it went; beside the archive by default.")] = None,
    rejected: Annotated[Path | None, typer.Option(help="Report of what could not be used; beside the archive by default.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Publish so many at most; the next run goes on.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Read everything, publish and note nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Publish the articles of an archive in the order of events, flagged as back-fill. Run again, it goes on where it ended."""
    started = time.monotonic()
    beside = path.absolute()
    if not beside.exists():
        _fail(f"{path}: there is no such file or folder")
    with tempfile.TemporaryDirectory() as nowhere:
        place = Path(nowhere) / "state" if dry_run else state or beside.with_name(f"{beside.name}.load")
        try:
            result = _load(path, place, _outlet(outlet, domain), bootstrap=bootstrap, limit=limit, dry_run=dry_run)
        except (ValueError, OSError, sqlite3.Error) as error:
            _fail(f"{error} ({place})" if isinstance(error, sqlite3.Error) else str(error))
    refused = result.pop("refused")
    result |= {"seconds": round(time.monotonic() - started, 1), "dry_run": dry_run}
    _write_rejected(refused, None if dry_run and not rejected else rejected or beside.with_name(f"{beside.name}.rejected"))
    print(json.dumps(result) if as_json else _told(result))


def _outlet(name: str, domain: str) -> "Outlet | None":
    from schemas.feeds_source import Outlet

    return Outlet(name=name or domain, domain=domain) if name or domain else None


def _load(path: Path, state: Path, outlet: "Outlet | None", *, bootstrap: str, limit: int | None, dry_run: bool) -> dict[str, Any]:
    from services.fetcher.adapters.backfill.loader import ArchiveReader
    from services.fetcher.adapters.backfill.store import BackfillStore

    if not dry_run:
        _reach(bootstrap)
    with closing(BackfillStore(state)) as store:
        with ArchiveReader(store, outlet=outlet, now=datetime.now(UTC)) as reader:
            reader.read(path, report=_Progress("records read"))
        due = store.unsent_count()
        result: dict[str, Any] = dict(zip(("files", "records"), store.records(), strict=True))
        result |= {"to_publish": due, "rejected": store.rejected_counts(), "refused": [asdict(one) for one in store.rejected()]}
        if dry_run:
            return result
        sending = time.monotonic()
        tally = asyncio.run(_publish(store, bootstrap, limit=limit, due=due))
        left = store.unsent_count()
        if not left:
            store.forget_texts()
    seconds = max(time.monotonic() - sending, 0.001)
    result |= {"published": dict(tally.published), "repeated": tally.repeated, "too_large": tally.too_large, "left": left}
    return result | {"rate_per_s": round(tally.done / seconds)}


def _reach(bootstrap: str) -> None:
    from services.chassis.kafka import wait_for_kafka

    asyncio.run(wait_for_kafka(bootstrap, timeout_s=5))


async def _publish(store: "BackfillStore", bootstrap: str, *, limit: int | None, due: int) -> "Tally":
    from aiokafka.errors import KafkaError

    from services.chassis.kafka import new_producer
    from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
    from services.fetcher.adapters.backfill.loader import publish_archive

    producer = new_producer(bootstrap, client_id="claimwatch-articles-load")
    await producer.start()
    try:
        progress = _Progress(f"of {due} articles published")
        return await publish_archive(store, KafkaArticlePublisher(producer), limit=limit, report=progress)
    except KafkaError as error:
        _fail(f"Kafka has gone away ({type(error).__name__}); run the same again, it goes on from here")
    finally:
        await producer.stop()


class _Progress:
    """Says now and then on standard error how far it is, and how fast."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._last = time.monotonic()

    def __call__(self, count: int, at: datetime | None) -> None:
        now = time.monotonic()
        if now - self._last < REPORT_EVERY_S:
            return
        self._last = now
        reached = f", at {at:%Y-%m-%d}" if at else ""
        typer.echo(f"{count} {self._what}, {count / (now - self._began):.0f} a second{reached}", err=True)


def _write_rejected(refused: list[dict[str, Any]], report: Path | None) -> None:
    if report is None:
        for one in refused[:SHOWN_REJECTED]:
            typer.echo(f"{one['file']}:{one['number']}: {one['reason']} {one['detail']}".rstrip(), err=True)
        if len(refused) > SHOWN_REJECTED:
            typer.echo(f"and {len(refused) - SHOWN_REJECTED} more", err=True)
    elif refused:
        report.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in refused), encoding="utf-8")
        typer.echo(f"what could not be used is in {report}", err=True)


def _told(result: dict[str, Any]) -> str:
    lines = [f"{result['files']} files, {result['records']} records, {sum(result['rejected'].values())} could not be used"]
    lines += [f"  {count} {reason}" for reason, count in result["rejected"].items()]
    if result["dry_run"]:
        return "\n".join([*lines, f"{result['to_publish']} articles would be published"])
    kinds = ", ".join(f"{count} {kind}" for kind, count in result["published"].items())
    lines.append(f"published {kinds}; {result['repeated']} said nothing new; {result['too_large']} too large; {result['left']} left")
    return "\n".join([*lines, f"{result['rate_per_s']} a second, {result['seconds']} s in all"])


def _fail(reason: str) -> NoReturn:
    print(f"articles load: {reason}", file=sys.stderr)
    raise typer.Exit(2)
