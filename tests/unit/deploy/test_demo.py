"""The demo: the story, its clock, its site, its receiver."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
import yaml
from aiohttp.test_utils import TestClient, TestServer
from standardwebhooks import Webhook

from deploy.demo.feeds import render_feed
from deploy.demo.receiver import Receiver
from deploy.demo.site import site_app
from deploy.demo.stand import CLAIMS
from deploy.demo.story import load_story, speed_at
from deploy.demo.teller import Teller
from schemas.claims_watch import ClaimFile
from services.chassis.clock import FileClock

STORY = load_story()
NOON = datetime(2017, 6, 22, 12, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def clock(tmp_path: Path) -> FileClock:
    (tmp_path / "clock").write_text(NOON.isoformat())
    return FileClock(tmp_path / "clock")


def signed(body: bytes, *, at: datetime, secret: str = SECRET, webhook_id: str = "evt-1") -> dict[str, str]:
    signature = Webhook(secret).sign(webhook_id, at, body.decode())
    return {"webhook-id": webhook_id, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


def test_the_story_takes_as_long_as_it_is_given() -> None:
    lasts = timedelta(seconds=115)
    now, told_s = STORY.starts_at, 0.0
    while now < STORY.ends_at:
        now += timedelta(seconds=0.05 * speed_at(STORY, now, lasts=lasts))
        told_s += 0.05

    assert told_s == pytest.approx(115, rel=0.1)


def test_time_passes_as_everywhere_once_the_story_is_told() -> None:
    assert speed_at(STORY, STORY.ends_at + timedelta(days=1), lasts=timedelta(seconds=115)) == 1.0


def test_the_clock_never_jumps_over_an_entry(tmp_path: Path) -> None:
    teller = Teller(STORY, tmp_path / "clock")
    now, seen = teller.prepare(), []
    while now < STORY.ends_at:
        now = teller._after(now, 5.0)
        seen.append(now)

    assert {entry.at for entry in STORY.entries} <= set(seen)


def test_a_story_goes_on_where_the_clock_file_stands(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text(NOON.isoformat())

    assert Teller(STORY, tmp_path / "clock").prepare() == NOON


def test_an_outlet_shows_only_what_is_published_by_now() -> None:
    assert [entry.entry_id for entry in STORY.published("moscow-ledger", NOON)] == ["highly-likely", "strike"]


def test_a_copy_has_the_text_of_its_source_less_what_was_cut() -> None:
    entries = {entry.entry_id: entry for entry in STORY.entries}

    assert entries["strike-albion"].paragraphs == entries["strike-wire"].paragraphs
    assert entries["strike-harbour"].paragraphs == entries["strike-wire"].paragraphs[:-1]


@pytest.mark.parametrize("outlet", STORY.outlets, ids=lambda outlet: outlet.feed_format + "-" + outlet.outlet_id)
def test_every_feed_holds_its_entries_with_their_dates(outlet: object) -> None:
    entries = STORY.published(outlet.outlet_id, STORY.ends_at)

    text = render_feed(outlet, entries, site="http://127.0.0.1:1")

    if outlet.feed_format == "json":
        found = [(item["title"], datetime.fromisoformat(item["date_published"])) for item in json.loads(text)["items"]]
    else:
        parsed = feedparser.parse(text)
        assert not parsed.bozo
        dates = [entry.get("published_parsed") or entry["updated_parsed"] for entry in parsed.entries]
        found = [(entry.title, datetime(*date[:6], tzinfo=UTC)) for entry, date in zip(parsed.entries, dates, strict=True)]
    assert found == [(entry.title, entry.at) for entry in entries]


def test_the_watched_claim_of_the_demo_is_sound() -> None:
    text = CLAIMS.read_text()

    assert [claim.claim_id for claim in ClaimFile.model_validate(yaml.safe_load(text)).claims] == ["is-leader-killed"]


async def test_the_site_answers_not_modified_until_something_is_published(clock: FileClock, tmp_path: Path) -> None:
    source = "/cpa/feed.atom"
    async with TestClient(TestServer(site_app(STORY, clock, address="http://127.0.0.1:1"))) as client:
        first = await client.get(source)
        same = await client.get(source, headers={"If-None-Match": first.headers["ETag"]})
        (tmp_path / "clock").write_text(STORY.ends_at.isoformat())
        later = await client.get(source, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status, same.status, later.status) == (200, 304, 200)


async def test_an_article_has_a_page_only_once_it_is_published(clock: FileClock, tmp_path: Path) -> None:
    async with TestClient(TestServer(site_app(STORY, clock, address="http://127.0.0.1:1"))) as client:
        assert (await client.get("/levant-monitor/audio")).status == 404
        (tmp_path / "clock").write_text(STORY.ends_at.isoformat())
        assert "forty-six minutes" in await (await client.get("/levant-monitor/audio")).text()


async def test_a_genuine_webhook_is_kept_and_one_that_comes_again_is_known(tmp_path: Path) -> None:
    body = b'{"type": "claim.status.changed"}'
    told: list = []
    for _ in range(2):  # the second receiver is the first one started again
        receiver = Receiver(SECRET, tmp_path / "got.jsonl", tell=told.append)
        async with TestClient(TestServer(receiver.app())) as client:
            answer = await client.post("/hook", data=body, headers=signed(body, at=datetime.now(UTC)))
            assert answer.status == 204

    assert [(delivery.valid, delivery.repeat) for delivery in told] == [(True, False), (True, True)]
    assert len((tmp_path / "got.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("body", "age", "secret", "problem"),
    [
        pytest.param(b"{}", timedelta(0), "whsec_b3RoZXJvdGhlcm90aGVy", "No matching signature", id="another secret"),
        pytest.param(b"[]", timedelta(0), SECRET, "No matching signature", id="other bytes"),
        pytest.param(b"{}", timedelta(hours=1), SECRET, "too old", id="an hour ago"),
        pytest.param(b"{}", None, SECRET, "Missing required headers", id="no signature"),
    ],
)
async def test_a_webhook_that_is_not_genuine_is_refused(
    body: bytes, age: timedelta | None, secret: str, problem: str, tmp_path: Path
) -> None:
    headers = signed(body, at=datetime.now(UTC) - age, secret=secret) if age is not None else {}
    told: list = []
    receiver = Receiver(SECRET, tmp_path / "got.jsonl", tell=told.append)
    async with TestClient(TestServer(receiver.app())) as client:
        answer = await client.post("/hook", data=b"{}", headers=headers)

    assert answer.status == 401
    assert problem in told[0].problem
