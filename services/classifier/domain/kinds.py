"""What sort of text an article is. Doubtful texts are news: taking news for opinion loses evidence, and the reader can still decide."""

import re

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.words import ArticleKind, OutletKind
from services.classifier.domain.gates import has_any
from services.classifier.domain.live_pages import LiveEntry, entries
from services.classifier.domain.looking_back import looks_back
from services.classifier.domain.own_views import is_in_opinion_section, is_own_view
from services.classifier.domain.press_releases import is_press_release
from services.classifier.domain.words import first_sentences, sentences

_SATIRE_TITLE = re.compile(
    r"^\s*[\[(]?(?:satire|humou?r|parody)[\])]?\s*[:|–—-]|[\[(](?:satire|parody)[\])]\s*$|[|–—]\s*satire\s*$", re.IGNORECASE
)
_SATIRE_ADDRESS = re.compile(r"/(?:satire|satirical|humou?r|parody|borowitz-report)(?:/|$)", re.IGNORECASE)
_SATIRE_TEXT = re.compile(
    r"\b(?:this|the above) (?:article|story|piece|post|column|text|report) is (?:a (?:piece|work) of |pure |meant as |intended as "
    r"|an? )?(?:satire|satirical|parody|spoof)\b"
    r"|^\W{0,3}(?:satire|parody)\W{0,3}$",
    re.IGNORECASE | re.MULTILINE,
)
_MAY_BE_SATIRE = ("atir", "ATIR", "arody", "ARODY", "spoof")
_CHECK_TITLE = re.compile(
    r"^\s*(?:(?:[A-Z]{2,4}|[A-Z]\w+) )?fact[ -]?check(?:ed|er)?\s*[:|–—-]|^\s*fact[ -]?checking (?!programme|program|partner|site"
    r"|service|group|organi)\w"
    r"|^\s*fact[ -]?check(?:ed)?\b(?!ing|ers?\b|s\b)|^\s*(?:reality check\b|hoax alert\b|debunked\b|true or false\b"
    r"|fact or fiction\b|claim check\b)"
    r"|[|–—-]\s*(?:fact[ -]?check(?:ed)?|reality check)\s*$",
    re.IGNORECASE,
)
_CHECK_ADDRESS = re.compile(r"/(?:fact-?checks?|fact-?check(?:ing|er|ed)|reality-?check|hoax-alert|debunked)(?:/|-)", re.IGNORECASE)
_VERDICT_LINE = re.compile(
    r"^[ \t]{0,4}(?:FALSE|TRUE|MISLEADING|HOAX|UNPROVEN|MOSTLY (?:FALSE|TRUE)|HALF TRUE|PANTS ON FIRE)\s*[.!:]"
    r"|^[ \t]{0,4}(?i:(?:our |the )?(?:verdict|ruling|rating)\s*:\s*\S)"
    r"|[.!?] (?:Our |The )?(?:Verdict|Ruling|Rating|verdict|rating|ruling)\s*:\s*(?i:(?:mostly |partly )?(?:false|true|fake|hoax"
    r"|misleading|unproven|wrong))\b",
    re.MULTILINE,
)
_MAY_BE_VERDICT = ("FALSE", "TRUE", "MISLEADING", "HOAX", "UNPROVEN", "PANTS ON")
_VERDICT_LABELS = ("verdict", "ruling", "rating")
_RATED = re.compile(r"\b[Ww]e rate (?:the|this|that|it|his|her|their)\b[^.\n]{0,60}\b(?i:false|true|misleading|pants on fire|unproven)\b")
_LIVE_TITLE = re.compile(
    r"\blive\s?-?blog\b|\b(?:live|latest|rolling) (?:updates?|coverage|report)\b|\bas it happened\b|\bminute[ -]by[ -]minute\b"
    r"|\bticker\b|\bhow it unfolded\b"
    r"|^\s*live\b\s*[:|–—-]|[\s|–—-]live\s*(?:[:|–—-]|$)",
    re.IGNORECASE,
)
_MAY_BE_LIVE = ("live", "latest", "rolling", "it happened", "minute", "ticker", "unfolded")
_CERTAINLY_LIVE_TITLE = re.compile(r"\blive\s?-?blog\b|\blive updates?\b", re.IGNORECASE)
_LIVE_ADDRESS = re.compile(
    r"/live-?blogs?/|-live-?blog\b|/live-?updates?\b|-live-updates?\b|/live-reporting/|/news/live/|/live/(?:19|20)\d\d/|/live-news/",
    re.IGNORECASE,
)
_QUIZ_TITLE = re.compile(
    r"^\s*(?:[\w'’ ]{0,30}\b)?quiz\s*[:|–—-]|^\s*quiz\b|[|–—-]\s*(?:the )?quiz\s*$|\btake (?:our|the) quiz\b", re.IGNORECASE
)
_SAYS_SOMETHING = re.compile(
    r"\b(?:confirm(?:s|ed)|announc(?:es|ed)|den(?:ies|ied)|declared|according to|in a statement|told (?:reporters|us|the)|said|says"
    r"|claim(?:s|ed)|reported(?:ly)?|officials?|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)

MARKED = {
    "SatiricalArticle": ArticleKind.SATIRE,
    "ClaimReview": ArticleKind.FACT_CHECK,
    "LiveBlogPosting": ArticleKind.LIVE,
    "OpinionNewsArticle": ArticleKind.OPINION,
    "ReviewNewsArticle": ArticleKind.OPINION,
}
"""Types by which a page says itself what it is (schema.org); one that says more than one is the first of these."""
TITLE_CHARS, BODY_CHARS = 500, 20_000
"""How much of an article tells its kind; what stands further down is not looked at."""
LEAD_SENTENCES, LEAD_CHARS = 2, 500
MIN_ASKED = 0.25
"""Part of the sentences that are questions where a text only asks."""
MIN_ENTRIES, MIN_ENTRY_WORDS, MAX_ABOVE = 3, 3, 0.45
"""How many entries make a live page that does not call itself one, how many words half of them have at least (a timetable's are shorter),
and what part of the text stands above them at most."""


def kind_of(article: Article, *, origin: Outlet | None = None) -> ArticleKind:
    """Return the article's kind.

    Args:
        origin: The outlet whose text the article says it is; satire stays satire under any name.
    """
    title, body = article.title[:TITLE_CHARS], (article.body or article.summary)[:BODY_CHARS]
    if OutletKind.SATIRE in (article.outlet.kind, origin and origin.kind) or _is_satire(title, article.url, body):
        return ArticleKind.SATIRE
    if article.outlet.kind is OutletKind.FACT_CHECK or article.claim_reviews or _is_check(title, article.url, body):
        return ArticleKind.FACT_CHECK
    if marked := next((kind for name, kind in MARKED.items() if name in article.marked_as), None):
        return marked
    if _LIVE_ADDRESS.search(article.url) or _is_live(title, body):
        return ArticleKind.LIVE
    if is_press_release(article):
        return ArticleKind.PRESS_RELEASE
    if is_in_opinion_section(article.url) or is_own_view(title, body):
        return ArticleKind.OPINION
    if looks_back(title, _lead(body), body):
        return ArticleKind.RETROSPECTIVE
    if _is_question(title, body):
        return ArticleKind.QUESTION
    return ArticleKind.PRESS_RELEASE if article.outlet.kind is OutletKind.GOVERNMENT else ArticleKind.NEWS


def _is_satire(title: str, url: str, body: str) -> bool:
    return bool(_SATIRE_TITLE.search(title) or _SATIRE_ADDRESS.search(url) or (has_any(body, _MAY_BE_SATIRE) and _SATIRE_TEXT.search(body)))


def _is_check(title: str, url: str, body: str) -> bool:
    if _CHECK_TITLE.search(title) or _CHECK_ADDRESS.search(url) or _has_verdict(body):
        return True
    return "e rate " in body and bool(_RATED.search(body))


def _has_verdict(body: str) -> bool:
    may_be = has_any(body, _MAY_BE_VERDICT) or any(part.rstrip()[-7:].lower().endswith(_VERDICT_LABELS) for part in body.split(":")[:-1])
    return may_be and _VERDICT_LINE.search(body) is not None


def _lead(body: str) -> str:
    first = first_sentences(body[:LEAD_CHARS], LEAD_SENTENCES)
    return body[first[0][0] : first[-1][1]] if first else ""


def _is_live(title: str, body: str) -> bool:
    found = entries(body)
    if has_any(title.lower(), _MAY_BE_LIVE) and _LIVE_TITLE.search(title):
        return len(found) >= 2 or bool(_CERTAINLY_LIVE_TITLE.search(title))
    states = sum(len(entry.text.split()) >= MIN_ENTRY_WORDS and re.search(r"[.!?]", entry.text) is not None for entry in found)
    return len(found) >= MIN_ENTRIES and _fills(body, found) and states * 2 >= len(found)


def _fills(body: str, found: tuple[LiveEntry, ...]) -> bool:
    return min(entry.start for entry in found) < MAX_ABOVE * len(body)


def _is_question(title: str, body: str) -> bool:
    """Tell whether headline and text only ask: much of it is questions, and nobody is said to have said anything."""
    if _QUIZ_TITLE.search(title):
        return True
    if "?" not in title or _SAYS_SOMETHING.search(body):
        return False
    asked = [body[start:end].rstrip("\"'”’)").endswith("?") for start, end in sentences(body)]
    return sum(asked) >= MIN_ASKED * len(asked)
