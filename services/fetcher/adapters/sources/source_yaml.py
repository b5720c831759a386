"""YAML files of feeds: everything a source can say, read and written."""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.feeds_source import FeedSource, Outlet
from services.fetcher.adapters.sources.source_mistakes import Mistake, SourceFileError, SourceList

_BREAKS = frozenset("\x85\u2028\u2029\ufeff")


def read_yaml(content: bytes) -> SourceList:
    """Return the feeds of a document ``feeds: [...]``.

    Raises:
        SourceFileError: If it is no YAML, or holds something else.
    """
    document, lines = _document(content)
    if not isinstance(document, dict) or not isinstance(document.get("feeds"), list) or set(document) != {"feeds"}:
        raise SourceFileError([Mistake("line 1", "feeds", "the file must hold `feeds:` and a list of feeds, and nothing else")])
    found: dict[str, FeedSource] = {}
    mistakes: list[Mistake] = []
    for number, (item, line) in enumerate(zip(document["feeds"], lines, strict=True), 1):
        place = f"line {line} (feed {number})"
        source, wrong = _source(item, place)
        if source and source.feed_id in found:
            wrong.append(Mistake(place, "feed_id", f"{source.feed_id!r} stands in the file twice"))
        if source and not wrong:
            found[source.feed_id] = source
        mistakes += wrong
    return SourceList(tuple(found.values()), tuple(mistakes))


def _document(content: bytes) -> tuple[Any, list[int]]:
    """Return the document and the line of each feed. PyYAML in Python: its C form dies of deep nesting."""
    loader = None
    try:
        loader = yaml.SafeLoader(content)
        node = loader.get_single_node()
        document = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        raise SourceFileError([Mistake(f"line {mark.line + 1}" if mark else "file", "YAML", str(reason))]) from error
    except RecursionError as error:
        raise SourceFileError([Mistake("file", "YAML", "nested too deeply")]) from error
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:  # PyYAML's own, e.g. of dates: 2017-99-99
        raise SourceFileError([Mistake("file", "YAML", f"cannot be read: {error}")]) from error
    finally:
        if loader:
            loader.dispose()
    return document, [item.start_mark.line + 1 for item in _items(node)]


def _items(node: Any) -> list[Any]:
    if not isinstance(node, yaml.MappingNode):
        return []
    lists = [value for key, value in node.value if key.value == "feeds" and isinstance(value, yaml.SequenceNode)]
    return list(lists[-1].value) if lists else []  # of a key that stands there twice, YAML takes the last


def _source(item: object, place: str) -> tuple[FeedSource | None, list[Mistake]]:
    mistakes = [Mistake(place, name, "there is no such field") for name in _unknown_fields(item)]
    try:
        return FeedSource.model_validate(item), mistakes
    except ValidationError as error:
        wrong = [Mistake(place, ".".join(map(str, e["loc"])) or "feed", e["msg"]) for e in error.errors(include_url=False)]
        return None, wrong + mistakes
    except RecursionError:  # a list that holds itself
        return None, [Mistake(place, "feed", "nested too deeply")]


def _unknown_fields(item: object) -> Iterator[str]:
    """Yield misspelt fields: records ignore what they do not know, a person's file should not."""
    if not isinstance(item, dict):
        return
    yield from (str(name) for name in item if name not in FeedSource.model_fields)
    if isinstance(outlet := item.get("outlet"), dict):
        yield from (f"outlet.{name}" for name in outlet if name not in Outlet.model_fields)


def write_yaml(sources: Iterable[FeedSource]) -> str:
    """Return the document that gives these feeds when it is read; what says the usual is left out."""
    feeds = [source.model_dump(mode="json", exclude_defaults=True) for source in sources]
    return yaml.dump({"feeds": feeds}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """PyYAML leaves Unicode's line breaks bare, and reads them as breaks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _BREAKS.intersection(text) else None)


_Dumper.add_representer(str, _text)
