"""How much of one article is taken, so that none holds up those behind it. What is reading's own stands with the reader.

Ordinary articles come nowhere near any of these. Every limit that is hit is told and counted.
"""

from collections.abc import Collection, Sequence

from schemas.claims_evidence import Evidence
from schemas.news_article import Article
from schemas.news_classified import Mention
from schemas.words import ArticleKind, Limit

TITLE_CHARS = 1_000
"""A headline has 60 to 120; it is copied into every reading."""

SUMMARY_CHARS = 20_000
BODY_CHARS = 200_000
"""A book of a hundred pages is about as long. To split it into words, match and sketch takes a tenth of a second."""

MAX_MENTIONS = 5_000
"""Claims listed as mentioned; with a place or two each they are half of the largest record that Kafka takes."""

MAX_MATCHES = 60
"""Places listed of one claim's words: enough to read by, whatever a text repeats."""

MATCHES_WHEN_MANY = 2
"""Places listed of each claim's words where more than ``MANY_MENTIONS`` are mentioned, so that the record stays small."""
MANY_MENTIONS = 500

MAX_CLAIMS_READ = 200
"""Claims that one article is read for. The first reading for a claim takes a few milliseconds beyond the text's own."""

MAX_EVIDENCE = 50
"""Pieces of evidence in one reading: one for each who speaks. What stands last on a live page is newest, and is kept."""

_FIELDS = (("title", TITLE_CHARS, Limit.TITLE), ("summary", SUMMARY_CHARS, Limit.SUMMARY), ("body", BODY_CHARS, Limit.BODY))


def bounded(article: Article) -> tuple[Article, set[Limit]]:
    """Return the article as far as it is read, and which limits it hit. Offsets are those of the whole: only ends are cut."""
    long = {name: (size, limit) for name, size, limit in _FIELDS if len(getattr(article, name)) > size}
    if not long:
        return article, set()
    cut = {name: getattr(article, name)[:size] for name, (size, _) in long.items()}
    return article.model_copy(update=cut), {limit for _, limit in long.values()}


def listed(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], set[Limit]]:
    """Return the mentions as far as they are listed, and which limits they hit."""
    most = MAX_MATCHES if len(mentions) <= MANY_MENTIONS else MATCHES_WHEN_MANY
    capped = {Limit.MENTIONS} if len(mentions) > MAX_MENTIONS else set()
    if any(len(mention.matches) > most for mention in mentions):
        capped.add(Limit.MATCHES)
    kept = sorted(in_order_of_reading(mentions, ())[:MAX_MENTIONS], key=lambda mention: mention.claim_id)
    return tuple(_with_fewer(mention, most) for mention in kept), capped


def _with_fewer(mention: Mention, most: int) -> Mention:
    return mention if len(mention.matches) <= most else mention.model_copy(update={"matches": mention.matches[:most]})


def in_order_of_reading(mentions: Sequence[Mention], earlier: Collection[str]) -> list[Mention]:
    """Return the mentions with those first that matter most: read for before, in the headline, early in the text. The rest by claim id."""

    def rank(mention: Mention) -> tuple[bool, bool, int, str]:
        in_title = any(match.field == "title" for match in mention.matches)
        return mention.claim_id not in earlier, not in_title, min((match.start for match in mention.matches), default=0), mention.claim_id

    return sorted(mentions, key=rank)


def evidence_kept(evidence: tuple[Evidence, ...], kind: ArticleKind) -> tuple[Evidence, ...]:
    """Return the evidence as far as one reading holds it."""
    return evidence[-MAX_EVIDENCE:] if kind is ArticleKind.LIVE else evidence[:MAX_EVIDENCE]
