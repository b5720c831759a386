"""Words about the event that do not name it: "the report is false", "confirmed it", "could not verify the claim"."""

import re

from schemas.words import Stance

_NOUN = (
    r"(?:reports?|claims?|rumou?rs?|news|stor(?:y|ies)|statements?|allegations?|announcements?|accounts?|reporting"
    r"|item|posts?|information|suggestions?|speculation|talk)"
)
_IT = (
    rf"(?:(?:the|this|that|these|those|such|all|any such|its|their|his|her) (?:\w+ ){{0,3}}?{_NOUN}"
    r"|it|this|that|them|as much|everything|any such thing|both)"
)
_FALSE = (
    r"(?:false|untrue|not true|wrong|fake|fabricated|invented|nonsense|rubbish|baseless|unfounded|incorrect"
    r"|inaccurate|groundless|a lie|lies|a hoax|a fabrication|an invention|a forgery|a fairy tale|pure (?:invention"
    r"|fiction|fantasy)|made up|mistaken|bogus|a mistake|fiction)"
)
_PATTERNS: tuple[tuple[Stance, re.Pattern[str]], ...] = tuple(
    (stance, re.compile(pattern, re.IGNORECASE))
    for stance, pattern in (
        (
            Stance.CANNOT_CONFIRM,
            r"\b(?:could not|couldn't|cannot|can't|can not|(?:was|were|is|are) (?:not able|unable|in no position)(?: to)?"
            r"|(?:has|have|had) (?:no|nothing|not)\b[^.;]{0,60}?|yet to|not (?:yet )?(?:been )?(?:able to )?|unable to)"
            r"\s*(?:independently |immediately |yet )?(?:to )?(?:confirm|verify|corroborate|substantiate|say)\b",
        ),
        (Stance.DENIES, rf"\b{_IT}\s+(?:is|are|was|were|'s)\s+(?:\w+ ){{0,2}}?{_FALSE}\b"),
        (
            Stance.DENIES,
            r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rebut(?:s|ted)?|refut(?:es|ed))\s+"
            rf"(?:\w+ly )?{_IT}(?!\s+(?:had|was|is|has|would))\b",
        ),
        (
            Stance.DENIES,
            r"\b(?:call(?:s|ed)|describ(?:es|ed))\s+(?:it|this|that|them|the (?:\w+ )?(?:report|claim|rumou?r|story"
            r"|news)s?)\s+(?:as )?(?:\w+ )?(?:false|untrue|nonsense|rubbish|a lie|lies|a hoax|fake|a fabrication|baseless"
            r"|fiction|a fairy tale)\b",
        ),
        (
            Stance.DENIES,
            r"\b(?:there is|there was) no truth (?:in|to)\b|\bno such (?:thing|event|incident) (?:has |had )?(?:happened"
            r"|occurred|took place|taken place)\b|\bnothing of the (?:kind|sort)\b",
        ),
        (
            Stance.DOUBTS,
            rf"\b(?:is|are|was|were|remain(?:s|ed)?) (?:deeply |very |highly )?s[ck]eptical\b|\bdoubt(?:s|ed)? {_IT}\b|\bhas doubts\b",
        ),
        (Stance.ASSERTS, rf"\b(?:confirm(?:s|ed)?|acknowledg(?:es|ed)|admit(?:s|ted)?)\s+{_IT}\s*(?:$|[.,;]|\bon\b|\bin\b|\bto\b|\bat\b)"),
        (Stance.ASSERTS, rf"\b{_IT}\s+(?:is|are|was|were)\s+(?:true|correct|accurate)\b"),
    )
)
_NO_COMMENT = re.compile(r"\b(?:declined to|refused to|would not|will not|won't|neither confirm)\b", re.IGNORECASE)


def stance_of(text: str) -> Stance | None:
    """Return what the words do with the event spoken of before; None if they do not refer to it."""
    if _NO_COMMENT.search(text) or text.rstrip().endswith("?") or re.match(r"\s*(?:It )?if\b", text, re.IGNORECASE):
        return None
    return next((stance for stance, pattern in _PATTERNS if pattern.search(text)), None)
