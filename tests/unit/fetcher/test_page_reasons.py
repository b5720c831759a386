"""Why a page has no article's text: walls, lists, other things than pages; and what no page may do to its reader (behaviour 30)."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.words import PageReason
from services.fetcher.adapters.pages.reader import read_page
from services.fetcher.adapters.pages.worker import PAGES
from tests.unit.fetcher.page_samples import PARAGRAPHS, URL, article, document, paragraphs, script

TEASERS = "".join(
    f'<div class="item"><h3><a href="/n/{n}">News number {n} from the river</a></h3><p>What happened there on day {n}, and what the board says of it.</p></div>'
    for n in range(12)
)
LINKS = "<ul>" + "".join(f'<li><a href="/n/{n}">News number {n} from the banks of the river</a></li>' for n in range(40)) + "</ul>"
LOCKED = script({"@type": "NewsArticle", "isAccessibleForFree": "False", "hasPart": {"@type": "WebPageElement", "cssSelector": ".paid"}})
WALL = "<div class='wall'><p>Subscribe to continue reading. Already a subscriber? Sign in.</p></div>"
REASONS = [
    pytest.param(article(), PageReason.OK, id="article"),
    pytest.param(article(head=LOCKED, text=paragraphs(PARAGRAPHS[0])), PageReason.PAYWALL, id="locked, and the text is missing"),
    pytest.param(article(text=paragraphs(PARAGRAPHS[0]), after=WALL), PageReason.PAYWALL, id="a wall in words"),
    pytest.param(article(after=WALL), PageReason.OK, id="an invitation below a whole text"),
    pytest.param(document("<h1>Before you continue to Albion</h1><p>We use cookies and data to deliver our services, to track outages and to show ads. "
        "If you choose to accept all, we and our 812 partners will also use them to develop new services.</p><button>Accept all</button>"
        "<p>You can manage options at any time.</p>", head="<title>Before you continue</title>"), PageReason.CONSENT, id="consent"),
    pytest.param(document("<h1>Wir und unsere 200 Partner</h1><p>Mit Ihrer Zustimmung speichern wir Informationen auf Ihrem Gerät. Cookies akzeptieren oder "
        "Abo abschließen. Wir und unsere Partner verarbeiten Daten. Zustimmen und weiter.</p>"), PageReason.CONSENT, id="consent in German"),
    pytest.param(document("<h2>Checking if the site connection is secure</h2><p>albion.example needs to review the security of your connection before proceeding.</p>",
        head="<title>Just a moment...</title>"), PageReason.BOT_WALL, id="challenge"),
    pytest.param(document('<div class="g-recaptcha" data-sitekey="x"></div>', head="<title>albion.example</title>"), PageReason.BOT_WALL, id="a bare captcha"),
    pytest.param(document("<h1>Access denied</h1><p>You do not have permission to view this page. Reference 18.2f</p>", head="<title>Access denied</title>"), PageReason.BOT_WALL, id="denied"),
    pytest.param(document(TEASERS), PageReason.NO_TEXT, id="section page"),
    pytest.param(document(LINKS), PageReason.NO_TEXT, id="list of links"),
    pytest.param(document("<p>Page not found</p>"), PageReason.NO_TEXT, id="nothing to read"),
    pytest.param(b"", PageReason.NO_TEXT, id="empty"),
    pytest.param(b" \n\t", PageReason.NO_TEXT, id="spaces"),
    pytest.param(b"\0" * 5000, PageReason.NO_TEXT, id="nothing but NULs"),
    pytest.param(b"%PDF-1.7 ...", PageReason.NOT_HTML, id="pdf"),
    pytest.param(b"\x89PNG\r\n\x1a\n....", PageReason.NOT_HTML, id="picture"),
    pytest.param(json.dumps({"text": "The dam has held. " * 40}).encode(), PageReason.NOT_HTML, id="json"),
    pytest.param(b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', PageReason.NOT_HTML, id="feed"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REASONS)
def test_a_page_without_an_articles_text_says_why(body: bytes, reason: PageReason) -> None:
    page = read_page(body, url=URL)

    assert page.reason is reason
    assert bool(page.text) is (reason in (PageReason.OK, PageReason.PAYWALL))


@pytest.mark.parametrize("content_type", ["application/pdf", "image/jpeg", "application/json; charset=utf-8", "video/mp4"])
def test_a_type_that_is_no_page_is_believed(content_type: str) -> None:
    assert read_page(article(), url=URL, content_type=content_type).reason is PageReason.NOT_HTML


def test_a_front_page_and_a_collection_are_no_articles_unless_they_say_so() -> None:
    """Behaviour 26 in small: what is not an article is named, not read as one."""
    body, marked = document(paragraphs(*PARAGRAPHS)), document(paragraphs(*PARAGRAPHS), head=script({"@type": "NewsArticle"}))
    collection = document(paragraphs(*PARAGRAPHS), head=script({"@type": "CollectionPage"}))

    assert read_page(body, url="https://albion.example/").reason is PageReason.NO_TEXT
    assert read_page(body, url="https://albion.example/?p=7").reason is PageReason.OK
    assert read_page(marked, url="https://albion.example/").reason is PageReason.OK
    assert read_page(collection, url=URL).reason is PageReason.NO_TEXT


def test_an_article_about_captchas_or_cookies_is_an_article() -> None:
    text = "The regulator said that sites must let visitors reject all cookies as easily as they accept all of them. Are you a robot? many ask. "

    assert read_page(article(text=paragraphs(*(text * 2,) * 6)), url=URL).reason is PageReason.OK


PARTIAL = [
    pytest.param(article(head=LOCKED), True, id="locked, with all of its text"),
    pytest.param(article(head='<meta property="article:content_tier" content="locked">'), True, id="tier"),
    pytest.param(article(text=paragraphs(*PARAGRAPHS * 3), after=WALL), False, id="an invitation below a long text"),
    pytest.param(article(head=script({"@type": "NewsArticle", "isAccessibleForFree": True})), False, id="free"),
    pytest.param(article(), False, id="nothing said"),
]


@pytest.mark.parametrize(("body", "is_partial"), PARTIAL)
def test_a_page_with_enough_text_is_partial_only_if_it_says_so(body: bytes, is_partial: bool) -> None:
    page = read_page(body, url=URL)

    assert (page.reason, page.is_partial) == (PageReason.OK, is_partial)


P = paragraphs(*PARAGRAPHS).encode()
LD = b'<script type="application/ld+json">'
HOSTILE = {
    "100,000 nested elements": b"<div>" * 100_000 + P + b"</div>" * 100_000,
    "100,000 nested authors": b'<div class="author">' * 100_000 + P,
    "50 MB of text": b"<p>" + b"word " * 10_000_000,
    "50 MB of elements": b"<div class=x><a href=y>z</a></div>" * 1_500_000,
    "an element with 300,000 attributes": b"<div " + b" ".join(b"a%d=x" % n for n in range(300_000)) + b">" + P,
    "an attribute of 5 MB": b'<div class="' + b"article-body " * 400_000 + b'">' + P,
    "a class of its own for each": b"".join(b'<div id="x%d" class="c%d comment-body">a</div>' % (n, n) for n in range(50_000)),
    "100,000 headings": b"<h1>Dam holds</h1>" * 100_000,
    "100,000 authors": b'<a rel="author">Ruth Calder</a>' * 100_000,
    "JSON-LD 100,000 deep": LD + b"[" * 100_000 + b"]" * 100_000 + b"</script>" + P,
    "20,000 nodes": LD
    + b"["
    + b",".join([b'{"@type":"NewsArticle","author":{"name":"A B"},"url":"http://x/y"}'] * 20_000)
    + b"]</script>"
    + P,
    "50,000 authors in one node": LD
    + b'{"@type":"NewsArticle","author":['
    + b",".join([b'{"name":"Ruth <b>Calder"}'] * 50_000)
    + b"]}</script>"
    + P,
    "nothing but <": b"<" * 2_000_000,
    "nothing but &": b"&" * 2_000_000,
    "an open comment": b"<!--" + b"-" * 3_000_000,
    "separators": b"<title>" + b" - " * 500_000 + b"</title>" + P,
    "digits as a date": b'<div class="date">' + b"1" * 2_000_000 + b"</div>" + P,
    "half a correction": b"<p>This story " + b"was a " * 300_000 + b"</p>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_page_takes_its_reader_more_than_seconds(body: bytes) -> None:
    started = time.process_time()

    page = read_page(body, url=URL)

    assert time.process_time() - started < 3
    assert PAGES.validate_json(PAGES.dump_json(page)) == page


PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<br>", "<article class='body'>", "</article>", "<h1>", "</h1>", "<a rel=author href='x'>", "</a>", "<table><tr><td>",
     "<time datetime='2026-13-45T99:99'>", '<script type="application/ld+json">', "</script>", '{"@type":"NewsArticle","author":[{"name":', "[[{", "}]", "<!--", "-->",
     "<meta property='og:title' content='", "'>", "<link rel=canonical href='//[", "<form>", "<style>", "<svg><title>", "]]>", "<![CDATA[", "&#0;", "&#xD800;", "&bogus;", "\x00",
     "<html lang='", "<base href='::'>", "Correction: ", "subscribe to continue reading ", "By ", " and ", ", ", "1 May 2026 "]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_no_markup_makes_the_reader_fail(pieces: list[str], url: str, content_type: str) -> None:
    page = read_page("".join(pieces).encode("utf-8", "surrogatepass"), url=url, content_type=content_type)

    assert page.reason is not PageReason.FAILED
    assert PAGES.validate_json(PAGES.dump_json(page)) == page


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=2000),
    st.sampled_from(["", "text/html", "text/html; charset=utf-16", "text/html; charset=utf-7", "text/html; charset=idna"]),
)
def test_no_bytes_make_the_reader_fail(body: bytes, content_type: str) -> None:
    assert read_page(body, url=URL, content_type=content_type).reason is not PageReason.FAILED


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.sampled_from(["NewsArticle", "ClaimReview", "http://[", "False", "2026-99-99"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["@type", "@graph", "@id", "headline", "author", "name", "url", "mainEntityOfPage", "datePublished", "articleBody", "hasPart", "correction", "text",
             "isAccessibleForFree", "claimReviewed", "reviewRating", "ratingValue", "bestRating", "itemReviewed", "sourceOrganization", "inLanguage", "publisher"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_json_ld_makes_the_reader_fail(value: object) -> None:
    body = article(head=f'<script type="application/ld+json">{json.dumps(value)}</script>'.replace("</s", "<\\/s", 0))

    assert read_page(body, url=URL).reason is not PageReason.FAILED
