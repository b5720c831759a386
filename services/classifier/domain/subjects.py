"""What an article is about, in the IPTC Media Topics vocabulary, by the words it uses.

A table (``models/subject_words.json``, made by ``training/subjects.py``) says how strongly a word, or two or three in a row, speaks for
each topic of the first level, and which words tell a topic further down. English only.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt

from schemas.news_article import Article
from schemas.news_classified import SubjectScore
from services.classifier.domain.words import words_of

BODY_CHARS = 3_000
"""What an article is about stands in its beginning."""
TITLE_WEIGHT = 3.0
"""How many times a word of the headline counts."""
NOTHING = 2.0
"""Weight that always speaks for no topic: a word or two say little."""
MIN_SHARE = 0.24
"""Part of all weight in the text that a topic must have."""
MIN_WEIGHT = 1.5
"""Weight that a topic must have whatever its share: two words of its own, or one in the headline."""
MAX_SUBJECTS = 3
"""Topics of the first level that an article gets."""
MIN_FINE_WEIGHT = 3.0
"""Weight that a topic further down must have: about three words of its own."""
MIN_FINE_SHARE = 0.5
"""Part of the weight of all topics beside it that a topic further down must have."""
MIN_FINE_PART = 0.12
"""Its weight as a part of that of its topic of the first level, at least."""
MAX_FINE = 2
"""Topics further down that an article gets under one of the first level, without those that they lie under themselves."""
SHARE_TELLS, WEIGHT_TELLS, OFFSET = 8.5, 0.4, 3.4
"""From the share of a topic, and the logarithm of all weight, to its score: how often people gave such a topic to BBC and AG News articles
(logistic regression; fitted on four fifths, the scores of the last fifth are off by 0.025)."""

_ENGLISH = frozenset(
    "the of and to in that is was for on it with as at by from be are this have has had his her he she they their who which not but "
    "will would been were after over an its".split()
)
_FOREIGN = (
    frozenset(
        "der die das und ist nicht mit von den dem ein eine auf sich auch wird zu les des une est dans pour que qui sur au aux par el los "
        "las una del con su se al lo di il che per non della sono gli het een van niet op te zijn voor os da em um nao uma na "
        "att och det som pa av den til ikke og w nie jest za od sa ve bir bu icin dan yang".split()
    )
    - _ENGLISH
)
MIN_WORDS_TO_TELL = 12
"""In shorter texts the commonest words do not tell the language."""
MIN_ENGLISH = 0.05
"""Part of an English text's words that are among its commonest, at least."""


@dataclass(frozen=True)
class _Table:
    """The words and what they speak for; of a phrase, the words have a blank between them.

    Attributes:
        under: By topic, those that it lies under, the top first.
        words: By word, topics of the first level and weights, and topics further down.
        openers: By first word and second, the phrase of the two (empty if it is none), and by third the phrases of three.
    """

    names: Mapping[str, str]
    under: Mapping[str, tuple[str, ...]]
    words: Mapping[str, "_Spoken"]
    openers: Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]]


_Spoken = tuple[tuple[tuple[str, float], ...], tuple[str, ...]]
_Weighted = list[tuple[_Spoken, float]]


@cache
def _table() -> _Table:
    stored = json.loads(files("services.classifier").joinpath("models", "subject_words.json").read_text("utf-8"))
    fine = stored["fine"]
    words = {
        word: (tuple(_weight(part) for part in weights.split()), tuple(fine.get(word, "").split()))
        for word, weights in stored["words"].items()
    }
    return _Table(
        {code: topic["name"] for code, topic in stored["topics"].items()},
        {code: tuple(topic["under"]) for code, topic in stored["topics"].items()},
        words,
        _by_opener(sorted(word for word in words if " " in word)),
    )


def _by_opener(phrases: Iterable[str]) -> dict[str, dict[str, tuple[str, dict[str, str]]]]:
    found = defaultdict[str, dict[str, tuple[str, dict[str, str]]]](dict)
    for phrase in phrases:  # a phrase of two comes before those that go on with a third word
        first, second, *third = phrase.split()
        pair, thirds = found[first].setdefault(second, ("" if third else phrase, {}))
        thirds.update({word: phrase for word in third})
        found[first][second] = pair, thirds
    return dict(found)


def _weight(part: str) -> tuple[str, float]:
    """Return topic and weight of ``15:90``: ninety hundredths for 15000000."""
    top, _, hundredths = part.partition(":")
    return f"{top}000000", int(hundredths) / 100


def _with_phrases(counts: Counter[str], words: list[str]) -> Counter[str]:
    """Return how often each word stands there, and each phrase of the table; one of two words at the very end counts twice.

    (A headline often ends with what it is about; the scores are fitted with it so.)
    """
    openers, last = _table().openers, len(words) - 2
    for at in [at for at, word in enumerate(words[:-1]) if word in openers]:
        if found := openers[words[at]].get(words[at + 1]):
            pair, thirds = found
            if pair:
                counts[pair] += 1 if at < last else 2
            if thirds and at < last and (phrase := thirds.get(words[at + 2])):
                counts[phrase] += 1
    return counts


def _is_english(article: Article, body: Counter[str], title: Counter[str]) -> bool:
    """Tell by the language tag, and by the commonest words in case the tag is missing or wrong."""
    tagged = article.language.lower()
    if tagged and not tagged.startswith("en"):
        return False
    whole = body.total() + title.total()
    if whole < MIN_WORDS_TO_TELL:
        return True
    english = sum([counts[word] for counts in (body, title) for word in _ENGLISH & counts.keys()])
    foreign = sum([counts[word] for counts in (body, title) for word in _FOREIGN & counts.keys()])
    return english >= foreign and (bool(tagged) or english >= MIN_ENGLISH * whole)  # a table of results has no such words at all


def _weighted(article: Article) -> _Weighted:
    """Return what the article's words speak for, and how much each counts: the root of how often; nothing if it is not in English."""
    known = _table().words
    body, title = words_of((article.body or article.summary)[:BODY_CHARS]), words_of(article.title)
    in_body, in_title = Counter(body), Counter(title)
    if not _is_english(article, in_body, in_title):
        return []
    weighted: dict[str, float] = dict(_with_phrases(in_body, body))
    for word, count in _with_phrases(in_title, title).items():
        weighted[word] = weighted.get(word, 0.0) + TITLE_WEIGHT * count
    return [(spoken, sqrt(count)) for word, count in weighted.items() if (spoken := known.get(word))]


def _scores(weighted: _Weighted) -> dict[str, float]:
    scores = defaultdict[str, float](float)
    for (topics, _), times in weighted:
        for topic, weight in topics:
            scores[topic] += times * weight
    return scores


def scores_of(article: Article) -> dict[str, float]:
    """Return how strongly the words speak for each topic of the first level, by code, sure or not; empty if not in English."""
    return dict(_scores(_weighted(article)))


def subjects_of(article: Article) -> tuple[SubjectScore, ...]:
    """Return what the article is about, the surest first: topics of the first level, and further down where they are sure.

    English only; nothing where the words say too little. A topic never scores more than the one it lies under.
    """
    weighted = _weighted(article)
    weights = _scores(weighted)
    whole = sum(weights.values()) + NOTHING
    tops = sorted((code for code, weight in weights.items() if _is_sure(weight, whole)), key=lambda code: (-weights[code], code))
    found = {code: _score(weights[code], whole) for code in tops[:MAX_SUBJECTS]}
    for code, share in _fine(weighted, {top: weights[top] for top in found}):
        for each in (*_table().under[code][1:], code):
            found[each] = max(found.get(each, 0.0), found[_table().under[code][0]] * share)
    order = sorted(found, key=lambda code: (-round(found[code], 3), len(_table().under[code]), code))
    return tuple(_subject(code, found[code]) for code in order)


def _is_sure(weight: float, whole: float) -> bool:
    return weight >= MIN_WEIGHT and weight >= MIN_SHARE * whole


def _score(weight: float, whole: float) -> float:
    return 1 / (1 + exp(OFFSET - SHARE_TELLS * weight / whole - WEIGHT_TELLS * log(whole)))


def _subject(code: str, score: float) -> SubjectScore:
    return SubjectScore(code=f"medtop:{code}", name=_table().names[code], score=round(score, 3))


def _fine(weighted: _Weighted, tops: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    """Return the topics further down that stand out under these, and their part of the weight of all that lie beside them."""
    under, sums = _table().under, _fine_sums(weighted)
    beside = defaultdict[str, float](float)
    for code, own in sums.items():
        beside[under[code][-1]] += own
    for top, weight in tops.items():
        shares = {
            code: own / beside[under[code][-1]] for code, own in sums.items() if under[code][0] == top and own >= MIN_FINE_PART * weight
        }
        sure = [code for code, share in shares.items() if share >= MIN_FINE_SHARE and sums[code] >= MIN_FINE_WEIGHT]
        for code in sorted(sure, key=lambda code: (-len(under[code]), -sums[code], code))[:MAX_FINE]:
            yield code, shares[code]


def _fine_sums(weighted: _Weighted) -> dict[str, float]:
    sums = defaultdict[str, float](float)
    for (_, codes), times in weighted:
        for code in codes:
            sums[code] += times
    return sums
