"""What negates, and how far it reaches: our cues and scopes beside those of the shared task *SEM 2012 (Conan Doyle, development part).

A cue is right if it covers the same tokens, and the same part of the token where it is an affix. Scope tokens are counted over all negations,
punctuation left out, once with the cues given and once with our own (the tokens of a cue that the other side lacks are all wrong).
Rules only; the training part was read for the conventions. The naive way: the usual words are cues, and each reaches the rest of its sentence.
"""

import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.reading.negation import IsWord, Negation, negations, reach
from tests.eval.figures import Figure, Measured

_NAIVE = frozenset("not n't no never nothing without none nor".split())
_SIGNS = {"``": '"', "''": '"'}


@dataclass(frozen=True)
class Sentence:
    """One sentence of the task, parsed, with its negations."""

    doc: Doc
    gold: tuple[Negation, ...]


def sentences(path: Path, nlp: Language) -> list[Sentence]:
    """Return the sentences of a file in the format of the task: a token a line, tab-separated, blank lines between sentences."""
    with gzip.open(path, "rt") as lines:
        blocks = [[line.split("\t") for line in block.split("\n") if line] for block in lines.read().split("\n\n")]
    rows = [block for block in blocks if block]
    docs = nlp.pipe(Doc(nlp.vocab, words=[_SIGNS.get(line[3], line[3]) for line in row]) for row in rows)
    return [Sentence(doc, _gold(row)) for row, doc in zip(rows, docs, strict=True)]


def _gold(row: list[list[str]]) -> tuple[Negation, ...]:
    if row[0][7] == "***":
        return ()
    return tuple(_negation(row, column) for column in range(7, len(row[0]), 3))


def _negation(row: list[list[str]], column: int) -> Negation:
    cue = tuple(place for place, line in enumerate(row) if line[column] != "_")
    word = row[cue[0]]
    part = word[column] if len(cue) == 1 and word[column].lower() != word[3].lower() else ""
    return Negation(cue, part.lower(), frozenset(place for place, line in enumerate(row) if line[column + 1] != "_"))


def is_word_of(nlp: Language) -> IsWord:
    """Return a test whether a string is an adjective, noun or verb, by the index of the lemmatizer."""
    table = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    known = frozenset(word for words in table.values() for word in words)
    return known.__contains__


def measure(data: Path) -> Measured:
    """Return F1 of cues and of scope tokens."""
    nlp = load_parser()
    read = sentences(data / "factuality" / "negation_dev.txt.gz", nlp)
    is_word = is_word_of(nlp)
    own = [negations(sentence.doc, is_word) for sentence in read]
    given = [[Negation(one.cue, one.affix, reach(sentence.doc, one.cue, one.affix)) for one in sentence.gold] for sentence in read]
    naive = [_naively(sentence.doc) for sentence in read]
    count = sum(len(sentence.gold) for sentence in read)
    tokens = sum(len(one.scope) for sentence in read for one in sentence.gold)
    figures = [
        Figure("negation", "cues, F1", cue_f1(read, own), count, baseline=cue_f1(read, naive), goal=0.85),
        Figure("negation", "scope tokens, cues given, F1", scope_f1(read, given), tokens, baseline=scope_f1(read, _naively_given(read))),
        Figure("negation", "scope tokens, own cues, F1", scope_f1(read, own), tokens, baseline=scope_f1(read, naive), goal=0.75),
    ]
    return Measured(figures, _errors(read, own))


def cue_f1(read: Sequence[Sentence], found: Sequence[Sequence[Negation]]) -> float:
    """Return F1 of the cues."""
    return _f1(
        [Counter((one.cue, one.affix) for one in sentence.gold) for sentence in read],
        [Counter((one.cue, one.affix) for one in some) for some in found],
    )


def scope_f1(read: Sequence[Sentence], found: Sequence[Sequence[Negation]]) -> float:
    """Return F1 of the scope tokens, each told apart by its cue."""
    return _f1([_tokens(sentence, sentence.gold) for sentence in read], [_tokens(s, some) for s, some in zip(read, found, strict=True)])


def _tokens(sentence: Sentence, some: Sequence[Negation]) -> Counter[tuple[object, ...]]:
    return Counter((one.cue, place) for one in some for place in one.scope if not sentence.doc[place].is_punct)


def _f1(gold: Sequence[Counter[tuple[object, ...]]], found: Sequence[Counter[tuple[object, ...]]]) -> float:
    right = sum((g & f).total() for g, f in zip(gold, found, strict=True))
    return 2 * right / max(1, sum(g.total() for g in gold) + sum(f.total() for f in found))


def _rest(doc: Doc, place: int) -> frozenset[int]:
    return frozenset(range(place + 1, len(doc)))


def _naively(doc: Doc) -> list[Negation]:
    return [Negation((token.i,), "", _rest(doc, token.i)) for token in doc if token.lower_ in _NAIVE]


def _naively_given(read: Sequence[Sentence]) -> list[list[Negation]]:
    return [[Negation(one.cue, one.affix, _rest(sentence.doc, one.cue[-1])) for one in sentence.gold] for sentence in read]


def _errors(read: Sequence[Sentence], own: Sequence[Sequence[Negation]]) -> dict[str, int]:
    kinds: Counter[str] = Counter()
    for sentence, found in zip(read, own, strict=True):
        ours, theirs = {(one.cue, one.affix): one for one in found}, {(one.cue, one.affix): one for one in sentence.gold}
        kinds.update(f"cue missed: {_kind(sentence, cue)}" for cue in theirs.keys() - ours.keys())
        kinds.update(f"no cue: {_kind(sentence, cue)}" for cue in ours.keys() - theirs.keys())
        kinds.update(
            "scope reaches too far" for cue in ours.keys() & theirs.keys() if _words(sentence, ours[cue]) - _words(sentence, theirs[cue])
        )
        kinds.update(
            "scope falls short" for cue in ours.keys() & theirs.keys() if _words(sentence, theirs[cue]) - _words(sentence, ours[cue])
        )
    return dict(kinds.most_common(12))


def _words(sentence: Sentence, one: Negation) -> set[int]:
    return {place for place in one.scope if not sentence.doc[place].is_punct}


def _kind(sentence: Sentence, cue: tuple[tuple[int, ...], str]) -> str:
    return "an affix" if cue[1] else " ".join(sentence.doc[place].lower_ for place in cue[0])
