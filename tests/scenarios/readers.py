"""The product's own reader, for runs in this process."""

from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.classify import Reader
from services.classifier.settings import ReaderName


def product_reader(name: ReaderName = "rules") -> Reader:
    """Return the reader that the classifier service uses, by the name of its setting."""
    return load_reader(name)
