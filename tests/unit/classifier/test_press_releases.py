"""Who speaks in a press release. Behaviour 32."""

import pytest

from schemas.feeds_source import Outlet
from schemas.words import OutletKind
from services.classifier.domain.press_releases import is_printed_by_its_issuer, is_wire, issuer_of
from tests.unit.classifier.articles import article


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("VELDEN, June 22, 2017 /PRNewswire/ -- A plant will close.\n\nSOURCE Halden Ltd", "Halden Ltd"),
        ("VELDEN--(BUSINESS WIRE)--Halden Ltd (VSX: HAL), the brewer, today announced a merger.", "Halden Ltd"),
        ("FOR IMMEDIATE RELEASE\n\nThe Bank of Ardenia today announced a new rate.", "The Bank of Ardenia"),
        ("Halden is pleased to announce a merger.", "Halden"),
        ("A plant will close.\n\nAbout Halden Ltd\nHalden Ltd brews beer.", "Halden Ltd"),
        ("A plant will close.\n\nMedia contact: Ada Perrin", ""),
        ("It was announced today that a plant will close.", ""),
    ],
)
def test_source_line_announcement_or_the_paragraph_about_them_names_the_issuer(body: str, issuer: str) -> None:
    assert issuer_of(article(body)) == issuer


def test_a_government_or_a_press_room_prints_its_own_releases_and_a_wire_does_not() -> None:
    room = "https://halden.example/newsroom/merger"

    assert is_printed_by_its_issuer(article("A merger.", outlet=Outlet(name="Halden"), url=room))
    assert is_printed_by_its_issuer(article("A raid.", outlet=Outlet(name="Ministry", kind=OutletKind.GOVERNMENT)))
    assert not is_printed_by_its_issuer(article("A merger.", outlet=Outlet(name="Halden"), url=room, credit="Business Wire"))
    assert not is_printed_by_its_issuer(article("A merger.", outlet=Outlet(name="Albion Times", kind=OutletKind.NEWSPAPER), url=room))


@pytest.mark.parametrize(
    ("name", "wire"), [("PR Newswire", True), ("PRNewswire", True), ("GLOBE NEWSWIRE", True), ("Reuters", False), ("", False)]
)
def test_wires_are_known_by_name(name: str, wire: bool) -> None:
    assert is_wire(name) is wire
