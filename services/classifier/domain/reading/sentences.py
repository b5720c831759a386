"""An article's fields as sentences with offsets: plain quotes, no dateline, no sentence break inside a quotation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "`": "'",
        "—": "-",
        "–": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\t": " ",
    }
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’-]*(?:,? [A-Z][A-Z.'’-]*|, [A-Z][a-z]+\.? \d{1,2})*(?: \([^)\n]{2,40}\))?(?: ?[-:] | - )"
    r"|[A-Z][\w.' -]{1,30}(?:, [A-Z][\w. ]{1,20})? \([^)\n]{2,40}\) ?[-:] ?)"
)
_MARKER = re.compile(
    r"^(?:\(?(?P<word>UPDATE[D]?|CORRECTION|CORRECTED|CLARIFICATION|RETRACTION|EDITOR'S NOTE|BREAKING|URGENT"
    r"|EXCLUSIVE|Update|Updated|Correction|Corrected|Clarification|Editor's note)\b(?: \d+)?\)?(?: "
    r"\([^)]*\))?\s*[:-]\s*)"
)
_END = re.compile(r"[.!?…]+[\")\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|vs|No|Inc|Ltd|Corp|Co|Gov|Sen|Rep|Jan"
    r"|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|approx)|\b[A-Z]|[ap]\.m|\bi\.e|\be\.g|\bU\.S|\bU\.N|\bU\.K)\.$"
)
_OPENS = re.compile(r"\s+(?:The|A|An|It|He|She|They|This|That|In|On|At|But|And|No|His|Her|Its|Their|There|When|After|Police|Officials)\b")
"""Words that open a sentence, where the stop before may be an hour's ("at 7 a.m. The ...")."""
_SAID_NEXT = re.compile(r"^\s+(?:[a-z]|(?:[A-Z][\w'-]*\s+){1,5}(?:said|says|told|asked|wrote|added|shouted|announced|replied)\b)")
_CORRECTS = ("correct", "retract", "clarif", "editor")


PARAGRAPH_CHARS = 8_000
"""A longer paragraph is no prose; what lies behind is not read."""

SENTENCE_CHARS = 1_200
"""A longer sentence is no prose; it is not read."""

ABBREVIATION_CHARS = 12
"""No abbreviation is longer, nor stands further before its full stop."""


@dataclass(frozen=True)
class Sentence:
    """One sentence; ``text`` is as long as the slice of the field that it stands for, with plain quotes and dashes."""

    field: str
    start: int
    text: str
    paragraph: int
    marker: str = ""
    """"update", "correction" where the paragraph opens with such a word; else empty."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def plain(text: str) -> str:
    """Return the text with typographic quotes and dashes made plain; same length."""
    return text.translate(_PLAIN)


def _breaks(text: str) -> list[int]:
    cuts: list[int] = []
    for match in _END.finditer(text):
        head = text[: match.end()]
        if head.count('"') % 2 and text.count('"', match.end()):
            continue
        rest = text[match.end() :]
        is_hour = head.endswith(".m.") and _OPENS.match(rest) is not None
        if (_ABBREVIATION.search(head[-ABBREVIATION_CHARS:]) and not is_hour) or (rest.strip() and re.match(r"\s+[a-z]", rest)):
            continue
        if head.endswith('"') and _SAID_NEXT.match(rest):
            continue
        cuts.append(match.end())
    return cuts


def _opening(text: str) -> tuple[int, str]:
    """Return where the paragraph's own words begin, and its marker."""
    begin, marker = 0, ""
    for _ in range(3):
        for pattern in (_DATELINE, _MARKER):
            match = pattern.match(text[begin:])
            if match is None:
                continue
            begin += match.end()
            if pattern is _MARKER:
                marker = "correction" if match["word"].lower().startswith(_CORRECTS) else "update"
    return begin, marker


def paragraph_sentences(text: str, *, field: str, offset: int, paragraph: int) -> list[Sentence]:
    """Return the sentences of one paragraph that begins at ``offset`` in its field."""
    text = plain(text[:PARAGRAPH_CHARS])
    begin, marker = _opening(text)
    sentences: list[Sentence] = []
    for cut in [*_breaks(text), len(text)]:
        piece = text[begin:cut]
        lead = len(piece) - len(piece.lstrip())
        if 0 < len(piece.strip()) <= SENTENCE_CHARS:
            sentences.append(Sentence(field, offset + begin + lead, piece.strip(), paragraph, marker))
        begin = max(begin, cut)
    return sentences


def split(text: str, *, field: str, offset: int = 0) -> list[Sentence]:
    """Return all sentences of a field, in order."""
    sentences: list[Sentence] = []
    for number, match in enumerate(re.finditer(r"[^\n]+", text)):
        sentences += paragraph_sentences(match.group(), field=field, offset=offset + match.start(), paragraph=number)
    return sentences


def is_left_out(text: str, found: Sequence[Sentence]) -> bool:
    """Tell whether a part of the text is too long to be prose and is in none of its sentences, or not to its end."""
    ends = [0, *(sentence.end for sentence in found)]
    starts = [*(sentence.start for sentence in found), len(text)]
    too_far = (text[end:start] for end, start in zip(ends, starts, strict=True) if start - end > SENTENCE_CHARS)
    return any(len(line.strip()) > SENTENCE_CHARS for gap in too_far for line in gap.split("\n"))
