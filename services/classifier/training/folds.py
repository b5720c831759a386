"""How well the weights do on claims that they have not seen."""

import random
from collections.abc import Sequence

from sklearn.metrics import accuracy_score, f1_score

from services.classifier.domain.opinion.content import Content, content_of, distinct
from services.classifier.domain.opinion.relatedness import Rarity, overlap
from services.classifier.domain.opinion.second_opinion import STANCES, SecondOpinion, Weights
from services.classifier.training.fit import SEED, fit
from services.classifier.training.pairs_data import Headline, StoryArticle, related_pairs

FOLDS = 10


def fold_of(group: str) -> int:
    """Return the fold of a group: the same on every run and machine."""
    return random.Random(group).randrange(FOLDS)  # noqa: S311 (draws folds, guards nothing)


def figures_of(rows: Sequence[Headline], articles: Sequence[StoryArticle], rarity: Rarity) -> dict[str, float]:
    """Return the figures of the card: each claim and each story is judged by weights fitted on others."""
    stances: list[tuple[str, str]] = []
    related: list[tuple[bool, bool]] = []
    for fold in range(FOLDS):
        kept = [row for row in rows if fold_of(row.claim_id) != fold], [one for one in articles if fold_of(one.story) != fold]
        left = [row for row in rows if fold_of(row.claim_id) == fold], [one for one in articles if fold_of(one.story) == fold]
        weights = fit(*kept, rarity)
        asked = SecondOpinion(weights)
        for row in left[0]:
            opinion = asked.stance(row.claim, row.text)
            stances.append((row.stance, max(STANCES, key=opinion.__getitem__)))
        related += [(is_related, _is_related(weights, claim, text)) for claim, text, is_related in related_pairs(*left, seed=SEED)]
    gold, read = zip(*stances, strict=True)
    by_class = f1_score(gold, read, labels=list(STANCES), average=None)
    return {
        "stance of a headline, accuracy": accuracy_score(gold, read),
        "macro-F1": float(by_class.mean()),
        **{f"F1 of {name}": float(value) for name, value in zip(STANCES, by_class, strict=True)},
        "related or not (three to six others drawn for each), F1 of related": f1_score(*zip(*related, strict=True)),
    }


def _is_related(weights: Weights, claim: str, text: str) -> bool:
    found = overlap(distinct(content_of(claim)), Content.of(text), weights.rarity)
    return SecondOpinion(weights).relatedness(found) >= 0.5
