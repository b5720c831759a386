"""``page extract`` shows what the service reads from a page, of a file or an address, and why there is no text."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from services.cli import app
from tests.unit.fetcher.page_samples import PARAGRAPHS, TEXT, article, document

runner = CliRunner()


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        moved, missing = self.path == "/old", self.path == "/missing"
        self.send_response(301 if moved else 404 if missing else 200)
        if moved:
            self.send_header("Location", "/story")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"" if moved else article(head='<link rel="canonical" href="/story">'))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_file_is_shown_as_json_with_every_field(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(article(head='<link rel="canonical" href="/world/dam">'))

    result = runner.invoke(app, ["page", "extract", str(file), "--json", "--url", "https://albion.example/x"])

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["reason"], found["text"], found["canonical"]) == ("ok", TEXT, "https://albion.example/world/dam")
    assert {"title", "authors", "published_at", "credit", "language", "corrections", "claim_reviews", "is_partial", "notice"} <= set(found)


def test_without_json_a_person_reads_the_head_and_then_the_text(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(article())

    shown = runner.invoke(app, ["page", "extract", str(file)]).stdout

    head, _, text = shown.partition("\n\n")
    assert "authors      Ruth Calder" in head
    assert text.startswith(PARAGRAPHS[0])


def test_a_page_without_text_ends_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(document("<p>Page not found</p>"))

    result = runner.invoke(app, ["page", "extract", str(file), "--json"])

    assert (result.exit_code, json.loads(result.stdout)["reason"]) == (1, "no_text")


def test_a_file_that_is_not_there_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    result = runner.invoke(app, ["page", "extract", str(tmp_path / "nothing.html")])

    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_an_address_is_followed_to_its_page(site: str) -> None:
    result = runner.invoke(app, ["page", "extract", f"{site}/old", "--json", "--allow", "127.0.0.1"])

    found = json.loads(result.stdout)
    assert (found["reason"], found["url"], found["canonical"]) == ("ok", f"{site}/story", f"{site}/story")


def test_an_address_that_is_not_public_is_refused(site: str) -> None:
    """Behaviour 19: one gate for every request."""
    result = runner.invoke(app, ["page", "extract", f"{site}/story", "--json"])

    assert (result.exit_code, json.loads(result.stdout)["reason"]) == (1, "refused_address")


def test_a_server_that_has_no_page_is_named(site: str) -> None:
    result = runner.invoke(app, ["page", "extract", f"{site}/missing", "--json", "--allow", "127.0.0.1"])

    found = json.loads(result.stdout)
    assert (result.exit_code, found["reason"]) == (1, "unreachable")
    assert "404" in found["detail"]
