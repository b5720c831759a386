"""What an article is about, in the IPTC Media Topics vocabulary: by the words of the vocabulary's own names and definitions.

A word speaks for a topic the more of the topic's concepts use it, and the fewer of the other topics' do. The vocabulary
(``media_topics.json``) is by the IPTC, CC BY 4.0.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import log

from schemas.news_article import Article
from schemas.news_classified import SubjectScore
from services.classifier.domain.inflections import forms
from services.classifier.domain.media_topic_words import TRADE_WORDS
from services.classifier.domain.words import words_of

NAME_WEIGHT = 4
TRADE_WEIGHT = 30
TITLE_WEIGHT = 3.0
BODY_CHARS = 3_000
"""What an article is about stands in its beginning."""
MIN_SHARE = 0.30
"""Part of all weight in the text that a topic must have."""
MIN_WEIGHT = 10.0
"""Weight that a topic must have whatever its share: a word or two say nothing."""
SECOND_SHARE = 0.5
"""Part of its parent's weight that a topic of the second level must have."""
MAX_SUBJECTS = 3
SMOOTHING = 500.0
"""Added to the size of each topic's vocabulary, so that a word of a small topic does not weigh too much."""
MIN_WORD_SHARE = 0.2
"""Words that are spread wider over the topics speak for none."""

_EMPTY = frozenset(
    "a about above after all also an and any are as at be been before being between both but by can could do does during each etc "
    "for from had has have he her his how if in into is it its may more most must no not of off on one only or other others our "
    "out over same she should so some such than that the their them then there these they this those through to too two under "
    "until up use used using was we well were what when where which while who whose will with within without would you your aspect "
    "based body branch category certain concept concerned deal dealing defined designed different form forms general group include "
    "includes including involving item kind made make making matter matters method number often part parts particular people "
    "person persons place practice process relate related relating several similar special specific state study system term time "
    "type types typically usual usually various way ways whether world year new first national international report news public "
    "activity act event issue area set word".split()
)


class _Topics:
    """Weights of words for topics, of the first level and of the second."""

    def __init__(self, concepts: Iterable[tuple[str, str, str, str, str]]) -> None:
        self.names: dict[str, str] = {}
        by_topic: dict[str, Counter[str]] = defaultdict(Counter)
        by_second: dict[str, Counter[str]] = defaultdict(Counter)
        self.parents: dict[str, str] = {}
        for code, top, second, name, definition in concepts:
            self.names[code] = name
            words = Counter(words_of(definition))
            for word in words_of(name):
                words[word] += NAME_WEIGHT
            telling = {word: count for word, count in words.items() if word not in _EMPTY and len(word) > 2 and not word.isdigit()}
            bases: Counter[str] = Counter()
            for word, count in telling.items():
                bases[_base(word)] += count
            by_topic[top].update(bases)
            if second:
                self.parents[second] = top
                by_second[second].update(bases)
        for top, trade_words in TRADE_WORDS.items():
            by_topic[top].update({_base(word): TRADE_WEIGHT for word in trade_words.split()})
        self.words = _weights(by_topic)
        self.second_words = _weights(by_second)


def _base(word: str) -> str:
    """Return one form for all forms of a word: the shortest, the first of these."""
    return min(forms(word), key=lambda form: (len(form), form))


def _weights(counts: Mapping[str, Counter[str]]) -> dict[str, list[tuple[str, float]]]:
    """Return for each form of each word the topics it speaks for, and how strongly: by its rate there against its rate elsewhere."""
    sizes = {topic: sum(words.values()) + SMOOTHING for topic, words in counts.items()}
    rates: dict[str, float] = defaultdict(float)
    for topic, words in counts.items():
        for word, count in words.items():
            rates[word] += count / sizes[topic]
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for topic, words in counts.items():
        for word, count in words.items():
            share = count / sizes[topic] / rates[word]
            weight = log(1 + count) * share**2
            if share > MIN_WORD_SHARE:
                for form in forms(word):
                    found[form].append((topic, weight))
    return dict(found)


@cache
def _topics() -> _Topics:
    return _Topics(json.loads(files("services.classifier.domain").joinpath("media_topics.json").read_text("utf-8"))["concepts"])


def _scores(counts: Mapping[str, float], weights: Mapping[str, list[tuple[str, float]]]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for word in weights.keys() & counts.keys():
        times = 1 + log(counts[word])
        for topic, weight in weights[word]:
            scores[topic] += times * weight
    return scores


def _counts(article: Article) -> dict[str, float]:
    counts: Counter[str] = Counter(words_of((article.body or article.summary)[:BODY_CHARS]))
    weighted: dict[str, float] = dict(counts)
    for word in words_of(article.title):
        weighted[word] = weighted.get(word, 0) + TITLE_WEIGHT
    return weighted


def scores_of(article: Article) -> dict[str, float]:
    """Return how strongly the words speak for each topic of the first level, by code, sure or not."""
    return _scores(_counts(article), _topics().words)


def subjects_of(article: Article) -> tuple[SubjectScore, ...]:
    """Return what the article is about, the surest first: topics of the first level, and of the second where one stands out.

    English only; nothing where the words say too little.
    """
    topics = _topics()
    counts = _counts(article)
    found = _sure(_scores(counts, topics.words), at_least=MIN_SHARE)[:MAX_SUBJECTS]
    second = _scores(counts, topics.second_words) if found else {}
    for code, share in list(found):
        within = {child: weight for child, weight in second.items() if topics.parents[child] == code}
        found += [(child, share * part) for child, part in _sure(within, at_least=SECOND_SHARE)[:1]]
    found.sort(key=lambda scored: -scored[1])
    return tuple(SubjectScore(code=f"medtop:{code}", name=topics.names[code], score=round(score, 3)) for code, score in found)


def _sure(scores: Mapping[str, float], *, at_least: float) -> list[tuple[str, float]]:
    """Return the topics with enough weight and this share of it all, with their shares, the largest first."""
    whole = sum(scores.values())
    sure = [(code, weight / whole) for code, weight in scores.items() if weight >= max(MIN_WEIGHT, at_least * whole)]
    return sorted(sure, key=lambda scored: (-scored[1], scored[0]))
