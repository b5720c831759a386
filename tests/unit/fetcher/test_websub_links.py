"""Behaviour 38: a hub is found where the Recommendation says, in its order."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.domain.websub.links import named

URL = "https://news.example/feeds/world"
HUB, SELF = "https://hub.example/", "https://news.example/feed"

LINKS = {
    "both": (f'<{HUB}>; rel="hub", <{SELF}>; rel="self"', (HUB, SELF)),
    "without quotation marks": (f"<{HUB}>;rel=hub,<{SELF}>;rel=self", (HUB, SELF)),
    "capitals": (f'<{HUB}>; REL="Hub", <{SELF}>; Rel=SELF', (HUB, SELF)),
    "several relations in one": (f'<{SELF}>; rel="alternate self", <{HUB}>; rel="hub"', (HUB, SELF)),
    "the first of several hubs": (f'<{HUB}>; rel="hub", <https://second.example/>; rel="hub", <{SELF}>; rel="self"', (HUB, SELF)),
    "other parameters": (f'<{HUB}>; title="a, b; rel=\\"self\\""; rel="hub", <{SELF}>; rel=self; type="x"', (HUB, SELF)),
    "an address with a comma": ('<https://hub.example/?a=1,2>; rel="hub"', ("https://hub.example/?a=1,2", "")),
    "relative addresses": ('</hub>; rel="hub", <world?a=1>; rel="self"', ("https://news.example/hub", URL + "?a=1")),
    "other relations": (f'<{HUB}>; rel="preload", <{SELF}>; rel="canonical"', ("", "")),
    "no relation": (f"<{HUB}>, <{SELF}>", ("", "")),
    "other schemes": ('<javascript:alert(1)>; rel="hub", <file:///etc/passwd>; rel="self"', ("", "")),
    "no host": ('<http://:80/x>; rel="hub", <http://[>; rel="self"', ("", "")),
    "nothing": ("", ("", "")),
}


@pytest.mark.parametrize(("links", "expected"), LINKS.values(), ids=LINKS)
def test_the_link_header_names_a_hub_and_the_feed(links: str, expected: tuple[str, str]) -> None:
    assert named(links, url=URL, hub="", self_link="") == expected


DOCUMENT = {
    "only the document": ("", (HUB, SELF)),
    "the header before the document": (
        '<https://other.example/>; rel="hub", <https://other.example/feed>; rel="self"',
        ("https://other.example/", "https://other.example/feed"),
    ),
    "each where it is found": ('<https://other.example/>; rel="hub"', ("https://other.example/", SELF)),
    "an unusable header": ('<mailto:x>; rel="hub"', (HUB, SELF)),
}


@pytest.mark.parametrize(("links", "expected"), DOCUMENT.values(), ids=DOCUMENT)
def test_what_the_header_does_not_name_the_document_does(links: str, expected: tuple[str, str]) -> None:
    assert named(links, url=URL, hub=HUB, self_link=SELF) == expected


@pytest.mark.parametrize("target", ["javascript:x", "http://:80/", "http://[::1", "https://h/" + "x" * 3000], ids=lambda text: text[:15])
def test_an_address_in_the_document_that_is_none_counts_as_none(target: str) -> None:
    assert named("", url=URL, hub=target, self_link=target) == ("", "")


@given(st.text(alphabet='<>;=",\\ relhubsf:/.x', max_size=200), st.text(max_size=50))
def test_no_header_and_no_document_makes_it_fail(links: str, other: str) -> None:
    for found in named(links + other, url=URL, hub=other, self_link=links):
        assert found == "" or found.startswith(("http://", "https://"))


@pytest.mark.parametrize("unit", ["<", "<a>;", '<a>;x="', "<a>; rel", ";a=b", '<a>;x="\\', "<a> ; x = y ", " ", "a", ";", '\\"'])
@pytest.mark.parametrize("start", ["", "<a>", "<a>;x", "<a>;x=", '<a>;x="'])
def test_a_hostile_header_is_read_in_bounded_time(start: str, unit: str) -> None:
    began = time.process_time()
    named(start + unit * 200_000, url=URL, hub="", self_link="")

    assert time.process_time() - began < 0.5
