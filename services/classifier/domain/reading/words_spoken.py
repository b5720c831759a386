"""One thing said of a claim: by whom, how surely, in which sentence. What the reader collects before it chooses."""

from dataclasses import dataclass
from datetime import datetime

from schemas.words import Stance
from services.classifier.domain.reading.origin import Origin
from services.classifier.domain.reading.sentences import Sentence


@dataclass(frozen=True)
class Words:
    """One attributed stance.

    Attributes:
        term: Term of certainty; empty where the words give none.
        explicit: The outlet says that it is its own finding ("has learnt"), or somebody is named.
        at, place, actor: Of the event, where the text says so.
        is_correction: Stands under a correction or an update.
    """

    stance: Stance
    term: str
    origin: Origin
    accountable: bool
    sentence: Sentence
    start: int
    end: int
    entry: str = ""
    explicit: bool = True
    at: datetime | None = None
    place: str = ""
    actor: str = ""
    is_correction: bool = False

    @property
    def is_plain(self) -> bool:
        return self.stance in (Stance.ASSERTS, Stance.DENIES, Stance.REFUTES)

    @property
    def supports(self) -> bool:
        return self.stance in (Stance.ASSERTS, Stance.HEDGES)
