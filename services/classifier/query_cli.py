"""``claimwatch claim check``: how a query is understood, what it costs, and what it finds; or where it goes wrong."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from schemas.claim_query import MAX_COST, Node, QueryError, estimate, parse_query, required_literals
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import Match
from services.classifier.domain.matcher import Matcher

AROUND_CHARS = 40
"""Characters shown on either side of what was found, and of the place of an error."""

claim_app = typer.Typer(help="Try what a claim is to watch for.", no_args_is_help=True)


@claim_app.callback()
def _group() -> None:
    """Keep `check` a verb of its own beside others to come."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.add_typer(claim_app, name="claim")


@claim_app.command("check")
def check_query(
    query: Annotated[str, typer.Argument(help="A query, as in a claim; see schemas/QUERIES.md.")],
    text: Annotated[str, typer.Option(help="File to look into, - for standard input: plain text, or JSON with title, summary, body.")] = "",
    language: Annotated[str, typer.Option(help="Language of the text, for lang:; empty: unknown.")] = "",
) -> None:
    """Print how a query is understood, what an article must contain, its estimated cost, and with --text where it matches.

    Exit code 0: sound, and found where there is a text; 1: not found in the text; 2: the query or the text cannot be read.
    """
    try:
        tree = parse_query(query)
    except QueryError as error:
        _refuse(query, error)
    _describe(tree)
    if text and not _show_matches(query, text, language):
        raise typer.Exit(1)


def _refuse(query: str, error: QueryError) -> NoReturn:
    start = max(0, error.position - 1 - AROUND_CHARS)
    line = "".join(sign if sign.isprintable() else " " for sign in query[start : error.position + AROUND_CHARS])
    before = "…" if start else ""
    typer.echo(f"{before}{line}", err=True)
    typer.echo(f"{' ' * (len(before) + error.position - 1 - start)}^", err=True)
    typer.echo(str(error), err=True)
    raise typer.Exit(2)


def _describe(tree: Node) -> None:
    typer.echo(f"query: {tree}")
    for row in required_literals(tree):
        typer.echo(f"an article must contain: {' or '.join(row)}")
    typer.echo(f"estimated cost: {estimate(tree)} of {MAX_COST:,}")


def _article(place: str, language: str) -> Article:
    """Return the text as an article; JSON gives its fields.

    Raises:
        ValueError: If it is no UTF-8 or cannot be an article.
    """
    text = sys.stdin.read() if place == "-" else Path(place).read_text()
    try:
        found = json.loads(text)
    except ValueError:
        found = {"body": text}
    if not isinstance(found, dict):
        found = {"body": text}
    fields = {name: found.get(name) or "" for name in ("title", "summary", "body")}
    now = datetime.now(UTC)
    return Article(
        article_id="text", version="1", url="https://text.invalid/", feed_id="text", outlet=Outlet(name="text"),
        language=language or found.get("language") or "", published_at=now, first_seen_at=now, version_seen_at=now, **fields,
    )  # fmt: skip


def _show_matches(query: str, place: str, language: str) -> bool:
    try:
        article = _article(place, language)
    except (OSError, ValueError) as error:
        typer.echo(f"claim check: {place}: {error}", err=True)
        raise typer.Exit(2) from None
    claim = WatchedClaim.model_validate({"claim_id": "query", "statement": "what is asked", "query": query, "subject": {"name": "query"}})
    mentions = Matcher.compile([claim]).mentions(article)
    matches = [match for mention in mentions for match in mention.matches]
    typer.echo(f"the text matches: {len(matches)} places" if mentions else "the text does not match")
    for match in matches:
        typer.echo(_shown(match, getattr(article, match.field)))
    return bool(mentions)


def _shown(match: Match, text: str) -> str:
    begin, end = max(0, match.start - AROUND_CHARS), match.end + AROUND_CHARS
    around = f"{text[begin : match.start]}[{text[match.start : match.end]}]{text[match.end : end]}"
    return f"  {match.field} {match.start}-{match.end}  {match.words}: {' '.join(around.split())}"
