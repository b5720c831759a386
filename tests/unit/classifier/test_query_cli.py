"""``claimwatch claim check``: what it prints of a sound query and of one that is not, and what it finds."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli import app
from tests.unit.classifier.articles import article


def check(*arguments: str, given: str = "") -> tuple[int, list[str], list[str]]:
    """Run the verb; return exit code, lines of output, lines of error."""
    result = CliRunner().invoke(app, ["claim", "check", *arguments], input=given)
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def test_a_sound_query_is_told_as_understood_with_what_it_requires_and_costs() -> None:
    code, lines, _ = check("quake Luzara NEAR/3 (dam OR dyke)")

    assert code == 0
    assert lines == [
        "query: quake AND Luzara NEAR/3 (dam OR dyke)",
        "an article must contain: quake",
        "an article must contain: Luzara",
        "an article must contain: dam or dyke",
        "estimated cost: 6 (4 terms: 4 look-ups, 2 pairs of places for NEAR) of 2,000",
    ]


def test_a_mistake_is_pointed_at() -> None:
    code, lines, errors = check("quake and flood")

    assert (code, lines) == (2, [])
    assert errors[:2] == ["quake and flood", "      ^"]
    assert "'and' is not in capitals" in errors[2]


def test_a_mistake_far_behind_is_shown_with_what_stands_around_it() -> None:
    _, _, errors = check("quake " * 50 + "OR OR" + " flood" * 50)

    assert len(errors[0]) < 90
    assert errors[0][errors[1].index("^") :].startswith("OR flood")


@pytest.mark.parametrize("query", ["", "quake\x00", "(", "\ud800"])
def test_any_text_is_answered_without_a_trace(query: str) -> None:
    code, _, errors = check(query)

    assert code == 2
    assert "at character" in errors[-1]


def test_what_a_text_holds_is_shown_with_its_place() -> None:
    code, lines, _ = check("title:quake OR dam", "--text", "-", given="The dam stands.")

    assert code == 0
    assert lines[-2:] == ["the text matches: 1 places", "  body 4-7  dam: The [dam] stands."]


def test_a_text_without_the_words_ends_with_one(tmp_path: Path) -> None:
    file = tmp_path / "article.json"
    file.write_text(article("The dam stands.", title="Quake in Luzara").model_dump_json())

    assert check("title:quake", "--text", str(file))[0] == 0
    assert check("title:dam", "--text", str(file))[0] == 1


@pytest.mark.parametrize("content", [b"\xff", b'{"body": 7}'])
def test_a_text_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    code, _, errors = check("quake", "--text", str(file))

    assert code == 2
    assert errors[0].startswith(f"claim check: {file}")
