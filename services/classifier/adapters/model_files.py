"""Reads the trained weights that are shipped with the package."""

import json
from importlib.resources import files

from services.classifier.domain.opinion.second_opinion import Weights

SECOND_OPINION = "second_opinion"
"""Name of the weights, ``NAME.json``, and of their card, ``NAME.md``, in ``services/classifier/models``."""


def load_weights() -> Weights:
    """Return the shipped weights of the second opinion."""
    text = files("services.classifier.models").joinpath(f"{SECOND_OPINION}.json").read_text("utf-8")
    return Weights.from_json(json.loads(text))
