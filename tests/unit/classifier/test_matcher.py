"""Which claims an article mentions, and where."""

import json
from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.classifier.domain import matcher as matcher_module
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.words import words_of
from tests.unit.classifier.articles import article, claim

FAR = "The weather was fine. Shops were open. Trains ran."


def mentions(body: str, *keywords: str, title: str = "", **fields: object) -> bool:
    return bool(Matcher.compile([claim(*keywords, **fields)]).claim_ids(article(body, title=title)))


@pytest.mark.parametrize(
    "body",
    [
        "Baghdadi was killed.",
        "An air strike kills al-Baghdadi.",
        "The killing of Abu Bakr al-Baghdadi’s driver.",
        "BAGHDĀDĪ KILLED",
        "Killed in the strike was, the army said, Baghdadi.",
        "Baghdadi was hit. He was killed at once.",
        "The IS leader was killed.",
        "Baghdadi is alive.",
    ],
)
def test_all_words_of_a_keyword_in_any_form_and_order_near_each_other_are_a_mention(body: str) -> None:
    assert mentions(body, "Baghdadi killed")


@pytest.mark.parametrize(
    "body",
    [
        "Baghdadi was seen.",
        "Twelve were killed.",
        f"Baghdadi was seen. {FAR} Twelve were killed.",
        "Baghdadist skills.",
        "",
    ],
)
def test_words_that_are_missing_or_far_apart_are_none(body: str) -> None:
    assert not mentions(body, "Baghdadi killed", title="News")


def test_the_headline_is_a_neighbour_of_the_first_sentence_only() -> None:
    assert mentions("He was killed, they say.", "leader killed", title="Group loses leader", name="X", aliases=())
    assert not mentions(f"{FAR} He was killed, they say.", "leader killed", title="Group loses leader", name="X", aliases=())


def test_a_subject_in_the_headline_need_not_be_named_again_beside_the_event() -> None:
    assert mentions(f"{FAR} He was killed, they say.", "Baghdadi killed", title="Raid on Baghdadi")


def test_words_of_a_name_need_not_stand_in_a_row_where_the_keyword_has_them_apart() -> None:
    assert mentions("The dam on the Sena has failed.", "Sena dam failed", name="Sena dam", aliases=())


def test_a_claim_can_name_its_own_opposite() -> None:
    assert mentions("The ferry Aurelia is tied up at Nihara.", "Aurelia sank", name="Aurelia", aliases=(), opposites=("tied up",))
    assert not mentions("The ferry Aurelia is tied up at Nihara.", "Aurelia sank", name="Aurelia", aliases=())


def test_a_namesake_is_not_the_subject() -> None:
    keywords = {"name": "Anton Vostrin", "aliases": ("Vostrin",), "not_": ("Pavel Vostrin",)}

    assert not mentions("Pavel Vostrin was killed.", "Vostrin killed", **keywords)
    assert mentions("Pavel Vostrin said that Vostrin was killed.", "Vostrin killed", **keywords)


def test_a_namesake_inside_a_longer_name_of_the_subject_is_the_subject() -> None:
    keywords = {"name": "Governor Carlos Mendes", "aliases": ("Governor Mendes",), "not_": ("Carlos Mendes",)}

    assert mentions("Governor Carlos Mendes has died.", "Mendes died", **keywords)
    assert not mentions("The footballer Carlos Mendes has died.", "Mendes died", **keywords)


def test_names_in_other_scripts_match() -> None:
    assert mentions("Главарь ИГ Багдади убит, сообщили в Москве.", "Багдади убит", name="Багдади", aliases=())
    assert mentions("北京市長王明が死亡した。", "王明 死亡", name="王明", aliases=())
    assert mentions("مقتل البغدادي في غارة", "البغدادي مقتل", name="البغدادي", aliases=())


def test_a_mention_says_which_words_stand_where() -> None:
    text = "Moscow — Abu Bakr al‑Baghdādī’s death was reported. It said he was dead."
    (found,) = Matcher.compile([claim("Baghdadi death")]).mentions(article(text, title="Raid"))

    assert {(match.field, text[match.start : match.end]) for match in found.matches} == {
        ("body", "Abu Bakr al‑Baghdādī"),
        ("body", "death"),
        ("body", "dead"),
    }
    assert found.claim_id == "c1"


def test_matches_of_one_text_are_bounded() -> None:
    (found,) = Matcher.compile([claim("Baghdadi killed")]).mentions(article("Baghdadi was killed. " * 5_000))

    assert len(found.matches) <= 200


@pytest.mark.parametrize(
    ("query", "text", "holds"),
    [
        ("Deke NEAR/3 killed", "Deke, they say, was killed", False),
        ("Deke NEAR/4 killed", "Deke, they say, was killed", True),
        ("killed NEAR/4 Deke", "Deke, they say, was killed", True),
        ("Deke NEAR/9 (shot OR dead)", "the dead man was Deke", True),
        ('"shot dead"', "shot and dead", False),
        ('"shot dead"', "Shot  dead!", True),
        ("quake AND NOT drill", "a quake drill", False),
        ("quake AND NOT drill", "a quake", True),
        ("obituar* AND Soros", "Soros: the obituaries", True),
        ("obituar* AND Soros", "Soros is well", False),
        ("title:Soros AND dead", "Soros is dead", False),
        ("title:raid AND dead", "Soros is dead", True),
        ("(a1 AND b1) OR (c1 AND d1)", "c1 and d1", True),
        ("(a1 AND b1) OR (c1 AND d1)", "a1 and d1", False),
        ("fort NEAR/2 fort", "the fort", False),
        ("fort NEAR/2 fort", "the fort, a fort", True),
    ],
)
def test_a_query_holds_as_its_operators_say(query: str, text: str, holds: bool) -> None:
    assert bool(Matcher.compile([claim(query=query)]).claim_ids(article(text, title="Raid"))) is holds


@pytest.mark.parametrize(
    ("query", "language", "holds"),
    [
        ("dead lang:en", "en-GB", True),
        ("dead lang:en", "de", False),
        ("dead lang:en", "", True),
        ("dead lang:en-GB", "en", False),
        ("dead NOT lang:en", "en-GB", False),
        ("dead NOT lang:en", "de", True),
        ("dead NOT lang:en", "", True),
        ("dead lang:en", "enm", False),
    ],
)
def test_a_language_that_is_not_known_passes(query: str, language: str, holds: bool) -> None:
    assert bool(Matcher.compile([claim(query=query)]).claim_ids(article("dead", language=language))) is holds


def test_nothing_is_near_across_fields() -> None:
    matcher = Matcher.compile([claim(query="raid NEAR/5 dead"), claim(query='"raid dead"', claim_id="c2")])

    assert not matcher.claim_ids(article("dead", title="raid"))


def test_a_change_makes_another_matcher_and_leaves_the_old_as_it_was() -> None:
    before = Matcher.compile([claim("Baghdadi killed"), claim("quake", claim_id="c2")])
    text = article("Baghdadi was killed in a quake and a flood.")

    after = before.changed(upserts=[claim("flood", claim_id="c1"), claim("flood", claim_id="c3")], removed=["c2"])

    assert before.claim_ids(text) == {"c1", "c2"}
    assert after.claim_ids(text) == {"c1", "c3"}
    assert not after.claim_ids(article("Baghdadi was killed."))
    assert len(after.changed(removed=["c1", "c3", "never-there"])) == 0


_vocabulary = st.sampled_from("alpha beta gamma delta kappa".split())
_terms = st.one_of(_vocabulary, st.tuples(_vocabulary, _vocabulary).map(lambda pair: f"{pair[0]} {pair[1]}"))
_rows = st.fixed_dictionaries(
    {
        "groups": st.lists(st.lists(_terms, min_size=1, max_size=3), min_size=1, max_size=3),
        "near": st.none() | st.tuples(_vocabulary, _vocabulary, st.integers(1, 4)).filter(lambda near: near[0] != near[1]),
        "not": st.none() | _terms,
    }
)


def _query(row: dict) -> str:
    parts = ["(" + " OR ".join(json.dumps(term) for term in group) + ")" for group in row["groups"]]
    parts += [f"{row['near'][0]} NEAR/{row['near'][2]} {row['near'][1]}"] if row["near"] else []
    return " AND ".join(parts) + (f" AND NOT {json.dumps(row['not'])}" if row["not"] else "")


def _holds(row: dict, words: list[str]) -> bool:
    joined = f" {' '.join(words)} "
    places = [[index for index, word in enumerate(words) if word == wanted] for wanted in (row["near"] or ())[:2]]
    return (
        all(any(f" {term} " in joined for term in group) for group in row["groups"])
        and (not row["near"] or any(abs(left - right) <= row["near"][2] for left, right in product(*places)))
        and not (row["not"] and f" {row['not']} " in joined)
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(_rows, min_size=1, max_size=6), st.lists(_vocabulary, min_size=1, max_size=14))
def test_the_two_stages_find_exactly_what_plain_evaluation_finds(rows: list[dict], words: list[str]) -> None:
    claims = [claim(query=_query(row), claim_id=f"c{number}") for number, row in enumerate(rows)]
    expected = {f"c{number}" for number, row in enumerate(rows) if _holds(row, words)}

    assert Matcher.compile(claims).claim_ids(article(" ".join(words))) == expected


_ids = st.sampled_from("c1 c2 c3 c4".split())
_changes = st.lists(st.tuples(_ids, st.none() | _rows), max_size=12)


@settings(max_examples=60, deadline=None)
@given(_changes, st.lists(_vocabulary, min_size=1, max_size=14), st.booleans())
def test_after_any_changes_a_matcher_finds_what_one_made_at_once_finds(
    changes: list[tuple[str, dict | None]], words: list[str], is_wasteful: bool
) -> None:
    """A row for an id adds or replaces its claim, None removes it. Wasteful: the index is made anew as soon as anything has gone."""
    watched: dict[str, dict] = {}
    with pytest.MonkeyPatch.context() as patch:
        if is_wasteful:
            patch.setattr(matcher_module, "FEW", 0)
            patch.setattr(matcher_module, "MOST_GONE", 0.0)
        changed = Matcher.none()
        for claim_id, row in changes:
            changed = changed.changed(
                upserts=[claim(query=_query(row), claim_id=claim_id)] if row else [], removed=[] if row else [claim_id]
            )
            if row:
                watched[claim_id] = row
            else:
                watched.pop(claim_id, None)

    text = article(" ".join(words))
    assert len(changed) == len(watched)
    assert changed.claim_ids(text) == {claim_id for claim_id, row in watched.items() if _holds(row, words)}
    assert {mention.claim_id for mention in changed.mentions(text)} == changed.claim_ids(text)


@pytest.mark.parametrize("places", [5, 60])
def test_one_place_more_than_the_limit_is_told_so_that_whoever_lists_them_sees_it(places: int) -> None:
    (found,) = Matcher.compile([claim("Baghdadi killed")]).mentions(article("Baghdadi was killed. " * 500), limit=places)

    assert len(found.matches) == places + 1
    assert [match.start for match in found.matches] == sorted(match.start for match in found.matches)


def test_more_words_than_the_index_has_columns_are_all_needed() -> None:
    wanted = "alpha beta gamma delta epsilon zeta eta theta".split()
    matcher = Matcher.compile([claim(query=" AND ".join(wanted))])

    assert matcher.claim_ids(article(" ".join(wanted)))
    assert not any(matcher.claim_ids(article(" ".join(word for word in wanted if word != missing))) for missing in wanted)


@pytest.mark.parametrize(
    "query",
    [
        "Deke NEAR/100 Deke NEAR/100 Deke NEAR/100 Deke NEAR/100 killed",
        "(Deke NEAR/100 killed) NEAR/100 (killed NEAR/100 Deke)",
        "Deke NEAR/100 absent",
    ],
)
def test_words_near_words_are_told_in_bounded_time_in_a_text_of_hardly_anything_else(query: str) -> None:
    """Every pair of places compared would be 10^8 here, and more the longer the chain."""
    matcher = Matcher.compile([claim(query=query)])
    text = article("Deke killed " * 8_000 + "absent")

    started = process_time()
    matcher.mentions(text)

    assert process_time() - started < 5


def test_namesakes_by_the_thousand_are_told_from_the_subject_in_bounded_time() -> None:
    matcher = Matcher.compile([claim("Vostrin killed", name="Anton Vostrin", aliases=("Vostrin",), not_=("Pavel Vostrin",))])

    started = process_time()
    assert not matcher.claim_ids(article("Pavel Vostrin was killed. " * 8_000))
    assert matcher.claim_ids(article("Pavel Vostrin was killed. " * 8_000 + "Vostrin was killed."))

    assert process_time() - started < 5


@given(st.text(min_size=1, max_size=30).filter(lambda text: any(map(str.isalnum, text))), st.text(max_size=60))
def test_any_keyword_compiles_and_any_text_is_read(keyword: str, body: str) -> None:
    matcher = Matcher.compile([claim(keyword)])

    matcher.mentions(article(body, title="x"))
    if words_of(keyword) and "\n" not in keyword:
        assert len(matcher) == 1
