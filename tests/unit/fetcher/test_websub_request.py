"""Requests for a subscription: what is sent, and what each answer comes to (behaviour 38)."""

from datetime import timedelta
from urllib.parse import parse_qs

import httpx
import pytest

from services.fetcher.adapters.websub.request import Answer, HubClient
from tests.unit.fetcher.samples import NOW

HUB = "https://hub.example/"


class Hub:
    """Answers in turn, and keeps what it was sent."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.turns = iter(answers)
        self.requests: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        turn = next(self.turns)
        if isinstance(turn, Exception):
            raise turn
        return turn

    @property
    def forms(self) -> list[dict[str, list[str]]]:
        return [parse_qs(request.content.decode()) for request in self.requests]

    async def ask(self, address: str = HUB) -> Answer:
        client = HubClient(httpx.AsyncClient(transport=httpx.MockTransport(self.answer)), timeout_s=5)
        return await client.subscribe(address, topic="https://news.example/feed?a=1", callback="https://w.example/n/t", secret="s", now=NOW)


def moved(status: int, to: str) -> httpx.Response:
    return httpx.Response(status, headers={"Location": to})


async def test_a_subscription_is_asked_for_as_the_recommendation_says() -> None:
    hub = Hub(httpx.Response(202))

    assert (await hub.ask()).is_accepted
    assert hub.requests[0].method == "POST"
    assert hub.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert hub.forms == [
        {
            "hub.mode": ["subscribe"],
            "hub.topic": ["https://news.example/feed?a=1"],
            "hub.callback": ["https://w.example/n/t"],
            "hub.lease_seconds": ["86400"],
            "hub.secret": ["s"],
        }
    ]


async def test_no_secret_goes_over_plain_http() -> None:
    hub = Hub(httpx.Response(202))
    await hub.ask("http://hub.example/")

    assert "hub.secret" not in hub.forms[0]


async def test_a_redirect_that_keeps_the_method_is_followed_with_the_form() -> None:
    hub = Hub(moved(307, "/there"), moved(308, "https://other.example/"), httpx.Response(202))

    assert (await hub.ask()).is_accepted
    assert [str(request.url) for request in hub.requests] == [HUB, HUB + "there", "https://other.example/"]
    assert hub.forms[0] == hub.forms[2]


REFUSALS = {
    "not found": ([httpx.Response(404)], Answer("HTTP 404 Not Found")),
    "come back in a minute": (
        [httpx.Response(429, headers={"Retry-After": "60"})],
        Answer("HTTP 429 Too Many Requests", timedelta(minutes=1)),
    ),
    "a redirect to a GET": ([moved(302, "/there")], Answer("HTTP 302 Found")),
    "redirects without end": ([moved(307, "/there")] * 9, Answer("more than 3 redirects")),
    "a redirect that gives the secret away": ([moved(307, "http://hub.example/")], Answer("a redirect from https to http")),
    "no connection": ([httpx.ConnectError("to https://hub.example/?key=1")], Answer("ConnectError", is_away=True)),
    "a redirect that cannot be read": ([moved(307, "https://hub.example:port/")], Answer("RemoteProtocolError", is_away=True)),
}


@pytest.mark.parametrize(("answers", "expected"), REFUSALS.values(), ids=REFUSALS)
async def test_whatever_else_a_hub_does_is_an_answer_with_its_reason(answers: list[httpx.Response | Exception], expected: Answer) -> None:
    answer = await Hub(*answers).ask()

    assert answer == expected
    assert not answer.is_accepted


async def test_a_hub_whose_address_cannot_be_read_is_asked_nothing() -> None:
    assert await Hub().ask("https://hub.example:port/") == Answer("InvalidURL")
