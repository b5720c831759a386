"""The text of a parse, put together once."""

from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """Return what was parsed. The parse itself puts its text together anew each time it is asked: a quarter of the time of reading."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text
