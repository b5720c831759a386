"""The text of an article's page, and nothing that stands around it (item "full text" of the fetcher; behaviour 30)."""

import pytest

from schemas.words import PageReason
from services.fetcher.adapters.pages.reader import read_page
from services.fetcher.domain.pages.page import Page
from tests.unit.fetcher.page_samples import PARAGRAPHS, TEXT, URL, article, document, paragraphs, script


def read(body: bytes, *, url: str = URL, content_type: str = "text/html") -> Page:
    return read_page(body, url=url, content_type=content_type)


def test_the_text_is_the_articles_paragraphs_and_nothing_else() -> None:
    page = read(article())

    assert page.reason is PageReason.OK
    assert page.text == TEXT


def wrapped(start: str, end: str) -> str:
    return "".join(f"{start}{text}{end}" for text in PARAGRAPHS)


SHAPES = {
    "paragraphs": paragraphs(*PARAGRAPHS),
    "each paragraph in a box of its own": wrapped('<div class="para"><p>', "</p></div>"),
    "boxes two deep": wrapped('<div class="component"><div class="text"><p>', "</p></div></div>"),
    "no paragraphs but line breaks": "<br><br>".join(PARAGRAPHS),
    "line breaks with spaces between": " <br>\n <br/> ".join(PARAGRAPHS),
    "divs in place of paragraphs": wrapped("<div>", "</div>"),
    "one form around everything": f"<form id='aspnet'>{paragraphs(*PARAGRAPHS)}</form>",
    "two halves with an advertisement between": (
        f"<div class='part'>{paragraphs(*PARAGRAPHS[:3])}</div><div class='advertisement'><p>{'Buy our boots while they last. ' * 4}</p></div>"
        f"<div class='part'>{paragraphs(*PARAGRAPHS[3:])}</div>"
    ),
    "the second half hidden until a click": (
        f"{paragraphs(*PARAGRAPHS[:2])}<div style='display:none' id='more-text'>{paragraphs(*PARAGRAPHS[2:])}</div>"
    ),
    "links in it": wrapped("<p>", "</p>").replace("the river board", '<a href="/board">the river board</a>'),
    "comments and scripts in it": wrapped("<!-- ad --><p>", "</p><script>var x = 'The dam has burst, they said';</script>"),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_text_is_found_however_the_page_is_built(shape: str) -> None:
    assert read(article(text=shape)).text == TEXT


AROUND = {
    "teasers with texts": "".join(
        f'<div class="card"><h3><a href="/{n}">Other news {n}</a></h3><p>Something else has happened somewhere else, and this is what we know of it so far.</p></div>'
        for n in range(8)
    ),
    "the next article below": f"<article><h1>Tram strike ends</h1><div>{paragraphs(*('The strike of the tram drivers has ended after nine days and long talks.',) * 9)}</div></article>",
    "a form for letters": "<form><p>Write to us: we read every letter and print the best of them on Saturday. Tell us where you live.</p></form>",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_what_stands_below_the_article_is_not_its_text(around: str) -> None:
    body = article().replace(b"</main>", around.encode() + b"</main>")

    assert read(body).text == TEXT


def test_a_body_whose_wrapper_has_a_sidebar_by_name_is_read() -> None:
    body = article().replace(b"<article>", b'<article class="has-sidebar post-with-comments">')

    assert read(body).text == TEXT


def test_subheadings_quotes_lists_and_tables_stay_in_their_places() -> None:
    inner = (
        paragraphs(*PARAGRAPHS[:3])
        + "<h2>What is known of the wall</h2><ul><li>Built in 1926 of concrete</li><li>Raised by two metres in 1954</li></ul>"
        + "<blockquote><p>We have seen worse and we are still here, she said.</p></blockquote>"
        + "<table><tr><th>Year</th><th>Height</th></tr><tr><td>1997</td><td>8.4 m</td></tr></table>"
        + paragraphs(*PARAGRAPHS[3:])
    )

    assert read(article(text=inner)).text.split("\n\n")[3:9] == [
        "What is known of the wall", "Built in 1926 of concrete", "Raised by two metres in 1954",
        "We have seen worse and we are still here, she said.", "Year Height", "1997 8.4 m",
    ]  # fmt: skip


def test_a_tables_row_with_links_in_it_is_kept_and_a_row_of_links_is_not() -> None:
    table = "<table><tr><td><a href='/o'>Ostrava</a></td><td>8.4 m and falling</td></tr><tr><td><a href='/n'>Next page of the table</a></td></tr></table>"

    assert read(article(text=paragraphs(*PARAGRAPHS) + table)).text == f"{TEXT}\n\nOstrava 8.4 m and falling"


def test_an_anchor_made_of_a_heading_says_nothing_of_what_it_holds() -> None:
    inner = f'<div id="sharing-the-water-with-the-towns-below">{paragraphs(*PARAGRAPHS)}</div>'

    assert read(article(text=inner)).text == TEXT


def test_a_lead_above_the_body_is_part_of_the_text() -> None:
    lead = "The northern wall was the worry of the night, but the water fell before it reached the crest."

    assert read(article(before=f'<p class="standfirst">{lead}</p>')).text == f"{lead}\n\n{TEXT}"
    assert read(article(before=f'<p class="standfirst">{PARAGRAPHS[0]}</p>')).text == TEXT


def test_one_line_break_stays_a_line_break() -> None:
    text = read(article(text=paragraphs(*PARAGRAPHS) + "<p>Telephone of the river board:<br>555 0100</p>")).text

    assert text.endswith("Telephone of the river board:\n555 0100")


def test_the_body_in_json_ld_is_taken_where_the_page_shows_only_a_part_of_it() -> None:
    head = script({"@type": "NewsArticle", "headline": "Dam above Ostrava holds", "articleBody": "\n\n".join(PARAGRAPHS)})

    assert read(article(head=head, text=paragraphs(*PARAGRAPHS[:1]))).text == TEXT


def test_a_body_in_json_ld_that_is_cut_does_not_replace_what_is_shown() -> None:
    head = script({"@type": "NewsArticle", "articleBody": " ".join(PARAGRAPHS)[:400] + "..."})

    assert read(article(head=head)).text == TEXT


def test_a_news_flash_of_one_sentence_is_an_article_if_the_page_says_so() -> None:
    flash = "The dam above Ostrava has held, the river board says. More soon."
    body = document(f"<h1>Dam holds</h1><p>{flash}</p>", head=script({"@type": "NewsArticle", "headline": "Dam holds"}))

    assert (read(body).reason, read(body).text) == (PageReason.OK, flash)


WORDS = "堤坝昨夜守住了，河务局周日上午表示，低洼地区没有居民需要撤离，尽管消防队午夜前曾挨家挨户通知。水位自凌晨两点以来下降了四十厘米。"
RUSSIAN = "Плотина над городом выдержала ночь, сообщило в воскресенье утром речное управление, и никому не пришлось уезжать. " * 3
ENCODINGS = [
    pytest.param(RUSSIAN, "utf-8", "", "", id="utf-8 that nobody names"),
    pytest.param(RUSSIAN, "cp1251", "text/html; charset=windows-1251", "", id="header"),
    pytest.param(RUSSIAN, "cp1251", "text/html", '<meta charset="windows-1251">', id="meta"),
    pytest.param(RUSSIAN, "koi8-r", "text/html; charset=", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', id="http-equiv"),
    pytest.param(RUSSIAN, "utf-8", "text/html; charset=iso-8859-1", '<meta charset="windows-1251">', id="utf-8 under two wrong names"),
    pytest.param(RUSSIAN, "utf-16", "text/html", "", id="utf-16 with a mark"),
    pytest.param(WORDS * 2, "gb18030", "text/html; charset=gb2312", "", id="gb2312 is read as what it grew into"),
    pytest.param("“The dam’s wall” – it held. " * 9, "cp1252", "text/html; charset=iso-8859-1", "", id="latin-1 is windows-1252"),
    pytest.param(RUSSIAN, "utf-8-sig", "text/html; charset=nonsense", "", id="an unknown name"),
    pytest.param(RUSSIAN, "utf-8", "text/html; charset=base64", "", id="a codec that is none of text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codec", "content_type", "meta"), ENCODINGS)
def test_the_charset_is_what_the_bytes_show_then_what_header_and_page_say(text: str, codec: str, content_type: str, meta: str) -> None:
    body = f"<html><head>{meta}</head><body><article><h1>1</h1><p>{text}</p></article></body></html>".encode(codec)

    assert read(body, content_type=content_type).text == text.strip()


def test_a_damaged_byte_does_not_change_the_charset() -> None:
    body = document(f"<p>{RUSSIAN}</p>").replace("ночь".encode(), "но".encode() + b"\xff" + "чь".encode())

    assert "речное управление" in read(body).text


def test_many_teasers_in_boxes_weigh_less_than_a_short_article() -> None:
    teaser = "<div class='item'><div class='words'><p>Something else has happened somewhere else, and this is what is known of it so far.</p></div></div>"
    body = document(f"<h1>Dam holds</h1><div class='box'>{paragraphs(*PARAGRAPHS)}</div><div class='list'>{teaser * 12}</div>")

    assert read(body).text == TEXT
