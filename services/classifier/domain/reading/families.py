"""All families of event words."""

from services.classifier.domain.reading.families_of_affairs import FAMILIES_OF_AFFAIRS
from services.classifier.domain.reading.families_of_business import FAMILIES_OF_BUSINESS
from services.classifier.domain.reading.families_of_deeds import FAMILIES_OF_DEEDS
from services.classifier.domain.reading.families_of_fortune import FAMILIES_OF_FORTUNE
from services.classifier.domain.reading.families_of_harm import FAMILIES_OF_HARM
from services.classifier.domain.reading.families_of_office import FAMILIES_OF_OFFICE
from services.classifier.domain.reading.families_of_trade import FAMILIES_OF_TRADE
from services.classifier.domain.reading.family import Family

FAMILIES: tuple[Family, ...] = (
    *FAMILIES_OF_FORTUNE,
    *FAMILIES_OF_AFFAIRS,
    *FAMILIES_OF_BUSINESS,
    *FAMILIES_OF_DEEDS,
    *FAMILIES_OF_HARM,
    *FAMILIES_OF_OFFICE,
    *FAMILIES_OF_TRADE,
)

EVENT_NOUNS: frozenset[str] = frozenset[str]().union(*(family.nouns for family in FAMILIES))
"""Nouns that name an event of some family."""

_KINDS = (
    "missile rocket projectile",
    "bomb device warhead weapon test",
    "troop soldier force army unit garrison",
    "bill law legislation act",
    "phone handset smartphone",
    "ambassador envoy diplomat",
    "job post worker employee staff",
    "plane aircraft jet airliner aeroplane airplane",
    "ship vessel boat ferry liner freighter tanker trawler yacht",
    "helicopter chopper aircraft",
    "lander spacecraft probe craft capsule orbiter rover",
    "painting portrait canvas picture artwork",
    "striker forward player footballer",
    "goalkeeper keeper player footballer",
    "midfielder player footballer",
    "defender player footballer",
    "sprinter runner athlete",
    "actress star performer",
    "actor star performer",
    "singer star vocalist performer",
    "bank lender",
    "airline carrier",
    "brewery brewer",
    "hospital clinic infirmary",
    "mine pit colliery",
    "reactor plant",
    "factory plant works",
    "tiger cat animal beast",
    "wolf animal",
    "journalist reporter correspondent",
    "businessman tycoon magnate oligarch entrepreneur",
    "politician lawmaker",
    "drug medicine treatment",
    "bridge span viaduct",
    "dam barrage",
    "fort fortress stronghold",
    "people person man woman child",
    "contract order commission",
    "prize award medal",
    "earthquake quake tremor temblor",
    "bacterium bacteria germ",
    "data datum record file detail information",
    "early snap",
    "doctorate degree phd title",
    "licence license permit",
    "agreement accord pact deal treaty memorandum",
    "tax levy duty",
    "train locomotive express",
    "truck lorry",
    "film movie",
    "worker labourer employee",
)


def kinds_of(nouns: frozenset[str]) -> frozenset[str]:
    """Return the nouns and those that news uses for the same thing."""
    groups = [frozenset(kind.split()) for kind in _KINDS]
    return nouns.union(*(group for group in groups if group & nouns))
