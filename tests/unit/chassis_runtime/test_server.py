"""Health and metrics: alive, at work, measured; and a port that is taken is one clear line."""

import aiohttp
import pytest
from aiohttp import web

import services.chassis.dead_letters  # noqa: F401 - registers a counter to look for
from services.chassis.server import OpsServer


def port_of(server: OpsServer) -> int:
    assert isinstance(server._runner, web.AppRunner)
    return int(server._runner.addresses[0][1])


async def get(server: OpsServer, path: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port_of(server)}{path}") as answer:
        return answer.status, answer.content_type, await answer.text()


@pytest.mark.parametrize(("is_ready", "status", "word"), [(True, 200, "ready"), (False, 503, "starting")])
async def test_readiness_is_what_the_service_says_and_health_is_being_alive(is_ready: bool, status: int, word: str) -> None:
    server = OpsServer(host="127.0.0.1", port=0, is_ready=lambda: is_ready)
    await server.start()
    try:
        ready, alive = await get(server, "/readyz"), await get(server, "/healthz")
    finally:
        await server.stop()

    assert ready == (status, "application/json", f'{{"status": "{word}"}}')
    assert alive == (200, "application/json", '{"status": "ok"}')


async def test_metrics_are_in_the_text_format_of_prometheus() -> None:
    server = OpsServer(host="127.0.0.1", port=0, is_ready=lambda: True)
    await server.start()
    try:
        status, content_type, text = await get(server, "/metrics")
    finally:
        await server.stop()

    assert (status, content_type) == (200, "text/plain")
    assert "# TYPE claimwatch_dead_letters_total counter" in text


async def test_a_taken_port_stops_the_start_and_says_which() -> None:
    first = OpsServer(host="127.0.0.1", port=0, is_ready=lambda: True)
    await first.start()
    second = OpsServer(host="127.0.0.1", port=port_of(first), is_ready=lambda: True)
    try:
        with pytest.raises(SystemExit, match=rf"^http: port {port_of(first)} on 127.0.0.1 is taken by another program"):
            await second.start()
    finally:
        await first.stop()


async def test_a_server_that_never_started_can_be_stopped() -> None:
    await OpsServer(host="127.0.0.1", port=0, is_ready=lambda: True).stop()
