"""What several services log bears one name in all of them, and the README of the contracts lists it."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from deploy.schema_files import SCHEMAS

SERVICES = SCHEMAS.parent / "services"


def documented() -> set[str]:
    section = (SCHEMAS / "README.md").read_text().split("## Names in logs")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}


def logged_fields(module: Path) -> set[str]:
    """Return the names in every ``extra={...}`` of a module."""
    keywords = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.keyword) and node.arg == "extra"]
    keys = [key for keyword in keywords if isinstance(keyword.value, ast.Dict) for key in keyword.value.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def test_a_field_that_several_parts_log_is_documented() -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for module in SERVICES.rglob("*.py"):
        for name in logged_fields(module):
            parts[name].add(module.relative_to(SERVICES).parts[0])

    shared = {name for name, where in parts.items() if len(where) > 1}

    assert shared
    assert shared - documented() == set()


def test_the_names_of_the_style_are_documented() -> None:
    assert {"feed_url", "article_id", "claim_id", "webhook_id", "attempt", "reason", "duration_s"} <= documented()
