"""What the names of elements (class, id, role, …) say of what they hold. One table per question."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Never part of an article's text, whatever their size.
_ALIEN = frozenset(
    "comment comments commenting disqus livefyre coral footer breadcrumb breadcrumbs cookie cookies consent gdpr onetrust taboola outbrain "
    "navbar navigation masthead sponsored modal popup overlay lightbox newsletter signup subscribe subscription "
    "advert advertisement advertisements adsense adslot dfp googletag noprint".split()
)
# As a rule not part of it; an element that holds most of the page's text has such a name for another reason ("has-sidebar").
_ASIDE = frozenset(
    "ad ads adv related share sharing social sidebar promo promos promotion recommended recommendation recommendations recirc recirculation "
    "trending popular mostread tags tag tagged taxonomy keywords byline author authors bio contributor timestamp dateline "
    "caption captions credit credits copyright gallery slideshow carousel slider widget menu nav toolbar tooltip teaser teasers "
    "readmore more morefrom follow print email facebook twitter whatsapp pinterest reddit linkedin rating ratings poll quiz survey "
    "pagination pager paging banner disclaimer metadata meta toc infobox login register donate donation "
    "readnext upnext playlist sponsor shopping product products aside rail inset pullquote jobs latest topics kicker eyebrow "
    "skip audio video videos poster preferences feedback".split()
)
# "has-sidebar" tells what stands beside or inside, not what this is.
_ABOUT_OTHERS = frozenset("has with no not without enable enabled show hide is can post node elementor".split())
_PAIRS = re.compile(
    r"most[-_ ]?(?:read|popular|viewed|shared)|read[-_ ]?(?:more|next|also)|see[-_ ]?also|also[-_ ]?(?:read|on|see)|up[-_ ]?next|"
    r"sign[-_ ]?up|screen[-_ ]?reader|visually[-_ ]?hidden|sr[-_ ]?only|pub(?:lished)?[-_ ]?(?:date|time)|post[-_ ]?(?:meta|tags|footer|nav)|"
    r"entry[-_ ]?(?:meta|footer|utility)|pull[-_ ]?quote|more[-_ ]?(?:from|on|stories|news)|you[-_ ]?(?:may|might)|call[-_ ]?to[-_ ]?action",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BODY = re.compile(
    r"(?<![a-z])(?:article|story|entry|post|news)[-_]*(?:body|text|content|copy)(?![a-z])|(?<![a-z])body[-_]*(?:text|copy|content)(?![a-z])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|standfirst|stand-first|chapo|chapeau|intro|sapo|(?:article|story|news|post|entry)[-_]*(?:summary|description|excerpt|subtitle|subheading|dek|deck))(?![a-z])",
    re.IGNORECASE,
)
# "has-sidebar" tells what stands beside or inside, not what this is.
_ABOUT_OTHERS = frozenset("has with no not without enable enabled show hide is can post node elementor".split())
_PAIRS = re.compile(
    r"most[-_ ]?(?:read|popular|viewed|shared)|read[-_ ]?(?:more|next|also)|see[-_ ]?also|also[-_ ]?(?:read|on|see)|up[-_ ]?next|"
    r"sign[-_ ]?up|screen[-_ ]?reader|visually[-_ ]?hidden|sr[-_ ]?only|pub(?:lished)?[-_ ]?(?:date|time)|post[-_ ]?(?:meta|tags|footer|nav)|"
    r"entry[-_ ]?(?:meta|footer|utility)|pull[-_ ]?quote|more[-_ ]?(?:from|on|stories|news)|you[-_ ]?(?:may|might)|call[-_ ]?to[-_ ]?action",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\barticle[-_]*(?:body|text|content|copy|main|detail)|(?:story|post|entry|news|page|content|blog|main)[-_]*(?:body|text|content|copy)\b|"
    r"\bbody[-_]*(?:text|copy|content)|\barticlebody\b|\brich[-_]*text\b|\bprose\b",
    re.IGNORECASE,
)


_CORRECTION = frozenset("correction corrections clarification clarifications erratum".split())
_EDITORS_NOTE = re.compile(r"editor'?s?[-_ ]*note|article[-_]*update[-_]*note", re.IGNORECASE)


class Names(NamedTuple):
    """Answers for one element."""

    is_alien: bool
    is_aside: bool
    is_body: bool
    is_lead: bool = False
    is_hidden: bool = False
    is_correction: bool = False


@lru_cache(maxsize=20_000)
def judged(names: str) -> Names:
    """Return what class and id, joined by a space, say."""
    tokens = set()
    words = names.split()
    for word in words:
        before = ""
        for token in _TOKEN.findall(word):
            token = token.lower()
            if before not in _ABOUT_OTHERS:
                tokens.add(token)
            before = token
    if "embed" in tokens:  # a post that the article shows
        tokens -= {"social", "twitter", "instagram", "facebook"}
    names = _CAMEL.sub("-", names)
    is_body = bool(_BODY.search(names))
    return Names(
        bool(tokens & _ALIEN) or "hidden" in words,
        bool(tokens & _ASIDE) or bool(_PAIRS.search(names)),
        is_body,
        bool(_LEAD.search(names)),
        False,
        bool(tokens & _CORRECTION) or bool(_EDITORS_NOTE.search(names)),
    )
