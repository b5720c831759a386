"""From the text of a query to its tokens. Signs of other query languages are refused here, each with what to write instead."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.claim_query.tree import QueryError, shown

_QUOTES = '"“”„‟«»＂'
_BLANKS = rf"\s()（）{_QUOTES}:："


@dataclass(frozen=True)
class Token:
    """One piece of a query.

    Attributes:
        kind: ``open``, ``close``, ``phrase``, ``near``, ``operator``, ``field`` or ``word``.
        text: What stands there; of NEAR/n its number, of a field its name, of a phrase what is between the quotation marks.
        at: Where it begins; 1 is the first character.
    """

    kind: str
    text: str
    at: int


_LEXEMES = re.compile(
    rf"""(?P<space>\s+) | (?P<open>[(（]) | (?P<close>[)）])
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}] | (?P<quote>[{_QUOTES}])
    | NEAR/(?P<near>[0-9]{{1,9}})(?=[{_BLANKS}]|$) | (?P<operator>(?:AND|OR|NOT)(?=[{_BLANKS}]|$))
    | (?P<field>[^\W\d_]+)[:：]
    | (?P<word>[^{_BLANKS}]+(?:[:：][^{_BLANKS}]+)*)
    | (?P<colon>[:：])""",
    re.VERBOSE,
)

_OPERATORS = ("and", "or", "not")
_NEARLY = re.compile(r"near(?:[^\w'‘’-].*|\d.*)?", re.IGNORECASE | re.DOTALL)
_NO_NEAR = "write NEAR/5 for at most five words apart"
_SIGNS = {
    "&": "write AND",
    "&&": "write AND",
    "|": "write OR",
    "||": "write OR",
    "+": "take it out: words side by side must all be there",
    "!": "write NOT",
    "-": "write NOT before what must be absent",
}
_APOSTROPHES = "'‘’‚‛"

# The first that is found decides: (what, reason, hint). Each is a sign that other query languages read otherwise than words.
_FOREIGN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^[-−–](?=\w)"), "a minus before a word", "write NOT before what must be absent, or the word without the minus"),
    (re.compile(r"^\+(?=\w)"), "a plus before a word", _SIGNS["+"]),
    (re.compile(r"^!(?=\w)"), "an exclamation mark before a word", _SIGNS["!"]),
    (re.compile(r"&&|\|\|?"), "a sign for an operator", "write AND or OR"),
    (re.compile(r"[\[\]{}]"), "a bracket that is not round", "write groups as (a OR b)"),
    (re.compile(r"(?<=\w)[~^]\d*\.?\d*$"), "a weight or a distance behind a word", f"take it out; {_NO_NEAR}"),
    (re.compile(r"\*(?=.)|^\*$"), "a star that is not at the end of a word", "write the beginning of a word, then *: obituar*"),
    (re.compile(r"(?<=\w)\?(?=\w)"), "a question mark inside a word", "join the spellings by OR: (organise OR organize)"),
)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query.

    Raises:
        QueryError: At the first sign that has no meaning where it stands.
    """
    _refuse_unwritable(text)
    for found in _LEXEMES.finditer(text):
        kind, at = found.lastgroup or "", found.start() + 1
        if kind == "quote":
            raise QueryError("a quotation mark without its partner", position=at, hint='write a phrase as "two words"')
        if kind == "colon":
            raise QueryError("a colon that belongs to nothing", position=at, hint="fields are title: and lang:, the colon right behind")
        if kind == "word":
            _refuse_foreign(found[0], at, text)
        if kind != "space":
            yield Token(kind, found[kind], at)


def _refuse_unwritable(text: str) -> None:
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and not character.isspace()):
            raise QueryError(f"a character that cannot be written, U+{ord(character):04X}", position=index + 1, hint="take it out")


def _refuse_foreign(word: str, at: int, text: str) -> None:
    if word.lower() in _OPERATORS:
        raise QueryError(f"{shown(word)} is not in capitals", position=at, hint=f'write {word.upper()}, or "{word}" in quotes for the word')
    if _NEARLY.fullmatch(word):
        raise QueryError(f"{shown(word)} is no NEAR/n", position=at, hint=f'{_NO_NEAR}, or "near" in quotes for the word')
    if word in _SIGNS:
        raise QueryError(f"{shown(word)} is no operator", position=at, hint=_SIGNS[word])
    if word[0] in _APOSTROPHES and _closes_behind_another(text, at):
        raise QueryError("a phrase in single quotation marks", position=at, hint='write a phrase in double ones: "two words"')
    for pattern, reason, hint in _FOREIGN:
        if found := pattern.search(word):
            raise QueryError(reason, position=at + found.start(), hint=hint)


def _closes_behind_another(text: str, begin: int) -> bool:
    """Tell whether an apostrophe that opens before ``begin`` closes behind a later word of the same run: 'two words'."""
    closing = next((index for index in range(begin, len(text)) if text[index] in _APOSTROPHES), len(text))
    between = text[begin:closing]
    if closing == len(text) or not between[-1:].isalnum() or text[closing + 1 : closing + 2].isalnum():
        return False
    return any(map(str.isspace, between)) and not any(sign in between for sign in "()" + _QUOTES)
