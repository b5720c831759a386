"""``claimwatch read``, run for real: pairs in, readings out, with the shipped weights (behaviours 3 to 6)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schemas.claims_evidence import Evidence

CLAIM = "IS leader Abu Bakr al-Baghdadi was killed"
ARTICLE = (
    "Russia's deputy foreign minister said on Thursday it was highly likely that IS leader Abu Bakr al-Baghdadi was killed in an air strike.\n\n"
    "The Pentagon said it had no information to corroborate the report."
)
PAIRS: list[dict[str, Any]] = [
    {"id": "headline", "claim": CLAIM, "text": "Al-Baghdadi killed in air strike"},
    {"id": "article", "claim": CLAIM, "text": ARTICLE, "title": "IS leader likely dead", "outlet": "Albion Times"},
    {"id": "caveat", "claim": CLAIM, "text": "The Pentagon said it has no information to confirm that Baghdadi was killed."},
    {"id": "no", "claim": CLAIM, "text": "No, the IS leader Baghdadi was not killed: the story is a hoax"},
    {"id": "other", "claim": CLAIM, "text": "Bank raises rates for the third time this year"},
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("pairs")
    source, out = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("\n".join([*map(json.dumps, PAIRS), "no json"]) + "\n")
    done = _run("--pairs", str(source), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "line 6: not JSON" in done.stderr
    return {str(found["id"]): found for found in map(json.loads, out.read_text().splitlines())}


def _run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from services.cli import app; app()", "read", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[4], timeout=120)


def test_each_line_is_answered(answers: dict[str, dict[str, Any]]) -> None:
    assert set(answers) == {*(pair["id"] for pair in PAIRS), "None"}
    for pair in PAIRS:
        assert {"related", "stance", "certainty", "speaker", "evidence", "subjects"} <= answers[pair["id"]].keys()


def test_a_plain_headline_asserts_for_certain(answers: dict[str, dict[str, Any]]) -> None:
    found = answers["headline"]

    assert (found["related"], found["stance"], found["certainty"]["term"]) == (True, "asserts", "certain")


def test_a_hedge_keeps_its_band_and_its_speaker(answers: dict[str, dict[str, Any]]) -> None:
    found = answers["article"]

    assert found["stance"] == "hedges"
    assert found["speaker"] == "Russia"
    assert (found["certainty"]["term"], found["certainty"]["low"], found["certainty"]["high"]) == ("very_likely", 0.8, 0.95)
    assert {piece["stance"] for piece in found["evidence"]} >= {"hedges", "cannot_confirm"}


def test_quotes_stand_where_their_offsets_say(answers: dict[str, dict[str, Any]]) -> None:
    for pair in PAIRS:
        for piece in map(Evidence.model_validate, answers[pair["id"]]["evidence"]):
            text = pair["title"] if piece.quote.field == "title" else pair["text"]
            assert text[piece.quote.start : piece.quote.end] == piece.quote.text
            assert piece.reader


def test_a_caveat_a_refutation_and_another_story_are_told(answers: dict[str, dict[str, Any]]) -> None:
    assert answers["caveat"]["stance"] == "cannot_confirm"
    assert answers["no"]["stance"] in ("denies", "refutes")
    assert (answers["other"]["related"], answers["other"]["stance"], answers["other"]["evidence"]) == (False, None, [])


def test_a_dash_stands_for_standard_input_and_output_and_the_rules_read_alone() -> None:
    done = _run("--pairs", "-", "--out", "-", "--reader", "rules", given=json.dumps(PAIRS[0]) + "\n")

    assert json.loads(done.stdout)["stance"] == "asserts"
    assert json.loads(done.stdout)["evidence"][0]["reader"].startswith("rules-")


@pytest.mark.parametrize("arguments", [["--pairs", "nowhere.jsonl"], ["--pairs", "-", "--reader", "gold"]])
def test_what_cannot_be_opened_or_is_unknown_ends_with_code_2(arguments: list[str]) -> None:
    done = _run(*arguments)

    assert done.returncode == 2
    assert done.stderr
