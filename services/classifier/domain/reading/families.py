"""All families of event words."""

from services.classifier.domain.reading.families_of_affairs import FAMILIES_OF_AFFAIRS
from services.classifier.domain.reading.families_of_fortune import FAMILIES_OF_FORTUNE
from services.classifier.domain.reading.family import Family

FAMILIES: tuple[Family, ...] = (*FAMILIES_OF_FORTUNE, *FAMILIES_OF_AFFAIRS)
