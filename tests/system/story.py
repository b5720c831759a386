"""A story as it is told to the product once: claims, feeds and addresses of its own, so that no telling meets another."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.words import PageUse
from tests.scenarios.book import Scenario, Step

BOOK = Path(__file__).parents[1] / "scenarios" / "book"
POLL_INTERVAL_S = 1.0


def scenario(name: str) -> Scenario:
    """Return a scenario of the book by its name."""
    return Scenario.model_validate_json((BOOK / f"{name}.json").read_text())


@dataclass(frozen=True)
class Story:
    """One telling of a scenario.

    Attributes:
        run: Name of this telling; claims, feeds and pages bear it.
        copies: How often each claim is watched, under ids of their own: spreads a story over partitions.
    """

    scenario: Scenario
    run: str
    copies: int = 1

    @cached_property
    def claims(self) -> dict[str, WatchedClaim]:
        """Every watched claim by what it is called in every telling."""
        named = {f"{claim.claim_id}.{copy}": claim for claim in self.scenario.claims for copy in range(self.copies)}
        return {name: claim.model_copy(update={"claim_id": f"{self.run}.{name}"}) for name, claim in named.items()}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps, at addresses of this telling."""
        return tuple(step.model_copy(update={"url": f"{step.url}-{self.run}"}) if step.url else step for step in self.scenario.steps)

    def feed_id(self, outlet: str) -> str:
        """Return the feed of an outlet."""
        names = [known.outlet for known in self.scenario.outlets]
        return f"{self.run}.{names.index(outlet)}"

    def feeds(self, base: str) -> list[FeedSource]:
        """Return a feed per outlet, at a site with this base."""
        ids = {known.outlet: self.feed_id(known.outlet) for known in self.scenario.outlets}
        return [
            FeedSource(
                feed_id=feed_id,
                url=f"{base}/feeds/{feed_id}",
                outlet=self.scenario.outlet(outlet),
                poll_interval_s=POLL_INTERVAL_S,
                max_poll_interval_s=POLL_INTERVAL_S,
                pages=PageUse.NEVER,  # the addresses of a story lead nowhere
            )
            for outlet, feed_id in ids.items()
        ]
