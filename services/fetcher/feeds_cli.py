"""The verbs ``claimwatch feeds …``: which feeds are polled, how they fare, and where to find new ones."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from schemas.feeds_source import FeedSource
    from schemas.feeds_state import FeedState
    from services.fetcher.adapters.sources.discovery import Findings
    from services.fetcher.adapters.sources.source_mistakes import SourceList

feeds = typer.Typer(no_args_is_help=True, help="The feeds that are polled.")

Bootstrap = Annotated[str, typer.Option(envvar="KAFKA_BOOTSTRAP", help="Brokers, host:port separated by commas.")]
AsJson = Annotated[bool, typer.Option("--json", help="Everything, as JSON.")]
FeedIds = Annotated[list[str], typer.Argument(metavar="FEED_ID...", help="Ids, as `feeds list` shows them.")]
Allow = Annotated[list[str], typer.Option(help="Host or network that may be fetched from although it is not public.")]
DEFAULT_BOOTSTRAP = "127.0.0.1:9092"


class Form(StrEnum):
    """How a list of feeds is written."""

    OPML = "opml"
    YAML = "yaml"


def _refuse(verb: str, why: str) -> typer.Exit:
    typer.echo(f"feeds {verb}: {why}", err=True)
    return typer.Exit(2)


def _sources(bootstrap: str) -> "dict[str, FeedSource]":
    from services.chassis.kafka import wait_for_kafka
    from services.fetcher.adapters.sources.feed_source_topic import read_sources

    asyncio.run(wait_for_kafka(bootstrap, timeout_s=5))
    return dict(sorted(asyncio.run(read_sources(bootstrap)).items()))


def _states(bootstrap: str) -> "dict[str, FeedState]":
    from services.fetcher.adapters.sources.feed_source_topic import read_states

    return asyncio.run(read_states(bootstrap))


def _write(bootstrap: str, sources: "Sequence[FeedSource]", removed: Sequence[str] = ()) -> None:
    from services.fetcher.adapters.sources.feed_source_topic import write_sources

    asyncio.run(write_sources(bootstrap, sources, at=datetime.now(UTC), removed=removed))


def _known(bootstrap: str, feed_ids: list[str], verb: str) -> "list[FeedSource]":
    sources = _sources(bootstrap)
    if unknown := [feed_id for feed_id in feed_ids if feed_id not in sources]:
        raise _refuse(verb, f"there is no feed {', '.join(map(repr, unknown))}")
    return [sources[feed_id] for feed_id in feed_ids]


@feeds.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="OPML or YAML file of feeds.")],
    replace: Annotated[bool, typer.Option("--replace", help="Remove the feeds that are not in the file.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    skip_mistakes: Annotated[bool, typer.Option("--skip-mistakes", help="Load the sound feeds, name those left out.")] = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Write the feeds of a file to feeds.source.v1. With any mistake in it, nothing is written."""
    from services.fetcher.domain.sources.source_changes import source_changes

    found = _file(file, skip_mistakes=skip_mistakes)
    if found.mistakes and replace:
        raise _refuse("load", "--replace would remove the feeds with mistakes: nothing was written")
    changes = source_changes(_sources(bootstrap), found.sources, replace=replace)
    if replace or dry_run:
        print("\n".join(changes.lines()) or "nothing changes")
    if dry_run:
        return
    _write(bootstrap, changes.to_write, [source.feed_id for source in changes.removed])
    changed = f"{len(changes.added)} new, {len(changes.changed)} changed"
    print(f"{len(changes.to_write)} feeds written ({changed}), {len(changes.removed)} removed, {changes.kept} as before")


def _file(file: Path, *, skip_mistakes: bool) -> "SourceList":
    from services.fetcher.adapters.sources.source_files import look_at_sources_file
    from services.fetcher.adapters.sources.source_mistakes import SourceFileError, SourceList

    try:
        found = look_at_sources_file(file)
    except SourceFileError as error:
        found, skip_mistakes = SourceList((), tuple(error.mistakes)), False
    for mistake in found.mended:
        typer.echo(f"{file}: {mistake}: mended, no feed is lost by it", err=True)
    for mistake in found.mistakes:
        typer.echo(f"{file}: {mistake}{': left out' if skip_mistakes else ''}", err=True)
    if found.mistakes and not skip_mistakes:
        raise _refuse("load", "nothing was written")
    return found


@feeds.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; the terminal if left out.")] = None,
    form: Annotated[Form, typer.Option("--format", help="OPML for other readers, or YAML. Both keep everything.")] = Form.OPML,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Write all feeds to a file; loading it gives the same feeds again."""
    from services.fetcher.adapters.sources.opml import write_opml
    from services.fetcher.adapters.sources.source_yaml import write_yaml

    sources = _sources(bootstrap).values()
    content = write_opml(sources) if form is Form.OPML else write_yaml(sources).encode()
    if file is None:
        typer.get_binary_stream("stdout").write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise _refuse("export", f"{file}: {error.strerror}") from None
    print(f"{len(sources)} feeds written to {file}")


@feeds.command("list")
def list_feeds(
    tag: Annotated[str, typer.Option(help="Only feeds with this tag, or one below it.")] = "",
    trouble: Annotated[bool, typer.Option("--trouble", help="Only feeds that are not well.")] = False,
    as_json: AsJson = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Print the feeds, one a line: id, how it fares, next poll, outlet, address."""
    from services.fetcher.domain.polling.feed_overview import overview

    sources, states = _sources(bootstrap), _states(bootstrap)
    rows = [overview(source, states.get(feed_id)) for feed_id, source in sources.items() if _has_tag(source, tag)]
    rows = [row for row in rows if not trouble or row["health"] not in ("ok", "paused")]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        source, state = row["source"], row["state"]
        next_poll = state["next_poll_at"] if state and not source["paused"] else "-"
        print("\t".join((source["feed_id"], row["health"], next_poll, source["outlet"]["name"], source["url"])))


def _has_tag(source: "FeedSource", tag: str) -> bool:
    return not tag or any(f"{own}/".startswith(f"{tag}/") for own in source.tags)


@feeds.command("show")
def show(feed_id: str, as_json: AsJson = False, bootstrap: Bootstrap = DEFAULT_BOOTSTRAP) -> None:
    """Print everything about one feed: its source, its last poll, its rhythm, its warnings."""
    from services.fetcher.domain.polling.feed_overview import overview

    (source,) = _known(bootstrap, [feed_id], "show")
    found = overview(source, _states(bootstrap).get(feed_id))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print(f"{feed_id}: {found['health']}")
    for part in ("source", "state"):
        print(f"\n{part}")
        for name, value in _flat(found[part] or {}):
            print(f"  {name}: {value}")


def _flat(fields: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Return fields with something in them, those of fields with a dot between."""
    found: list[tuple[str, Any]] = []
    for name, value in fields.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        elif value not in ("", None, []):
            found.append((prefix + name, ", ".join(map(str, value)) if isinstance(value, list) else value))
    return found


@feeds.command("pause")
def pause(feed_ids: FeedIds, bootstrap: Bootstrap = DEFAULT_BOOTSTRAP) -> None:
    """Poll feeds no more for now. What is known of them stays."""
    _set_paused(bootstrap, feed_ids, "pause", paused=True)


@feeds.command("resume")
def resume(feed_ids: FeedIds, bootstrap: Bootstrap = DEFAULT_BOOTSTRAP) -> None:
    """Poll feeds again that were paused."""
    _set_paused(bootstrap, feed_ids, "resume", paused=False)


def _set_paused(bootstrap: str, feed_ids: list[str], verb: str, *, paused: bool) -> None:
    sources = _known(bootstrap, feed_ids, verb)
    _write(bootstrap, [source.model_copy(update={"paused": paused}) for source in sources])
    for source in sources:
        print(f"{source.feed_id} {'paused' if paused else 'polled'}{' as before' if source.paused == paused else ''}")


@feeds.command("remove")
def remove(feed_ids: FeedIds, bootstrap: Bootstrap = DEFAULT_BOOTSTRAP) -> None:
    """End the polling of feeds and forget their state."""
    _write(bootstrap, (), removed=[source.feed_id for source in _known(bootstrap, feed_ids, "remove")])
    for feed_id in feed_ids:
        print(f"{feed_id} removed")


@feeds.command("find")
def find(
    url: Annotated[str, typer.Argument(help="A page of the site, or a feed.")],
    add: Annotated[bool, typer.Option("--add", help="Poll the feeds that were found; for one of several, give its own address.")] = False,
    outlet: Annotated[str, typer.Option(help="Name of the outlet, with --add.")] = "",
    family: Annotated[str, typer.Option(help="Owner that counts as one origin, with --add.")] = "",
    tag: Annotated[list[str], typer.Option(help="Tags, with --add.")] = [],  # noqa: B006  # typer reads the default, nobody changes it
    as_json: AsJson = False,
    allow: Allow = [],  # noqa: B006
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Find the feeds of a site: named by its page, else linked, else where feeds usually stand (as far as robots.txt lets us)."""
    from services.fetcher.domain.articles.urls import site_of

    if add and not outlet:
        raise _refuse("find", "--add needs --outlet NAME")
    url = url if "://" in url else f"https://{url}"
    found = _found(url, allow)
    _print_findings(found, as_json=as_json)
    if not found.feeds:
        raise typer.Exit(1)
    if add:
        _add(found, {"name": outlet, "family": family, "domain": site_of(url)}, tag, bootstrap)


def _found(url: str, allow: list[str]) -> "Findings":
    from services.fetcher.adapters.feeds.feed_errors import FeedError

    try:
        return asyncio.run(_find(url, allow))
    except FeedError as error:
        raise _refuse("find", f"{url}: {error}") from None


async def _find(url: str, allow: list[str]) -> "Findings":
    from services.chassis.clock import SystemClock
    from services.chassis.http import DEFAULT_USER_AGENT, new_client
    from services.fetcher.adapters.pages.robots import Robots
    from services.fetcher.adapters.polling.feed_client import FeedClient
    from services.fetcher.adapters.sources.discovery import Discovery

    clock = SystemClock()
    async with new_client(timeout_s=15, allow=allow) as http:
        client = FeedClient(http, timeout_s=30, max_body_bytes=16_000_000)
        return await Discovery(client, Robots(http, clock=clock, agent=DEFAULT_USER_AGENT), clock=clock).find(url)


def _print_findings(found: "Findings", *, as_json: bool) -> None:
    if as_json:
        shown = {"feeds": [asdict(feed) for feed in found.feeds], "tried": [{"url": url, "why": why} for url, why in found.tried]}
        print(json.dumps(shown, ensure_ascii=False, indent=2, default=str))
        return
    for feed in found.feeds:
        newest = f"newest {feed.newest_at:%Y-%m-%d %H:%M}" if feed.newest_at else "no dates"
        text = "full text" if feed.full_text else "summaries"
        print(f"{feed.url}\n    {feed.title or 'no title'}: {feed.form}, {feed.found_by.value}, {feed.entries} entries, {newest}, {text}")
        if feed.hub:
            print(f"    hub {feed.hub}")
    for url, why in found.tried:
        typer.echo(f"no feed: {url}: {why}", err=True)


def _add(found: "Findings", outlet: dict[str, str], tags: list[str], bootstrap: str) -> None:
    from schemas.feeds_source import FeedSource
    from services.fetcher.adapters.sources.opml import feed_id_of

    known = _sources(bootstrap)
    by_url = {str(source.url): source for source in known.values()}
    taken, sources = set(known), []
    for feed in found.feeds:
        feed_id = feed_id_of(feed.url, is_taken=feed_id_of(feed.url) in taken)
        taken.add(feed_id)
        sources.append(FeedSource.model_validate({"feed_id": feed_id, "url": feed.url, "outlet": outlet, "tags": tags}))
    new = [source for source in sources if str(source.url) not in by_url]
    _write(bootstrap, new)
    for source in sources:
        print(f"{source.feed_id} added" if source in new else f"{by_url[str(source.url)].feed_id} is polled already")
