"""Signs that a text gives its author's view: headline, section of the site, the words about the author, words of oneself."""

import re

from services.classifier.domain.gates import has_any

_SORTS = (
    r"(?:opinions?|op-?ed|comment|commentary|editorial|column|columnist|viewpoint|point of view|essay|guest (?:essay|post|column"
    r"|view|opinion)"
    r"|my (?:view|take|turn)|our (?:view|take)|perspective|leader comment|first person|the big idea|hot take|sketch|diary)"
)
_TITLE = re.compile(
    rf"^\s*[\[(]?(?:{_SORTS}|(?:your |readers['’] )?letters?(?: to the editor)?"
    rf"|[\w' ]{{0,30}}\bletters to the editor|ask (?-i:[A-Z])\w+)[\])]?\s*[:|–—-]"
    rf"|[|–—]\s*(?:{_SORTS}|letters?(?: to the editor)?)\s*$"
    r"|[\[(](?:opinion|op-ed|column|commentary|editorial)[\])]\s*$"
    r"|^\s*the [\w'’& ]{2,40} view(?: on [^:?]{2,60})?\s*[:|–—-]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"/(?:opinions?|commentisfree|comment|commentary|editorials?|columns?|columnists?|op-?eds?|letters(?:-to-the-editor)?|voices|leaders"
    r"|views?|viewpoints?|perspectives?|guest-(?:columns?|opinions?|views?)|blogs?/opinion)/"
    r"|/(?:opinion|editorial|column|op-ed)-"
    r"(?!polls?\b|surveys?\b|researchers?\b|pages?\b|leaders?\b|director|board|staff|office|team|divided|split|of\b|in\b|on\b)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:views?|opinions?) (?:expressed|given|stated)\b[^.\n]{0,60}\b(?:author|writer|columnist|contributor)s?\b"
    r"|\b(?:author|writer|columnist|contributor)s?['’]?s? (?:views?|opinions?) (?:are|do)\b"
    r"|\b(?:views?|opinions?) (?:expressed (?:(?:in this (?:article|column|piece|essay)|here) )?(?:are|do|does)|are (?:his|her"
    r"|their|my)) (?:not|solely|entirely|purely|his|her|their|my)\b"
    r"|\bthis (?:column|op-ed|commentary|editorial|opinion (?:piece|article|column)) "
    r"(?:does not|do not|first appeared|reflects?|was written|was first published)\b",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"^\W{0,3}(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}) (?:is|writes as) (?:an? |the |our )?(?:[\w'’.&-]+ ){0,4}"
    r"(?:columnist|opinion (?:writer|editor)|contributing (?:opinion )?writer)\b",
    re.MULTILINE,
)
_QUOTED = re.compile(
    r"""(?<![^\s(\[—–-])"(?=\S).*?(?:(?<=\S)"(?=[\s.,;:!?)\]—–-])|$)"""  # a second opening sign goes on with the same quotation
    r"|[“„«].*?(?:[”»]|$)"
    r"|(?<!\w)[‘'](?:[^’'\n]|(?<=\w)[’'](?=\w)){3,800}[’'](?!\w)",
    re.MULTILINE,
)
_FIRST_PERSON = re.compile(r"I(?<!\wI)(?!\w)|M(?<!\wM)(?:yself|[ye])(?!\w)|m(?<!\wm)(?:yself|[ye])(?!\w)")
"""I (also of I'm and I've), my, me, myself. Each way begins with a letter and looks back from there, which is four times as fast as a
look for a word's beginning everywhere."""
_OF_COLUMNISTS = re.compile(
    r"\b(?:th(?:e|is) columnist|this column|dear reader|in my (?:view|opinion|book)|we should all|let me be clear|make no mistake"
    r"|(?-i:I (?:think|believe|confess|suspect|suppose|admit|for one|would argue|can't help|wonder|fear|despair)))\b",
    re.IGNORECASE,
)
_MAY_BE_A_COLUMNIST = (
    "columnist", "this column", "dear reader", "in my ", "we should all", "let me be clear", "make no mistake", "i think", "i believe",
    "i confess", "i suspect", "i suppose", "i admit", "i for one", "i would argue", "i can't help", "i wonder", "i fear", "i despair",
)  # fmt: skip
_MAY_DISCLAIM = ("view", "opinion", "this column", "this op-ed", "this commentary", "this editorial")
_MAY_BE_A_BIOGRAPHY = ("columnist", "writer", "editor")
_SAID = re.compile(r"\b(?:said|says|told|added|asked|according to)\b")

FEW_WORDS_OF_ONESELF = 3
"""First-person words outside of quotations that a column has at least, and two for each time that others are said to say something."""
CHARS_A_WORD_OF_ONESELF = 500
"""A column says I at least once in so many characters."""
OPENING_CHARS = 1_000
"""A column says I for the first time within so many characters."""
HEAD_CHARS, CLOSING_CHARS = 200, 500
"""Where a text says who its author is, and whose views these are."""


def is_in_opinion_section(url: str) -> bool:
    """Tell whether the address is of a section for opinions."""
    return _ADDRESS.search(url) is not None


def is_own_view(title: str, body: str) -> bool:
    """Tell whether headline, closing words or style are those of an opinion."""
    if _TITLE.search(title) or _disclaims(body[:HEAD_CHARS]) or _disclaims(body[-CLOSING_CHARS:]):
        return True
    return _is_by_a_columnist(title, body) or _speaks_of_oneself(body)


def _disclaims(part: str) -> bool:
    return has_any(part.lower(), _MAY_DISCLAIM) and _DISCLAIMER.search(part) is not None


def _is_by_a_columnist(title: str, body: str) -> bool:
    """Tell whether the last lines say that the author is a columnist; somebody whom the text has named before is not its author."""
    start = max(0, len(body) - CLOSING_CHARS)
    if not has_any(body[start:], _MAY_BE_A_BIOGRAPHY):
        return False
    found = _BIOGRAPHY.search(body, start)
    return found is not None and found["name"].split()[-1] not in f"{title} {body[: found.start()]}"


def _speaks_of_oneself(body: str) -> bool:
    if len(_FIRST_PERSON.findall(body)) < FEW_WORDS_OF_ONESELF or not has_any(body.lower(), _MAY_BE_A_COLUMNIST):
        return False
    own_words = _QUOTED.sub(" ", body)
    if not has_any(own_words.lower(), _MAY_BE_A_COLUMNIST):
        return False
    of_oneself = len(_FIRST_PERSON.findall(own_words))
    enough = max(FEW_WORDS_OF_ONESELF, 2 * len(_SAID.findall(own_words)), len(own_words) // CHARS_A_WORD_OF_ONESELF)
    begins_so = _FIRST_PERSON.search(own_words[:OPENING_CHARS])  # readers' comments stand below the news
    return of_oneself >= enough and begins_so is not None and bool(_OF_COLUMNISTS.search(own_words))
