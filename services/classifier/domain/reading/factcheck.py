"""Fact-checks: the verdict counts, whatever the headline asks; of those quoted, only who denies or confirms on their own account."""

import re
from collections.abc import Sequence

from schemas.news_article import Article
from schemas.words import Stance
from services.classifier.domain.reading.origins import OriginFinder
from services.classifier.domain.reading.sentences import Sentence, plain
from services.classifier.domain.reading.words_spoken import Words

_FALSE = re.compile(
    r"\b(?:verdict|ruling|rating|rated|conclusion|our finding|we rate (?:this|it|the "
    r"claim))\b[^.\n]{0,40}\b(?:false|fake|hoax|untrue|wrong|misleading|fabricated|pants on fire)\b|^[ \t]{0,8}(?:false"
    r"|fake|hoax|untrue|no)\s*[.:,!-]|\b(?:is|are|was|were) (?:completely |entirely |simply )?(?:false|fake|a hoax"
    r"|untrue|fabricated|not true)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TRUE = re.compile(
    r"\b(?:verdict|ruling|rating|rated|conclusion|we rate (?:this|it|the claim))\b[^.\n]{0,40}\b(?:true|correct"
    r"|accurate)\b|^[ \t]{0,8}(?:true|correct|yes)\s*[.:,!-]",
    re.IGNORECASE | re.MULTILINE,
)


def with_verdict(words: Sequence[Words], article: Article, finder: OriginFinder) -> list[Words]:
    """Return the words with the outlet's verdict in place of anything else in its voice."""
    others = [word for word in words if not word.origin.own_voice and word.stance is not Stance.ASSERTS]
    for field in ("body", "title", "summary"):
        text = plain(getattr(article, field))
        for stance, pattern in ((Stance.REFUTES, _FALSE), (Stance.ASSERTS, _TRUE)):
            match = pattern.search(text)
            if match is not None:
                return [_verdict(stance, field, text, match, finder), *others]
    own = [word for word in words if word.origin.own_voice and word.stance is Stance.DENIES]
    return [*own, *others]


def _verdict(stance: Stance, field: str, text: str, match: re.Match[str], finder: OriginFinder) -> Words:
    begin = text.rfind("\n", 0, match.start()) + 1
    stop = text.find("\n", match.end())
    line = text[begin : stop if stop >= 0 else len(text)]
    return Words(stance, "certain", finder.outlet(), True, Sentence(field, begin, line, 0), match.start() - begin, match.end() - begin)
