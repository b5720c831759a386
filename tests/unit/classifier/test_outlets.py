"""Who a credited name is, and whose text an article says it is. Behaviours 2 and 31."""

import pytest

from schemas.feeds_source import Outlet
from services.classifier.domain.outlets import Outlets
from tests.unit.classifier.articles import article

CPA = Outlet(name="Continental Press Agency", domain="cpa-news.example", family="Continental Press Agency")
TIMES = Outlet(name="The Albion Times", domain="www.albiontimes.example", family="Albion Newspapers", aliases=("AT Online",))
SUNDAY = Outlet(name="Albion on Sunday", family="Albion Newspapers")
LONE = Outlet(name="Lake Radio", domain="lakeradio.example")
REUTERS = Outlet(name="Reuters", family="Thomson Reuters")
KNOWN = Outlets.of([CPA, TIMES, SUNDAY, LONE, REUTERS])


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Continental Press Agency", CPA),
        ("CPA", CPA),
        ("continental press agency", CPA),
        ("cpa-news.example", CPA),
        ("Albion Times", TIMES),
        ("the albion times", TIMES),
        ("www.albiontimes.example", TIMES),
        ("AT online", TIMES),
        ("AOS", SUNDAY),
        ("Lake Radio", LONE),
        ("Nobody", None),
        ("", None),
    ],
)
def test_an_outlet_is_found_by_name_alias_acronym_and_domain(name: str, outlet: Outlet | None) -> None:
    assert KNOWN.find(name) == outlet


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Albion Times", "Albion Newspapers"),
        ("Lake Radio", "Lake Radio"),
        ("Unheard  Weekly", "Unheard Weekly"),
        ("the AP", "Associated Press"),
        ("Associated Press", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("reuters", "Thomson Reuters"),
    ],
)
def test_the_family_counts_and_an_unknown_name_is_its_own(name: str, family: str) -> None:
    assert KNOWN.family_of(name) == family


def test_an_acronym_that_two_families_share_names_neither() -> None:
    both = Outlets.of([Outlet(name="Blue Press Agency"), Outlet(name="Bright Press Agency")])

    assert both.find("BPA") is None
    assert both.find("Blue Press Agency") is not None


def test_a_name_outranks_anothers_alias() -> None:
    known = Outlets.of([Outlet(name="Old Post", aliases=("Herald",)), Outlet(name="Herald")])

    assert known.find("Herald") == Outlet(name="Herald")


@pytest.mark.parametrize(
    ("fields", "family"),
    [
        ({"credit": "CPA"}, "Continental Press Agency"),
        ({"credit": "Source: CPA"}, "Continental Press Agency"),
        ({"credit": "© 2025 Reuters"}, "Thomson Reuters"),
        ({"credit": "staff and Reuters"}, "Thomson Reuters"),
        ({"credit": "Gulf Observer"}, "Gulf Observer"),
        ({"credit": "By CPA"}, "Continental Press Agency"),
        ({"credit": "By Jane Doe"}, ""),
        ({"credit": "Jane Doe", "authors": ("Jane Doe",)}, ""),
        ({"credit": "staff"}, ""),
        ({"credit": "Albion on Sunday"}, ""),
        ({"body": "PORT AMSEL (CPA) - Rebels said so."}, "Continental Press Agency"),
        ({"body": "LONDON, June 5 (Reuters) — It rained."}, "Thomson Reuters"),
        ({"body": "By Jane Doe\n\nPARIS (AFP) - It rained."}, "Agence France-Presse"),
        ({"body": "Berlin (dpa) - Es regnet."}, "Deutsche Presse-Agentur"),
        ({"body": "VARN (Baltic News) - It rained."}, "Baltic News"),
        ({"body": "The party (which he led) - and lost - met."}, ""),
        ({"body": "PARIS - It rained."}, ""),
        ({"body": "It rained. Much.\n\n(CPA)"}, "Continental Press Agency"),
        ({"body": "It rained. Much. — Reuters"}, "Thomson Reuters"),
        ({"body": "It rained.\n\nReporting by CPA"}, "Continental Press Agency"),
        ({"body": "It rained.\n\n(Reporting by Jane Doe; editing by John Roe)"}, ""),
        ({"body": "It rained.\n\nAdditional reporting by CPA"}, ""),
        ({"body": "It rained.\n\nThis article first appeared in Lake Radio."}, "Lake Radio"),
        ({"body": "It rained, he said (and laughed)"}, ""),
        ({"summary": "PORT AMSEL (CPA) - Rebels said so."}, "Continental Press Agency"),
        ({"body": "It rained."}, ""),
    ],
)
def test_credit_line_dateline_and_closing_credit_name_the_origin(fields: dict, family: str) -> None:
    assert KNOWN.named_origin(article(outlet=TIMES, title="t", **fields)) == family


def test_an_outlet_is_no_origin_of_its_own() -> None:
    assert KNOWN.named_origin(article("PORT AMSEL (CPA) - Rebels.", outlet=CPA, credit="CPA")) == ""
    assert Outlets.of([]).named_origin(article("TEHRAN (FNA) - News.", outlet="Fars News Agency")) == ""


def test_the_outlet_whose_text_it_is_can_be_looked_up() -> None:
    assert KNOWN.origin_outlet(article("x", credit="CPA", outlet=TIMES)) == CPA
    assert KNOWN.origin_outlet(article("x", credit="Unheard Weekly", outlet=TIMES)) is None
