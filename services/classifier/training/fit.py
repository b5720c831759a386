"""Fits the weights of the second opinion. The same data give the same bytes: no randomness but by seed, weights rounded."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from services.classifier.domain.opinion.content import Content, content_of, distinct
from services.classifier.domain.opinion.features import VERSION, ClaimSides, features_of
from services.classifier.domain.opinion.linear import LinearModel
from services.classifier.domain.opinion.relatedness import Rarity, overlap
from services.classifier.domain.opinion.second_opinion import STANCES, Weights
from services.classifier.training.pairs_data import Headline, StoryArticle, headlines, own_pairs, related_pairs, short_texts, story_articles

SEED = 1
OWN_SHARE = 3.0
"""What a pair written for this project counts against a headline of Emergent: there are few, and they are whole sentences."""
RELATEDNESS_C, STANCE_C = 1.0, 0.1
Sides = Callable[[str], ClaimSides]
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


def fit_stance(rows: Sequence[Headline], sides: Sides) -> LinearModel:
    """Return the weights that tell the three stances apart, each class counting the same."""
    features = [features_of(sides(row.claim), row.text) for row in rows]
    shares = [OWN_SHARE if row.is_own else 1.0 for row in rows]
    return _fit(features, [row.stance for row in rows], STANCES, c=STANCE_C, shares=shares)


def _fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], classes: tuple[str, ...], *, c: float, shares: Sequence[float] | None = None
) -> LinearModel:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=c, max_iter=5_000, tol=1e-8, class_weight="balanced" if shares else None, random_state=SEED)
    model.fit(matrix, list(labels), sample_weight=shares)
    weights, bias = model.coef_.tolist(), model.intercept_.tolist()
    if len(model.classes_) == 2:  # one row, for the second class
        weights, bias = [[-weight for weight in weights[0]], weights[0]], [-bias[0], bias[0]]
        weights, bias = [[weight / 2 for weight in row] for row in weights], [one / 2 for one in bias]
    place = {name: index for index, name in enumerate(model.classes_.tolist())}
    order = [place[name] for name in classes]
    names = vectorizer.get_feature_names_out().tolist()
    by_feature = {name: tuple(round(weights[index][column], DIGITS) for index in order) for column, name in enumerate(names)}
    return LinearModel(classes, tuple(round(bias[index], DIGITS) for index in order), by_feature, VERSION)


@dataclass(frozen=True)
class Material:
    """All that is fitted on; ``without`` leaves out what a fold is judged by."""

    rows: Sequence[Headline]
    articles: Sequence[StoryArticle]
    rarity: Rarity

    @classmethod
    def of(cls, data: Path) -> "Material":
        """Return all that may be trained on."""
        return cls([*headlines(data), *own_pairs()], story_articles(data), fit_rarity(list(short_texts(data))))

    def where(self, keeps: Callable[[str], bool]) -> "Material":
        """Return the part whose claims (by id) and stories are kept."""
        rows = [row for row in self.rows if keeps(row.claim_id)]
        return Material(rows, [article for article in self.articles if keeps(article.story)], self.rarity)


def fit(material: Material, sides: Sides) -> Weights:
    """Return all weights, fitted on this."""
    pairs = list(related_pairs([row for row in material.rows if not row.is_own], material.articles, seed=SEED))
    return Weights(material.rarity, fit_relatedness(pairs, material.rarity), fit_stance(material.rows, sides))
