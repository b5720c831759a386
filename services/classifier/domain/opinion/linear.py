"""A linear model of named features: weights in, probabilities out. Plain Python: a text has some thirty features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any


@dataclass(frozen=True)
class LinearModel:
    """Multinomial logistic regression.

    Attributes:
        classes: What is told apart.
        bias: By class.
        weights: By feature, for each class. Features without weights say nothing.
        features: Version of the features that it was trained on.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    features: int

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "LinearModel":
        """Return the model that ``as_json`` wrote.

        Raises:
            ValueError: If a row of weights does not fit the classes.
        """
        classes = tuple(data["classes"])
        weights = {name: tuple(map(float, row)) for name, row in data["weights"].items()}
        if len(data["bias"]) != len(classes) or any(len(row) != len(classes) for row in weights.values()):
            raise ValueError("weights do not fit the classes")
        return cls(classes, tuple(map(float, data["bias"])), weights, int(data["features"]))

    def as_json(self) -> dict[str, Any]:
        """Return the model as it is written to a file."""
        return {"classes": self.classes, "bias": self.bias, "weights": self.weights, "features": self.features}

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class."""
        scores = list(self.bias)
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None and value:
                for index, weight in enumerate(row):
                    scores[index] += weight * value
        return dict(zip(self.classes, softmax(scores), strict=True))


def softmax(scores: Sequence[float]) -> list[float]:
    """Return probabilities for scores on a logarithmic scale."""
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    return [share / sum(shares) for share in shares]
