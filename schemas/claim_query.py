"""The query language of watched claims. (Grammar and parser follow.)"""


def parse_query(text: str) -> object:
    """Return the syntax tree of a query."""
    return text
