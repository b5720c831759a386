"""Press releases: how to tell one, and whose words it is."""

import re
from urllib.parse import urlsplit

from schemas.news_article import Article
from schemas.words import OutletKind
from services.classifier.domain.gates import has_any, opens_a_line

_WIRES = frozenset(
    "prnewswire|pr newswire|businesswire|business wire|globenewswire|globe newswire|accesswire|access newswire|einpresswire|ein presswire"
    "|marketwired|marketwire|prweb|newsfile|newsfile corp|cision|cnw|cnw group|canada newswire|news aktuell|presseportal|ots|prlog|pressat"
    "|openpr|pressbox|newswire com|send2press|24 7 press release|pr log|media outreach newswire|asianet|regulatory news service|rns"
    "|xpr media"
    "|eurekalert|alphagalileo|acn newswire|jcn newswire|medianet|scoop press release".split("|")
)
"""Wires that carry releases for whoever pays."""
_DATELINE = re.compile(
    r"(?:/|\(|\[)\s*(?P<wire>PR ?Newswire(?:[-/ ][\w. ]+)?|BUSINESS WIRE|GLOBE ?NEWSWIRE|ACCESS ?(?:NEWS)?WIRE"
    r"|EIN ?Presswire(?:\.com)?|Marketwired?|PRWEB|CNW(?: \w+)?"
    r"|Newsfile Corp\.?|ots|news aktuell|Media OutReach(?: Newswire)?|ACN Newswire|Send2Press(?: Newswire)?)\s*(?:/|\)|\])\s*(?:--?|–|—)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^\W{0,4}(?:for immediate release|for release (?:on|at|in)\b|(?:strictly )?(?:embargoed|under embargo)(?: (?:until|till|for)\b"
    r"|\s*$)|(?:press|news|media) (?:release|statement)\b\W{0,3}(?:$|[:|–—-])"
    r"|(?:release|statement) (?:no|number)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(
    r"^\s*[\[(]?(?:press|news|media) release[\])]?\s*[:|–—-]|[|–—-]\s*(?:press|news|media) release\s*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"/(?:press|news|media)[-_]?releases?[-/]|/pressemitteilung(?:en)?/|/press/releases?/", re.IGNORECASE)
_PRESS_ROOM = re.compile(r"/(?:press|news|media)[-_]?(?:room|centre|center|office|corner)/|/press/20\d\d", re.IGNORECASE)
_NO_NEWSROOM = frozenset({OutletKind.UNKNOWN, OutletKind.GOVERNMENT})
"""Outlets whose press room is their own; a newspaper's newsroom writes news."""
_SOURCE = re.compile(r"^[ \t]*SOURCE:?[ \t]+(?P<name>[A-Z][^\n]{1,80}?)[ \t.]*$", re.MULTILINE)
_ABOUT = re.compile(r"^[ \t*#]{0,4}About (?P<name>(?:the |The )?[A-Z0-9][\w.&'’ -]{1,60}?)[ \t*:]{0,4}(?:\n|$)", re.MULTILINE)
_CONTACT = re.compile(
    r"^[ \t*#]{0,4}(?:media|press|investor|news|pr|public relations)(?: relations)?(?: (?:contacts?|enquiries|inquiries|office"
    r"|queries))?\s*:"
    r"|^[ \t*#]{0,4}(?:media|press|investor) (?:contacts?|enquiries|inquiries|relations)\b"
    r"|^[ \t*#]{0,4}for (?:more|further) information,?(?: please)? (?:contact|visit|see)\b|^[ \t*#]{0,4}contacts?\s*(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)
_NOTES = re.compile(
    r"^[ \t]*(?:(?:#[ ]?){3,}|-\s*ends?\s*-|\**ends\**|notes (?:to|for) editors?:?|forward-looking statements:?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ANNOUNCES = re.compile(
    r"(?:^|(?:--?|–|—)\s*|\)\s*)(?P<name>(?:The )?[A-Z][\w.&'’-]*(?: (?:(?:of|and|for|the"
    r"|&) )?[A-Z0-9][\w.&'’-]*){0,5})(?:,? \([^)\n]{2,40}\))?(?:,[^,\n]{2,120},)?"
    r" (?:(?:has )?(?:today|this week) (?:announce[sd]|confirm(?:s|ed)|report(?:s|ed)|launche[sd]|unveil(?:s|ed)|said)"
    r"|(?:is (?:pleased|proud|delighted) to )?announce[sd]?\b(?: today)?)",
    re.MULTILINE,
)
_MAY_BE_TITLE = ("release",)
_MAY_BE_DATELINE = ("/", "(", "[")
_MAY_NAME_A_CONTACT = ("contact", "quiries", "relations", "information", ":")
_MAY_BE_NOTES = ("#", "ends", "editors", "forward-looking")
HEAD_CHARS, TAIL_CHARS = 600, 2_500
MIN_SIGNS = 2
"""Signs that a release has at least, of those that news may have too."""


def _name(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", text.lower()).split())


def is_wire(name: str) -> bool:
    """Tell whether a name is one of a wire that carries releases."""
    return _name(name).removesuffix(" com") in _WIRES


def is_press_release(article: Article) -> bool:
    """Tell whether the text is an organisation's own announcement."""
    body = article.body or article.summary
    head, tail = body[:HEAD_CHARS], body[-TAIL_CHARS:]
    if _is_of_a_wire(article) or _is_in_press_room(article) or "AdvertiserContentArticle" in article.marked_as:
        return True
    if _is_called_one(article.title) or opens_a_line(_OPENS, head) or (has_any(head, _MAY_BE_DATELINE) and _DATELINE.search(head)):
        return True
    at_the_end = _signs_at_the_end(tail)
    return at_the_end >= MIN_SIGNS or (at_the_end == MIN_SIGNS - 1 and _ANNOUNCES.search(head) is not None)


def _is_called_one(title: str) -> bool:
    return has_any(title.lower(), _MAY_BE_TITLE) and _TITLE.search(title) is not None


def _signs_at_the_end(tail: str) -> int:
    source = "SOURCE" in tail and opens_a_line(_SOURCE, tail)
    about = "About" in tail and opens_a_line(_ABOUT, tail)
    small = tail.lower()
    contact = has_any(small, _MAY_NAME_A_CONTACT) and opens_a_line(_CONTACT, tail)
    return source + about + contact + (has_any(small, _MAY_BE_NOTES) and opens_a_line(_NOTES, tail))


def _is_of_a_wire(article: Article) -> bool:
    return is_wire(article.outlet.name) or is_wire(article.credit) or is_wire(_host(article.url))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").rpartition(".")[0]
    except ValueError:
        return ""


def _is_in_press_room(article: Article) -> bool:
    if _ADDRESS.search(article.url):
        return True
    return article.outlet.kind in _NO_NEWSROOM and bool(_PRESS_ROOM.search(article.url))


def is_printed_by_its_issuer(article: Article) -> bool:
    """Tell whether a release stands on the site of whoever speaks in it."""
    if _is_of_a_wire(article) or article.credit:
        return False
    return article.outlet.kind is OutletKind.GOVERNMENT or (article.outlet.kind is OutletKind.UNKNOWN and _is_in_press_room(article))


def issuer_of(article: Article) -> str:
    """Return who issued a release, by its source line, by who announces something, or by the paragraph about them; else empty."""
    body = article.body or article.summary
    for found in (_SOURCE.search(body[-TAIL_CHARS:]), _ANNOUNCES.search(body[:HEAD_CHARS]), _ABOUT.search(body[-TAIL_CHARS:])):
        if found:
            return " ".join(found["name"].split())
    return ""
