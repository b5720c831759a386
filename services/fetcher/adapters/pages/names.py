"""What the names of elements (class and id) say of what they hold. One table per question; each word is one, or a pair of neighbours."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

MAX_NAMES_CHARS = 300
MAX_ID_WORDS = 4
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def _pairs(firsts: str, seconds: str) -> frozenset[str]:
    """Return every first with every second, written apart and together ("entry content", "entrycontent")."""
    return frozenset(f"{one}{gap}{other}" for one in firsts.split() for other in seconds.split() for gap in (" ", ""))


# Never part of an article's text.
_ALIEN = frozenset(
    "comment comments commenting disqus livefyre coral footer breadcrumb breadcrumbs cookie cookies consent gdpr onetrust taboola outbrain "
    "navbar navigation masthead sponsored modal popup overlay lightbox newsletter newsletters signup subscribe subscription "
    "advert advertisement advertisements adsense adslot dfp googletag noprint".split()
)
# As a rule not part of it. The element that holds the text may have such a name for another reason.
_ASIDE = frozenset(
    "ad ads adv related share sharing social sidebar promo promos promotion recommended recommendation recommendations recirc "
    "recirculation "
    "trending popular tags tag tagged taxonomy keywords byline author authors bio contributor timestamp dateline "
    "caption captions credit credits copyright gallery slideshow carousel slider widget menu nav toolbar tooltip teaser teasers "
    "readmore more morefrom follow print email facebook twitter whatsapp pinterest reddit linkedin rating ratings poll quiz survey "
    "pagination pager paging banner disclaimer metadata meta toc infobox login register donate donation "
    "readnext upnext playlist sponsor shopping product products aside rail inset pullquote jobs latest topics kicker eyebrow "
    "skip audio video videos poster preferences feedback".split()
) | (
    _pairs("most", "read popular viewed shared") | _pairs("read", "more next also") | _pairs("see also up you", "also next may might")
    | _pairs("sign screen visually sr pull", "up reader hidden only quote") | _pairs("pub published", "date time")
)  # fmt: skip
_BODY = _pairs("article story entry post news", "body text content copy") | _pairs("body", "text content copy")
_LEAD = frozenset("lead lede standfirst chapo chapeau intro sapo".split()) | _pairs(
    "article story entry post news", "summary description excerpt subtitle subheading dek deck"
)
_CORRECTION = frozenset("correction corrections clarification clarifications erratum".split()) | _pairs("editor editors", "note notes")
# "has-sidebar" tells what stands beside or inside, "elementor-widget" what made it; not what it is.
_ABOUT_OTHERS = frozenset("has with no not without enable enabled show hide is can elementor".split())
_EMBEDDED = frozenset("social twitter instagram facebook".split())


class Names(NamedTuple):
    """Answers for one element."""

    is_alien: bool = False
    is_aside: bool = False
    is_body: bool = False
    is_lead: bool = False
    is_correction: bool = False
    is_hidden: bool = False
    """By style or attribute."""


NOTHING = Names()


def _tokens(word: str) -> Iterable[str]:
    """Yield the parts of one class or id that say what it is, and the pairs of neighbours."""
    before = ""
    for token in _TOKEN.findall(word):
        lower = token.lower()
        if before not in _ABOUT_OTHERS:
            yield lower
            yield f"{before} {lower}"
        before = lower


@lru_cache(maxsize=50_000)
def judged(names: str) -> Names:
    """Return what a class attribute, or an id, says."""
    words = names[:MAX_NAMES_CHARS].split()
    tokens = {token for word in words for token in _tokens(word)}
    if "embed" in tokens:  # a post that the article shows
        tokens -= _EMBEDDED
    found = Names(
        is_alien="hidden" in words or not tokens.isdisjoint(_ALIEN),
        is_aside=not tokens.isdisjoint(_ASIDE),
        is_body=not tokens.isdisjoint(_BODY),
        is_lead=not tokens.isdisjoint(_LEAD),
        is_correction=not tokens.isdisjoint(_CORRECTION),
    )
    return found if any(found) else NOTHING


@lru_cache(maxsize=50_000)
def judged_id(name: str) -> Names:
    """Return what an id says; one of many words is a heading made into an anchor, and says what the text is about."""
    return judged(name) if len(_TOKEN.findall(name[:MAX_NAMES_CHARS])) <= MAX_ID_WORDS else NOTHING


def joined(one: Names, other: Names) -> Names:
    """Return what class and id say together."""
    if one is NOTHING:
        return other
    return one if other is NOTHING else Names(*(a or b for a, b in zip(one, other, strict=True)))
