"""Reads the trained weights that are shipped with the package."""

import json
from importlib.resources import files

from services.classifier.domain.opinion.second_opinion import SecondOpinion, Weights

SECOND_OPINION = "second_opinion"
"""Name of the weights, ``NAME.json``, and of their card, ``NAME.md``, in ``services/classifier/models``."""


def load_second_opinion() -> SecondOpinion:
    """Return the second opinion with the shipped weights."""
    text = files("services.classifier.models").joinpath(f"{SECOND_OPINION}.json").read_text("utf-8")
    return SecondOpinion(Weights.from_json(json.loads(text)))
