"""The first stage of matching, two ways: tokens looked up in a table, and one automaton over the same literals run through the text."""

from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from schemas.news_article import Article
from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.words import words_of


def first_stages(matcher: Matcher, articles: Sequence[Article]) -> dict[str, Any]:
    """Return microseconds a document of both; without ahocorasick-rs of the table alone.

    The automaton finds the same literals between blanks in the folded text. The table's time holds the splitting into words as well.
    """
    tokens = matcher.tokens
    figures: dict[str, Any] = {"literals": len(tokens), "table_us": _each_us(articles, lambda one: ArticleText(one).tokens_among(tokens))}
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return figures | {"automaton_us": "ahocorasick-rs is not installed"}
    automaton = AhoCorasick([f" {token if isinstance(token, str) else ' '.join(token)} " for token in tokens])
    return figures | {
        "automaton_us": _each_us(
            articles, lambda one: automaton.find_matches_as_indexes(f" {' '.join(words_of(one.body))} ", overlapping=True)
        )
    }


def _each_us(articles: Sequence[Article], run: Callable[[Article], object]) -> int:
    started = process_time()
    for one in articles:
        run(one)
    return round(1e6 * (process_time() - started) / len(articles))
