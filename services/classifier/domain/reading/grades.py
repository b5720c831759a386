"""The grades of how surely an event is presented, and the number that stands for each on the scale from -3 to 3."""

from dataclasses import dataclass
from enum import IntEnum


class Mode(IntEnum):
    """How an event is presented, the surest first."""

    SURE = 0
    """As a fact."""
    NAMED = 1
    """By a noun or an adjective, in passing."""
    TOLD = 2
    """On somebody's word."""
    COMING = 3
    """To come, or agreed on."""
    LIKELY = 4
    AIMED = 5
    """Planned, or the purpose of something."""
    WISHED = 6
    """Wished, tried, asked for, feared."""
    POSSIBLE = 7
    SUPPOSED = 8
    """Under a condition."""
    OPEN = 9
    """Not told at all: asked, in doubt, only possible in general."""


BAND_NAMES = ("denied", "unknown", "hedged", "asserted")


@dataclass(frozen=True)
class Grade:
    """How surely an event is presented.

    Attributes:
        negative: As not happening.
    """

    mode: Mode
    negative: bool = False

    @property
    def score(self) -> float:
        """Return -3 (surely not) to 3 (surely)."""
        if self.negative:
            return _AGAINST_SURE if self.mode <= Mode.COMING else _AGAINST_LESS
        return _FOR[self.mode]

    @property
    def band(self) -> str:
        """Return ``asserted``, ``hedged``, ``unknown`` or ``denied``."""
        return band_of(self.score)


def band_of(score: float) -> str:
    """Return the band of a score between -3 and 3."""
    if score < -0.5:
        return "denied"
    return "unknown" if score < 0.5 else "hedged" if score < 2 else "asserted"


_FOR = {
    Mode.SURE: 2.9,
    Mode.TOLD: 2.9,
    Mode.NAMED: 2.5,
    Mode.COMING: 2.1,
    Mode.LIKELY: 1.9,
    Mode.AIMED: 1.8,
    Mode.WISHED: 1.4,
    Mode.POSSIBLE: 1.4,
    Mode.SUPPOSED: 0.45,
    Mode.OPEN: 0.45,
}
"""Near the means of what readers of newswire gave (Lee et al. 2015, training part); the last two at the upper end of unknown instead."""
_AGAINST_SURE, _AGAINST_LESS = -1.5, -1.0
