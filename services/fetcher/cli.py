"""The fetcher's verbs that look at one thing, ``feed parse`` for one; those of ``feeds`` are in ``feeds_cli``."""

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.articles_cli import articles
from services.fetcher.feeds_cli import feeds
from services.fetcher.page_cli import page

feed = typer.Typer(no_args_is_help=True, help="To look at one feed.")

Allow = Annotated[list[str], typer.Option(help="Host or network that may be fetched from although it is not public.")]
FILE_URL = "http://file.invalid/"
"""Stands for the address of a feed that is read from a file: relative links lead nowhere, and say so."""


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.add_typer(feeds, name="feeds")
    app.add_typer(feed, name="feed")
    app.add_typer(articles, name="articles")
    app.add_typer(page, name="page")


@feed.command("parse")
def parse(
    place: Annotated[str, typer.Argument(help="A file, or an address (http or https).")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as one JSON document.")] = False,
    allow: Allow = [],  # noqa: B006  # typer reads the default, nobody changes it
) -> None:
    """Show what the fetcher reads from a feed: its entries as articles, and what was dropped and why."""
    try:
        found = _look(*_bytes_of(place, allow))
    except FeedError as error:
        found = {"reason": error.reason.value, "detail": error.detail}
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        _show(found)
    if found["reason"] != "ok":
        raise typer.Exit(1)


def _look(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    from schemas.feeds_source import FeedSource
    from services.fetcher.adapters.feeds.feed_parser import parse_feed
    from services.fetcher.domain.articles.articles import harvest

    parsed = parse_feed(body, url=url, content_type=content_type)
    source = FeedSource.model_validate({"feed_id": "shown", "url": url, "outlet": {"name": parsed.title or "shown"}})
    found = harvest(parsed, source=source, seen=(), now=datetime.now(UTC))
    return {
        "reason": "ok", "form": parsed.form, "title": parsed.title, "language": parsed.language, "entries": found.entries,
        "dropped": dict(found.dropped), "articles": [article.model_dump(mode="json") for article in found.new],
        "deleted": [asdict(deleted) for deleted in parsed.deleted],
    }  # fmt: skip


async def _download(url: str, allow: list[str]) -> tuple[bytes, str, str]:
    from services.chassis.http import new_client
    from services.fetcher.adapters.polling.feed_client import FeedClient
    from services.fetcher.domain.polling.polls import Validators

    async with new_client(timeout_s=15, allow=allow) as http:
        client = FeedClient(http, timeout_s=60, max_body_bytes=16_000_000)
        fetched = await client.fetch(url, validators=Validators(), now=datetime.now(UTC))
    return fetched.body or b"", fetched.url, fetched.content_type


def _bytes_of(place: str, allow: list[str]) -> tuple[bytes, str, str]:
    if place.startswith(("http://", "https://")):
        return asyncio.run(_download(place, allow))
    try:
        return Path(place).read_bytes(), FILE_URL, ""
    except OSError as error:
        typer.echo(f"feed parse: {place}: {error.strerror}", err=True)
        raise typer.Exit(2) from None


def _show(found: dict[str, Any]) -> None:
    if found["reason"] != "ok":
        print(f"{found['reason']}: {found['detail']}")
        return
    print(f"{found['form']}: {found['title']}: {found['entries']} entries")
    for article in found["articles"]:
        print(f"{article['published_at']}  {article['title']}\n    {article['url']}")
    for reason, count in found["dropped"].items():
        print(f"dropped {count}: {reason}")
