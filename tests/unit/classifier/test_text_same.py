"""``claimwatch text same``: whether two texts are near-duplicates, by the code of the service (behaviour 2)."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from services.classifier import cli
from services.classifier.adapters.text_places import text_of
from tests.unit.classifier.test_signatures import AGENCY, PARAGRAPHS

OTHER = (
    "Talks on the fishing treaty have failed, both delegations said on Monday, and no date has been set for another round in the autumn."
)


def same(*arguments: str) -> Result:
    app = typer.Typer()
    cli.register(app)
    return CliRunner().invoke(app, ["text", "same", *arguments])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    html = f"<!doctype html><nav><ul><li>Home</ul></nav><article>{''.join(f'<p>{part}</p>' for part in PARAGRAPHS)}</article>"
    texts = {
        "text": AGENCY,
        "cut": "\n\n".join(PARAGRAPHS[:3]),
        "other": OTHER,
        "html": html,
        "article": json.dumps({"title": "x", "summary": "short", "body": AGENCY}),
        "page": json.dumps({"text": AGENCY}),
        "empty": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name: str(tmp_path / name) for name in (*texts, "missing")}


@pytest.mark.parametrize("other", ["text", "cut", "html", "article", "page"])
def test_texts_that_are_for_the_most_part_the_same_are_told(files: dict[str, str], other: str) -> None:
    found = same(files["text"], files[other])

    assert found.exit_code == 0
    assert found.output.startswith("near-duplicates: 100% of the shorter is in the other (50% needed)")


def test_how_near_they_are_is_given_as_json(files: dict[str, str]) -> None:
    found = json.loads(same(files["text"], files["cut"], "--json").output)

    assert found["same"] is True
    assert found["containment"] == 1
    assert found["jaccard"] == pytest.approx(found["shingles"][1] / found["shingles"][0])


def test_two_texts_are_told_by_the_exit_code(files: dict[str, str]) -> None:
    found = same(files["text"], files["other"])

    assert found.exit_code == 1
    assert found.output.startswith("two texts: 0% of the shorter")


@pytest.mark.parametrize(("place", "reason"), [("empty", "there is no text in it"), ("missing", "No such file")])
def test_a_place_without_a_text_is_told(files: dict[str, str], place: str, reason: str) -> None:
    found = same(files["text"], files[place])

    assert found.exit_code == 2
    assert reason in found.output


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response({"/moved": 302, "/": 200}.get(self.path, 404))
        self.send_header("Location", "/")
        self.end_headers()
        self.wfile.write(AGENCY.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_addresses_are_fetched_and_only_public_ones_unless_allowed(files: dict[str, str], site: str) -> None:
    assert same(files["text"], f"{site}/moved", "--allow", "127.0.0.1").exit_code == 0
    assert "HTTP 404" in same(files["text"], f"{site}/none", "--allow", "127.0.0.1").output
    assert "not public" in same(files["text"], site).output


@given(st.text(max_size=300) | st.text(alphabet='<>{}"/:[] apbody\0', max_size=300))
def test_no_document_breaks_the_reading(document: str) -> None:
    for text in (document, "{" + document, "<p>" + document):
        text_of(text)
