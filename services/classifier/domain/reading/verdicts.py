"""Fixed ways of speaking that judge what the sentence reports, wherever they stand in it."""

import re

_NEWS = r"(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|suggestions?|allegations?|speculation|news|talk|posts?|assertions?)"
_FALSE = r"(?:false|untrue|not true|wrong|fake|fabricated|nonsense|baseless|unfounded|incorrect|a lie|lies|a hoax|invented|fiction|rubbish)"
_CALL = r"(?:call|describ|brand|label|denounc)"
_SAID_FALSE = re.compile(
    rf"\b{_NEWS} (?:of|that|about|saying) [^.;:]{{3,140}}? (?:is|are|was|were) (?:\w+ ){{0,2}}?{_FALSE}\b"
    rf"|\b{_CALL}\w* (?:the |as )?(?:\w+ )?{_NEWS} (?:of|that|about|saying) [^.;:]{{3,140}}? (?:as )?{_FALSE}\b"
    rf"|\b{_CALL}\w* as (?:\w+ )?{_FALSE} (?:the |any )?(?:\w+ )?{_NEWS} (?:of|that|about|saying)\b"
    rf"|\bno truth (?:in|to|behind) (?:the |any )?(?:\w+ )?{_NEWS} (?:of|that|about|saying)\b",
    re.IGNORECASE,
)
_DISMISSED = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rebut(?:s|ted)?|refut(?:es|ed)|disput(?:es|ed)|scotch(?:es|ed)|rubbish(?:es|ed)"
    r"|(?:laugh|brush|shrug|wav)\w* (?:off|aside|away)|pour\w* (?:scorn|cold water) on|debunk(?:s|ed)|quash(?:es|ed))\s+"
    rf"(?:as \w+ )?(?:\w+ ){{0,3}}?{_NEWS}\s+(?:that|of|about)\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"^(?:Should|Had|Were) (?:the |its |his |her )?\w+", re.IGNORECASE)
_BEFORE_SUPPOSED = re.compile(r"\b(?:in case(?: of)?|in the event (?:of|that)|lest|as if|as though|what if)\b[^,;:.]*$", re.IGNORECASE)
_BEFORE_INVENTED = re.compile(
    r"\b(?:film|movie|novel|thriller|play|drama|series|episode|exercise|drill|simulation|scenario|game|poem|sketch)"
    r" (?:in which|where|about|imagining|that imagines|based on)\b[^,;:.]*$",
    re.IGNORECASE,
)
_BEFORE_INVERTED = re.compile(r",\s(?:were|had|should)\s(?:he|she|it|they|the \w+)\b[^,]*$", re.IGNORECASE)
_TERMS_SET = re.compile(r"\b(?:for less than|unless|without (?:a|an|the|its|his|her)|until|before (?:it|he|she|they))\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"\b(?:will|would|shall|'ll|wo)\b ?(?:\w+ly )?(?:not|n't)\b[^.;:]*"
    r"\b(?:before|until|till) (?:(?:late |early |next |mid-?)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|tomorrow|noon|midnight|dawn"
    r"|nightfall|the (?:end|start|middle|weekend|autumn|spring|summer|winter)|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|\d)",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(
    r"\b(?:neither|not|refus\w+ to|declin\w+ to|without|n't|nor)\b[^.;]{0,30}\bconfirm(?:ed|s|ing)?,?\s(?:or|nor)\s(?:\w+\s){0,2}?"
    r"den(?:y|ied|ies|ying)\b"
    r"|\bneither\b[^.;]{0,30}\bden(?:y|ied|ies|ying) nor confirm",
    re.IGNORECASE,
)


def is_called_false(sentence: str, place: int) -> bool:
    """Tell whether the sentence calls reports of the event false, or denies them before ``place``, where the event word stands."""
    dismissed = _DISMISSED.search(sentence)
    return _SAID_FALSE.search(sentence) is not None or (dismissed is not None and dismissed.start() < place)


def is_supposed(sentence: str, place: int) -> bool:
    """Tell whether the event at ``place`` is only supposed or invented: "Had it sunk, ...", "in case it sinks", "a film in which it sinks".

    By the words alone, as a small parser often takes the verb of such a clause for a noun.
    """
    before = sentence[:place]
    return bool(
        _INVERTED.search(sentence) or _BEFORE_INVERTED.search(before) or _BEFORE_SUPPOSED.search(before) or _BEFORE_INVENTED.search(before)
    )


def sets_terms(rest: str) -> bool:
    """Tell whether a negation is followed by the terms on which it would fall: "will not sell for less than", "until"."""
    return _TERMS_SET.search(rest) is not None


def is_put_at_a_day(sentence: str) -> bool:
    """Tell whether something is only said not to come before a day: "she will probably not leave before Friday"."""
    return _NOT_BEFORE.search(sentence) is not None


def is_no_comment(sentence: str) -> bool:
    """Tell whether somebody neither confirms nor denies."""
    return _NO_COMMENT.search(sentence) is not None
