"""The verb ``page extract``: what the fetcher reads from an article's page, by the service's own code."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

page = typer.Typer(no_args_is_help=True, help="To look at one article's page.")

FILE_URL = "http://file.invalid/page"
"""Stands for the address of a page that is read from a file: relative links lead nowhere, and say so."""
MAX_REDIRECTS = 5
TIMEOUT_S = 60
MAX_BODY_BYTES = 16_000_000


@page.callback()
def _group() -> None:
    """Keep ``extract`` a verb of its own, though it is the only one."""


@page.command("extract")
def extract(
    place: Annotated[str, typer.Argument(help="A file, or an address (http or https).")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as one JSON document.")] = False,
    url: Annotated[
        str, typer.Option(help="Where a file came from: relative addresses start there, and a date may stand in it.")
    ] = FILE_URL,
    allow: Annotated[list[str], typer.Option(help="Host or network that may be fetched from although it is not public.")] = [],  # noqa: B006  # typer reads the default, nobody changes it
) -> None:
    """Show the text of an article's page and what the page says of it; exit 1 if there is no text, and why."""
    found = _from_web(place, allow) if place.startswith(("http://", "https://")) else _from_file(place, url)
    print(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _told(found))
    if found["reason"] != "ok":
        raise typer.Exit(1)


def _read(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    from services.fetcher.adapters.pages.reader import read_page
    from services.fetcher.adapters.pages.worker import PAGES

    return {"url": url, **PAGES.dump_python(read_page(body, url=url, content_type=content_type), mode="json")}


def _from_file(place: str, url: str) -> dict[str, Any]:
    try:
        body = Path(place).read_bytes()
    except OSError as error:
        typer.echo(f"page extract: {place}: {error.strerror}", err=True)
        raise typer.Exit(2) from None
    return _read(body, url, "")


def _from_web(url: str, allow: list[str]) -> dict[str, Any]:
    import httpx

    from services.chassis.http import BodyTooLarge, RefusedAddress

    try:
        return _read(*asyncio.run(_download(url, allow)))
    except RefusedAddress as error:
        return {"url": url, "reason": "refused_address", "detail": str(error)}
    except BodyTooLarge as error:
        return {"url": url, "reason": "too_large", "detail": str(error)}
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
        return {"url": url, "reason": "unreachable", "detail": str(error) or type(error).__name__}


async def _download(url: str, allow: list[str]) -> tuple[bytes, str, str]:
    import httpx

    from services.chassis.http import new_client, read_body

    async with asyncio.timeout(TIMEOUT_S), new_client(timeout_s=15, allow=allow) as http:
        for _ in range(MAX_REDIRECTS + 1):
            async with http.stream("GET", url, headers={"Accept": "text/html, */*;q=0.1"}) as response:
                if not response.has_redirect_location:
                    response.raise_for_status()
                    return await read_body(response, limit_bytes=MAX_BODY_BYTES), url, response.headers.get("content-type", "")
                url = str(httpx.URL(url).join(response.headers["location"]).copy_with(fragment=None))
    raise httpx.TooManyRedirects(f"more than {MAX_REDIRECTS} redirects")


def _line(name: str, value: Any) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"{name:12} {shown}"


def _told(found: dict[str, Any]) -> str:
    """Return what was found for a person: what is empty is left out, the text stands last."""
    rest = {name: value for name, value in found.items() if value and name not in ("text", "claim_reviews")}
    reviews = [f"{review['verdict'] or '?'}: {review['claim']}" for review in found.get("claim_reviews", ())]
    lines = [_line(name, value) for name, value in rest.items()] + [_line("fact-check", review) for review in reviews]
    return "\n".join(lines) + (f"\n\n{found['text']}" if found.get("text") else "")
