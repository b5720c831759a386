"""What the second opinion is trained on: the headlines of Emergent, and stories written for this project."""

import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.words import Stance
from services.classifier.domain.pairs.verdict import SIDE

UNRELATED_PER_HEADLINE = 3
UNRELATED_PER_ARTICLE = 6

OWN_PAIRS = Path(__file__).parents[3] / "tests" / "scenarios" / "own" / "pairs.jsonl"
OWN_CHARS = 300
"""Longer ones are articles, of which no sentence alone has the stance."""


@dataclass(frozen=True)
class Headline:
    """A headline about a claim, and how it stands to it: ``for``, ``against`` or ``observing``."""

    claim_id: str
    claim: str
    text: str
    stance: str
    is_own: bool = False
    """Written for this project."""


@dataclass(frozen=True)
class StoryArticle:
    """An article of a story that was written for this project, with the statements that the story is about."""

    story: str
    claims: tuple[str, ...]
    text: str


def headlines(data: Path) -> list[Headline]:
    """Return the headlines of Emergent (Ferreira and Vlachos, NAACL 2016; MIT)."""
    with (data / "stance" / "emergent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Headline(row["claimId"], row["claimHeadline"], row["articleHeadline"], row["articleHeadlineStance"]) for row in rows]


def own_pairs(path: Path = OWN_PAIRS) -> list[Headline]:
    """Return the headlines and sentences that were written for this project, as they stand to their claims."""
    found = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    related = [(pair, pair["gold"]) for pair in found if pair["gold"]["related"] and len(pair["text"]) <= OWN_CHARS]
    return [Headline(pair["claim"], pair["claim"], pair["text"], SIDE[Stance(gold["stance"])], is_own=True) for pair, gold in related]


def story_articles(data: Path) -> list[StoryArticle]:
    """Return the articles of the stories that may be looked at while building; a part of the book stays unread."""
    found: list[StoryArticle] = []
    for path in sorted((data / "scenarios").glob("*.json")):
        book = json.loads(path.read_text(encoding="utf-8"))
        if "steps" not in book:
            continue
        claims = tuple(claim["statement"] for claim in book["claims"])
        found += [StoryArticle(path.stem, claims, f"{step['title']}\n{step['body']}") for step in book["steps"] if "body" in step]
    return found


def _topic_texts(data: Path) -> list[str]:
    """Return names and definitions of the IPTC Media Topics (CC BY 4.0)."""
    with gzip.open(data / "iptc" / "mediatopics.json.gz", "rt", encoding="utf-8") as file:
        topics = json.load(file)
    return [f"{topic['Name (en-GB)']}. {topic['Definition (en-GB)']}" for topic in topics.values()]


def short_texts(data: Path) -> Iterator[str]:
    """Yield texts of a sentence or a paragraph in which the rarity of words is counted."""
    yield from (headline.text for headline in headlines(data))
    for article in story_articles(data):
        yield from (paragraph for paragraph in article.text.split("\n") if paragraph.strip())
    yield from _topic_texts(data)


def related_pairs(rows: Sequence[Headline], articles: Sequence[StoryArticle], *, seed: int) -> Iterator[tuple[str, str, bool]]:
    """Yield claim, text, and whether they belong together; the others are drawn from other claims and other stories."""
    drawn = random.Random(seed)  # noqa: S311 (draws pairs, guards nothing)
    claims = sorted({(row.claim_id, row.claim) for row in rows})
    for row in rows:
        yield row.claim, row.text, True
        others = [claim for claim_id, claim in claims if claim_id != row.claim_id]
        yield from ((claim, row.text, False) for claim in drawn.sample(others, min(len(others), UNRELATED_PER_HEADLINE)))
    stories = sorted({(article.story, article.claims[0]) for article in articles})
    for article in articles:
        yield from ((claim, article.text, True) for claim in article.claims)
        others = [claim for story, claim in stories if story != article.story]
        yield from ((claim, article.text, False) for claim in drawn.sample(others, min(len(others), UNRELATED_PER_ARTICLE)))
