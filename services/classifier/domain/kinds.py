"""What sort of text an article is. Doubtful texts are news: taking news for opinion loses evidence, and the reader can still decide."""

import re

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.words import ArticleKind, OutletKind
from services.classifier.domain.live_pages import entries
from services.classifier.domain.words import sentences

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)"

_SATIRE = re.compile(r"^\s*[\[(]?satire[\])]?\s*[:|–—-]|[\[(]satire[\])]\s*$", re.IGNORECASE)
_CHECK_TITLE = re.compile(r"^\s*(?:fact[ -]?check(?:ed|ing)?\b|reality check\b|hoax alert\b|debunked\b|true or false\b)", re.IGNORECASE)
_VERDICT_LINE = re.compile(
    r"^[ \t]{0,4}(?:FALSE|TRUE|MISLEADING|HOAX|UNPROVEN|MOSTLY (?:FALSE|TRUE)|HALF TRUE|PANTS ON FIRE)\s*[.!:]"
    r"|^[ \t]{0,4}(?i:(?:our |the )?(?:verdict|ruling|rating)\s*:\s*\S)",
    re.MULTILINE,
)
_RATED = re.compile(r"\b[Ww]e rate (?:the|this|that|it|his|her|their)\b[^.\n]{0,60}\b(?i:false|true|misleading|pants on fire|unproven)\b")
_LIVE_TITLE = re.compile(
    r"\blive\s?-?blog\b|\blive updates?\b|\bas it happened\b|\bminute by minute\b|\bticker\b"
    r"|^\s*live\b\s*[:|–—-]|[\s|–—-]live\s*(?:[:|–—-]|$)",
    re.IGNORECASE,
)
_CERTAINLY_LIVE_TITLE = re.compile(r"\blive\s?-?blog\b|\blive updates?\b", re.IGNORECASE)
_OPINION_WORD = r"(?:opinion|op-ed|comment|commentary|editorial|column|columnist|viewpoint|essay|my view|perspective|guest post)"
_OPINION_TITLE = re.compile(
    rf"^\s*[\[(]?(?:{_OPINION_WORD}|letters?(?: to the editor)?)[\])]?\s*[:|–—-]|[|–—]\s*(?:opinion|comment|editorial|column)\s*$",
    re.IGNORECASE,
)
_OPINION_URL = re.compile(
    r"/(?:opinions?|commentisfree|comment|editorials?|columns?|columnists|op-?ed|letters|voices|leaders)/|/(?:opinion|editorial|column)-",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»\n]*(?:[\"”»]|$)|(?<!\w)[‘'][^’'\n]{3,500}[’'](?!\w)", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself)\b")
_OF_COLUMNISTS = re.compile(
    r"\b(?:th(?:e|is) columnist|this column|dear reader|in my (?:view|opinion|book)|we should all"
    r"|I (?:think|believe|confess|suspect|suppose|admit|for one))\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|added|asked|according to)\b")
_RETROSPECTIVE_TITLE = re.compile(
    r"\bon this day\b|\b(?:today|this day) in history\b|\byears? ago today\b|\banniversary\b|\bfrom the archives?\s*$"
    r"|^\s*(?:from (?:the|our) archives?|flashback|looking back|throwback|remembering)\b"
    rf"|\b{_NUMBER} years (?:on|after|later)\b",
    re.IGNORECASE,
)
_RETROSPECTIVE_LEAD = re.compile(
    r"^\W*(?:on this day\b|today in \d{4}\b|from our archives?\b)"
    rf"|^\W*{_NUMBER} years ago (?:today|this (?:day|week|month))\b"
    r"|\byears ago today\b|\b(?:first|it was) published (?:on|in) [^.\n]{0,20}(?:19|20)\d\d",
    re.IGNORECASE,
)
_SAYS_SOMETHING = re.compile(
    r"\b(?:confirm(?:s|ed)|announc(?:es|ed)|den(?:ies|ied)|declared|according to|in a statement|told (?:reporters|us|the)|said|says"
    r"|officials?|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)

FEW_WORDS_OF_ONESELF = 3
"""First-person words outside of quotations that a column has at least, and two for each time that others are said to say something."""
MARKED = {
    "SatiricalArticle": ArticleKind.SATIRE,
    "ClaimReview": ArticleKind.FACT_CHECK,
    "LiveBlogPosting": ArticleKind.LIVE,
    "OpinionNewsArticle": ArticleKind.OPINION,
}
"""Types by which a page says itself what it is (schema.org); one that says more than one is the first of these."""
TITLE_CHARS, BODY_CHARS = 500, 20_000
"""How much of an article tells its kind; what stands further down is not looked at."""


def kind_of(article: Article, *, origin: Outlet | None = None) -> ArticleKind:
    """Return the article's kind.

    Args:
        origin: The outlet whose text the article says it is; satire stays satire under any name.
    """
    title, body = article.title[:TITLE_CHARS], (article.body or article.summary)[:BODY_CHARS]
    if OutletKind.SATIRE in (article.outlet.kind, origin and origin.kind) or _SATIRE.search(title):
        return ArticleKind.SATIRE
    if article.outlet.kind is OutletKind.FACT_CHECK or _CHECK_TITLE.match(title) or _has_verdict(body):
        return ArticleKind.FACT_CHECK
    if marked := next((kind for name, kind in MARKED.items() if name in article.marked_as), None):
        return marked
    if _is_live(title, body):
        return ArticleKind.LIVE
    if _OPINION_URL.search(article.url) or _is_opinion(title, body):
        return ArticleKind.OPINION
    if _RETROSPECTIVE_TITLE.search(title) or _RETROSPECTIVE_LEAD.search(_lead(body)):
        return ArticleKind.RETROSPECTIVE
    return ArticleKind.QUESTION if _is_question(title, body) else ArticleKind.NEWS


def _has_verdict(body: str) -> bool:
    return bool(_VERDICT_LINE.search(body) or ("e rate " in body and _RATED.search(body)))


def _lead(body: str) -> str:
    first = sentences(body[:400])[:1]
    return body[first[0][0] : first[0][1]] if first else ""


def _is_live(title: str, body: str) -> bool:
    found = entries(body)
    if _LIVE_TITLE.search(title):
        return len(found) >= 2 or bool(_CERTAINLY_LIVE_TITLE.search(title))
    return len(found) >= 3 and sum(entry.end - entry.start for entry in found) > len(body) * 0.6


def _is_opinion(title: str, body: str) -> bool:
    if _OPINION_TITLE.search(title):
        return True
    if len(_FIRST_PERSON.findall(body)) < FEW_WORDS_OF_ONESELF:
        return False
    own_words = _QUOTED.sub(" ", body)
    of_oneself = len(_FIRST_PERSON.findall(own_words))
    enough = max(FEW_WORDS_OF_ONESELF, 2 * len(_SAID.findall(own_words)))
    return of_oneself >= enough and bool(_OF_COLUMNISTS.search(own_words))


def _is_question(title: str, body: str) -> bool:
    """Tell whether headline and text only ask: nobody is said to have said anything."""
    return "?" in title and (not body or ("?" in body and not _SAYS_SOMETHING.search(body)))
