"""The API: what it answers, and what it refuses with field, place and reason (RFC 9457)."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka.errors import KafkaConnectionError
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook

from schemas.claims_watch import WatchedClaim
from schemas.webhooks import TestPing
from services.alerter.adapters import outbox
from services.alerter.adapters.api import build_api
from services.alerter.adapters.api_parts import ApiParts
from services.alerter.adapters.database import Database, DatabaseAway
from services.alerter.adapters.outbox import Incoming
from services.alerter.adapters.webhook_sender import WebhookSender
from services.chassis.addresses import AllowList
from tests.unit.alerter.builders import SECRET, T0, add_endpoint, make_transition, open_database

CLAIM = {"statement": "The leader was killed", "keywords": ["leader killed"], "subject": {"name": "the leader", "not": ["his deputy"]}}
FEED = {"url": "https://albion.example/feed", "outlet": {"name": "Albion Times"}}


class FakeRows:
    """A compacted topic in memory."""

    def __init__(self) -> None:
        self.is_loaded = True
        self.by_key: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        return self.by_key.get(key)

    def rows(self) -> list[Any]:
        return list(self.by_key.values())

    async def caught_up(self, position: tuple[int, int]) -> None:
        pass


class FakeWriter:
    """Writes into such rows; or fails."""

    def __init__(self, rows: dict[str, FakeRows]) -> None:
        self._rows = rows
        self.is_away = False

    async def put(self, topic: Any, key: str, record: Any) -> tuple[int, int]:
        if self.is_away:
            raise KafkaConnectionError
        self._rows[topic.name].by_key[key] = record
        return 0, 0

    async def delete(self, topic: Any, key: str) -> tuple[int, int]:
        self._rows[topic.name].by_key.pop(key)
        return 0, 0


class World:
    """The API's surroundings, and a client."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.claims, self.statuses, self.feeds, self.health = FakeRows(), FakeRows(), FakeRows(), FakeRows()
        self.writer = FakeWriter({"claims.watch.v1": self.claims, "feeds.source.v1": self.feeds})
        self.requests: list[httpx.Request] = []
        self.receiver_answers = 204
        self.is_ready = True

    @asynccontextmanager
    async def client(
        self, *, key: str | None = None, host: str = "127.0.0.1:8080", only_local: bool = True
    ) -> AsyncIterator[httpx.AsyncClient]:
        def receive(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return httpx.Response(self.receiver_answers, stream=httpx.ByteStream(b""))

        async with httpx.AsyncClient(transport=httpx.MockTransport(receive)) as outgoing:
            parts = ApiParts(
                database=self.database, sender=WebhookSender(outgoing, timeout_s=5, now=lambda: T0), writer=self.writer, claims=self.claims,
                statuses=self.statuses, feeds=self.feeds, health=self.health, allow=AllowList(["127.9.9.9", "receiver.internal"]), now=lambda: T0,
                product_now=lambda: T0, is_ready=lambda: self.is_ready,
            )  # fmt: skip
            app = build_api(parts, key=SecretStr(key) if key else None, only_local=only_local and key is None)
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
                yield client


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = open_database(tmp_path)
    yield World(database)
    database.close()


@pytest.fixture
async def api(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client() as client:
        yield client


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content = response.json()
    assert content["status"] == status
    return content


def mistakes(response: httpx.Response) -> list[tuple[str, str]]:
    return [(item["place"], item["field"]) for item in problem(response, 422)["errors"]]


async def test_a_new_endpoint_shows_its_secret_once(api: httpx.AsyncClient) -> None:
    """Behaviour 21."""
    made = await api.post("/endpoints", json={"endpoint_id": "desk", "url": "http://127.9.9.9:9/in"})
    again = await api.get(made.headers["location"])
    listed = await api.get("/endpoints")

    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert made.headers["cache-control"] == "no-store"
    assert again.json() == {key: value for key, value in made.json().items() if key != "secret"}
    assert made.json()["secret"] not in listed.text


async def test_a_secret_of_ones_own_is_taken_and_not_shown(api: httpx.AsyncClient, world: World) -> None:
    made = await api.post("/endpoints", json={"endpoint_id": "desk", "url": "http://127.9.9.9:9/in", "secret": SECRET})
    await api.post("/endpoints/desk:ping")

    assert SECRET not in made.text
    assert world.requests[0].headers["webhook-signature"] == Webhook(SECRET).sign(
        world.requests[0].headers["webhook-id"], T0, world.requests[0].content.decode()
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://10.0.0.1/in", "10.0.0.1 is at an address that is not public"),
        ("https://localhost/in", "localhost is at an address that is not public"),
        ("https://169.254.169.254/latest", "not public"),
        ("https://[::ffff:10.0.0.1]/in", "not public"),
        ("https://2130706433/in", "not public"),
        ("https://0x7f.1/in", "not public"),
        ("http://hooks.example/in", "plain http is for hosts in ALERTER_ALLOW only"),
        ("https://me:pw@hooks.example/in", "credentials"),
        ("ftp://hooks.example/in", "scheme ftp"),
        ("hooks.example", "scheme none"),
    ],
)
async def test_an_address_that_must_not_be_reached_is_refused_at_registration(api: httpx.AsyncClient, url: str, why: str) -> None:
    """Behaviour 19."""
    answer = await api.post("/endpoints", json={"url": url})

    assert mistakes(answer) == [("body", "url")]
    assert why in answer.json()["errors"][0]["reason"]


async def test_a_wrong_endpoint_is_refused_field_by_field_without_its_secret(api: httpx.AsyncClient) -> None:
    answer = await api.post("/endpoints", json={"endpoint_id": "A B", "secret": "whsec_dG9wc2VjcmV0", "colour": 1})

    assert mistakes(answer) == [("body", "endpoint_id"), ("body", "url"), ("body", "secret"), ("body", "colour")]
    assert "dG9wc2VjcmV0" not in answer.text


async def test_an_id_that_is_taken_is_a_conflict(api: httpx.AsyncClient) -> None:
    body = {"endpoint_id": "desk", "url": "http://127.9.9.9:9/in"}
    await api.post("/endpoints", json=body)

    problem(await api.post("/endpoints", json=body), 409)


async def test_a_ping_is_signed_and_says_how_it_went(api: httpx.AsyncClient, world: World) -> None:
    """Behaviour 40."""
    await add_endpoint(world.database, "desk", "https://hooks.example/in")
    world.receiver_answers = 404

    answer = (await api.post("/endpoints/desk:ping")).json()

    (request,) = world.requests
    assert (answer["delivered"], answer["reason"], answer["status_code"]) == (False, "client_error", 404)
    assert TestPing.model_validate_json(request.content).type == "claimwatch.ping"
    assert request.headers["webhook-id"] == answer["webhook_id"]
    problem(await api.post("/endpoints/nobody:ping"), 404)


async def test_a_subscription_is_made_shown_and_deleted(api: httpx.AsyncClient, world: World) -> None:
    await add_endpoint(world.database, "desk")

    made = await api.post("/subscriptions", json={"endpoint_id": "desk", "claims": ["a"], "statuses": ["confirmed"]})
    shown = await api.get(made.headers["location"])
    deleted = await api.delete(made.headers["location"])

    assert made.status_code == 201
    assert shown.json() == made.json()
    assert (shown.json()["claims"], shown.json()["statuses"]) == (["a"], ["confirmed"])
    assert deleted.status_code == 204
    problem(await api.get(made.headers["location"]), 404)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"endpoint_id": "nobody"}, [("body", "endpoint_id")]),
        ({"endpoint_id": "desk", "statuses": ["sure"]}, [("body", "statuses.0")]),
        ({"endpoint_id": "desk", "claims": ["No Slug"]}, [("body", "claims.0")]),
        ({"endpoint_id": "desk", "filter": 1}, [("body", "filter")]),
        ({}, [("body", "endpoint_id")]),
    ],
)
async def test_a_wrong_subscription_is_refused(
    api: httpx.AsyncClient, world: World, body: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    await add_endpoint(world.database, "desk")

    assert mistakes(await api.post("/subscriptions", json=body)) == expected


async def test_deleting_an_endpoint_takes_its_subscriptions_along(api: httpx.AsyncClient, world: World) -> None:
    await add_endpoint(world.database, "desk")

    assert (await api.delete("/endpoints/desk")).status_code == 204

    assert (await api.get("/subscriptions")).json() == []


async def test_a_claim_is_put_shown_listed_and_deleted(api: httpx.AsyncClient) -> None:
    made = await api.put("/claims/leader-killed", json=CLAIM)
    changed = await api.put("/claims/leader-killed", json={**CLAIM, "claim_id": "leader-killed"})
    shown, listed = await api.get("/claims/leader-killed"), await api.get("/claims")
    deleted = await api.delete("/claims/leader-killed")

    assert (made.status_code, changed.status_code, deleted.status_code) == (201, 200, 204)
    assert WatchedClaim.model_validate(shown.json()).subject.not_ == ("his deputy",)
    assert listed.json() == [shown.json()]
    problem(await api.get("/claims/leader-killed"), 404)
    problem(await api.delete("/claims/leader-killed"), 404)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"claim_id": "other"}, [("body", "claim_id")]),
        ({"keywords": []}, [("body", "")]),
        ({"policy": {"min_origins": 0}}, [("body", "policy.min_origins")]),
        ({"subject": {"name": "x", "alias": []}}, [("body", "subject.alias")]),
        ({"colour": "red", "statement": "x"}, [("body", "statement"), ("body", "colour")]),
        ({"authorities": ["A"], "interested": ["a"]}, [("body", "")]),
        ({"keywords": [], "query": "NOT leader"}, [("body", "query")]),
    ],
)
async def test_a_wrong_claim_is_refused_with_field_place_and_reason(
    api: httpx.AsyncClient, world: World, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    answer = await api.put("/claims/leader-killed", json={**CLAIM, **change})

    assert mistakes(answer) == expected
    assert all(item["reason"] for item in answer.json()["errors"])
    assert world.claims.by_key == {}


async def test_a_claim_that_nobody_spoke_of_is_unreported(api: httpx.AsyncClient) -> None:
    await api.put("/claims/leader-killed", json=CLAIM)

    status = (await api.get("/claims/leader-killed/status")).json()

    assert (status["status"], status["reason"], status["sequence"]) == ("unreported", "none", 0)
    problem(await api.get("/claims/nobody/status"), 404)


async def test_a_feed_is_put_and_a_wrong_one_refused(api: httpx.AsyncClient) -> None:
    assert (await api.put("/feeds/albion", json=FEED)).status_code == 201
    assert (await api.get("/feeds")).json()[0]["feed_id"] == "albion"
    assert mistakes(await api.put("/feeds/x", json={**FEED, "url": "nonsense"})) == [("body", "url")]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"{", "JSON decode error"), (b"[]", "Input should be a valid dictionary"), (b"", "Field required"), (b'"\xff"', "")],
)
async def test_a_body_that_is_no_json_object_is_a_problem(api: httpx.AsyncClient, content: bytes, why: str) -> None:
    answer = await api.put("/claims/a", content=content, headers={"content-type": "application/json"})

    assert answer.status_code in (400, 422)
    assert why in problem(answer, answer.status_code).get("errors", [{"reason": why}])[0]["reason"]


async def test_deliveries_are_filtered_and_paged(api: httpx.AsyncClient, world: World) -> None:
    await add_endpoint(world.database, "e1")
    await add_endpoint(world.database, "e2", claims=frozenset({"b"}))
    batch = [Incoming(make_transition(claim, sequence)) for claim in ("a", "b") for sequence in (1, 2, 3)]
    await world.database.write(lambda connection: outbox.take_in(connection, batch, offsets={}, now=T0))

    async def found(**query: str) -> list[tuple[str, str, int]]:
        answer = await api.get("/deliveries", params=query)
        return [(one["endpoint_id"], one["claim_id"], one["sequence"]) for one in answer.json()["items"]]

    assert len(await found()) == 9
    assert await found(endpoint_id="e2", state="pending") == [("e2", "b", 1)]
    assert await found(claim_id="a") == [("e1", "a", 3), ("e1", "a", 2), ("e1", "a", 1)]
    first = (await api.get("/deliveries", params={"claim_id": "a", "limit": 2})).json()
    second = (await api.get("/deliveries", params={"claim_id": "a", "limit": 2, "cursor": first["next"]})).json()
    assert ([one["sequence"] for one in second["items"]], second["next"]) == ([1], None)
    assert mistakes(await api.get("/deliveries", params={"state": "lost", "limit": "0"})) == [("query", "state"), ("query", "limit")]
    problem(await api.get("/deliveries/99999999999999999999999"), 404)


async def test_transitions_are_paged_even_where_times_are_equal(api: httpx.AsyncClient, world: World) -> None:
    batch = [Incoming(make_transition(f"c{n}", 1, notify=False, at=T0 + timedelta(hours=n // 2))) for n in range(5)]
    await world.database.write(lambda connection: outbox.take_in(connection, batch, offsets={}, now=T0))

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await api.get("/transitions", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += [one["claim_id"] for one in page["items"]]
        cursor = page["next"]

    assert sorted(seen) == ["c0", "c1", "c2", "c3", "c4"]
    assert seen[0] == "c4"
    assert mistakes(await api.get("/transitions", params={"cursor": "2026"})) == [("query", "cursor")]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("PATCH", "/endpoints", 405), ("GET", "/endpoints/No%20Slug", 422)]
)
async def test_what_is_not_there_is_a_problem_too(api: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    problem(await api.request(method, path), status)


async def test_before_kafka_was_read_the_tables_say_so(api: httpx.AsyncClient, world: World) -> None:
    world.claims.is_loaded = world.is_ready = False

    answer = await api.get("/claims")

    problem(answer, 503)
    assert answer.headers["retry-after"]
    assert (await api.get("/readyz")).status_code == 503
    assert (await api.get("/healthz")).status_code == 200


async def test_kafka_and_the_database_being_away_is_told(api: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: Callable[..., Any]) -> None:
        raise DatabaseAway("disk full")

    world.writer.is_away = True
    monkeypatch.setattr(world.database, "read", away)

    problem(await api.put("/claims/a", json=CLAIM), 503)
    problem(await api.get("/endpoints"), 503)


async def test_an_unforeseen_failure_tells_nothing_of_the_inside(
    api: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: Callable[..., Any]) -> None:
        raise RuntimeError("whsec_inside")

    monkeypatch.setattr(world.database, "read", broken)

    assert "inside" not in problem(await api.get("/endpoints"), 500)["detail"]


async def test_with_a_key_only_health_and_metrics_are_open(world: World) -> None:
    async with world.client(key="s3cret", host="alerter.internal") as api:
        without = await api.get("/claims")
        wrong = await api.get("/claims", headers={"Authorization": "Bearer s3cre"})
        right = await api.get("/claims", headers={"Authorization": "Bearer s3cret"})
        opened = [(await api.get(path)).status_code for path in ("/healthz", "/readyz", "/metrics")]

    problem(without, 401)
    problem(wrong, 401)
    assert without.headers["www-authenticate"] == "Bearer"
    assert right.status_code == 200
    assert opened == [200, 200, 200]


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        pytest.param("localhost:8080", {}, 200, id="local"),
        pytest.param("[::1]:8080", {}, 200, id="local, IPv6"),
        pytest.param("evil.example:8080", {}, 403, id="DNS rebinding"),
        pytest.param("localhost:8080", {"Sec-Fetch-Site": "cross-site"}, 403, id="a web page"),
    ],
)
async def test_without_a_key_only_programs_of_this_machine_are_served(
    world: World, host: str, headers: dict[str, str], status: int
) -> None:
    async with world.client(host=host) as api:
        assert (await api.get("/claims", headers=headers)).status_code == status


async def test_a_body_of_more_than_a_megabyte_is_refused(api: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"{"

    problem(await api.put("/claims/a", content=b"x" * 1_000_001), 413)
    problem(await api.put("/claims/a", content=endless()), 411)


async def test_the_description_of_the_api_is_served(api: httpx.AsyncClient) -> None:
    paths = (await api.get("/openapi.json")).json()["paths"]

    assert {"/claims/{key}", "/endpoints/{endpoint_id}:ping", "/deliveries", "/feeds/{key}"} <= paths.keys()
