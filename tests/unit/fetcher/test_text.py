"""What is seen of HTML."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.fetcher.domain.feeds.markup import by_tags, by_tree
from services.fetcher.domain.feeds.text import MAX_CHARS, cut_at_paragraph, html_to_text, one_line, plain_text

HTML = {
    "plain": ("Leader killed", "Leader killed"),
    "paragraphs": ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    "nested blocks": ("<div><div>One.</div> <ul><li>Two</li><li>Three</li></ul></div>", "One.\n\nTwo\n\nThree"),
    "inline markup": ("The <b>lea</b>der <i>was</i> killed", "The leader was killed"),
    "line break": ("One<br>two", "One\ntwo"),
    "two line breaks": ("One<br/> <br>two", "One\n\ntwo"),
    "source line breaks are spaces": ("<p>One\n  two</p>", "One two"),
    "text without tags keeps its lines": ("One\n\nTwo\nThree", "One\n\nTwo\nThree"),
    "entities": ("<p>A &amp; B &eacute; &#8217;</p>", "A & B é ’"),
    "entities without tags": ("A &amp; B&nbsp;C", "A & B C"),
    "script and style": ("<p>One</p><script>x()</script><style>p{}</style><p>Two</p>", "One\n\nTwo"),
    "comments": ("One <!-- two --> three", "One three"),
    "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
    "less than": ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    "unclosed": ("<p>One <b>two<p>Three", "One two\n\nThree"),
    "an unclosed embed swallows nothing": ("<p>safe <embed src=x> text</p>", "safe text"),
    "an unclosed object swallows nothing": ("safe <object>text", "safe text"),
    "pasted from windows": ("<p>don&#146;t \x93so\x94</p>", "don’t “so”"),
    "soft hyphens and zero width": ("lea\u00adder\u200b killed\ufeff", "leader killed"),
    "controls": ("a\x00b\x1dc\x1ed", "abcd"),
    "only markup": ("<img src=x><br>", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("markup", "expected"), HTML.values(), ids=HTML.keys())
def test_html_becomes_paragraphs_of_plain_text(markup: str, expected: str) -> None:
    assert html_to_text(markup) == expected


def test_a_title_is_one_line() -> None:
    assert one_line("<p>Leader\n <b>killed</b></p><p>twice</p>") == "Leader killed twice"


def test_deep_nesting_is_survived() -> None:
    assert html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000) in ("", "deep")


@given(st.text(max_size=300))
def test_any_text_becomes_tidy_text(markup: str) -> None:
    found = html_to_text(markup)

    assert found == found.strip()
    assert "\n\n\n" not in found
    assert not set("\x00\x1d\x1e\x85\u00ad") & set(found)
    found.encode()


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<div", ">", "<!--", "-->", "&amp;", "&#0;", "<![CDATA[", "]]>", "a", " ", "\n", "</", "<td>"]
        )
    )
)
def test_any_soup_of_tags_is_survived(pieces: list[str]) -> None:
    html_to_text("".join(pieces))


def test_plain_text_keeps_paragraphs_and_settles_spaces() -> None:
    assert plain_text("One \t two\r\n\r\n\r\n  Three\u2028four ") == "One two\n\nThree\nfour"


def test_a_long_text_is_cut_behind_its_last_whole_paragraph() -> None:
    assert cut_at_paragraph("first\n\nsecond\n\nthird", 15) == "first\n\nsecond"[:13]
    assert cut_at_paragraph("short", 15) == "short"
    assert cut_at_paragraph("x" * 30, 15) == "x" * 15


WORDS = st.sampled_from(
    [
        "one",
        " two ",
        "\n",
        "three\u00a0four",
        "a&amp;b",
        "&eacute;",
        "&#8217;",
        "&shy;",
        "5 < 6",
        "<br>",
        "<br />",
        '<img src="x" alt="y">',
        "<!-- x -->",
        "é",
    ]
)
ATTRIBUTES = st.sampled_from(["", ' class="x y"', " id=x", " data-a='1 2' hidden", '\n href = "https://a.example/?b=1&amp;c=2"'])
INLINE = ("b", "i", "em", "strong", "span", "u", "code", "STRONG")


def within(names: tuple[str, ...]) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    """Return a strategy of elements with these names around what another makes."""

    def element(name: str, attributes: str, inside: list[str]) -> str:
        return f"<{name}{attributes}>{''.join(inside)}</{name}>"

    return lambda inside: st.builds(element, st.sampled_from(names), ATTRIBUTES, st.lists(inside, max_size=4))


LINES = st.recursive(WORDS, within(INLINE), max_leaves=8)
PARAGRAPHS = within(("p", "h2", "blockquote", "div", "section", "DIV"))(LINES)
LISTS = within(("ul", "ol"))(within(("li",))(LINES | PARAGRAPHS))
TABLES = within(("table",))(within(("tr",))(within(("td", "th"))(LINES)))
ARTICLES = st.lists(
    st.recursive(LINES | PARAGRAPHS | LISTS | TABLES, within(("div", "article", "blockquote", "figure")), max_leaves=8), max_size=5
)


@settings(deadline=None, max_examples=300)
@given(ARTICLES.map("".join))
def test_tags_alone_and_the_tree_say_the_same_of_well_nested_markup(article: str) -> None:
    quick = by_tags(article)

    assert quick is not None
    assert quick == by_tree(article)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<b", ">", ' a="', '"', "'", "<!--", "-->", "--!>", "<br/>", "x", " ", "=", "<script>", "</script>", "<a href=x>y</a>", "</div>"])).map("".join))  # fmt: skip
def test_no_tag_is_taken_for_text_and_no_text_for_a_tag(soup: str) -> None:
    quick = by_tags(soup)

    assert quick is None or quick.split() == by_tree(soup).split() or "</" in soup


def test_only_so_much_of_an_endless_field_is_read() -> None:
    assert len(html_to_text("<p>x</p>" + "word " * 1_000_000)) < MAX_CHARS
