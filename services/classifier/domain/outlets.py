"""The registry of outlets: who a credited name is, whose family counts, and whose text an article says it is.

An outlet that nobody has registered is a family of its own: one origin, never several; credited words of an unknown name weigh no more
than one outlet's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.words import OutletKind
from services.classifier.domain.words import words_of

_AGENCIES = {
    "Associated Press": "ap|the ap",
    "Reuters": "thomson reuters",
    "Agence France-Presse": "afp",
    "Deutsche Presse-Agentur": "dpa",
    "United Press International": "upi",
    "Press Association": "pa|pa media",
    "Bloomberg": "bloomberg news",
    "TASS": "itar tass",
    "Interfax": "",
    "RIA Novosti": "ria|sputnik",
    "Xinhua": "xinhua news agency",
    "Kyodo News": "kyodo",
    "Yonhap": "yonhap news agency",
    "Press Trust of India": "pti",
    "ANSA": "agenzia ansa",
    "EFE": "agencia efe",
    "Anadolu Agency": "anadolu|aa",
    "Australian Associated Press": "aap",
    "Canadian Press": "",
    "IANS": "indo asian news service",
}
"""Agencies whose texts stand under other names all over the world, for where nobody has registered them; other names by ``|``."""

_AGENCY_SITES = {
    "apnews.com": "Associated Press",
    "reuters.com": "Reuters",
    "afp.com": "Agence France-Presse",
    "dpa.com": "Deutsche Presse-Agentur",
    "upi.com": "United Press International",
    "bloomberg.com": "Bloomberg",
    "tass.com": "TASS",
    "tass.ru": "TASS",
    "interfax.com": "Interfax",
    "interfax.ru": "Interfax",
    "ria.ru": "RIA Novosti",
    "sputnikglobe.com": "RIA Novosti",
    "xinhuanet.com": "Xinhua",
    "news.cn": "Xinhua",
    "kyodonews.net": "Kyodo News",
    "yna.co.kr": "Yonhap",
    "ptinews.com": "Press Trust of India",
    "ansa.it": "ANSA",
    "efe.com": "EFE",
    "aa.com.tr": "Anadolu Agency",
    "aap.com.au": "Australian Associated Press",
    "thecanadianpress.com": "Canadian Press",
    "ians.in": "IANS",
}
"""Where they stand, for canonical links."""

_NOBODY = frozenset(
    "staff|agencies|agency|wires|wire|newsroom|news desk|desk|editors|editor|own report|correspondent|our correspondent|admin".split("|")
)
_SMALL = frozenset("the of and for in on de la le les des du der die das el los y et und".split())


def _key(name: str) -> str:
    words = words_of(name)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _acronyms(name: str) -> set[str]:
    words = [word for word in words_of(name) if word != "the"]
    spelt = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}
    return {letters for letters in spelt if len(letters) >= 2}


def _site(domain: str) -> str:
    return domain.lower().removeprefix("www.").strip("/ ")


def _host(url: str) -> str:
    try:
        return _site(urlsplit(url).hostname or "")
    except ValueError:
        return ""


_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob gouv".split())


def _sites(host: str) -> list[str]:
    """Return a host and the sites that it is a part of, the widest last: world.albion.co.uk, albion.co.uk."""
    labels = host.split(".")
    own = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return [".".join(labels[at:]) for at in range(max(1, len(labels) - own + 1))] if host else []


@dataclass(frozen=True)
class Outlets:
    """All known outlets, by every name they go by. Immutable."""

    _by_key: Mapping[str, Outlet]

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> "Outlets":
        """Return the registry of these outlets. A name outranks an alias, an alias an acronym; what two families share names neither."""
        listed = list(outlets)
        found: dict[str, Outlet] = {}
        for keys_of in (_names, _aliases, _acronym_keys):
            new = _unambiguous((key, outlet) for outlet in listed for key in keys_of(outlet))
            found = {**new, **found}
        return cls(found)

    def find(self, name: str) -> Outlet | None:
        """Return the outlet of this name, alias, acronym or domain; None if it is not known."""
        return self._by_key.get(_key(name)) or self._by_key.get(_site(name))

    def is_known(self, name: str) -> bool:
        """Tell whether a name is a registered outlet's or a big agency's."""
        return self.find(name) is not None or _key(name) in _AGENCY_KEYS

    def family_of(self, name: str) -> str:
        """Return the family that counts as origin for a credited name; an unknown name is a family of its own."""
        if outlet := self.find(name):
            return outlet.origin_family
        agency = _AGENCY_KEYS.get(_key(name))
        if agency and (outlet := self.find(agency)):
            return outlet.origin_family
        return agency or " ".join(name.split())

    def row_of(self, outlet: Outlet) -> Outlet | None:
        """Return the row of an outlet as it is now, by its own name; None if there is none, or rows of several families."""
        row = self._by_key.get(_key(outlet.name))
        return row if row and _key(row.name) == _key(outlet.name) else None

    def settled_family(self, family: str) -> str:
        """Return the family that now owns what was a family of its own; families that own each other stay as they are."""
        row = self.row_of(Outlet(name=family)) if family else None
        if row is None or (owner := self.row_of(Outlet(name=row.origin_family))) is None:
            return row.origin_family if row else family
        return row.origin_family if owner.origin_family == row.origin_family else family

    def named_origin(self, article: Article) -> str:
        """Return the family whose text the article says it is; empty if none or its own.

        By its canonical link to another site, credit line, dateline or closing credit. The link counts most, except where a known agency is
        credited: the other site may be one that prints it as well.
        """
        family = self.family_of(self._origin_name(article))
        return "" if family.casefold() == article.outlet.origin_family.casefold() else family

    def origin_outlet(self, article: Article) -> Outlet | None:
        """Return the registered outlet whose text the article says it is; None if it names none that is known."""
        return self.find(self._origin_name(article))

    def _origin_name(self, article: Article) -> str:
        credited = self._credited_name(article)
        return credited if self._is_agency(credited) else self._original_site(article) or credited

    def _credited_name(self, article: Article) -> str:
        own = _alone(article.outlet)
        for name, is_sure in _credited(article):
            known = self.find(name) or _AGENCY_KEYS.get(_key(name))
            if not own.find(name) and (known or is_sure or _is_acronym(name)):
                return name
        return ""

    def _is_agency(self, name: str) -> bool:
        outlet = self.find(name)
        return _key(name) in _AGENCY_KEYS or (outlet is not None and outlet.kind is OutletKind.AGENCY)

    def _original_site(self, article: Article) -> str:
        """Return the outlet or the site that the canonical link leads to; empty if it stays at home."""
        sites = _sites(_host(article.original_url))
        home = {*_sites(_host(article.url))[-1:], *_sites(_host(f"//{article.outlet.domain}"))[-1:]}
        if not sites or sites[-1] in home:
            return ""
        known = next((outlet for site in sites if (outlet := self._by_key.get(site))), None)
        agency = next((_AGENCY_SITES[site] for site in sites if site in _AGENCY_SITES), "")
        return known.name if known else agency or sites[-1]


@lru_cache(maxsize=4_096)
def _alone(outlet: Outlet) -> Outlets:
    return Outlets.of([outlet])


def _names(outlet: Outlet) -> Iterator[str]:
    yield _key(outlet.name)
    if outlet.domain:
        yield _site(outlet.domain)


def _aliases(outlet: Outlet) -> Iterator[str]:
    yield from (_key(alias) for alias in outlet.aliases)
    if outlet.family:
        yield _key(outlet.family)


def _acronym_keys(outlet: Outlet) -> Iterator[str]:
    yield from _acronyms(outlet.name)


def _unambiguous(pairs: Iterable[tuple[str, Outlet]]) -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    families: dict[str, set[str]] = {}
    for key, outlet in pairs:
        found.setdefault(key, outlet)
        families.setdefault(key, set()).add(outlet.origin_family)
    return {key: outlet for key, outlet in found.items() if key and len(families[key]) == 1}


_AGENCY_KEYS = {key: name for name, others in _AGENCIES.items() for key in (_key(name), *filter(None, others.split("|")))}

HEAD_CHARS = 300
"""Where datelines stand, and how far from the end closing credits."""

_CREDIT_NOISE = re.compile(r"^(?:©|\(c\)|copyright|source|credit|text|from|via|courtesy of)\s*:?\s*(?:\d{4}\s*)?", re.IGNORECASE)
_PERSON = re.compile(r"^(?:by|von|par|por|di|reporting by)\s+", re.IGNORECASE)
_DATELINE = re.compile(
    r"""^\s*(?:By\s[^\n]{3,80}\n+\s*)?(?P<city>[^\W\d_][^()\n]{1,70}?)?\s*\(\s*(?P<name>[^()\n]{2,40}?)\s*\)\s*(?:[-–—:]|--)\s""",
    re.VERBOSE,
)
_SLASHED = re.compile(r"^[^\n/]{0,80}/(?P<name>[A-Z][\w. ]{1,30})/\s*(?:[-–—]|--)\s")
_CLOSING = (
    re.compile(r"\((?P<name>[^()\n]{2,40})\)\s*$"),
    re.compile(r"(?:^|\s)[-–—]{1,2}\s*(?:with\s+)?(?P<name>[^\W\d_][\w.& ]{1,39})\s*$"),
    re.compile(r"(?:^|\n|\()\s*(?:source|credit)s?\s*:\s*(?P<name>[^\n.)]{2,40})[.)]?\s*$", re.IGNORECASE),
    re.compile(r"(?:^|\n|\(|[.!?]\s)\s*reporting by (?:the )?(?P<name>[^\n.;,)]{2,40})[^\n]{0,80}$", re.IGNORECASE),
    re.compile(r"(?:©|\(c\)|copyright)\s*\d{4}\s*(?P<name>[^\n.]{2,40}?)(?:\.[^\n]{0,60})?\s*$", re.IGNORECASE),
    re.compile(r"(?:originally published|first published|first appeared) (?:by|in|on|at) (?P<name>[^\n.]{2,40})\.?\s*$", re.IGNORECASE),
)


def _is_acronym(name: str) -> bool:
    return name.isalpha() and name.isupper() and 2 <= len(name) <= 6


def _is_city(city: str) -> bool:
    """Tell a dateline's place ("LONDON, June 5") from the beginning of a sentence: its first word is in capitals."""
    first = re.split(r"[\s,]", city.strip(), maxsplit=1)[0]
    return first.isupper() and len(first) > 1


def _from_credit(article: Article) -> Iterator[tuple[str, bool]]:
    authors = {_key(author) for author in article.authors}
    for part in re.split(r"[;/|,&]|\band\b", article.credit[:HEAD_CHARS]):
        name = _CREDIT_NOISE.sub("", part.strip()).strip()
        if name and not _PERSON.match(name) and _key(name) not in authors and _key(name) not in _NOBODY:
            yield name, True
        elif _PERSON.match(name):  # "By CPA" names an agency, "By Jane Doe" a person: only a known name is taken
            yield _PERSON.sub("", name), False


def _credited(article: Article) -> Iterator[tuple[str, bool]]:
    """Yield the names that the article gives as its origin; True: surely an outlet's, known or not."""
    if article.credit:
        whole = _CREDIT_NOISE.sub("", article.credit.strip())
        yield whole, False  # a name with a comma or an "and" of its own, where it is known
        yield from _from_credit(article)
    text = article.body or article.summary
    head = text[:HEAD_CHARS].lstrip()
    if found := _DATELINE.match(head):
        yield found["name"], _is_city(found["city"] or "")
    if found := _SLASHED.match(head):
        yield found["name"], False
    tail = text[-HEAD_CHARS:].rstrip()
    for closing in _CLOSING:
        if found := closing.search(tail):
            yield found["name"].strip(), False
