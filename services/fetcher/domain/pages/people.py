"""Names of authors out of bylines, and agencies among them."""

import re
from collections.abc import Iterable

MAX_AUTHORS = 20
_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|words|text|article|analysis|opinion)\s+)?(?:by|von|par|por|di|da|door|av|af|"
    r"autor|author|di\s+redazione)\b\s*:?\s+",
    re.IGNORECASE,
)
_NOISE = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\([^)]*\)|\[[^\]]*\]")
# What follows the names in a byline: when, and how long it takes to read.
_REST = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\d{1,2}\.? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec)|"
    r"\d{1,2}[:/.-]\d{2}|\b(?:updated|published|posted|last modified)\b(?! by)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(
    r"\s*(?:[;|•·\n\t]|,\s*(?:and|und|et|y)\s|,(?!\s*(?:Jr|Sr|II|III|MD|PhD)\b)|\s(?:and|und|et|y|e|och|og|en|with|&|/)\s)\s*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\d|\b(?:editor|editors|reporter|reporters|correspondent|correspondents|writer|writers|columnist|analyst|contributor|contributors|"
    r"producer|"
    r"bureau|chief|president|director|officer|manager|professor|fellow|team|special to|for the|updated|published|posted|photograph\w*|"
    r"photos?|follow|share|min(?:ute)?s? read|read|more|view|comments?|"
    r"admin|webmaster|about|author|authors|profile|in|on|at|am|pm|by)\b|[<>{}=_#*]",
    re.IGNORECASE,
)
AGENCIES = frozenset(
    "reuters|thomson reuters|associated press|the associated press|ap|afp|agence france-presse|agence france presse|dpa|"
    "deutsche presse-agentur|epa|efe|ansa|"
    "tass|interfax|ria novosti|xinhua|kyodo|kyodo news|jiji press|yonhap|yonhap news agency|pti|press trust of india|ani|ians|upi|"
    "united press international|"
    "bloomberg|bloomberg news|pa|pa media|press association|aap|australian associated press|canadian press|the canadian press|"
    "anadolu agency|anadolu|"
    "irna|mehr|fars|sana|wafa|mena|apa|sda|keystone-sda|belga|anp|ritzau|tt|ntb|stt|pap|ctk|mti|agerpres|bta|ukrinform|unian|belta|"
    "sputnik|antara|bernama|"
    "cna|europa press|lusa|agência brasil|agencia efe|ats|dow jones|dow jones newswires|ap news|news agency of nigeria|nan".split("|")
)
_LONG_AGENCIES = frozenset(name for name in AGENCIES if len(name) > 4)


def _tidy(name: str) -> str:
    """Return a name without what stands around it: spaces, an agency behind a person, capitals throughout."""
    name = " ".join(name.split()).strip(" ,.;:|-–—/\"'“”")
    words = name.split()
    for count in (1, 2, 3):
        if len(words) > count + 1 and " ".join(words[-count:]).casefold() in _LONG_AGENCIES:
            words = words[:-count]
            break
    if (len(words) > 1 and name.isupper()) or (len(words) > 1 and all(word.isupper() for word in words)):
        words = [word.title() if len(word) > 2 and "." not in word else word for word in words]
    return " ".join(words)


def _is_name(text: str) -> bool:
    if text.islower() and text.isascii():
        return False
    if len(text) < 4 and text.isupper() and text.casefold() not in AGENCIES:  # MA, MD, RN
        return False
    return 2 <= len(text) <= 60 and len(text.split()) <= 5 and not _NO_NAME.search(text)


def names_in(byline: str) -> tuple[str, ...]:
    """Return the names in a byline, as written, without "By", addresses and offices; empty if it holds none."""
    line = _NOISE.sub(" ", " ".join(byline[:500].split()) if "\n" not in byline else byline[:500])
    pieces = _BETWEEN.split(_REST.sub("", _BY.sub("", line.strip())))
    return tuple(name for piece in pieces if piece and _is_name(name := _tidy(_BY.sub("", piece.strip()))))


def authors_of(bylines: Iterable[str], *, site: str = "") -> tuple[str, ...]:
    """Return the names in several bylines, each once; the site's own name is no author."""
    found: dict[str, str] = {}
    for byline in bylines:
        for name in names_in(byline):
            if name.casefold() != site.casefold():
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_AUTHORS]


def agency_in(names: Iterable[str]) -> str:
    """Return the first name that is a news agency's; empty if none is."""
    return next((name for name in names if name.casefold() in AGENCIES), "")
