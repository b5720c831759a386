"""How well the weights do on claims that they have not seen."""

import random
from collections.abc import Sequence

from sklearn.metrics import accuracy_score, f1_score

from services.classifier.domain.opinion.content import Content, content_of, distinct
from services.classifier.domain.opinion.relatedness import overlap
from services.classifier.domain.opinion.second_opinion import STANCES, SecondOpinion, Weights
from services.classifier.training.fit import SEED, Material, Sides, fit
from services.classifier.training.pairs_data import related_pairs

FOLDS = 10


def fold_of(group: str) -> int:
    """Return the fold of a group: the same on every run and machine."""
    return random.Random(group).randrange(FOLDS)  # noqa: S311 (draws folds, guards nothing)


def figures_of(material: Material, sides: Sides) -> dict[str, float]:
    """Return the figures of the card: each claim and each story is judged by weights fitted on others."""
    stances: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    related: list[tuple[bool, bool]] = []
    for fold in range(FOLDS):
        weights = fit(material.where(lambda group, fold=fold: fold_of(group) != fold), sides)  # type: ignore[misc]
        left = material.where(lambda group, fold=fold: fold_of(group) == fold)  # type: ignore[misc]
        asked = SecondOpinion(weights, sides)
        for row in left.rows:
            opinion = asked.stance(row.claim, row.text)
            stances[row.is_own].append((row.stance, max(STANCES, key=opinion.__getitem__)))
        pairs = related_pairs([row for row in left.rows if not row.is_own], left.articles, seed=SEED)
        related += [(is_related, _is_related(weights, claim, text)) for claim, text, is_related in pairs]
    return {
        **_by_class("Emergent", stances[False]),
        **_by_class("own pairs", stances[True]),
        "related or not (three to six others drawn for each), F1 of related": float(f1_score(*zip(*related, strict=True))),
    }


def _by_class(name: str, stances: Sequence[tuple[str, str]]) -> dict[str, float]:
    gold, read = zip(*stances, strict=True)
    by_class = f1_score(gold, read, labels=list(STANCES), average=None)
    return {
        f"{name} ({len(gold)}), accuracy": float(accuracy_score(gold, read)),
        f"{name}, macro-F1": float(by_class.mean()),
        **{f"{name}, F1 of {stance}": float(value) for stance, value in zip(STANCES, by_class, strict=True)},
    }


def _is_related(weights: Weights, claim: str, text: str) -> bool:
    found = overlap(distinct(content_of(claim)), Content.of(text), weights.rarity)
    return SecondOpinion(weights).relatedness(found) >= 0.5
