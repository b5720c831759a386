from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.domain.articles.urls import absolute_url, canonical_url, fragment_of, site_of

CANONICAL = {
    "scheme, host and port in lower case": ("HTTP://News.Example:80/A", "http://news.example/A"),
    "default port of https": ("https://news.example:443/a", "https://news.example/a"),
    "another port stays": ("http://news.example:8080/a", "http://news.example:8080/a"),
    "no path": ("https://news.example", "https://news.example/"),
    "fragment": ("https://news.example/a#comments", "https://news.example/a"),
    "fragment of an application": ("https://news.example/#!/story/1", "https://news.example/#!/story/1"),
    "utm": ("https://news.example/a?utm_source=rss&id=7&utm_medium=feed", "https://news.example/a?id=7"),
    "click ids": ("https://news.example/a?fbclid=x&gclid=y", "https://news.example/a"),
    "bbc": ("https://www.bbc.example/news/1?at_medium=RSS&at_campaign=KARANGA", "https://www.bbc.example/news/1"),
    "says it came by rss": ("https://news.example/a?source=rss&partner=google_rss", "https://news.example/a"),
    "a source that is none": ("https://news.example/a?source=reuters", "https://news.example/a?source=reuters"),
    "order stays": ("https://news.example/a?b=1&a=2", "https://news.example/a?b=1&a=2"),
    "trailing slash stays": ("https://news.example/a/", "https://news.example/a/"),
    "escapes": ("https://news.example/%7euser/%c3%a9", "https://news.example/~user/%C3%A9"),
    "letters outside ascii": ("https://news.example/é?q=ü", "https://news.example/%C3%A9?q=%C3%BC"),
    "spaces": (" https://news.example/a b\n", "https://news.example/a%20b"),
    "bare percent": ("https://news.example/100%", "https://news.example/100%25"),
    "idn": ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
    "credentials": ("https://user:pass@news.example/a", "https://news.example/a"),
    "ipv6": ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
    "no address": ("tag:news.example,2017:1", ""),
    "another scheme": ("ftp://news.example/a", ""),
    "broken": ("http://[::1/a", ""),
    "bad port": ("http://news.example:port/a", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("url", "expected"), CANONICAL.values(), ids=CANONICAL.keys())
def test_an_article_has_one_spelling_of_its_address(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


urls = st.one_of(
    st.text(max_size=80),
    st.builds(
        "{}://{}{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.text(st.characters(codec="utf-8"), max_size=20),
        st.sampled_from(["", ":80", ":443", ":8080", ":x"]),
        st.text(max_size=30).map(lambda text: "/" + text),
        st.text(max_size=30).map(lambda text: "?" + text),
    ),
)


@given(urls)
def test_the_canonical_address_of_a_canonical_address_is_itself(url: str) -> None:
    once = canonical_url(url)

    assert canonical_url(once) == once


@given(urls)
def test_a_canonical_address_is_ascii_http_with_a_host_or_nothing(url: str) -> None:
    found = canonical_url(url)

    assert found.isascii()
    assert found == "" or (urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname)


@given(urls, st.sampled_from(["utm_source=rss", "fbclid=1", "gclid=2", "at_medium=RSS", "ns_mchannel=rss"]))
def test_a_tracking_parameter_never_makes_another_article(url: str, parameter: str) -> None:
    plain = url.partition("#")[0].strip()
    if canonical_url(plain):
        assert canonical_url(plain + ("&" if "?" in plain else "?") + parameter) == canonical_url(plain)


ABSOLUTE = {
    "absolute": ("https://a.example/1", "https://b.example/feed", "https://a.example/1"),
    "from the root": ("/1", "https://b.example/x/feed", "https://b.example/1"),
    "relative": ("1", "https://b.example/x/feed", "https://b.example/x/1"),
    "without scheme": ("//c.example/1", "https://b.example/feed", "https://c.example/1"),
    "bare host": ("www.c.example/1", "https://b.example/feed", "http://www.c.example/1"),
    "a file name with dots": ("story.html", "https://b.example/x/feed", "https://b.example/x/story.html"),
    "mail": ("mailto:a@b.example", "https://b.example/feed", ""),
    "script": ("javascript:alert(1)", "https://b.example/feed", ""),
    "empty": (" ", "https://b.example/feed", ""),
    "broken": ("http://[x/", "https://b.example/feed", ""),
}


@pytest.mark.parametrize(("link", "base", "expected"), ABSOLUTE.values(), ids=ABSOLUTE.keys())
def test_a_link_is_resolved_against_its_base(link: str, base: str, expected: str) -> None:
    assert absolute_url(link, base) == expected


@given(st.text(max_size=60), urls)
def test_resolving_never_raises(link: str, base: str) -> None:
    assert absolute_url(link, base) == "" or absolute_url(link, base).startswith(("http", "HTTP"))
    site_of(link)
    fragment_of(link)
