"""YAML files that people write: read so that every mistake can be named with its line, its field and its reason."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

M = TypeVar("M", bound=BaseModel)
Location = tuple[str | int, ...]
NAMES = ("claim_id", "endpoint_id", "subscription_id")


class BadFile(Exception):
    """The file cannot be used; one line per mistake."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class YamlFile:
    """A parsed file, and where its parts stand in it."""

    path: Path
    data: Any
    _root: Node | None

    def mistake(self, where: Location, reason: str) -> str:
        """Return the line that tells of a mistake: file and line, field, whose it is, reason."""
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".") or "file"
        owner = self._owner(where)
        return f"{self.path}:{self._line(where)}: {field}{f' ({owner})' if owner else ''}: {reason}"

    def _line(self, where: Location) -> int:
        node, line = self._root, 1
        for part in where:
            node = _child(node, part)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line

    def _owner(self, where: Location) -> str:
        if len(where) < 2 or not isinstance(where[1], int):
            return ""
        try:
            item = self.data[where[0]][where[1]]
        except (KeyError, IndexError, TypeError):
            return ""
        names = [str(item[name]) for name in NAMES if name in item] if isinstance(item, dict) else []
        return names[-1] if names else ""


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if isinstance(key, ScalarNode) and key.value == str(part)), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: Node = node.value[part]
        return found
    return None


def read(path: Path) -> YamlFile:
    """Return the parsed file.

    Raises:
        BadFile: If it cannot be read, is no YAML, or gives a key twice (YAML would silently take the last).
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except OSError as error:
        raise BadFile([f"{path}: cannot be read: {error.strerror}"]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise BadFile([f"{path}:{mark.line + 1 if mark else 1}: not YAML: {problem}"]) from None
    twice = [f"{path}:{line}: {key}: given twice" for key, line in _given_twice(root, set())]
    if twice:
        raise BadFile(twice)
    return YamlFile(path, data, root)


def _given_twice(node: Node | None, visited: set[int]) -> list[tuple[str, int]]:
    if node is None or id(node) in visited:  # an alias leads to a node again
        return []
    visited.add(id(node))
    if isinstance(node, SequenceNode):
        return [found for child in node.value for found in _given_twice(child, visited)]
    if not isinstance(node, MappingNode):
        return []
    found, seen = [], set()
    for key, value in node.value:
        if isinstance(key, ScalarNode):
            if key.value in seen:
                found.append((str(key.value), key.start_mark.line + 1))
            seen.add(key.value)
        found += _given_twice(value, visited)
    return found


def validated(file: YamlFile, model: type[M]) -> M:
    """Return the file as a model, unknown fields refused.

    Raises:
        BadFile: With a line per mistake.
    """
    try:
        return model.model_validate({} if file.data is None else file.data, extra="forbid")
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise BadFile([file.mistake(one["loc"], one["msg"].removeprefix("Value error, ")) for one in found]) from None
