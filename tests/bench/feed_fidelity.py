"""Feed parsers side by side, on collections of feed files: what they read, what they lose, how fast.

    python -m tests.bench.feed_fidelity FOLDER [--different]

The folder holds archives (.tar.xz) of feed files, or the files. Where a file says what its authors expect of a parser
("Expect: …"), the fields that an entry of ours has are compared: texts as a reader sees them, dates as instants.
With --different, the fields in which our own reader differs are listed.
"""

import argparse
import importlib
import signal
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import ParsedFeed
from services.fetcher.domain.feeds.text import html_to_text
from tests.bench.feed_expectations import Expected, expectations
from tests.bench.feed_files import NOT_FEEDS, SUFFIXES, elements_in, header_of

HANG_S = 1.0
STOP_S = 30
SITE = "http://127.0.0.1:8097"
ROUNDS = 7
TEXTS = {"title", "title_detail", "summary", "summary_detail", "description", "content", "author", "author_detail", "source", "language"}
DATES = {
    "published",
    "published_parsed",
    "updated",
    "updated_parsed",
    "date",
    "date_parsed",
    "created",
    "created_parsed",
    "issued",
    "modified",
}
EXACT = {"link", "id", "guid"}
FEED_FIELDS = {"title", "title_detail", "language"}


@dataclass(frozen=True)
class File:
    """A feed file, with the headers it wants to be served with."""

    archive: str
    name: str
    body: bytes

    @property
    def url(self) -> str:
        return header_of(self.body, "content-location") or f"{SITE}/{self.name}"

    @property
    def content_type(self) -> str:
        return header_of(self.body, "content-type") or "application/xml"


@dataclass
class Score:
    """How a parser did."""

    exceptions: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    lost: int = 0
    lost_in: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    entries_per_s: float = 0.0


def files_in(folder: Path) -> Iterator[File]:
    """Yield feed files of the folder and of the archives in it."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(".tar.xz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile() and Path(member.name).suffix in SUFFIXES and Path(member.name).name not in NOT_FEEDS:
                        yield File(path.name.removesuffix(".tar.xz"), member.name, archive.extractfile(member).read())  # type: ignore[union-attr]
        elif path.suffix in SUFFIXES and path.name not in NOT_FEEDS:
            yield File(path.relative_to(folder).parts[0], str(path.relative_to(folder)), path.read_bytes())


def _ours(file: File) -> ParsedFeed:
    return parse_feed(file.body, url=file.url, content_type=file.content_type, max_bytes=60_000_000)


def _feedparser(file: File) -> Any:
    import feedparser

    found = feedparser.parse(file.body, response_headers={"content-type": file.content_type, "content-location": file.url})
    return found


def _fastfeedparser(file: File) -> Any:
    import fastfeedparser

    return fastfeedparser.parse(file.body)


def _feedparser_rs(file: File) -> Any:
    return importlib.import_module("feedparser_rs").parse(file.body)


def our_value(feed: ParsedFeed, path: tuple[str | int, ...]) -> list[Any]:
    """Return what may stand in our result for a path of feedparser's: texts that are the same are kept once, as content."""
    if path[0] == "feed":
        return [feed.title if path[1] in ("title", "title_detail") else feed.language]
    entry = feed.entries[int(path[1])]
    name = str(path[2])
    return {
        "link": [entry.link],
        "id": [entry.guid],
        "guid": [entry.guid],
        "source": [entry.credit],
        "author": [", ".join(entry.authors)],
        "author_detail": [", ".join(entry.authors)],
        "language": [entry.language],
    }.get(name) or (
        [entry.title]
        if name.startswith("title")
        else [entry.published_at, entry.updated_at]
        if name in DATES
        else [entry.summary, entry.content]
    )


def their_value(found: Any, path: tuple[str | int, ...]) -> list[Any]:
    for step in path:
        found = found[step]
    return [found]


def is_modelled(expected: Expected) -> bool:
    """Return True if our entry has such a field, and the comparison is about its value."""
    path = expected.path
    if path[0] == "feed":
        return len(path) > 1 and path[1] in FEED_FIELDS and path[2:] in ((), ("value",))
    if path[0] != "entries" or len(path) < 3 or path[2] not in TEXTS | DATES | EXACT:
        return False
    rest = path[3:]
    wanted = {"author_detail": ("name",), "source": ("title",)}.get(str(path[2]))
    if wanted:
        return rest == wanted
    return rest == () or rest[-1] == "value"


def class_of(path: tuple[str | int, ...]) -> str:
    name = str(path[2] if path[0] == "entries" else path[1]).removesuffix("_detail").removesuffix("_parsed")
    shown = {"description": "summary", "guid": "id"}.get(name, name)
    return f"{'entry' if path[0] == 'entries' else 'feed'} {shown}"


def normal(value: Any, name: str) -> Any:
    """Return a value in a form in which parsers can agree: an instant, or words as a reader sees them."""
    if name in DATES:
        if isinstance(value, datetime):
            return value
        if isinstance(value, tuple) or hasattr(value, "tm_year"):
            return datetime(*tuple(value)[:6], tzinfo=UTC)
        return parse_date(str(value or ""))
    text = str(value if value is not None else "")
    return text.strip() if name in EXACT else " ".join(html_to_text(html_to_text(text)).split())


def judge(score: Score, file: File, expected: Expected, value: Callable[[tuple[str | int, ...]], list[Any]]) -> None:
    name = str(expected.path[2] if expected.path[0] == "entries" else expected.path[1])
    kind = class_of(expected.path)
    score.asked[kind] += 1
    try:
        found = [normal(each, name) for each in value(expected.path)]
        is_right = normal(expected.value, name) in found
    except Exception:  # not there
        found, is_right = [], False
    score.right[kind] += is_right
    if not is_right:
        score.different.append(f"{file.name}: {expected.path} should be {expected.value!r:.140}, is {found!r:.140}")


def run(name: str, parse: Callable[[File], Any], files: list[File]) -> Score:
    """Return how a parser does on all files."""
    score = Score()
    for file in files:
        wanted = [expected for expected in expectations(file.body) if is_modelled(expected)]
        began = time.perf_counter()
        signal.alarm(STOP_S)
        try:
            found = parse(file)
        except FeedError as error:  # our way of saying that it is no feed
            found = ParsedFeed(form="none", dropped=Counter({error.reason.value: elements_in(file.body)}))
        except Exception as error:
            score.exceptions.append(f"{file.name}: {type(error).__name__}: {error!s:.80}")
            found = None
        finally:
            signal.alarm(0)
        if time.perf_counter() - began > HANG_S:
            score.hangs.append(file.name)
        value = partial(our_value if isinstance(found, ParsedFeed) else their_value, found)
        entries = len(found.entries) if found is not None else 0
        if (lost := elements_in(file.body) - entries) > 0:
            score.lost += lost
            score.lost_in.append(f"{file.name}: {lost}" + (f" {dict(found.dropped)}" if isinstance(found, ParsedFeed) else ""))
        for expected in wanted:
            judge(score, file, expected, value)
    real = [file for file in files if file.archive.startswith("real_feeds")] or files
    score.entries_per_s = speed(parse, real)
    return score


def speed(parse: Callable[[File], Any], files: list[File]) -> float:
    """Return entries per second of one core: the best of some rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        began, entries = time.process_time(), 0
        for file in files:
            try:
                entries += len(parse(file).entries)
            except Exception:  # counted before
                continue
        best = max(best, entries / (time.process_time() - began))
    return best


PARSERS = {"ours": _ours, "feedparser": _feedparser, "fastfeedparser": _fastfeedparser, "feedparser_rs": _feedparser_rs}


def report(scores: dict[str, Score]) -> None:
    print(f"{'':18}" + "".join(f"{name:>16}" for name in scores))
    rows: list[tuple[str, Callable[[Score], object]]] = [
        ("exceptions", lambda score: len(score.exceptions)),
        ("hangs over 1 s", lambda score: len(score.hangs)),
        ("lost entries", lambda score: score.lost),
        (
            "fields equal",
            lambda score: f"{score.right.total()}/{score.asked.total()} {score.right.total() / max(1, score.asked.total()):.1%}",
        ),
        ("entries/s", lambda score: f"{score.entries_per_s:,.0f}"),
    ]
    for label, value in rows:
        print(f"{label:18}" + "".join(f"{value(score)!s:>16}" for score in scores.values()))
    for kind in sorted(next(iter(scores.values())).asked):
        print(f"  {kind:16}" + "".join(f"{f'{score.right[kind]}/{score.asked[kind]}':>16}" for score in scores.values()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--different", action="store_true")
    chosen = options.parse_args()
    files = list(files_in(chosen.folder))
    every = [expected for file in files for expected in expectations(file.body)]
    left_out = Counter(
        str(e.path[0] if len(e.path) < 2 or e.path[0] != "feed" else f"feed {e.path[1]}") for e in every if not is_modelled(e)
    )
    print(
        f"{len(files)} files, {len(every)} comparisons read, of fields that we do not have: {sum(left_out.values())} {dict(left_out.most_common(12))}"
    )
    scores: dict[str, Score] = {}
    for name, parse in PARSERS.items():
        try:
            importlib.import_module(name if name != "ours" else "services")
        except ImportError:
            print(f"{name} is not installed")
            continue
        scores[name] = run(name, parse, files)
    report(scores)
    ours = scores["ours"]
    for title, lines in (("exceptions", ours.exceptions), ("hangs", ours.hangs), ("lost", ours.lost_in)):
        for line in lines:
            print(f"ours, {title}: {line}")
    if chosen.different:
        print("\n".join(ours.different))


if __name__ == "__main__":
    main()
