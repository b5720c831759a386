"""Stories of the public scenario book under other names: as many claims as wanted, and articles that mention them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.ids import article_id, content_version
from schemas.news_article import Article
from tests.scenarios.__main__ import BOOK
from tests.scenarios.book import Scenario, load_book

SYLLABLES = "ba be bo da de do fa fe ka ke ko la le lo ma me mo na ne no pa pe ra re ro sa se so ta te to va ve vo za".split()


def _invented_name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(4)).capitalize()


def _names(scenario: Scenario) -> set[str]:
    """Return the words that name the subjects of a story: what makes its claims these and no others."""
    names = (name for claim in scenario.claims for name in (claim.subject.name, *claim.subject.aliases))
    return {word for name in names for word in name.split() if word[:1].isupper() and len(word) > 3}


def story_variants(number: int, rng: random.Random) -> Iterator[tuple[list[WatchedClaim], list[Article]]]:
    """Yield stories of the book under other names, until so many claims have come."""
    book = list(load_book(BOOK))
    made = 0
    for round_number in range(1000):
        for scenario in book:
            renamed = {word: _invented_name(rng) for word in _names(scenario)}

            def rename(text: str, renamed: dict[str, str] = renamed) -> str:
                for word, other in renamed.items():
                    text = text.replace(word, other)
                return text

            claims = []
            for claim in scenario.claims:
                named = tuple(keyword for keyword in claim.keywords if any(word in keyword for word in renamed))
                if named:
                    other = WatchedClaim.model_validate_json(
                        rename(claim.model_copy(update={"keywords": named}).model_dump_json(by_alias=True))
                    )
                    subject = other.subject.model_copy(
                        update={"aliases": tuple(a for a in other.subject.aliases if a in map(rename, renamed))}
                    )
                    claims.append(
                        other.model_copy(update={"claim_id": f"{scenario.id}.{claim.claim_id}.{round_number}", "subject": subject})
                    )
            yield claims, list(_articles(scenario, rename, round_number))
            made += len(claims)
            if made >= number:
                return


def _articles(scenario: Scenario, rename, round_number: int) -> Iterator[Article]:
    now = datetime.now(UTC) - timedelta(minutes=30)
    for position, step in enumerate(scenario.steps):
        if not step.body or step.version_of:
            continue
        outlet: Outlet = scenario.outlet(step.outlet)
        url = f"{step.url}-{round_number}"
        title, body = rename(step.title), rename(step.body)
        moment = now + timedelta(seconds=position)
        yield Article(
            article_id=article_id(url), version=content_version(title, body), url=url, feed_id="bench", outlet=outlet, title=title, body=body,
            credit=step.credit, published_at=moment, first_seen_at=moment, version_seen_at=moment,
        )  # fmt: skip
