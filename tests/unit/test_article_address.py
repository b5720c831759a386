"""Behaviour 2: the addresses of one article are one article. The rule of ``schemas/article_address.py``, in a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article_address import address_key
from schemas.ids import article_id

SAME = {
    "scheme": ("http://news.example/a/1", "https://news.example/a/1"),
    "www": ("https://www.news.example/a/1", "https://news.example/a/1"),
    "trailing slash": ("https://news.example/a/1/", "https://news.example/a/1"),
    "front page": ("https://news.example/", "https://news.example"),
    "mobile host": ("https://m.news.example/a/1", "https://news.example/a/1"),
    "mobile host under www": ("https://m.news.example/a/1", "https://www.news.example/a/1"),
    "other mobile host": ("https://mobile.news.example/a/1", "https://news.example/a/1"),
    "mobile host of a language": ("https://en.m.wiki.example/wiki/X", "https://en.wiki.example/wiki/X"),
    "amp host": ("https://amp.news.example/a/1", "https://www.news.example/a/1"),
    "amp behind the path": ("https://news.example/a/1/amp/", "https://news.example/a/1"),
    "amp before the path": ("https://news.example/amp/a/1", "https://news.example/a/1"),
    "amp in the file name": ("https://news.example/a/1.amp.html", "https://news.example/a/1.html"),
    "amp as ending": ("https://news.example/a/1.amp", "https://news.example/a/1"),
    "amp as parameter": ("https://news.example/a?id=1&amp=1", "https://news.example/a?id=1"),
    "amp as output type": ("https://news.example/a/1?outputType=amp", "https://news.example/a/1"),
    "cache of a search engine": ("https://www.google.com/amp/s/www.news.example/a/1", "https://news.example/a/1"),
    "cache of the format": ("https://www-news-example.cdn.ampproject.org/c/s/www.news.example/a/1", "https://news.example/a/1"),
}
DIFFERENT = {
    "path": ("https://news.example/a/1", "https://news.example/a/2"),
    "letter case of the path": ("https://news.example/a", "https://news.example/A"),
    "query": ("https://news.example/a?id=1", "https://news.example/a?id=2"),
    "host": ("https://east.news.example/a", "https://news.example/a"),
    "entry of a page": ("https://news.example/live#1", "https://news.example/live#2"),
    "a company called amp": ("https://amp.com.au/a", "https://com.au/a"),
    "a site of one letter": ("https://m.example/a", "https://example/a"),
    "port": ("https://news.example:8443/a", "https://news.example/a"),
    "a word that begins with amp": ("https://news.example/ampere", "https://news.example/ere"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_these_are_one_article(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_these_are_two_articles(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_the_plain_spelling_is_its_own_key() -> None:
    assert address_key("https://news.example/a/1?id=2#c") == "https://news.example/a/1?id=2#c"


@given(st.text(alphabet="abm./?&#=w%: ", max_size=40))
def test_any_text_behind_a_host_has_a_key(tail: str) -> None:
    assert address_key(f"https://news.example/{tail}").startswith("https://news.example")
