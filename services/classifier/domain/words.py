"""Words as they are compared: folded text whose offsets still point into the original, and its sentences.

Folding: compatibility forms (NFKC), case, accents and the letters that stand for them (ø, ß, æ), every sort of dash, apostrophe
and other punctuation a space. So "al-Baghdadi's" is the three words al, baghdadi, s. Scripts that write without spaces (Chinese,
Japanese, Thai, Khmer, Lao, Burmese) become one word a character, so that a name in them is a phrase of its characters.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
_LETTERS |= {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "\u0640": ""}  # spellings of one Arabic letter, and the stroke that only stretches
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_KANA_MARKS = "\u3099\u309a"


def _folded_character(character: str) -> str:
    if _UNSPACED.match(character):
        return "".join(_unspaced_part(part) for part in unicodedata.normalize("NFKC", character))
    category = unicodedata.category(character)
    if category in ("Mn", "Cf") or character in _KANA_MARKS:  # loose accents, soft hyphens, direction marks: not there at all
        return ""
    if category == "Mc":
        return character
    folded = "".join(_LETTERS.get(part, part) for part in unicodedata.normalize("NFKD", character).casefold())
    folded = "".join(part for part in folded if unicodedata.category(part) != "Mn")
    folded = unicodedata.normalize("NFC", folded)  # puts Hangul syllables together again
    return "".join(_spaced(part) if part.isalnum() else " " for part in folded) or ("" if character in _LETTERS else " ")


def _unspaced_part(part: str) -> str:
    return f" {part} " if part.isalnum() else ("" if unicodedata.combining(part) else " ")


def _spaced(letter: str) -> str:
    return f" {letter} " if _UNSPACED.match(letter) else letter


class _Folding(dict[int, str]):
    """Translation table that fills itself. ``uneven`` are the characters that do not fold to exactly one."""

    uneven: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.uneven = set()

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded_character(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded


_FOLDING = _Folding()


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
FEW = 0.1
"""Bytes of UTF-8 beyond one a character, as a part of the characters, where letters and signs beside ASCII are few."""


def fold(text: str) -> str:
    """Return the text as it is compared: folded words between spaces."""
    if not text.isascii() and len(text.encode("utf-8", "surrogatepass")) < (1 + FEW) * len(text):
        folded = _NOT_ASCII.sub(_folded_run, text)
        if folded.isascii():  # then all is folded that has to be, and the rest is several times as fast as beside other letters
            text = folded
    return text.translate(_FOLDING)


def _folded_run(found: re.Match[str]) -> str:
    return found.group().translate(_FOLDING)


REMEMBERED_CHARS = 200
"""From this length on, the words of a text are remembered a while: matcher, subjects and sketch ask for those of the same body."""


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return fold(text).split() if len(text) < REMEMBERED_CHARS else list(_remembered(text))


@lru_cache(maxsize=8)
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def _offsets(text: str) -> list[int] | None:
    """Return for each folded character the offset of its original; None where they are the same."""
    if text.isascii() or _FOLDING.uneven.isdisjoint(text):
        return None
    return [offset for offset, character in enumerate(text) for _ in _FOLDING[ord(character)]]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each folded word stands in the original, in code points, in the order of ``words_of``."""
    spans = [found.span() for found in re.finditer(r"\S+", fold(text))]
    offsets = _offsets(text)
    if offsets is None:
        return spans
    return [(offsets[start], _with_marks(text, offsets[end - 1] + 1)) for start, end in spans]


def _with_marks(text: str, end: int) -> int:
    """Return where the accents end that stand loose behind a word."""
    while end < len(text) and unicodedata.category(text[end]) == "Mn" and not _FOLDING[ord(text[end])]:
        end += 1
    return end


_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj cmdr adm gov sen rep rev hon st sr jr messrs mt ft inc ltd co corp plc bros vs etc "
    "no nos vol fig jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.u "
    "u.a.e d.c l.a n.y e.g i.e approx est dept univ assn pres supt insp det spec atty".split()
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[\-–—]*[^\W_a-zа-яё])|[。！？｡]+[」』”’]*|\n\s*")
_LAST_WORD = re.compile(r"(\S+)$")


def _is_abbreviation(before: str) -> bool:
    found = _LAST_WORD.search(before)
    word = found.group(1).lstrip("\"'“‘([").lower() if found else ""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends, without the blanks around it. A line break always ends one."""
    return [trimmed for span in _between_stops(text) if (trimmed := _trimmed(text, *span))]


def first_sentences(text: str, number: int) -> list[tuple[int, int]]:
    """Return where the first sentences begin and end, so many."""
    return list(islice((trimmed for span in _between_stops(text) if (trimmed := _trimmed(text, *span))), number))


def _between_stops(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(text):
        if stop.group() == "." and _is_abbreviation(text[max(start, stop.start() - 20) : stop.start()]):
            continue
        yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end = start + len(inner.strip())
    return (start, end) if end > start else None


def index_of(offset: int, spans: Sequence[tuple[int, int]]) -> int:
    """Return which of these spans, in order, holds the offset; the one before it if it lies between two, 0 if before all."""
    return max(0, bisect_right(spans, (offset, float("inf"))) - 1)
