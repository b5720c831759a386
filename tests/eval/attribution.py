"""Attribution: whose word, view or will a sentence tells of, beside PolNeAR 1.0 (political news of seven US publishers, 2015-2016).

Compared: does a sentence overlap an attribution cue (of the outermost attributions: what a quotation or another's words tell is none);
the head words of the sources of an article; and whether whom the reader takes for the speaker of a content is its source. The naive
way beside the first is a list of verbs of speech, beside the last the noun or name nearest to the content.
Nothing was trained here, and no word was taken from these texts. Articles: ``dev``, and a sample of ``train`` drawn by article.
"""

import random
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.attribution import attributions
from services.classifier.domain.reading.cues import PERHAPS_SAY, SAY
from services.classifier.domain.reading.sentences import split
from services.classifier.domain.reading.speech import Segment, cut
from tests.eval.figures import Figure, Measured, interval

PART = "attribution"
SAMPLE = 84
"""Articles of ``train``, as many as ``dev`` has."""

_SENTENCE = re.compile(r"[^\n.!?]+[.!?\u201d\"]*")
_SENTENCE_CHARS = 15
_SPAN = re.compile(r"(T\d+)\t(Source|Cue|Content|Attribution) (\d[\d ;]*)\t")

Span = tuple[int, int]


@dataclass(frozen=True)
class Told:
    """One attribution as annotated: character spans in the text."""

    cues: tuple[Span, ...]
    sources: tuple[Span, ...]
    contents: tuple[Span, ...]


@dataclass(frozen=True)
class Text:
    """One article with the attributions that its first annotator found."""

    name: str
    text: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Row:
    """What was annotated and what we found, for one sentence, or for one content."""

    article: str
    gold: bool
    ours: bool
    naive: bool
    error: str = ""


def measure(data: Path) -> Measured:
    """Return the figures for ``dev`` and the sample."""
    nlp = load_parser()
    figures, errors = [], Counter[str]()
    for part in ("dev", "train"):
        texts = read(data / "attribution" / "polnear.tar.xz", part)
        chosen = texts if part == "dev" else random.Random(PART).sample(texts, SAMPLE)
        parsed = [(text, _parse(text, nlp)) for text in chosen]
        figures += _figures(part if part == "dev" else f"{part}, {SAMPLE} articles", parsed, errors)
    return Measured(figures, dict(errors.most_common(12)))


def read(path: Path, part: str) -> list[Text]:
    """Return the articles of a part; of several annotators the first in the archive's order."""
    texts: dict[str, str] = {}
    notes: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            match = re.fullmatch(rf"data/{part}/(text|attributions)/(.+?)(?:_[0-9a-f]+\.ann|\.txt)", member.name)
            if match is not None and (file := archive.extractfile(member)) is not None:
                (texts if match[1] == "text" else notes).setdefault(match[2], file.read().decode())
    return [Text(name, text, tuple(_told(notes[name]))) for name, text in texts.items() if name in notes]


def _told(notes: str) -> Iterator[Told]:
    spans: dict[str, tuple[Span, ...]] = {}
    for match in _SPAN.finditer(notes):
        spans[match[1]] = tuple((int(begin), int(end)) for begin, end in (piece.split() for piece in match[3].split(";")))
    for line in notes.splitlines():
        if not re.match(r"E\d+\t", line):
            continue
        parts: dict[str, list[Span]] = {"Cue": [], "Source": [], "Content": []}
        for role, mark in re.findall(r"(Cue|Source|Content)\d*:(T\d+)", line):
            parts[role] += spans.get(mark, ())
        yield Told(tuple(parts["Cue"]), tuple(parts["Source"]), tuple(parts["Content"]))


Parsed = list[tuple[int, Doc]]
"""Sentences with the offset where each begins."""


def _parse(text: Text, nlp: Language) -> Parsed:
    # Doubled apostrophes stand for quotes in some of the texts; each keeps its two places.
    plain = re.sub(r"(^|(?<=\s))''(?=\S)", ' "', text.text).replace("''", '" ')
    sentences = split(plain, field="body")
    return [(sentence.start, doc) for sentence, doc in zip(sentences, nlp.pipe(one.text for one in sentences), strict=True)]


def _figures(where: str, parsed: Sequence[tuple[Text, Parsed]], errors: Counter[str]) -> list[Figure]:
    rows = [row for text, docs in parsed for row in _sentences(text, docs)]
    errors.update(row.error for row in rows if row.error)
    heads = [row for text, docs in parsed for row in _heads(text, docs)]
    speakers = [row for text, docs in parsed for row in _speakers(text, docs)]
    errors.update(row.error for row in speakers if row.error)
    return [
        _figure(f"sentence with a cue, F1 ({where})", rows, _f1, _naive_f1, goal=0.80, note="naive: verbs of speech"),
        _figure(f"sentence with a cue, precision ({where})", rows, _precision),
        _figure(f"sentence with a cue, recall ({where})", rows, _recall),
        _figure(f"head words of the sources, F1 ({where})", heads, _f1),
        _figure(f"speaker of a content is its source ({where})", speakers, _right, _naive_right, note="naive: nearest name or noun"),
        _figure(f"the same where one is found ({where})", [row for row in speakers if row.error != _NONE], _right),
    ]


def _figure(
    name: str,
    rows: Sequence[Row],
    figure: Callable[[Sequence[Row]], float],
    naive: Callable[[Sequence[Row]], float] | None = None,
    *,
    goal: float | None = None,
    note: str = "",
) -> Figure:
    low, high = interval(rows, lambda row: row.article, figure)
    return Figure(PART, name, figure(rows), len(rows), low, high, naive(rows) if naive else None, goal, note=note)


def _precision(rows: Sequence[Row]) -> float:
    found = [row for row in rows if row.ours]
    return sum(row.gold for row in found) / max(1, len(found))


def _recall(rows: Sequence[Row]) -> float:
    wanted = [row for row in rows if row.gold]
    return sum(row.ours for row in wanted) / max(1, len(wanted))


def _f1(rows: Sequence[Row]) -> float:
    return 2 * sum(row.gold and row.ours for row in rows) / max(1, sum(row.gold + row.ours for row in rows))


def _naive_f1(rows: Sequence[Row]) -> float:
    return 2 * sum(row.gold and row.naive for row in rows) / max(1, sum(row.gold + row.naive for row in rows))


def _right(rows: Sequence[Row]) -> float:
    return sum(row.ours for row in rows) / max(1, len(rows))


def _naive_right(rows: Sequence[Row]) -> float:
    return sum(row.naive for row in rows) / max(1, len(rows))


def _meets(spans: Sequence[Span], begin: int, end: int) -> bool:
    return any(start < end and stop > begin for start, stop in spans)


def _sentences(text: Text, docs: Parsed) -> Iterator[Row]:
    cues = [cue for told in text.told for cue in told.cues]
    ours = [
        (begin + one.cue.start_char, begin + one.cue.end_char, one) for begin, doc in docs for one in attributions(doc) if not one.is_inner
    ]
    spans = [(begin, end) for begin, end, _ in ours]
    naive = [_place(begin, token) for begin, doc in docs for token in doc if token.lemma_.lower() in SAY | PERHAPS_SAY]
    for match in _SENTENCE.finditer(text.text):
        if len(match.group().strip()) < _SENTENCE_CHARS:
            continue
        begin, end = match.span()
        gold, found = _meets(cues, begin, end), _meets(spans, begin, end)
        kinds = sorted({one.kind.value for start, stop, one in ours if start < end and stop > begin})
        error = f"cue found by {kinds[0]} where there is none" if found and not gold else ""
        error = _missed(text.text, cues, begin, end) if gold and not found else error
        yield Row(text.name, gold, found, _meets(naive, begin, end), error)


def _missed(text: str, cues: Sequence[Span], begin: int, end: int) -> str:
    words = next(text[start:stop] for start, stop in cues if start < end and stop > begin)
    if not re.search(r"\w", words):
        return "cue missed: a sign alone"
    return "cue missed: one word" if len(words.split()) == 1 else "cue missed: several words"


def _place(begin: int, token: Token) -> Span:
    return begin + token.idx, begin + token.idx + len(token.text)


def _head_word(spans: Sequence[Span], docs: Parsed) -> str:
    """Return the word of the spans that the parser hangs the others on, folded; empty if none."""
    for begin, doc in docs:
        inside = [token for token in doc if _meets(spans, *_place(begin, token)) and not token.is_punct]
        head = next((token for token in inside if token.head not in inside or token.dep_ == "ROOT"), None)
        if head is not None:
            return head.lower_
    return ""


def _heads(text: Text, docs: Parsed) -> Iterator[Row]:
    gold = {_head_word(told.sources, docs) for told in text.told if told.sources} - {""}
    ours = {one.source.root.lower_ for _, doc in docs for one in attributions(doc) if one.source is not None and not one.is_inner}
    for word in sorted(gold | ours):
        yield Row(text.name, word in gold, word in ours, naive=False)


_NONE = "speaker of a content: none found"


def _speakers(text: Text, docs: Parsed) -> Iterator[Row]:
    """Yield a row for each content whose source stands in the same sentence."""
    for begin, doc in docs:
        end = begin + len(doc.text)
        segments: list[Segment] | None = None
        for told in text.told:
            if not told.sources or not told.contents or not (begin <= told.sources[0][0] < end and begin <= told.contents[0][0] < end):
                continue
            segments = cut(doc) if segments is None else segments
            gold = _head_word(told.sources, docs)
            speaker = next((one.speaker for one in segments if _covers(one, told.contents[0], begin)), None)
            speaker = speaker or _holder(doc, told.contents[0], begin)
            ours = speaker is not None and any(token.lower_ == gold for token in speaker)
            error = "" if ours else _NONE if speaker is None else "speaker of a content: another one"
            yield Row(text.name, True, ours, _nearest(begin, doc, told.contents[0]) == gold, error)


def _covers(segment: Segment, content: Span, begin: int) -> bool:
    places = [place for place in segment.offsets if place >= 0]
    shared = sum(content[0] <= begin + place < content[1] for place in places)
    return shared * 2 > min(content[1] - content[0], len(places))


def _holder(doc: Doc, content: Span, begin: int) -> TokenSpan | None:
    """Return the source of the wide attribution, a view or a judgement, that tells the content."""
    for one in attributions(doc):
        told = one.content
        if told is not None and one.source is not None and not one.is_inner:
            if _meets((content,), begin + told.start_char, begin + told.end_char):
                return one.source
    return None


def _nearest(begin: int, doc: Doc, content: Span) -> str:
    nouns = [token for token in doc if token.pos_ in ("NOUN", "PROPN", "PRON") and not _meets((content,), *_place(begin, token))]
    return min(nouns, key=lambda token: abs(begin + token.idx - content[0]), default=doc[0]).lower_
