"""Behaviour 19: one gate. No module of the services sends a request, or opens a connection, but through the chassis."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GATE = {"services/chassis/http.py"}
FORBIDDEN_MODULES = (
    "urllib.request", "urllib3", "http.client", "requests", "ftplib", "smtplib", "telnetlib", "pycurl", "httpx_aiohttp", "httpcore",
    "websockets", "aioftp", "paramiko", "trafilatura.downloads", "feedparser.http",
)  # fmt: skip
FORBIDDEN_NAMES = {
    *(f"httpx.{name}" for name in (
        "AsyncClient", "Client", "AsyncHTTPTransport", "HTTPTransport", "get", "post", "put", "patch", "delete", "head", "options",
        "request", "stream",
    )),
    *(f"aiohttp.{name}" for name in ("ClientSession", "TCPConnector", "UnixConnector", "request")),
    *(f"socket.{name}" for name in ("create_connection", "socket", "socketpair", "fromfd")),
    *(f"asyncio.{name}" for name in ("open_connection", "open_unix_connection")),
    "trafilatura.fetch_url", "trafilatura.fetch_response", "ssl.get_server_certificate",
}  # fmt: skip
FORBIDDEN_METHODS = {"create_connection", "sock_connect", "create_datagram_endpoint", "open_connection"}


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names a module binds by import, with what they stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0], alias.name.partition(".")[0])
                yield alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _is_forbidden_module(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in FORBIDDEN_MODULES)


def ways_out(source: str) -> list[str]:
    """Return what a module uses by which a request could leave it."""
    tree = ast.parse(source)
    bound = dict(_imported(tree))
    found = [target for target in bound.values() if _is_forbidden_module(target)]
    types = {id(part) for node in ast.walk(tree) for part in _annotation_parts(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Name) or id(node) in types:
            continue
        head, _, rest = ast.unparse(node).partition(".")
        full = f"{bound.get(head, head)}.{rest}".rstrip(".")
        if full in FORBIDDEN_NAMES or _is_forbidden_module(full):
            found.append(full)
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_METHODS:
            found.append(node.attr)
    return found


def _annotation_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in annotations: to name a client's type opens nothing."""
    for name in ("annotation", "returns"):
        if (annotation := getattr(node, name, None)) is not None:
            yield from ast.walk(annotation)


MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "services").rglob("*.py"))


@pytest.mark.parametrize("module", [module for module in MODULES if module not in GATE])
def test_a_module_of_the_services_sends_nothing_past_the_gate(module: str) -> None:
    assert ways_out((ROOT / module).read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "import httpx\nclient = httpx.AsyncClient()",
        "import httpx as h\nh.get('http://x')",
        "from httpx import Client as C\nC()",
        "from httpx import post\nmake = post",
        "import aiohttp\nsession = aiohttp.ClientSession()",
        "from aiohttp import ClientSession\nsession = ClientSession()",
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request",
        "from http import client",
        "import requests",
        "import socket\nsocket.create_connection(('x', 1))",
        "from socket import socket\nsocket().connect(('x', 1))",
        "import asyncio\nasyncio.open_connection('x', 1)",
        "import asyncio\nasyncio.get_running_loop().create_connection(None, 'x', 1)",
        "def f(loop): return loop.create_connection(None, 'x', 1)",
        "import trafilatura\ntrafilatura.fetch_url('http://x')",
        "from trafilatura.downloads import fetch_response",
    ],
)
def test_a_way_past_the_gate_is_found(source: str) -> None:
    assert ways_out(source)


def test_names_of_types_and_servers_are_no_way_out() -> None:
    source = (
        "import httpx, socket\nfrom aiohttp import web\ndef f(c: httpx.AsyncClient) -> socket.socket: return socket.create_server(('', 0))"
    )

    assert ways_out(source) == []
