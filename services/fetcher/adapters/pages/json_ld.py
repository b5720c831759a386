"""What a page says of itself in JSON-LD, as a flat list of nodes."""

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

MAX_CHARS = 2_000_000
MAX_NODES = 5_000
Node = dict[str, Any]
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)\s*|\s*(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
# Under these stand other pages and other people's works.
_OTHERS = frozenset(
    "itemListElement isPartOf relatedLink mentions citation about isBasedOn subjectOf publisher breadcrumb comment significantLink "
    "potentialAction image logo thumbnail video associatedMedia sponsor backstory".split()
)


def _loaded(text: str) -> Any:
    text = _WRAPPING.sub("", _WRAPPING.sub("", text.strip()))
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _children(node: Node) -> Iterator[Any]:
    return (value for key, value in node.items() if key not in _OTHERS and isinstance(value, dict | list))


def read_nodes(scripts: Iterable[str]) -> list[Node]:
    """Return the nodes that have a type, outer ones first; what cannot be read is left out.

    Bounded in size and number; no recursion, so that nesting is no danger.
    """
    found: list[Node] = []
    left = MAX_CHARS
    for script in scripts:
        left -= len(script)
        if left < 0:
            break
        queue: deque[Any] = deque([_loaded(script)])
        while queue and len(found) < MAX_NODES:
            value = queue.popleft()
            if isinstance(value, list):
                queue.extend(value[:MAX_NODES])
            elif isinstance(value, dict):
                if "@type" in value:
                    found.append(value)
                queue.extend(_children(value))
    return found
