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


@pytest.mark.parametrize(
    ("fields", "family"),
    [
        ({"original_url": "https://cpa-news.example/1"}, "Continental Press Agency"),
        ({"original_url": "https://www.cpa-news.example/1"}, "Continental Press Agency"),
        ({"original_url": "https://world.lakeradio.example/1"}, "Lake Radio"),
        ({"original_url": "https://unheard.example/1"}, "unheard.example"),
        ({"original_url": "https://world.unheard.co.uk/1"}, "unheard.co.uk"),
        ({"original_url": "https://www.reuters.com/world/1"}, "Thomson Reuters"),
        ({"original_url": "https://apnews.com/1"}, "Associated Press"),
        ({"original_url": "https://lakeradio.example/1", "credit": "Gulf Observer"}, "Lake Radio"),
        ({"original_url": "https://lakeradio.example/1", "body": "PARIS (AFP) - It rained."}, "Agence France-Presse"),
        ({"original_url": "https://lakeradio.example/1", "credit": "Reuters"}, "Thomson Reuters"),
        ({"original_url": "https://amp.albiontimes.example/1"}, ""),
        ({"original_url": "https://m.albiontimes.example/1", "credit": "CPA"}, "Continental Press Agency"),
        ({"original_url": "https://mirror.example/1", "url": "https://www.mirror.example/2"}, ""),
        ({"original_url": "http://[broken/"}, ""),
        ({"original_url": "https://one.co.uk/1", "url": "https://two.co.uk/1"}, "one.co.uk"),
    ],
)
def test_a_canonical_link_to_another_site_names_the_origin_unless_an_agency_is_credited(fields: dict, family: str) -> None:
    assert KNOWN.named_origin(article(**{"body": "It rained.", "outlet": TIMES, **fields})) == family


def test_the_outlet_that_a_canonical_link_leads_to_can_be_looked_up() -> None:
    assert KNOWN.origin_outlet(article("x", original_url="https://lakeradio.example/1", outlet=TIMES)) == LONE
    assert KNOWN.origin_outlet(article("x", original_url="https://unheard.example/1", outlet=TIMES)) is None


# Rows of the registry that are dead, missing or merged too far (behaviour 31)


def test_an_alias_that_two_families_share_names_neither_and_their_names_still_do() -> None:
    one, other = Outlet(name="Morning Star", aliases=("The Star",)), Outlet(name="Evening Star", aliases=("Star",))
    known = Outlets.of([one, other])

    assert known.find("The Star") is None
    assert (known.find("Morning Star"), known.find("evening star")) == (one, other)
    assert known.family_of("Star") == "Star"


def test_an_alias_within_one_family_names_the_family() -> None:
    known = Outlets.of(
        [Outlet(name="Morning Star", family="Stars", aliases=("Star",)), Outlet(name="Star Sport", family="Stars", aliases=("Star",))]
    )

    assert known.family_of("Star") == "Stars"


def test_families_that_name_each_other_end_at_once() -> None:
    known = Outlets.of([Outlet(name="One", family="Two"), Outlet(name="Two", family="One")])

    assert (known.family_of("One"), known.family_of("Two")) == ("Two", "One")


def test_a_family_named_like_another_outlet_is_one_family_with_it() -> None:
    parent, child = Outlet(name="Albion Media"), Outlet(name="Albion Radio", family="Albion Media")
    known = Outlets.of([parent, child])

    assert known.family_of("Albion Radio") == known.family_of("Albion Media") == "Albion Media"
    assert known.find("Albion Media") == parent


def test_a_family_named_like_a_stranger_does_not_take_its_name() -> None:
    stranger, child = Outlet(name="Herald", family="Herald Trust"), Outlet(name="Lake Radio", family="Herald")
    known = Outlets.of([child, stranger])

    assert known.find("Herald") == stranger
    assert known.family_of("Lake Radio") == "Herald"


def test_one_site_for_two_families_names_neither() -> None:
    known = Outlets.of([Outlet(name="One", domain="shared.example"), Outlet(name="Two", domain="www.shared.example")])

    assert known.find("shared.example") is None
    assert known.named_origin(article("x", original_url="https://shared.example/1")) == "shared.example"


@pytest.mark.parametrize(
    "outlet", [Outlet(name="..."), Outlet(name="x", aliases=("", "  ", "!")), Outlet(name="x", domain="/"), Outlet(name="的")]
)
def test_a_row_with_next_to_nothing_in_it_does_no_harm(outlet: Outlet) -> None:
    known = Outlets.of([outlet, LONE])

    assert known.find("") is None
    assert known.find("Lake Radio") == LONE


def test_an_outlet_whose_row_is_gone_is_a_family_of_its_own() -> None:
    assert Outlets.of([]).family_of("Lake Radio") == "Lake Radio"
    assert Outlets.of([]).named_origin(article("x", credit="Lake Radio", outlet=TIMES)) == "Lake Radio"


def test_an_outlet_is_no_origin_of_its_own() -> None:
    assert KNOWN.named_origin(article("PORT AMSEL (CPA) - Rebels.", outlet=CPA, credit="CPA")) == ""
    assert Outlets.of([]).named_origin(article("TEHRAN (FNA) - News.", outlet="Fars News Agency")) == ""


def test_the_outlet_whose_text_it_is_can_be_looked_up() -> None:
    assert KNOWN.origin_outlet(article("x", credit="CPA", outlet=TIMES)) == CPA
    assert KNOWN.origin_outlet(article("x", credit="Unheard Weekly", outlet=TIMES)) is None
