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
    "court house exchange hospital university union".split()
)


def _looks_personal(claim: WatchedClaim) -> bool:
    surname = claim.subject.name.split()[-1].lower()
    return any(
        surname in keyword.lower().split() and claim.subject.name.split()[0].lower() not in keyword.lower().split()
        for keyword in claim.keywords
    ) or bool(re.search(rf"\b{re.escape(surname)}\b", claim.query.lower()))
