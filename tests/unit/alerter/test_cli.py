"""The verbs that need no Kafka."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from services.alerter import cli
from tests.unit.alerter.builders import SECRET


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    cli.register(app)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_a_sound_claim_file_is_said_to_be_sound(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("claims:\n  - {claim_id: a, statement: It is so, keywords: [so], subject: {name: it}}\n")

    code, output = run("claims", "check", str(path))

    assert (code, "1 claims, all sound" in output) == (0, True)


@pytest.mark.parametrize("verb", [("claims", "check"), ("claims", "load")])
def test_a_wrong_claim_file_is_refused_before_anything_is_written(tmp_path: Path, verb: tuple[str, str]) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("claims:\n  - claim_id: a\n    statement: It is so\n    keywords: [so]\n    subject: {}\n")

    code, output = run(*verb, str(path))

    assert code == 1
    assert f"{path}:5: claims[0].subject.name (a): Field required" in output or f"{path}:5: claims[0].subject (a)" in output


def test_a_subscription_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.yaml"
    path.write_text(f"endpoints:\n  - {{endpoint_id: desk, url: 'http://127.0.0.1/in', secret: {SECRET}}}\n")

    refused = run("subscriptions", "check", str(path))
    allowed = run("subscriptions", "check", str(path), "--allow", "127.0.0.1")

    assert refused[0] == 1
    assert f"{path}:2: endpoints[0].url (desk): " in refused[1]
    assert SECRET not in refused[1]
    assert allowed[0] == 0


def test_an_api_that_does_not_answer_is_told(tmp_path: Path) -> None:
    code, output = run("deliveries", "list", "--api", "http://127.0.0.1:1")

    assert (code, "does not answer" in output) == (1, True)
