"""Behaviour 36: what an archive holds becomes articles under the ids of the live path, flagged, in the order of events."""

import gzip
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds_source import FeedSource, Outlet
from schemas.news_article import Article
from schemas.words import PageReason, TextFrom
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.backfill import loader as backfill
from services.fetcher.adapters.backfill.files import JsonRecord, archive_files, records
from services.fetcher.adapters.backfill.loader import ArchiveReader, Tally, publish_archive
from services.fetcher.adapters.backfill.store import BackfillStore
from services.fetcher.domain.articles.articles import harvest
from services.fetcher.domain.backfill import Unusable, from_fields
from services.fetcher.domain.feeds.entries import Entry, ParsedFeed
from services.fetcher.domain.pages.page import Page

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LINE = {"url": "https://news.example/a", "title": "Leader killed", "text": "The ministry says so.", "published_at": "2017-06-22T10:00:00Z"}


def line(**changes: object) -> dict[str, object]:
    return {name: value for name, value in (LINE | changes).items() if value is not None}


class Press:
    """Takes what is published."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.refuses: set[str] = set()

    async def publish(self, articles: list[Article]) -> Published:
        self.articles += articles
        return Published(refused=frozenset(article.article_id for article in articles if article.title in self.refuses))


@pytest.fixture
def store(tmp_path: Path) -> BackfillStore:
    return BackfillStore(tmp_path / "state")


def read(store: BackfillStore, path: Path, outlet: Outlet | None = None) -> None:
    with ArchiveReader(store, outlet=outlet, now=NOW) as reader:
        reader.read(path, report=lambda *_: None)


async def publish(store: BackfillStore, *, limit: int | None = None, press: Press | None = None) -> tuple[list[Article], Tally]:
    press = press or Press()
    tally = await publish_archive(store, press, limit=limit, report=lambda *_: None)
    return press.articles, tally


def write_lines(path: Path, *lines: object) -> Path:
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def write_warc(path: Path, *captures: tuple[str, str, str], content_type: str = "text/html", status: str = "200 OK") -> Path:
    """Write captures of (address, date, body), each behind a request as crawlers keep them."""
    parts = [_warc_record("warcinfo", "application/warc-fields", b"software: test\r\n")]
    for url, date, body in captures:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n{body}".encode()
        about = {"WARC-Target-URI": url, "WARC-Date": date}
        parts.append(_warc_record("request", "application/http;msgtype=request", b"GET / HTTP/1.1\r\n\r\n", **about))
        parts.append(_warc_record("response", "application/http;msgtype=response", answer, **about))
    path.write_bytes(b"".join(gzip.compress(part) if path.suffix == ".gz" else part for part in parts))
    return path


def _warc_record(kind: str, content_type: str, content: bytes, **more: str) -> bytes:
    headers = {"WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:0>", "Content-Type": content_type, "Content-Length": str(len(content))}
    head = "".join(f"{name}: {value}\r\n" for name, value in (headers | more).items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + content + b"\r\n\r\n"


def test_an_archived_article_has_the_ids_that_the_live_path_gives() -> None:
    """What was loaded and comes by a feed later is the same article in the same version."""
    entry = Entry(link="https://www.news.example/a?utm_source=rss", title="Leader killed", content="The ministry says so.", credit="CPA")
    source = FeedSource.model_validate({"feed_id": "f", "url": "https://news.example/feed", "outlet": {"name": "News"}})
    (live,) = harvest(ParsedFeed("rss", entries=(entry,)), source=source, seen=(), now=NOW).new

    archived = from_fields(line(credit="CPA"), outlet=None, now=NOW).article

    assert (archived.article_id, archived.version) == (live.article_id, live.version)


def test_an_archived_article_is_flagged_and_bears_no_time_of_the_day_it_is_loaded() -> None:
    article = from_fields(line(), outlet=Outlet(name="News"), now=NOW).article
    at = datetime(2017, 6, 22, 10, tzinfo=UTC)

    assert (article.backfill, article.text_from, article.outlet.name) == (True, TextFrom.ARCHIVE, "News")
    assert (article.published_at, article.first_seen_at, article.version_seen_at) == (at, at, at)


def test_an_article_as_it_stands_on_the_topic_is_read_back_the_same() -> None:
    archived = from_fields(line(credit="CPA", authors=["A. Writer"], language="en", summary="Short."), outlet=None, now=NOW).article

    assert from_fields(json.loads(archived.model_dump_json()), outlet=None, now=NOW).article == archived


REFUSED = {
    "no address": ({"url": None}, "no_url"),
    "no web address": ({"url": "ftp://x.example/a"}, "bad_url"),
    "no text": ({"title": " ", "text": None}, "no_text"),
    "texts of another type": ({"title": 1, "text": ["a"]}, "no_text"),
    "no date": ({"published_at": None}, "no_date"),
    "date that cannot be read": ({"published_at": "soon"}, "bad_date"),
    "date of another type": ({"published_at": [2017]}, "bad_date"),
    "date beyond all calendars": ({"published_at": 1e30}, "bad_date"),
    "future date": ({"published_at": "2031-01-01"}, "future_date"),
    "outlet of the wrong kind": ({"outlet": {"name": "News", "kind": "tree"}}, "bad_outlet"),
    "outlet of another type": ({"outlet": 7}, "bad_outlet"),
}


@pytest.mark.parametrize(("changes", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_line_that_cannot_be_used_is_refused_with_its_reason(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(Unusable) as caught:
        from_fields(line(**changes), outlet=None, now=NOW)

    assert caught.value.reason == reason


DATES = {
    "seconds since 1970": 1498125600,
    "milliseconds": 1498125600000,
    "another zone": "2017-06-22T13:00:00+03:00",
    "as in mail": "Thu, 22 Jun 2017 10:00:00 GMT",
}


@pytest.mark.parametrize("value", DATES.values(), ids=DATES.keys())
def test_dates_are_read_in_many_forms(value: object) -> None:
    article = from_fields(line(published_at=None, date=value), outlet=None, now=NOW).article

    assert article.published_at == datetime(2017, 6, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("The Albion", None, ("The Albion", "news.example")),
        ({"name": "Albion", "domain": "albion.example"}, None, ("Albion", "albion.example")),
        (None, Outlet(name="Default", domain="d.example"), ("Default", "d.example")),
        (None, None, ("news.example", "news.example")),
    ],
)
def test_the_outlet_is_the_lines_own_else_the_given_one_else_the_site(
    value: object, default: Outlet | None, expected: tuple[str, str]
) -> None:
    outlet = from_fields(line(outlet=value), outlet=default, now=NOW).article.outlet

    assert (outlet.name, outlet.domain) == expected


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*LINE, "outlet", "authors", "credit", "updated_at", "captured_at", "withdrawn"]), JSON_VALUES))
def test_whatever_a_line_holds_it_is_an_article_or_refused(fields: dict[str, object]) -> None:
    for given_fields in (fields, LINE | fields):
        try:
            article = from_fields(given_fields, outlet=None, now=NOW).article
        except Unusable:
            continue
        assert article.backfill
        assert Article.model_validate_json(article.model_dump_json()) == article


async def test_articles_of_several_files_are_published_in_the_order_of_events(store: BackfillStore, tmp_path: Path) -> None:
    days = [17, 3, 25, 9, 11, 1]
    lines = [line(url=f"https://news.example/{day}", published_at=f"2017-06-{day:02}") for day in days]
    write_lines(tmp_path / "in" / "b.jsonl", *lines[:2])
    write_lines(tmp_path / "in" / "a.jsonl.gz", *lines[2:4])
    write_lines(tmp_path / "in" / "deep" / "c.ndjson", *lines[4:])
    read(store, tmp_path / "in")

    articles, tally = await publish(store)

    assert [article.published_at.day for article in articles] == sorted(days)
    assert tally.published["new"] == 6


async def test_an_address_with_other_texts_is_one_article_in_versions(store: BackfillStore, tmp_path: Path) -> None:
    """The order of the file is not that of events; what repeats a text says nothing new; the date of the first stays."""
    first = line()
    softened = line(title="Leader may have been killed", updated_at="2017-06-22T12:00:00Z", published_at="2017-06-22T12:00:00Z")
    repeated = softened | {"updated_at": "2017-06-22T13:00:00Z", "published_at": "2017-06-22T13:00:00Z"}
    denied = line(title="Leader is alive", updated_at="2017-06-23T09:00:00Z")
    other = line(url="https://news.example/b", published_at="2017-06-22T11:00:00Z")
    read(store, write_lines(tmp_path / "a.jsonl", denied, repeated, other, first, softened))

    articles, tally = await publish(store)

    one, between, two, three = articles
    assert [article.title for article in (one, two, three)] == ["Leader killed", "Leader may have been killed", "Leader is alive"]
    assert between.url.endswith("/b")
    assert (two.previous_version, three.previous_version) == (one.version, two.version)
    assert {article.published_at for article in (one, two, three)} == {datetime(2017, 6, 22, 10, tzinfo=UTC)}
    assert {article.first_seen_at for article in (one, two, three)} == {one.first_seen_at}
    assert one.version_seen_at < two.version_seen_at < three.version_seen_at
    assert [change.field for change in two.changes] == ["title"]
    assert (tally.published["version"], tally.repeated) == (2, 1)


async def test_a_notice_in_the_place_of_an_article_is_a_withdrawal(store: BackfillStore, tmp_path: Path) -> None:
    """Behaviour 9."""
    notice = line(title="WITHDRAWN: Leader killed", text="This story was published in error.", published_at="2017-06-23")
    said = line(url="https://news.example/b", published_at="2017-06-24", withdrawn=True, notice="Retracted.")
    read(store, write_lines(tmp_path / "a.jsonl", line(), notice, line(url="https://news.example/b"), said))

    articles, tally = await publish(store)

    assert [(article.withdrawn, article.notice) for article in articles if article.withdrawn] == [
        (True, "WITHDRAWN: Leader killed"), (True, "Retracted."),
    ]  # fmt: skip
    assert tally.published == {"new": 2, "version": 0, "withdrawal": 2}


async def test_what_cannot_be_used_is_kept_with_file_line_and_reason(store: BackfillStore, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", line(), "{not json", "", "[1]", line(published_at=None), "\x00\xff", line(url="x"))
    read(store, path)

    assert [(one.file, one.number, one.reason) for one in store.rejected()] == [
        ("a.jsonl", 2, "not_json"), ("a.jsonl", 4, "not_an_object"), ("a.jsonl", 5, "no_date"), ("a.jsonl", 6, "not_json"),
        ("a.jsonl", 7, "bad_url"),
    ]  # fmt: skip
    assert store.rejected_counts() == {"not_json": 2, "not_an_object": 1, "no_date": 1, "bad_url": 1}
    assert store.unsent_count() == 1


async def test_an_archive_that_breaks_off_is_used_as_far_as_it_goes(store: BackfillStore, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl.gz", *(line(url=f"https://news.example/{n}", text=str(n) * n) for n in range(1, 400)))
    path.write_bytes(path.read_bytes()[:-200])
    read(store, path)
    read(store, path)

    assert store.unsent_count() > 100
    assert store.rejected_counts() == {"broken_file": 1}


def test_an_endless_line_is_refused_without_being_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.fetcher.adapters.backfill.files.MAX_RECORD_BYTES", 1000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "' + b"x" * 5000 + b'"}\n{"b": 1}\n' + b"y" * 5000)

    found = [read_one() for _, read_one in records(path)]

    assert [one.reason if isinstance(one, Unusable) else one for one in found] == ["too_large", JsonRecord({"b": 1}, 9), "too_large"]


async def test_reading_goes_on_where_it_was_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "READ_AT_ONCE", 10)
    path = write_lines(tmp_path / "a.jsonl", *(line(url=f"https://news.example/{n}") for n in range(35)))
    store = BackfillStore(tmp_path / "state")

    def cut(count: int, _: object) -> None:
        if count == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), ArchiveReader(store, outlet=None, now=NOW) as reader:
        reader.read(path, report=cut)
    assert store.unsent_count() == 20
    store.close()
    again = BackfillStore(tmp_path / "state")
    read(again, path)

    assert (again.unsent_count(), again.records()) == (35, (1, 35))


async def test_publishing_goes_on_where_it_was_cut_off_and_stops_at_the_limit(store: BackfillStore, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *(line(url=f"https://news.example/{n}") for n in range(30)))
    read(store, path)

    first, _ = await publish(store, limit=12)
    rest, _ = await publish(store)
    store.forget_texts()
    read(store, path)
    nothing, _ = await publish(store)

    assert (len(first), len(rest), nothing) == (12, 18, [])
    assert len({article.article_id for article in first + rest}) == 30


async def test_a_file_added_later_makes_versions_of_what_was_loaded_before(store: BackfillStore, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_lines(folder / "a.jsonl", line())
    read(store, folder)
    (first,), _ = await publish(store)
    store.forget_texts()
    write_lines(folder / "b.jsonl", line(title="Leader alive", published_at="2017-06-23"))
    read(store, folder)

    (second,), tally = await publish(store)

    assert (second.previous_version, second.first_seen_at, second.changes) == (first.version, first.first_seen_at, ())
    assert tally.published["version"] == 1


async def test_articles_that_kafka_refuses_are_counted_and_the_others_go_on(store: BackfillStore, tmp_path: Path) -> None:
    press = Press()
    press.refuses = {"Huge"}
    read(store, write_lines(tmp_path / "a.jsonl", line(), line(url="https://news.example/b", title="Huge")))

    _, tally = await publish(store, press=press)

    assert (tally.too_large, tally.published["new"]) == (1, 1)


def test_a_state_that_another_load_has_open_is_refused(tmp_path: Path) -> None:
    import sqlite3

    first = BackfillStore(tmp_path / "state")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        BackfillStore(tmp_path / "state")
    first.close()


def test_a_folder_without_articles_and_an_unknown_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, write_lines(tmp_path / "a.txt", line())):
        with pytest.raises(ValueError, match="no articles here"):
            archive_files(path)


@pytest.fixture
def told_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's body says, as JSON, what reading it gives."""

    def read_page(body: bytes, *, url: str, content_type: str = "") -> Page:
        fields = json.loads(body)
        for name in ("published_at", "updated_at"):
            if name in fields:
                fields[name] = datetime.fromisoformat(fields[name])
        return Page(PageReason(fields.pop("reason", "ok")), **fields)

    monkeypatch.setattr(backfill, "read_page", read_page)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.usefixtures("told_pages")
async def test_pages_of_a_web_archive_become_articles_and_versions(store: BackfillStore, tmp_path: Path, name: str) -> None:
    """The date is the page's, else its capture's. A later capture with another text is a version of the day it was captured."""
    url = "https://news.example/a"
    dated = {"title": "Leader killed", "text": "So it is said.", "published_at": "2017-06-22T10:00:00+00:00"}
    between = {"title": "Other", "text": "Other.", "published_at": "2017-06-24T00:00:00+00:00"}
    path = write_warc(
        tmp_path / name,
        (url, "2017-07-01T00:00:00Z", json.dumps(dated | {"text": "So it was said."})),
        (url, "2017-06-23T00:00:00Z", json.dumps(dated)),
        ("https://news.example/b", "2017-06-25T00:00:00Z", json.dumps(between)),
        ("https://news.example/undated", "2017-06-26T00:00:00Z", json.dumps({"title": "Undated", "text": "Text."})),
        ("https://news.example/wall", "2017-06-26T00:00:00Z", json.dumps({"reason": "bot_wall"})),
    )
    read(store, path)

    articles, tally = await publish(store)

    assert [(a.title, a.body) for a in articles] == [
        ("Leader killed", "So it is said."), ("Other", "Other."), ("Undated", "Text."), ("Leader killed", "So it was said."),
    ]  # fmt: skip
    assert articles[0].published_at == articles[3].published_at == datetime(2017, 6, 22, 10, tzinfo=UTC)
    assert articles[2].published_at == datetime(2017, 6, 26, tzinfo=UTC)
    assert articles[3].version_seen_at == datetime(2017, 7, 1, tzinfo=UTC)
    assert {article.text_from for article in articles} == {TextFrom.ARCHIVE}
    assert tally.published == {"new": 3, "version": 1, "withdrawal": 0}
    assert store.rejected_counts() == {"page_bot_wall": 1}


async def test_what_is_no_page_in_a_web_archive_is_passed_over(store: BackfillStore, tmp_path: Path) -> None:
    read(store, write_warc(tmp_path / "image.warc", ("https://news.example/i", "2017-06-23T00:00:00Z", "x"), content_type="image/png"))
    read(store, write_warc(tmp_path / "gone.warc", ("https://news.example/g", "2017-06-23T00:00:00Z", "x"), status="404 Not Found"))

    assert (store.unsent_count(), store.rejected()) == (0, [])


@pytest.mark.usefixtures("told_pages")
async def test_broken_web_archives_are_counted_by_what_is_broken(store: BackfillStore, tmp_path: Path) -> None:
    page = ("https://news.example/a", "2017-06-23T00:00:00Z", json.dumps({"title": "A", "text": "Text."}))
    (tmp_path / "garbage.warc.gz").write_bytes(b"\x1f\x8b garbage" * 100)
    (tmp_path / "headless.warc").write_bytes(b"WARC/1.0\r\nno headers at all" * 10)
    (tmp_path / "other.warc").write_bytes(b"something else\r\n" * 10)
    behind = write_warc(tmp_path / "behind.warc", page)
    behind.write_bytes(behind.read_bytes() + b"something else\r\n\r\n")
    short = write_warc(tmp_path / "short.warc", page)
    short.write_bytes(short.read_bytes()[:-10])
    read(store, tmp_path)

    assert {one.file: one.reason for one in store.rejected()} == {
        "garbage.warc.gz": "broken_record", "headless.warc": "broken_record", "other.warc": "broken_file", "behind.warc": "broken_file",
        "short.warc": "cut_short",
    }  # fmt: skip
    assert store.unsent_count() == 1


GOOD_WARC = b"".join(
    _warc_record("response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>text</p>", **{
        "WARC-Target-URI": f"https://news.example/{number}", "WARC-Date": "2017-06-23T00:00:00Z",
    })
    for number in range(3)
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".warc", ".warc.gz"])
@given(data=st.data())
def test_whatever_bytes_a_file_holds_it_is_read_to_its_end(suffix: str, data: st.DataObject) -> None:
    good = GOOD_WARC if "warc" in suffix else json.dumps(LINE).encode() * 3
    start, end = sorted((data.draw(st.integers(0, len(good))), data.draw(st.integers(0, len(good)))))
    content = data.draw(st.sampled_from([b"", good[:start]])) + data.draw(st.binary(max_size=200)) + good[end:]
    is_packed = suffix.endswith(".gz") and data.draw(st.booleans())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(gzip.compress(content)[: data.draw(st.integers(1, 400))] if is_packed else content)

        found = [read_one() for _, read_one in records(path)]

    assert len(found) < 500


async def test_many_pages_are_read_in_several_processes_in_their_order(store: BackfillStore, tmp_path: Path) -> None:
    text = "<p>The ministry said on Thursday that the leader had been killed in an air strike near the city, number {}.</p>"
    pages = [
        (f"https://news.example/{n}", f"2017-06-23T00:00:{n:02}Z", f"<html><title>Story {n}</title><body><article><h1>Story {n}</h1>{text.format(n) * 4}</article></body></html>")
        for n in range(40)
    ]  # fmt: skip
    read(store, write_warc(tmp_path / "a.warc.gz", *pages))

    articles, _ = await publish(store)

    assert [article.url.rpartition("/")[2] for article in articles] == [str(n) for n in range(40)]
    assert all(f"number {n}" in article.body for n, article in enumerate(articles))
