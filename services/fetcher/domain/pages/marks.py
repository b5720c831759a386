"""What JSON-LD nodes say of an article (schema.org): values as plain text, dates and addresses still as they are written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from services.fetcher.domain.feeds.text import one_line

Node = dict[str, Any]
ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle "
    "AdvertiserContentArticle SatiricalArticle Report BlogPosting LiveBlogPosting SocialMediaPosting DiscussionForumPosting TechArticle "
    "ScholarlyArticle".split()
)
MARKS = ARTICLE_TYPES | frozenset(
    "ClaimReview Review CollectionPage WebSite ProfilePage SearchResultsPage ItemList VideoObject Recipe".split()
)
MAX_VALUE_CHARS = 1000


def types_of(node: Node) -> tuple[str, ...]:
    """Return its types without the vocabulary's address."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(text.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].removeprefix("schema:") for text in values if isinstance(text, str))


def texts(value: Any, *, keys: Sequence[str] = ("name", "@value", "text")) -> Iterator[str]:
    """Yield the texts in a value: itself, or what the keys of its nodes hold; lists are followed one level."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = next((item[key] for key in keys if isinstance(item.get(key), str) and item[key].strip()), None)
        if isinstance(item, str) and (text := one_line(item[: MAX_VALUE_CHARS * 5])):
            yield text[:MAX_VALUE_CHARS]


def first_text(node: Node, *names: str, keys: Sequence[str] = ("name", "@value", "text")) -> str:
    """Return the first text that one of the properties holds; empty if none does."""
    return next((text for name in names for text in texts(node.get(name), keys=keys)), "")


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path.rstrip("/")


def _addresses(node: Node) -> set[str]:
    values = (node.get(name) for name in ("url", "mainEntityOfPage", "@id"))
    return {_path(text.partition("#")[0]) for value in values for text in texts(value, keys=("@id", "url"))} - {""}


def article_of(nodes: Iterable[Node], *, url: str) -> Node:
    """Return the node of the page's article: the one with its address, else the first; empty if there is none."""
    articles = [node for node in nodes if ARTICLE_TYPES.intersection(types_of(node))]
    path = _path(url)
    return next((node for node in articles if path and path in _addresses(node)), articles[0] if articles else {})


def marks_of(nodes: Iterable[Node], article: Node) -> tuple[str, ...]:
    """Return types that the page claims for itself, the article's first, each once."""
    others = (node for node in nodes if not ARTICLE_TYPES.intersection(types_of(node)))
    return tuple(dict.fromkeys(name for node in (article, *others) for name in types_of(node) if name in MARKS))


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rsplit("/", 1)[-1] == "false")


def is_locked(article: Node) -> bool:
    """Tell whether the article or a part of it is not free, as it says itself."""
    parts = article.get("hasPart")
    nodes = [article, *(parts if isinstance(parts, list) else [parts])]
    return any(_is_false(node.get("isAccessibleForFree")) for node in nodes if isinstance(node, dict))


def credit_of(article: Node, *, publisher: str) -> str:
    """Return whose text it is said to be: an organisation that is not the publisher; empty if none is named."""
    authors = article.get("author")
    bodies = [
        node
        for node in (authors if isinstance(authors, list) else [authors])
        if isinstance(node, dict) and "Organization" in " ".join(types_of(node))
    ]
    named = (text for name in ("sourceOrganization", "provider", "creditText") for text in texts(article.get(name)))
    own = {publisher.casefold(), first_text(article, "publisher").casefold()}
    return next((text for text in (*named, *texts(bodies)) if text.casefold() not in own), "")


def corrections_of(article: Node) -> tuple[str, ...]:
    """Return its correction notices."""
    return tuple(texts(article.get("correction"), keys=("text", "description", "name")))
