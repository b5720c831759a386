"""The classifier's verbs of the ``claimwatch`` command."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError

from schemas.claims_watch import ClaimFile
from schemas.news_article import Article
from services.classifier.domain.classify import Watch, classify

article_app = typer.Typer(help="Look at one article as the classifier sees it.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.add_typer(article_app, name="article")


@article_app.command("read")
def read_article(
    article_file: Annotated[Path, typer.Argument(help="An article as JSON, as on news.article.v1.")],
    claims: Annotated[Path, typer.Option(help="YAML file of watched claims.")],
) -> None:
    """Print, as JSON lines, what the article is about and what it says of each claim: the code of the running service."""
    from services.classifier.adapters.english_parser import load_reader

    try:
        article = Article.model_validate_json(article_file.read_text())
        watched = ClaimFile.model_validate(yaml.safe_load(claims.read_text()), extra="forbid")
    except (OSError, ValidationError, yaml.YAMLError) as error:
        typer.echo(f"article read: {error}", err=True)
        raise typer.Exit(2) from None
    done = classify(article, Watch.of(watched.claims, [article.outlet]), load_reader(), classified_at=datetime.now(UTC))
    for record in (done.article, *done.readings):
        typer.echo(record.model_dump_json(by_alias=True))
