"""All families of event words."""

from services.classifier.domain.reading.families_of_affairs import FAMILIES_OF_AFFAIRS
from services.classifier.domain.reading.families_of_business import FAMILIES_OF_BUSINESS
from services.classifier.domain.reading.families_of_deeds import FAMILIES_OF_DEEDS
from services.classifier.domain.reading.families_of_fortune import FAMILIES_OF_FORTUNE
from services.classifier.domain.reading.family import Family

FAMILIES: tuple[Family, ...] = (*FAMILIES_OF_FORTUNE, *FAMILIES_OF_AFFAIRS, *FAMILIES_OF_BUSINESS, *FAMILIES_OF_DEEDS)

_KINDS = (
    "missile rocket projectile",
    "bomb device warhead weapon test",
    "troop soldier force army unit garrison",
    "bill law legislation act",
    "phone handset smartphone",
    "ambassador envoy diplomat",
    "job post worker employee staff",
    "plane aircraft jet airliner aeroplane airplane",
    "ship vessel boat",
    "people person man woman child",
    "contract order commission",
    "prize award medal",
    "earthquake quake tremor temblor",
    "bacterium bacteria germ",
)


def kinds_of(nouns: frozenset[str]) -> frozenset[str]:
    """Return the nouns and those that news uses for the same thing."""
    groups = [frozenset(kind.split()) for kind in _KINDS]
    return nouns.union(*(group for group in groups if group & nouns))
