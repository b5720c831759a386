"""Corrections and withdrawals that an article's page carries, told by their words."""

import re
from collections.abc import Iterable

from services.fetcher.domain.articles.notices import MAX_NOTICE_CHARS, withdrawal_notice

MAX_CORRECTIONS = 20
MAX_CORRECTION_CHARS = 2000
NOTICE_ROOM = 1500
"""Characters of a text that may be a notice in the place of an article, with what stands around it."""
_LABEL = (
    r"(?:corrections?(?:\s+and\s+clarifications?)?|clarifications?|erratum|corrigendum|editor(?:['’]?s|s['’])?\s+(?:note|correction)|"
    r"rectificatif|berichtigung|korrektur|korrigendum|rectificación|fe de erratas|rettifica|correctie|errata)"
)
_OPENS = re.compile(
    rf"\W{{0,3}}(?:{_LABEL}(?:\s*\([^)]{{1,40}}\)|,?\s+[\w.]+\s+\d{{1,2}},?(?:\s+\d{{4}})?)?\s*[:\-–—]|"
    r"(?:this|the|an?\s+earlier|a\s+previous)\s+(?:version\s+of\s+)?(?:this\s+|the\s+|our\s+)?(?:\w+\s+)?(?:story|article|report|headline|"
    r"post|piece|version|caption)\b[^.]{0,80}?\b"
    r"(?:(?:was|has\s+been|were)\s+(?:amended|corrected|clarified)|incorrectly|misstated|misspelled|misidentified|mistakenly|erroneously|"
    r"wrongly|inaccurately|gave\s+the\s+wrong))",
    re.IGNORECASE,
)
_RETRACTS = re.compile(
    r"\b(?:retract(?:ed|s|ion|ing)?|withdr(?:aw|awn|ew)|published\s+(?:in\s+error|by\s+mistake)|unpublished|taken\s+down)\b", re.IGNORECASE
)
_THIS = re.compile(r"\b(?:this|the|our|its)\s+(?:\w+\s+){0,2}(?:story|article|report|post|piece|item)\b", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"\W*{_LABEL}\W*", re.IGNORECASE)


def opens_correction(paragraph: str) -> bool:
    """Tell whether a paragraph begins as a correction does."""
    return bool(_OPENS.match(paragraph))


def is_label(heading: str) -> bool:
    """Tell whether a heading announces a correction and says no more."""
    return len(heading) < 60 and bool(_LABEL_ALONE.fullmatch(heading))


def distinct(corrections: Iterable[str]) -> tuple[str, ...]:
    """Return notices cut to a length, each once, none that another one holds."""
    found: list[str] = []
    for text in corrections:
        short = text[:MAX_CORRECTION_CHARS].strip()
        if short and not is_label(short) and not any(short in other for other in found):
            found = [other for other in found if other not in short] + [short]
    return tuple(found[:MAX_CORRECTIONS])


def notice_in(title: str, text: str, corrections: Iterable[str]) -> str:
    """Return what says that the article was taken back, empty if nothing does.

    It counts in the place of the text, or in a note of the editors that speaks of the article as a whole: reports about
    withdrawals begin with the same words.
    """
    if len(text) <= NOTICE_ROOM and (found := withdrawal_notice("", text)):
        return found
    if re.match(r"\W{0,3}(?:withdrawn|retracted|retraction|kill(?:ed)?)\s*[:\-–—]", title, re.IGNORECASE):
        return title[:MAX_NOTICE_CHARS]
    return next((note[:MAX_NOTICE_CHARS] for note in corrections if _RETRACTS.search(note) and _THIS.search(note)), "")
