"""Fits the weights of the second opinion. The same data give the same bytes: no randomness but by seed, weights rounded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from services.classifier.domain.opinion.content import Content, content_of, distinct
from services.classifier.domain.opinion.features import VERSION, ClaimSides, features_of
from services.classifier.domain.opinion.linear import LinearModel
from services.classifier.domain.opinion.relatedness import Rarity, overlap
from services.classifier.domain.opinion.second_opinion import STANCES, Weights
from services.classifier.training.pairs_data import Headline, StoryArticle, headlines, related_pairs, short_texts, story_articles

SEED = 1
RELATEDNESS_C, STANCE_C = 1.0, 0.1
DIGITS = 3
"""Weights are rounded to so many: the last bits of a fit depend on the machine."""


def fit_rarity(texts: Sequence[str]) -> Rarity:
    """Return how rare words are in these texts; words that only one has are as rare as unseen ones."""
    counts = Counter(word for text in texts for word in sorted(set(content_of(text))))
    kept = {word: round(log(len(texts) / (count + 0.5)), DIGITS) for word, count in sorted(counts.items()) if count > 1}
    return Rarity(kept, round(log(len(texts) / 0.5), DIGITS))


def fit_relatedness(pairs: Sequence[tuple[str, str, bool]], rarity: Rarity) -> LinearModel:
    """Return the weights that tell texts about a claim from others."""
    rows = [overlap(distinct(content_of(claim)), Content.of(text), rarity).features() for claim, text, _ in pairs]
    return _fit(rows, ["related" if related else "unrelated" for _, _, related in pairs], ("related", "unrelated"), c=RELATEDNESS_C)


def fit_stance(rows: Sequence[Headline]) -> LinearModel:
    """Return the weights that tell the three stances apart, each class counting the same."""
    features = [features_of(ClaimSides.of(row.claim), row.text) for row in rows]
    return _fit(features, [row.stance for row in rows], STANCES, c=STANCE_C, balanced=True)


def _fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], classes: tuple[str, ...], *, c: float, balanced: bool = False
) -> LinearModel:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=c, max_iter=5_000, tol=1e-8, class_weight="balanced" if balanced else None, random_state=SEED)
    model.fit(matrix, list(labels))
    weights, bias = model.coef_.tolist(), model.intercept_.tolist()
    if len(model.classes_) == 2:  # one row, for the second class
        weights, bias = [[-weight for weight in weights[0]], weights[0]], [-bias[0], bias[0]]
        weights, bias = [[weight / 2 for weight in row] for row in weights], [one / 2 for one in bias]
    place = {name: index for index, name in enumerate(model.classes_.tolist())}
    order = [place[name] for name in classes]
    names = vectorizer.get_feature_names_out().tolist()
    by_feature = {name: tuple(round(weights[index][column], DIGITS) for index in order) for column, name in enumerate(names)}
    return LinearModel(classes, tuple(round(bias[index], DIGITS) for index in order), by_feature, VERSION)


def fit(rows: Sequence[Headline], articles: Sequence[StoryArticle], rarity: Rarity) -> Weights:
    """Return all weights, fitted on these headlines and articles."""
    return Weights(rarity, fit_relatedness(list(related_pairs(rows, articles, seed=SEED)), rarity), fit_stance(rows))


def fit_all(data: Path) -> Weights:
    """Return all weights, fitted on all that may be trained on."""
    return fit(headlines(data), story_articles(data), fit_rarity(list(short_texts(data))))
