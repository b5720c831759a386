"""Behaviour 19: a pinned address changes nothing about TLS. The name is sent (SNI) and the certificate must be the name's."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme
from aiohttp import web

from services.chassis import http
from services.chassis.http import TlsError, new_client
from tests.unit.chassis.test_http import FakeResolver

LOOPBACK = ["127.0.0.0/8"]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """Return an authority that clients made in this test believe, and no other."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    http._ssl_context.cache_clear()
    yield made
    http._ssl_context.cache_clear()


@asynccontextmanager
async def serving(certificate: trustme.LeafCert) -> AsyncIterator[tuple[int, list[str | None]]]:
    """Serve by TLS on 127.0.0.2; yield the port and the names that clients sent."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    sent: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: sent.append(name)

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.host)

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.2", 0, ssl_context=context).start()
    try:
        yield runner.addresses[0][1], sent
    finally:
        await runner.cleanup()


async def test_name_and_host_header_are_sent_and_the_certificate_is_the_names(authority: trustme.CA) -> None:
    async with serving(authority.issue_cert("news.example")) as (port, sent):
        async with new_client(timeout_s=5, allow=LOOPBACK, resolver=FakeResolver(("127.0.0.2",))) as client:
            response = await client.get(f"https://news.example:{port}/")

    assert response.text == f"news.example:{port}"
    assert sent == ["news.example"]


@pytest.mark.parametrize("name", ["other.example", "127.0.0.2", "*.news.example"])
async def test_a_certificate_of_another_name_is_a_tls_error(authority: trustme.CA, name: str) -> None:
    """Not even one for the address that is connected to."""
    async with serving(authority.issue_cert(name)) as (port, _):
        async with new_client(timeout_s=5, allow=LOOPBACK, resolver=FakeResolver(("127.0.0.2",))) as client:
            with pytest.raises(TlsError):
                await client.get(f"https://news.example:{port}/")


async def test_another_name_at_the_same_address_does_not_ride_on_an_open_connection(authority: trustme.CA) -> None:
    async with serving(authority.issue_cert("news.example")) as (port, _):
        async with new_client(timeout_s=5, allow=LOOPBACK, resolver=FakeResolver(("127.0.0.2",))) as client:
            await client.get(f"https://news.example:{port}/")
            with pytest.raises(TlsError):
                await client.get(f"https://other.example:{port}/")


async def test_a_certificate_of_an_unknown_authority_is_a_tls_error(authority: trustme.CA) -> None:
    async with serving(trustme.CA().issue_cert("news.example")) as (port, _):
        async with new_client(timeout_s=5, allow=LOOPBACK, resolver=FakeResolver(("127.0.0.2",))) as client:
            with pytest.raises(TlsError):
                await client.get(f"https://news.example:{port}/")
