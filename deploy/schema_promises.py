"""What a major version promises, as lines one can read in a diff: every field's path, type, and whether it is always there.

Pure: schemas in, lines out. A line may be added; a line that goes, or changes, needs a new major version of its topic.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def promised_lines(schema: Schema) -> frozenset[str]:
    """Return one line per field (``evidence[].quote.text: string, required``) and one per word of a closed set (``reason = stale``)."""
    return frozenset(_object_lines("", schema, schema.get("$defs", {})))


def broken_promises(promised: frozenset[str], now: frozenset[str]) -> list[str]:
    """Return what a reader or writer of the promised lines could trip over, sorted; empty if all was only added to.

    A field that an old writer does not know may not become required, so a new line that ends in ``required`` is no addition either,
    unless it is within an object that is itself new.
    """
    gone = [f"gone or changed: {line}" for line in promised - now]
    demanded = [f"newly required: {line}" for line in now - promised if line.endswith(", required") and _is_in_known_object(line, promised)]
    return sorted(gone + demanded)


def _is_in_known_object(line: str, promised: frozenset[str]) -> bool:
    parent = line.partition(": ")[0].rpartition(".")[0]
    return not parent or any(known.startswith((f"{parent}: ", f"{parent}.")) for known in promised)


def _object_lines(prefix: str, schema: Schema, defs: Schema) -> Iterator[str]:
    required = schema.get("required", [])
    for name, field in schema.get("properties", {}).items():
        yield from _field_lines(f"{prefix}{name}", field, defs, required=name in required)


def _field_lines(path: str, field: Schema, defs: Schema, *, required: bool) -> Iterator[str]:
    variants = [_resolved(variant, defs) for variant in field.get("anyOf", [field])]
    names = " or ".join(_type_name(variant) for variant in variants)
    yield f"{path}: {names}" + (", required" if required else "")
    for variant in variants:
        yield from _inner_lines(path, variant, defs)


def _inner_lines(path: str, field: Schema, defs: Schema) -> Iterator[str]:
    yield from (f"{path} = {word}" for word in field.get("enum", [field["const"]] if "const" in field else []))
    if "items" in field:
        yield from _field_lines(f"{path}[]", field["items"], defs, required=False)
    if isinstance(field.get("additionalProperties"), dict):
        yield from _field_lines(f"{path}{{}}", field["additionalProperties"], defs, required=False)
    yield from _object_lines(f"{path}.", field, defs)


def _type_name(field: Schema) -> str:
    return str(field.get("format") or field.get("type") or "any")


def _resolved(field: Schema, defs: Schema) -> Schema:
    reference = field.get("$ref")
    return dict(defs[reference.rsplit("/", 1)[-1]]) if reference else field
