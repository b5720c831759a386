"""The classifier's verbs of the ``claimwatch`` command."""

import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError

from schemas.claims_watch import ClaimFile
from schemas.news_article import Article
from services.classifier import pairs_cli
from services.classifier.domain.classify import Watch, classify
from services.classifier.domain.signatures import SHINGLE_WORDS, copy_containment, is_copy, signature, similarity

article_app = typer.Typer(help="Look at one article as the classifier sees it.", no_args_is_help=True)
text_app = typer.Typer(help="Compare texts as the classifier does.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.add_typer(article_app, name="article")
    app.add_typer(text_app, name="text")
    pairs_cli.register(app)


@article_app.command("read")
def read_article(
    article_file: Annotated[Path, typer.Argument(help="An article as JSON, as on news.article.v1.")],
    claims: Annotated[Path, typer.Option(help="YAML file of watched claims.")],
    reader: Annotated[str, typer.Option(help="rules, or rules+model.")] = "",
) -> None:
    """Print, as JSON lines, what the article is about and what it says of each claim: the code of the running service."""
    from services.classifier.adapters.english_parser import load_reader

    name = pairs_cli.reader_name(reader or os.environ.get("CLASSIFIER_READER", "rules"))
    try:
        article = Article.model_validate_json(article_file.read_text())
        watched = ClaimFile.model_validate(yaml.safe_load(claims.read_text()), extra="forbid")
    except (OSError, ValidationError, yaml.YAMLError) as error:
        typer.echo(f"article read: {error}", err=True)
        raise typer.Exit(2) from None
    done = classify(article, Watch.of(watched.claims, [article.outlet]), load_reader(name), classified_at=datetime.now(UTC))
    for record in (done.article, *done.readings):
        typer.echo(record.model_dump_json(by_alias=True))


Place = Annotated[str, typer.Argument(help="File or address: text, HTML, or JSON with a text (as `page extract --json` prints it).")]


@text_app.command("same")
def same(
    a: Place,
    b: Place,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    allow: Annotated[list[str], typer.Option(help="Host or network that may be fetched from although it is not public.")] = [],  # noqa: B006
) -> None:
    """Tell whether two texts are near-duplicates, and how near: the code of the running service. Exit code 0 if they are, 1 if not."""
    sketches = [signature(_text(place, allow)) for place in (a, b)]
    near, needed, is_same = similarity(*sketches), copy_containment(*sketches), is_copy(*sketches)
    if as_json:
        shingles = [sketch.shingles for sketch in sketches]
        found = {"same": is_same, "jaccard": near.jaccard, "containment": near.containment, "needed": needed, "shingles": shingles}
        typer.echo(json.dumps(found))
    else:
        word = "near-duplicates" if is_same else "two texts"
        typer.echo(f"{word}: {near.containment:.0%} of the shorter is in the other ({needed:.0%} needed)")
        typer.echo(f"jaccard {near.jaccard:.2f}; shingles of {SHINGLE_WORDS} words: {sketches[0].shingles} and {sketches[1].shingles}")
    if not is_same:
        raise typer.Exit(1)


def _text(place: str, allow: list[str]) -> str:
    from services.classifier.adapters.text_places import NoText, text_at

    try:
        return asyncio.run(text_at(place, allow=allow))
    except NoText as error:
        typer.echo(f"text same: {place}: {error}", err=True)
        raise typer.Exit(2) from None
