"""What a page says of its article: title, people, dates, agency, address, language, marks, corrections, verdicts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.news_article import ClaimReview
from schemas.words import PageReason
from services.fetcher.adapters.pages.reader import read_page
from services.fetcher.domain.pages.page import Page
from services.fetcher.domain.pages.people import names_in
from tests.unit.fetcher.page_samples import PARAGRAPHS, URL, article, document, paragraphs, script


def read(body: bytes, *, url: str = URL) -> Page:
    return read_page(body, url=url, content_type="text/html")


def headed(head: str, *, h1: str = "") -> Page:
    return read(document(f"{h1}<p>{' '.join(PARAGRAPHS)}</p>", head=head))


TITLES = [
    pytest.param("<title>Dam above Ostrava holds | Albion Times</title>", "", "Dam above Ostrava holds", id="title without the site"),
    pytest.param('<title>Dam above Ostrava holds - Albion</title><meta property="og:title" content="Dam holds at last">', "", "Dam holds at last", id="og"),
    pytest.param('<title>x</title><meta property="og:title" content="Albion: Dam holds">', "<h1>Albion: Dam holds</h1>", "Albion: Dam holds", id="a colon is no separator"),
    pytest.param('<meta property="og:site_name" content="The Albion"><meta property="og:title" content="Dam holds – The Albion">', "", "Dam holds", id="og with the site"),
    pytest.param('<meta property="og:title" content="Dam above Ostrava holds, for now">', "<h1>Dam above Ostrava holds</h1>", "Dam above Ostrava holds", id="heading that the head knows"),
    pytest.param("<title>Dam above Ostrava holds</title>", "<h1>Albion Times</h1>", "Dam above Ostrava holds", id="heading that is the site's name"),
    pytest.param(script({"@type": "NewsArticle", "headline": "Dam &amp; wall hold"}), "", "Dam & wall hold", id="json-ld"),
    pytest.param("<title>Wall - dam - river: what we know</title>", "<h1>Wall - dam - river: what we know</h1>", "Wall - dam - river: what we know", id="dashes of its own"),
    pytest.param("", "<h1>Only a heading</h1>", "Only a heading", id="heading alone"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "h1", "title"), TITLES)
def test_the_title_is_the_headline_without_the_sites_name(head: str, h1: str, title: str) -> None:
    assert headed(head, h1=h1).title == title


BYLINES = [
    ("By Ruth Calder", ("Ruth Calder",)),
    ("By RUTH CALDER and JO O'NEIL", ("Ruth Calder", "JO O'Neil")),
    ("Ruth Calder, Jo O'Neil & Ed Ware", ("Ruth Calder", "Jo O'Neil", "Ed Ware")),
    ("Von Jürgen Groß und Ute Wöhler", ("Jürgen Groß", "Ute Wöhler")),
    ("Ruth Calder, political editor", ("Ruth Calder",)),
    ("Ruth Calder (ruth.calder@albion.example)", ("Ruth Calder",)),
    ("By Ruth Calder Associated Press", ("Ruth Calder",)),
    ("Written by: Ruth Calder March 1, 2026 9:40 am", ("Ruth Calder",)),
    ("Ruth Calder | 5 min read", ("Ruth Calder",)),
    ("Reuters", ("Reuters",)),
    ("Martin Luther King, Jr.", ("Martin Luther King, Jr",)),
    ("史蒂文", ("史蒂文",)),
    ("admin", ()),
    ("3 comments", ()),
    ("https://facebook.com/albion", ()),
    ("", ()),
]


@pytest.mark.parametrize(("byline", "names"), BYLINES)
def test_a_bylines_names_are_people_without_offices_addresses_and_dates(byline: str, names: tuple[str, ...]) -> None:
    assert names_in(byline) == names


AUTHORS = [
    pytest.param(script({"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ruth Calder"}, {"name": "Ed Ware"}]}), "", ("Ruth Calder", "Ed Ware"), id="json-ld"),
    pytest.param(script({"@type": "NewsArticle", "author": "By Ruth Calder"}), "", ("Ruth Calder",), id="json-ld text"),
    pytest.param('<meta name="author" content="Ruth Calder">', "", ("Ruth Calder",), id="meta"),
    pytest.param('<meta property="article:author" content="https://albion.example/rc">', '<a rel="author">Ed Ware</a>', ("Ed Ware",), id="an address is no name"),
    pytest.param("", '<div class="byline">By <b>Ruth Calder</b></div>', ("Ruth Calder",), id="byline"),
    pytest.param('<meta property="og:site_name" content="Albion Times"><meta name="author" content="Albion Times">', "", (), id="the site is no author"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "h1", "authors"), AUTHORS)
def test_authors_are_named_by_json_ld_then_meta_then_byline(head: str, h1: str, authors: tuple[str, ...]) -> None:
    assert headed(head, h1=h1).authors == authors


def test_authors_of_other_articles_on_the_page_are_not_this_ones() -> None:
    teasers = "".join(f'<div><a href="/{n}">News</a> <span>x</span> <a rel="author">Other Person</a></div>' for n in range(9))

    assert read(article(after=f"<div>{teasers}</div>")).authors == ("Ruth Calder",)


FIRST = datetime(2026, 3, 1, 9, 40, tzinfo=UTC)
DATES = [
    pytest.param(script({"@type": "NewsArticle", "datePublished": "2026-03-01T10:40:00+01:00"}), "", FIRST, id="json-ld with a zone"),
    pytest.param('<meta property="article:published_time" content="2026-03-01T09:40:00Z">', "", FIRST, id="meta"),
    pytest.param("", '<time datetime="2026-03-01T09:40Z" class="published">1 March</time>', FIRST, id="time element"),
    pytest.param("", '<time datetime="2026-03-02T12:00Z"></time><time itemprop="datePublished" datetime="2026-03-01T09:40Z"></time>', FIRST, id="the one that is marked"),
    pytest.param("", '<span class="date">Sunday, March 1, 2026</span>', datetime(2026, 3, 1, tzinfo=UTC), id="shown, month first"),
    pytest.param("", '<div class="pub-date">1. März 2026</div>', datetime(2026, 3, 1, tzinfo=UTC), id="shown in German"),
    pytest.param('<meta name="date" content="yesterday">', "", None, id="no date"),
    pytest.param(script({"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}), "", None, id="a date that cannot be meant"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "h1", "at"), DATES)
def test_the_date_is_the_publications(head: str, h1: str, at: datetime | None) -> None:
    body = document(f"{h1}<p>{' '.join(PARAGRAPHS)}</p>", head=head)

    assert read(body, url="https://albion.example/a").published_at == at


def test_a_day_in_the_address_serves_where_the_page_has_none() -> None:
    assert read(document(paragraphs(*PARAGRAPHS))).published_at == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_change_is_dated_only_if_it_is_later_than_the_publication() -> None:
    node = {"@type": "NewsArticle", "datePublished": "2026-03-01T09:40:00Z", "dateModified": "2026-03-01T11:00:00Z"}

    assert headed(script(node)).updated_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert headed(script(node | {"dateModified": node["datePublished"]})).updated_at is None


NEWS: dict[str, Any] = {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Albion Times"}}
CREDITS = [
    pytest.param(NEWS | {"sourceOrganization": {"name": "CPA"}}, "", "CPA", id="sourceOrganization"),
    pytest.param(NEWS | {"provider": {"name": "Albion Times"}}, "", "", id="its own publisher"),
    pytest.param(NEWS | {"creditText": "CPA"}, "", "CPA", id="creditText"),
    pytest.param(NEWS | {"author": {"@type": "NewsMediaOrganization", "name": "CPA"}}, "", "CPA", id="an organisation as author"),
    pytest.param(NEWS | {"author": {"@type": "Person", "name": "Ruth Calder"}}, "", "", id="a person as author"),
    pytest.param(NEWS | {"author": "Reuters"}, "", "Reuters", id="an agency as author"),
    pytest.param({}, '<div class="byline">By Ruth Calder and Associated Press</div>', "Associated Press", id="an agency in the byline"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "h1", "credit"), CREDITS)
def test_the_credit_is_an_organisation_that_is_not_the_outlet_itself(node: dict[str, Any], h1: str, credit: str) -> None:
    assert headed(script(node), h1=h1).credit == credit


CANONICALS = [
    pytest.param('<link rel="canonical" href="/world/dam">', "https://albion.example/world/dam", id="relative"),
    pytest.param('<link rel="canonical" href="https://cpa.example/news/7">', "https://cpa.example/news/7", id="another site"),
    pytest.param('<meta property="og:url" content="https://albion.example/w/1">', "https://albion.example/w/1", id="og"),
    pytest.param(script(NEWS | {"mainEntityOfPage": {"@id": "https://albion.example/w/2"}}), "https://albion.example/w/2", id="json-ld"),
    pytest.param('<link rel="canonical" href="https://albion.example/"><meta property="og:url" content="/w/3">', "https://albion.example/w/3", id="the front page is no article"),
    pytest.param('<link rel="canonical" href="javascript:alert(1)">', "", id="another scheme"),
    pytest.param('<link rel="canonical" href="http://[::1/x">', "", id="not to be read"),
    pytest.param("", "", id="none"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "address"), CANONICALS)
def test_the_canonical_address_is_absolute_and_an_articles(head: str, address: str) -> None:
    assert headed(head).canonical == address


LANGUAGES = [
    pytest.param("en_gb", "", "en-GB", id="html"),
    pytest.param("zh-hant-tw", "", "zh-Hant-TW", id="three parts"),
    pytest.param("", '<meta property="og:locale" content="de_AT">', "de-AT", id="og"),
    pytest.param("", script(NEWS | {"inLanguage": "fr"}), "fr", id="json-ld"),
    pytest.param("{{lang}}", '<meta http-equiv="content-language" content="cs">', "cs", id="a template's hole"),
    pytest.param("", "", "", id="none"),
]


@pytest.mark.parametrize(("lang", "head", "tag"), LANGUAGES)
def test_the_language_is_a_tag(lang: str, head: str, tag: str) -> None:
    assert read(document(f"<p>{' '.join(PARAGRAPHS)}</p>", head=head, lang=lang)).language == tag


def test_types_are_read_from_graphs_lists_and_microdata() -> None:
    graph = script(
        {
            "@graph": [
                {"@type": "WebSite", "name": "x"},
                {"@type": ["NewsArticle", "LiveBlogPosting"], "headline": "Dam"},
                {"@type": "Person"},
            ]
        }
    )

    assert headed(graph).marked_as == ("NewsArticle", "LiveBlogPosting", "WebSite")
    assert headed("", h1='<div itemscope itemtype="https://schema.org/OpinionNewsArticle"></div>').marked_as == ("OpinionNewsArticle",)


def test_the_node_of_the_article_is_the_one_with_the_pages_address() -> None:
    other, own = (
        NEWS | {"url": "/other", "headline": "Other"},
        NEWS | {"url": URL, "headline": "Dam holds", "@type": "ReportageNewsArticle"},
    )

    assert headed(script(other, own)).marked_as == ("ReportageNewsArticle",)


BROKEN = [
    pytest.param('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Dam\nholds", }</script>', "Dam holds", id="raw line break and comma"),
    pytest.param('<script type="application/ld+json"><!-- {"@type": "NewsArticle", "headline": "Dam holds"} --></script>', "Dam holds", id="comment"),
    pytest.param('<script type="application/ld+json">//<![CDATA[\n{"@type": "NewsArticle", "headline": "Dam holds"}\n//]]></script>', "Dam holds", id="cdata"),
    pytest.param('<script type="application/ld+json">{"@type": "NewsArticle", "head</script><title>Dam holds</title>', "Dam holds", id="cut"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title"), BROKEN)
def test_json_ld_is_read_as_it_is_written_or_left(head: str, title: str) -> None:
    assert headed(head).title == title


def review(**fields: Any) -> dict[str, Any]:
    return {"@type": "ClaimReview", "claimReviewed": "The dam burst", **fields}


VERDICTS = [
    pytest.param(review(reviewRating={"ratingValue": "1", "bestRating": 5, "worstRating": 1, "alternateName": "False"}), ClaimReview(claim="The dam burst", verdict="False", rating=0), id="worst"),
    pytest.param(review(reviewRating={"ratingValue": 4, "bestRating": 5}), ClaimReview(claim="The dam burst", rating=0.75), id="scale by default"),
    pytest.param(review(reviewRating={"ratingValue": -1, "alternateName": "Unproven"}), ClaimReview(claim="The dam burst", verdict="Unproven"), id="no rating"),
    pytest.param(review(itemReviewed={"author": {"name": "A blog"}}), ClaimReview(claim="The dam burst", claimant="A blog"), id="claimant"),
    pytest.param(review(reviewRating={"ratingValue": "1e999", "bestRating": []}), ClaimReview(claim="The dam burst"), id="no number"),
    pytest.param({"@type": "ClaimReview"}, None, id="no claim"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "verdict"), VERDICTS)
def test_verdicts_of_fact_checks_come_on_a_scale_from_worst_to_best(node: dict[str, Any], verdict: ClaimReview | None) -> None:
    """Behaviour 32: a verdict in the markup outranks the headline."""
    assert headed(script(NEWS, node)).claim_reviews == ((verdict,) if verdict else ())


NOTE = "An earlier version of this story misstated the height of the northern wall."
CORRECTIONS = [
    pytest.param(article(after=f"<p>Correction: {NOTE}</p>"), (f"Correction: {NOTE}",), id="paragraph"),
    pytest.param(article(after=f'<div class="editors-note"><p>{NOTE}</p></div>'), (NOTE,), id="named element"),
    pytest.param(article(after=f"<h3>Clarification</h3><p>{NOTE}</p>"), (NOTE,), id="under a heading"),
    pytest.param(article(head=script(NEWS | {"correction": {"@type": "CorrectionComment", "text": NOTE}})), (NOTE,), id="json-ld"),
    pytest.param(article(head=script(NEWS | {"correction": NOTE}), after=f"<p>Correction: {NOTE}</p>"), (f"Correction: {NOTE}",), id="twice is once"),
    pytest.param(article(after='<a class="correction" href="/c">Request a correction of what we wrote in this article</a>'), (), id="an invitation"),
    pytest.param(article(), (), id="none"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "notes"), CORRECTIONS)
def test_corrections_are_in_the_pages_words(body: bytes, notes: tuple[str, ...]) -> None:
    assert read(body).corrections == notes


GONE = "This story has been withdrawn. It was published in error and did not meet our standards; we are sorry about it."
NOTICES = [
    pytest.param(article(text=f"<p>{GONE}</p>"), GONE, id="in the place of the text"),
    pytest.param(article(before=f'<div class="editor-note"><p>Editor\'s note: {GONE}</p></div>'), f"Editor's note: {GONE}", id="editors' note above the text"),
    pytest.param(article(text=paragraphs("The report has been withdrawn by the ministry after two days.", *PARAGRAPHS * 3)), "", id="news of a withdrawal"),
    pytest.param(article(after=f"<p>Correction: {NOTE}</p>"), "", id="a correction is no withdrawal"),
    pytest.param(article(), "", id="none"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "notice"), NOTICES)
def test_a_notice_is_what_takes_the_article_back(body: bytes, notice: str) -> None:
    """Behaviour 9: withdrawn evidence is removed."""
    assert read(body).notice == notice


def test_a_page_without_text_still_says_what_it_says_of_itself() -> None:
    page = read(document("<p>Short.</p>", head=script(NEWS | {"headline": "Dam holds", "datePublished": "2026-03-01"})))

    assert (page.reason, page.text, page.title) == (PageReason.NO_TEXT, "", "Dam holds")
