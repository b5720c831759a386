"""Scenario files: claims, outlets, and steps with the status that each claim must have after them."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.record import UtcDatetime
from schemas.words import Caveat, OutletKind, Reason, Stance, Status


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScenarioOutlet(_Part):
    """An outlet as the book has it; ``as_outlet`` is what the product's registry gets."""

    outlet: str
    domain: str
    family: str
    kind: OutletKind
    country: str

    def as_outlet(self) -> Outlet:
        """Return the registry's record of it."""
        return Outlet(name=self.outlet, domain=self.domain, family=self.family, kind=self.kind, country=self.country)


class GoldEvidence(_Part):
    """What a careful reader takes from an article. Never reaches the product, but for ``READER=gold``."""

    claim_id: str
    origin: str
    stance: Stance
    strength: str = ""
    accountable: bool = True
    new_episode: bool = False


class Expectation(_Part):
    """What must hold of one claim after a step; what is None is not compared."""

    status: Status | list[Status]
    transition: bool | None = None
    reason: Reason | None = None
    origins: int | list[int] | None = None
    caveats: list[Caveat] | None = None
    episode: int | list[int] | None = None


class Step(_Part):
    """An article, a new version, a withdrawal, or a stretch of time."""

    at: UtcDatetime
    wait: str | None = None
    outlet: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""
    body: str = ""
    credit: str = ""
    published_at: UtcDatetime | None = None
    version_of: str | None = None
    withdraw: bool = False
    notice: str = ""
    live: bool = False
    backfill: bool = False
    reading: list[GoldEvidence] = Field(default_factory=list)
    note: str = ""
    expect: dict[str, Expectation]


class Scenario(_Part):
    """One story."""

    id: str
    title: str
    domain: str
    behaviours: list[int]
    claims: list[WatchedClaim]
    outlets: list[ScenarioOutlet]
    steps: list[Step]
    expect_transitions: dict[str, list[Status]] = Field(default_factory=dict)

    def outlet(self, name: str) -> Outlet:
        """Return the registry's record of the outlet of this name."""
        return next(o for o in self.outlets if o.outlet == name).as_outlet()


def load_book(folder: Path) -> Iterator[Scenario]:
    """Yield every scenario of a folder (not of folders in it), by name.

    Raises:
        SystemExit: If there is none, or one is not in the format; names the file.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise SystemExit(f"scenarios: no *.json in {folder}; give a folder of scenario files with DIR=")
    for file in files:
        text = file.read_text()
        if '"$schema"' in text[:200]:
            continue
        try:
            yield Scenario.model_validate_json(text)
        except ValueError as error:
            raise SystemExit(f"scenarios: {file}: {error}") from None
