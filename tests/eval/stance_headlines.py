"""How a headline stands to a claim: 1,330 headlines on the 159 claims of Emergent.

Compared: the stance that ``claimwatch read`` gives the headline, read against the bare claim sentence, with the labels for, against and
observing. asserts is for; denies and refutes are against; hedges, cannot_confirm, doubts and discusses are observing; a headline taken as
unrelated is wrong. The weights are fitted on the claims of the other folds (10, by claim; claims that one story is about are in one). Naive
ways: everything "for", and TF-IDF of words and pairs of words with logistic regression, on the same folds.
"""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline

from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.opinion.second_opinion import SecondOpinion
from services.classifier.domain.pairs.bare_claims import sides_of
from services.classifier.domain.pairs.pair import Pair
from services.classifier.domain.pairs.pair_reader import PairReader
from services.classifier.domain.reading import RulesReader
from services.classifier.training.fit import Material, fit
from services.classifier.training.pairs_data import Headline, headlines
from tests.eval.figures import Figure, Measured, confusions, interval, macro_f1
from tests.eval.stance_claims import FOLDS, fold_of_claim, story_of_claim

PART = "stance_headlines"
LABELS = ("for", "against", "observing")
READ_AS = {"asserts": "for", "denies": "against", "refutes": "against"}
ALL_FOR = 0.488, 0.219
"""Accuracy and macro-F1 of "for" everywhere, as the page of the data gives them: they prove the scorer."""

Row = tuple[str, str, str]
"""Story, label, what was read."""


def measure(data: Path) -> Measured:
    rows = headlines(data)
    gold = [row.stance for row in rows]
    _check_scorer(gold)
    stories = story_of_claim(data)
    folds = [fold_of_claim(stories[row.claim_id]) for row in rows]
    read, naive = _read(data, rows, folds), _naive(rows, folds)
    scored: list[Row] = [(stories[row.claim_id], row.stance, found) for row, found in zip(rows, read, strict=True)]
    return Measured(_figures(scored, naive), confusions(gold, read))


def _check_scorer(gold: Sequence[str]) -> None:
    everywhere = ["for"] * len(gold)
    found = accuracy_score(gold, everywhere), macro_f1(gold, everywhere, LABELS)
    if any(abs(figure - given) > 0.0005 for figure, given in zip(found, ALL_FOR, strict=True)):
        raise AssertionError(f"the scorer is wrong: all 'for' gives {found}, not {ALL_FOR}")


def _read(data: Path, rows: Sequence[Headline], folds: Sequence[int]) -> list[str]:
    """Return what is read from each headline by weights that have not seen its claim."""
    nlp, material, stories = load_parser(), Material.of(data), story_of_claim(data)
    sides = cache(lambda claim: sides_of(claim, nlp))
    rules, found = RulesReader(nlp), [""] * len(rows)
    for fold in range(FOLDS):
        weights = fit(material.where(lambda group, fold=fold: fold_of_claim(stories.get(group, group)) != fold), sides)  # type: ignore[misc]
        reader = PairReader(rules, nlp, SecondOpinion(weights, sides))
        for index, row in enumerate(rows):
            if folds[index] == fold:
                reading = reader.read(Pair(id=index, claim=row.claim, text=row.text))
                found[index] = READ_AS.get(str(reading.stance), "observing") if reading.related else "unrelated"
    return found


def _naive(rows: Sequence[Headline], folds: Sequence[int]) -> list[str]:
    found = [""] * len(rows)
    for fold in range(FOLDS):
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(C=10, class_weight="balanced", max_iter=2000)
        )
        learnt = [row for row, own in zip(rows, folds, strict=True) if own != fold]
        model.fit([row.text for row in learnt], [row.stance for row in learnt])
        left = [index for index, own in enumerate(folds) if own == fold]
        for index, label in zip(left, model.predict([rows[index].text for index in left]), strict=True):
            found[index] = str(label)
    return found


def _figures(scored: Sequence[Row], naive: Sequence[str]) -> list[Figure]:
    gold, read = [row[1] for row in scored], [row[2] for row in scored]
    figure = partial(Figure, PART, rows=len(scored))
    low, high = interval(scored, lambda row: row[0], lambda some: macro_f1([row[1] for row in some], [row[2] for row in some], LABELS))
    classes = f1_score(gold, read, labels=list(LABELS), average=None)
    by_naive = f1_score(gold, list(naive), labels=list(LABELS), average=None)
    goals = {"against": 0.76}
    return [
        figure(
            "macro-F1",
            macro_f1(gold, read, LABELS),
            low=low,
            high=high,
            baseline=macro_f1(gold, naive, LABELS),
            goal=0.75,
            note="naive: TF-IDF and logistic regression",
        ),
        figure("accuracy", float(accuracy_score(gold, read)), baseline=float(accuracy_score(gold, naive)), goal=0.73),
        *(
            figure(f"F1 of {label}", float(one), baseline=float(other), goal=goals.get(label))
            for label, one, other in zip(LABELS, classes, by_naive, strict=True)
        ),
        figure("macro-F1 of all 'for'", macro_f1(gold, ["for"] * len(gold), LABELS), note="proves the scorer"),
    ]
