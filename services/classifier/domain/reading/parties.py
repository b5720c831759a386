"""Which of a claim's authorities or interested parties a phrase means: by name, acronym, part of a name, or as a part of a government."""

import re
from dataclasses import dataclass

from schemas.claims_watch import Party, WatchedClaim
from services.classifier.domain.reading.names_in_phrase import BODY_NOUNS
from services.classifier.domain.reading.short_names import short_forms
from services.classifier.domain.reading.states import country_of, organ_of, same_country

_SMALL = frozenset("the a an of for in at on to and & 's s us-led".split()) - {"us-led"}
_SYNONYMS = {
    "minister": "ministry",
    "ministers": "ministry",
    "defense": "defence",
    "spokesman": "",
    "spokeswoman": "",
    "spokesperson": "",
    "dept": "department",
    "centre": "center",
    "organisation": "organization",
    "labour": "labor",
}
_SORTS_OF_STATE = frozenset({"federation", "republic", "kingdom", "regime"})
_ANY_BODY = frozenset("club team side board company firm group union".split())
_APART = frozenset("against near outside between versus anti opposing criticising criticizing accusing".split())


def words(phrase: str) -> list[str]:
    """Return the words of a name that count, spelt one way."""
    lowered = phrase.lower().replace("’", "'")
    raw = [re.sub(r"'s?$", "", word) for word in re.findall(r"[\w][\w'-]*", lowered)]
    found = [_SYNONYMS.get(word, word) for word in raw]
    return [word for word in found if word and word not in _SMALL]


def acronym(phrase: str) -> str:
    """Return the initials of the capitalised words of a name."""
    return "".join(word[0] for word in re.findall(r"[A-Z][\w'-]*", phrase))


@dataclass(frozen=True)
class _Known:
    party: Party
    name: str
    words: tuple[str, ...]
    country: str
    organ: str
    short: bool = False
    """A shorter form that texts use, no name that the claim gives."""


_GENERIC = (
    frozenset(
        "ministry government army police council board office agency department company group club court university "
        "hospital union movement party state national federal royal public general international bank".split()
    )
    | BODY_NOUNS
)


def _known(party: Party) -> list[_Known]:
    found = []
    for name in (party.name, *party.aliases):
        country = country_of(name)
        organ = organ_of(name)
        if organ and not country:
            rest = [
                word
                for word in re.findall(r"[A-Z][\w'-]*", name)
                if not organ_of(word)
                and word.lower()
                not in _GENERIC
                | {"defence", "defense", "foreign", "interior", "health", "finance", "justice", "works", "affairs", "public"}
            ]
            country = _state_in(rest)
        found.append(_Known(party, name, tuple(words(name)), country, organ))
        found += [_Known(party, short, tuple(words(short)), "", "", short=True) for short in short_forms(name) if not country_of(short)]
    return found


def _state_in(rest: list[str]) -> str:
    """Return the name by which a state is told: "Ketu" of "Ketu Islands"."""
    if len(rest) > 1 and rest[-1].lower() in _SORTS_OF_LAND:
        return rest[0]
    return rest[-1].removesuffix("'s") if rest else ""


_SORTS_OF_LAND = frozenset("islands island isles republic federation union states emirates coast".split())


class Parties:
    """The authorities and interested parties of one claim."""

    def __init__(self, claim: WatchedClaim) -> None:
        self._known = [known for party in (*claim.authorities, *claim.interested) for known in _known(party) if known.words]
        self.names = frozenset(party.name for party in (*claim.authorities, *claim.interested))

    def of(self, phrase: str, *, definite: bool = False) -> str:
        """Return the name of the party that the phrase means; empty if none.

        Args:
            definite: The phrase refers to something known ("the ministry"), so that a part of a name will do.
        """
        said = words(phrase)
        if not said:
            return ""
        return (
            self._by_name(phrase, said)
            or self._by_state(phrase, said)
            or (
                self._by_part(said)
                if definite or len(said) > 1 or (_is_name(phrase, said) and any(known.words[:1] == (said[0],) for known in self._known))
                else ""
            )
        )

    def named(self, name: str) -> str:
        """Return the party of this name, alias or acronym; empty if none. Only names count, no office that a text would make plain."""
        return self._by_name(name, words(name))

    def of_state(self, state: str) -> str:
        """Return the party that a state is, itself before a part of its government; empty if none."""
        own = [known for known in self._known if state and known.country and same_country(known.country, state)]
        itself = [known for known in own if not known.organ and len(set(known.words) - _SORTS_OF_STATE) == 1]
        return next((known.party.name for known in (*itself, *(known for known in own if known.organ))), "") or self.named(state)

    def of_office(self, office: str, *, of: re.Pattern[str]) -> str:
        """Return the party that is an office of the claim's subject: "her manager" for "Ida Roe's manager"; empty if there is none."""
        forms = ((office,), (f"{office}s",))
        found = {known.party.name for known in self._known if office and known.words[-1:] in forms and of.search(known.name)}
        return found.pop() if len(found) == 1 else ""

    def _by_name(self, phrase: str, said: list[str]) -> str:
        best: tuple[int, int, str] | None = None
        for known in self._known:
            if phrase.strip() == acronym(known.name) and len(phrase.strip()) > 1:
                return known.party.name
            place = _find(said, list(known.words))
            if place is None and len(known.words) > 1 and set(known.words) <= set(said) and len(said) <= len(known.words) + 1:
                place = 0
            if place is None or (place > 0 and said[place - 1] in _APART):
                continue
            if known.short and self._is_another_body(said, known):
                continue
            if not self._extends(phrase, said, known, place):
                best = min(best or (place, 0, known.party.name), (place, -len(known.words), known.party.name))
        return best[2] if best else ""

    @staticmethod
    def _is_another_body(said: list[str], known: _Known) -> bool:
        """ "Corvanne police" is nothing of "AS Corvanne"."""
        return bool(BODY_NOUNS & set(said) - set(words(known.party.name)) - _ANY_BODY)

    def _extends(self, phrase: str, said: list[str], known: _Known, place: int) -> bool:
        """Tell whether the phrase names something else that only contains the party's name ("Aurum Mining", "Bank of Russia")."""
        capitals = {word.lower().removesuffix("'s") for word in re.findall(r"[A-Z][\w'-]*", phrase)}
        if (
            not known.country
            and re.search(re.escape(known.words[-1]) + r"(?:'s)?\s+(?:of|in|for|at)\s", phrase, re.IGNORECASE)
            and place == 0
        ):
            return False
        after = said[place + len(known.words) : place + len(known.words) + 1]
        state_extra = organ_of(phrase) and known.country
        extra = [
            word
            for word in said
            if word not in known.words and word in capitals and word not in BODY_NOUNS - {"bank", "university", "court"}
        ]
        if known.country and not known.organ and not state_extra:
            return any(word in ("bank", "university", "court", "police", "parliament", "opposition") for word in said) or bool(extra)
        return bool(
            after
            and after[0] in capitals
            and after[0] not in ("media", "news")
            and len(known.words) < 3
            and not state_extra
            and after[0] not in BODY_NOUNS
        )

    def _by_state(self, phrase: str, said: list[str]) -> str:
        organ = organ_of(phrase)
        capitals = [word.removesuffix("'s") for word in re.findall(r"[A-Z][\w'-]*", phrase)]
        country = country_of(phrase)
        if not organ and not (country and len(said) <= 2 and not BODY_NOUNS & set(said)):
            return ""
        state = [
            known for known in self._known if known.organ or (known.country and len(known.words) <= 3) or self._is_state(known, capitals)
        ]
        mine = [known for known in state if (known.organ and not known.country) or self._of_country(known, country, capitals)]
        if not mine:
            return ""
        for organs in ({organ}, {"", "government"}):
            found = {known.party.name for known in mine if known.organ in organs}
            if len(found) == 1:
                return found.pop()
        found = {known.party.name for known in mine}
        return found.pop() if len(found) == 1 and organ != "ministry" else ""

    @staticmethod
    def _is_state(known: _Known, capitals: list[str]) -> bool:
        """An invented state, told by an adjective of its name: "the Orlanian government" is Orlania's."""
        return len(known.words) == 1 and not known.country and any(same_country(word, known.name) for word in capitals)

    @staticmethod
    def _of_country(known: _Known, country: str, capitals: list[str]) -> bool:
        if country:
            return same_country(known.country, country)
        if not known.country and not known.organ:
            return any(same_country(known.name, word) for word in capitals)
        named = [word for word in capitals if word.lower() not in _GENERIC and not organ_of(word)]
        return not named or any(same_country(known.country, word) for word in named)

    def _by_part(self, said: list[str]) -> str:
        """ "the Observatory", "police of Altamar": every word is in the name, and the noun that it is built on too."""
        found = set()
        for known in self._known:
            if all(
                any(
                    word == own
                    or (len(word) > 4 and (own.startswith(word.rstrip("s")) or word.startswith(own.rstrip("s"))))
                    or (same_country(word, own) and word not in BODY_NOUNS)
                    for own in known.words
                )
                for word in said
            ):
                found.add(known.party.name)
        return found.pop() if len(found) == 1 else ""


def _is_name(phrase: str, said: list[str]) -> bool:
    """One capitalised word that is no common noun: "Harbour" for Harbour City."""
    return len(said) == 1 and phrase.strip()[:1].isupper() and said[0] not in _GENERIC and not country_of(phrase)


def _find(said: list[str], name: list[str]) -> int | None:
    for place in range(len(said) - len(name) + 1):
        if all(one == other or one.rstrip("s") == other.rstrip("s") for one, other in zip(said[place:], name, strict=False)):
            return place
    return None
