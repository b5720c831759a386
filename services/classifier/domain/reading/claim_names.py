"""The names that a claim's subject goes by."""

import re

from schemas.claims_watch import WatchedClaim
from services.classifier.domain.reading.cues import ROLE, TITLES


def bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", name.replace("’", "'"), flags=re.IGNORECASE).strip()


def name_forms(claim: WatchedClaim) -> list[str]:
    """Return the subject's names; of a person's name the last word as well."""
    forms = [bare(name) for name in (claim.subject.name, *claim.subject.aliases)]
    for name in list(forms):
        words = name.split()
        while words and words[0].lower() in TITLES | ROLE and len(words) > 1:
            words = words[1:]
            if len(words) == 1 and words[0][0].isupper():
                forms.append(words[0])
        if 2 <= len(words) <= 4 and all(
            word[0].isupper() or word.startswith("al-") or word.lower() in ("de", "van", "von", "bin", "al", "da") for word in words
        ):
            if words[-1].lower() not in NOT_SURNAMES and name == bare(claim.subject.name) and _looks_personal(claim):
                forms.append(words[-1])
    return forms


NOT_SURNAMES = frozenset(
    "line bridge bank group company council city united fc ministry party river lake island dam airport station "
    "court house exchange hospital university union motors rail railway lines airways airlines air insurance medical foods mills "
    "systems energy power oil gas steel mining mine plant works quay port harbour harbor bay point hill hills valley pass tunnel "
    "tower castle palace cathedral abbey church mosque temple museum gallery theatre theater opera stadium arena park garden zoo "
    "forest beach street road square market school college institute agency authority office department service trust fund "
    "holdings partners industries pharma pharmaceuticals labs laboratories technologies media press times post news tribune "
    "herald gazette rovers wanderers athletic town county province region republic kingdom state states islands sea ocean gulf "
    "strait channel canal falls creek springs mountain mount peak volcano glacier reactor prison festival prize cup league "
    "brothers sons corp inc ltd plc ag se sa gmbh".split()
)
"""Last words of names that are no person's."""

_PLACE_TITLES = frozenset("st saint lady lord king queen prince princess captain general don san".split())
"""Titles that ships, places and paintings bear as well."""

_PERSON_NOUN = re.compile(
    r"(?:\w{2,}(?:ist|ess|man|woman|smith|star|ian)|\w{3,}(?:er|or)|poet|pilot|thief|chef|nurse|monk|nun|athlete|model|envoy|tycoon|oligarch"
    r"|activist|dissident|captive|hostage|fugitive|rapper|diva|champion|ace|guru|heir|heiress|widow|widower|teen|teenager|cleric"
    r"|critic|magnate|guard|student|pupil|cyclist|chemist|goalkeeper|mogul|novelist|warlord)$",
    re.IGNORECASE,
)


def is_personal_name(claim: WatchedClaim) -> bool:
    """Tell whether the subject surely is a person: a title in the name, or what somebody does right before it ("the climber X Y")."""
    name = bare(claim.subject.name)
    words = name.split()
    if not words[-1][0].isupper() or words[-1].lower() in NOT_SURNAMES:
        return False
    titled = (form.split() for form in (name, *claim.subject.aliases))
    if any(len(form) > 1 and form[0].lower().rstrip(".") in (TITLES | ROLE) - _PLACE_TITLES and form[-1][0].isupper() for form in titled):
        return True
    before = re.search(rf"([\w-]+),? {re.escape(name)}\b", claim.statement.replace("’", "'"))
    return before is not None and before[1].islower() and (before[1] in TITLES | ROLE or _PERSON_NOUN.match(before[1]) is not None)


def _looks_personal(claim: WatchedClaim) -> bool:
    surname = claim.subject.name.split()[-1].lower()
    return any(
        surname in keyword.lower().split() and claim.subject.name.split()[0].lower() not in keyword.lower().split()
        for keyword in claim.keywords
    ) or bool(re.search(rf"\b{re.escape(surname)}\b", claim.query.lower()))


def may_be_person(name: str) -> bool:
    """Tell whether nothing in the name speaks against a person."""
    last = name.split()[-1]
    return name[0].isupper() and last[0].isupper() and last.lower() not in NOT_SURNAMES
