"""Behaviour 10: both versions are kept with a diff. What an edit changed, as passages."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.news_article import Article, TextChange
from services.fetcher.domain.articles.changes import MAX_CHANGES, changes_between
from tests.unit.fetcher.samples import STORY, reap


def article(**texts: str) -> Article:
    return reap(STORY).new[0].model_copy(update={"title": "", "summary": "", "body": "", **texts})


def test_equal_versions_differ_in_nothing() -> None:
    assert changes_between(article(body="A. B."), article(body="A. B.")) == ()


def test_a_softer_headline_stands_beside_the_harder_one() -> None:
    found = changes_between(article(title="Leader killed"), article(title="Leader may have been killed"))

    assert found == (TextChange(field="title", before="Leader killed", after="Leader may have been killed"),)


def test_only_the_sentence_that_changed_is_given() -> None:
    before = article(body="The ministry spoke. The leader is dead. Nobody else confirmed it.")
    after = article(body="The ministry spoke. The leader may be dead. Nobody else confirmed it.")

    assert changes_between(before, after) == (TextChange(field="body", before="The leader is dead.", after="The leader may be dead."),)


def test_an_added_paragraph_replaces_nothing_and_a_removed_one_leaves_nothing() -> None:
    short, long = article(body="One stays."), article(body="One stays.\n\nCorrection: it was Monday.")

    assert changes_between(short, long) == (TextChange(field="body", after="Correction: it was Monday."),)
    assert changes_between(long, short) == (TextChange(field="body", before="Correction: it was Monday."),)


def test_another_text_altogether_is_cut_at_the_most_changes() -> None:
    before = article(body=" ".join(f"Same {number}. Old {number}." for number in range(200)))
    after = article(body=" ".join(f"Same {number}. New {number}." for number in range(200)))

    assert len(changes_between(before, after)) == MAX_CHANGES


SENTENCES = st.lists(st.sampled_from(["It rains.", "He left.", "Who said so?", "No."]), max_size=8).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_what_is_there_before_and_after_makes_up_the_difference(before: str, after: str) -> None:
    found = changes_between(article(body=before), article(body=after))

    length = len(before.replace(" ", "")) - len(after.replace(" ", ""))
    assert sum(len(c.before.replace(" ", "")) - len(c.after.replace(" ", "")) for c in found) == length
    assert bool(found) == (before != after)
