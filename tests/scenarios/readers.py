"""The product's own reader, for runs in this process."""

from services.classifier.adapters.english_parser import load_reader
from services.classifier.domain.classify import Reader


def product_reader() -> Reader:
    """Return the reader that the classifier service uses."""
    return load_reader()
