"""Fixed ways of leaving open whether something has happened, by the words in front of it: "it is too early to say that", "no word yet on".

By the words alone, as a small parser hangs the clause on any of the nouns before it ("no confirmation at this point that").
"""

import re

_PROOF = r"(?:confirmation|proof|information|knowledge|word|indication|clarity|certainty|verification)"
_SETTLE = (
    r"(?:yet |still |now |independently |officially |immediately |definitively |even |really )?"
    r"(?:say|tell|know|confirm|verify|judge|conclude|determine|establish|rule|declare|pronounce|speak of|talk of|assume)\b"
)
_LATER = (
    r"(?:,? (?:at|as|for|from|to) (?:this|that|the|now|yet|present|date)(?: \w+)?"
    r"|,? (?:so far|yet|either|of (?:its|our) own|of any kind))?"
)
_LACKS = r"(?:no|any|not (?:\w+ )?received|without|lacks?|still (?:awaiting|waiting for|seeking)|await(?:s|ed|ing)?|waiting for)"
_ABLE = r"(?:can|could|(?:is|are|was|were|am) able to)"
_OPEN = re.compile(
    rf"\b{_LACKS} (?:(?:\w+ly|any|a|further|clear|final|firm) ){{0,2}}{_PROOF}{_LATER} (?:that|whether|if|of|on|about|as to)\b"
    rf"|\btoo (?:early|soon|dark|dangerous) (?:\w+ ){{0,3}}?to {_SETTLE}"
    rf"|\b(?:wrong|premature|rash|foolish|irresponsible|hasty) to {_SETTLE}"
    rf"|\b(?:in no position|not in a position|unable|not able|powerless) to {_SETTLE}"
    rf"|\bbefore (?:it|he|she|they|we|i|anyone|anybody|the \w+) {_ABLE} {_SETTLE}"
    r"|\b(?:has|have|had|is|are|was|were) yet to (?:\w+ly )?(?:confirm|verify|establish|determine|ascertain|find out|work out)\b"
    r"|\b(?:open question|any(?:body|one)'s guess|not known|unknown|unclear|not clear|uncertain|unresolved|undecided)"
    r" (?:\w+ ){0,3}?(?:whether|if)\b",
    re.IGNORECASE,
)
_FAR = 90
"""Letters at most between such words and the event."""

_TURNS = re.compile(r"[;:\"]|\b(?:but|although|though|however|when)\b", re.IGNORECASE)


def leaves_open(sentence: str, place: int) -> bool:
    """Tell whether what stands at ``place`` is left open by the words before it."""
    before = sentence[:place]
    return any(len(before) - found.end() <= _FAR and _TURNS.search(before, found.end()) is None for found in _OPEN.finditer(before))
