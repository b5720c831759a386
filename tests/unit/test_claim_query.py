"""The query language: what parses to what, what is refused where, and that a tree writes itself as a query again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.claim_query import (
    MAX_COST,
    And,
    Lang,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Title,
    Word,
    estimate,
    parse_query,
    required_literals,
)
from schemas.claims_watch import WatchedClaim


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("killed", Word("killed")),
        ("al-Baghdadi", Word("al-Baghdadi")),
        ('"shot  dead"', Phrase("shot dead")),
        ("“shot dead”", Phrase("shot dead")),
        ("obituar*", Prefix("obituar")),
        ("a b", And((Word("a"), Word("b")))),
        ("a AND b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a AND (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a NOT b", And((Word("a"), Not(Word("b"))))),
        ("a NOT NOT b", And((Word("a"), Word("b")))),
        ("a NEAR/5 (b OR c)", Near(Word("a"), Or((Word("b"), Word("c"))), 5)),
        ("a NEAR/3 b NEAR/5 c", Near(Near(Word("a"), Word("b"), 3), Word("c"), 5)),
        ("title:(a OR b) c", And((Title(Or((Word("a"), Word("b")))), Word("c")))),
        ("a lang:pt-BR", And((Word("a"), Lang("pt-br")))),
        ("ANDROID NOTHING ORWELL", And((Word("ANDROID"), Word("NOTHING"), Word("ORWELL")))),
        ("16:30 kick-off", And((Word("16:30"), Word("kick-off")))),
        ("a AND NOT (NOT b)", And((Word("a"), Not(Not(Word("b")))))),
        ("«mort subite»", Phrase("mort subite")),
        ("（a OR b） c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("nearly near-term NEARBY", And((Word("nearly"), Word("near-term"), Word("NEARBY")))),
        ("'Ndrangheta O’Brien AT&T C++ killed?", And(tuple(map(Word, ("'Ndrangheta", "O’Brien", "AT&T", "C++", "killed?"))))),
        ('"and"', Phrase("and")),
        ("मृत्यु*", Prefix("मृत्यु")),
        ("title:a title:b", And((Title(Word("a")), Title(Word("b"))))),
    ],
)
def test_a_query_parses_to_its_tree(query: str, tree: Node) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "position", "reason", "hint"),
    [
        ("", 1, "missing", "must contain"),
        ("  ", 1, "missing", "must contain"),
        ("a AND", 6, "missing", "add a word"),
        ("a OR", 5, "missing", "add a word"),
        ("a NOT", 6, "missing", "add a word"),
        ("a NEAR/3", 9, "missing", "add a word"),
        ("a title:", 9, "missing", "add a word"),
        ("(a OR b", 1, "never closed", "closing bracket"),
        ("((a) b", 1, "never closed", "closing bracket"),
        ("a)", 2, "nothing opened", "take it out"),
        ("()", 1, "without anything", "words between"),
        ("a (", 4, "missing", "add a word"),
        ("(a OR )", 7, "stands where a word should", "before it"),
        ('a "b', 3, "partner", '"two words"'),
        ("a “b", 3, "partner", '"two words"'),
        ("'two words' a", 1, "single quotation marks", '"two words"'),
        ("a ‘two words’", 3, "single quotation marks", '"two words"'),
        ("OR a", 1, "stands where a word should", "before it"),
        ("AND", 1, "stands where a word should", "in quotes"),
        ("a AND OR b", 7, "stands where a word should", "before it"),
        ("NEAR/5 a", 1, "stands where a word should", "before it"),
        ("a NEAR b", 3, "no NEAR/n", "NEAR/5"),
        ("a near/5 b", 3, "no NEAR/n", "NEAR/5"),
        ("a NEAR/ b", 3, "no NEAR/n", "NEAR/5"),
        ("a NEAR/x b", 3, "no NEAR/n", "NEAR/5"),
        ("a NEAR/٣ b", 3, "no NEAR/n", "NEAR/5"),
        ("a NEAR5 b", 3, "no NEAR/n", "NEAR/5"),
        ("a near b", 3, "no NEAR/n", "NEAR/5"),
        ("a NEAR:5 b", 7, "colon behind NEAR", "take it out"),
        ("a NEAR/0 b", 3, "out of range", "1 to 100"),
        ("a NEAR/101 b", 3, "out of range", "1 to 100"),
        ("a NEAR/3 (b AND c)", 11, "AND beside NEAR", "joined by OR"),
        ("a NEAR/3 (NOT b)", 11, "NOT beside NEAR", "joined by OR"),
        ("(a AND b) NEAR/3 c", 2, "AND beside NEAR", "joined by OR"),
        ("a NEAR/3 title:b", 10, "TITLE beside NEAR", "joined by OR"),
        ("a NEAR/3 NOT b", 10, "stands where a word should", "before it"),
        ("body:a", 1, "no field 'body'", "title: and lang:"),
        ("título:a", 1, "no field 'título'", "title: and lang:"),
        ("https://news.example/a", 1, "no field 'https'", "title: and lang:"),
        ("a title:(b lang:en)", 12, "field inside title:", "beside title:"),
        ("title:title:a", 7, "field inside title:", "beside title:"),
        (": a", 1, "belongs to nothing", "title: and lang:"),
        ("title :a", 7, "belongs to nothing", "right behind"),
        ("a lang:(b)", 3, "without a language tag", "lang:en"),
        ("a lang:e", 3, "without a language tag", "lang:en"),
        ("a and b", 3, "not in capitals", "write AND"),
        ("a or b", 3, "not in capitals", "write OR"),
        ("a not b", 3, "not in capitals", "write NOT"),
        ("a Or b", 3, "not in capitals", '"Or" in quotes'),
        ("a & b", 3, "no operator", "write AND"),
        ("a && b", 3, "no operator", "write AND"),
        ("a | b", 3, "no operator", "write OR"),
        ("a||b", 2, "sign for an operator", "OR"),
        ("a -b", 3, "a minus", "write NOT"),
        ("a - b", 3, "no operator", "write NOT"),
        ("a +b", 3, "a plus", "take it out"),
        ("a !b", 3, "exclamation mark", "write NOT"),
        ("a [b", 3, "not round", "(a OR b)"),
        ("ab^2", 3, "weight", "take it out"),
        ("ab~1", 3, "weight", "NEAR/5"),
        ("lang:en b c*d", 12, "not at the end", "then *"),
        ("a*b", 2, "not at the end", "then *"),
        ("*ing", 1, "not at the end", "then *"),
        ("a *", 3, "not at the end", "then *"),
        ("ab**", 3, "not at the end", "then *"),
        ("wom?n", 4, "question mark", "OR"),
        ("al-B*", 1, "more than one word", "letters and digits"),
        ('a ""', 3, "without a word", "between"),
        ('a "..."', 3, "without a word", "between"),
        ("a --", 3, "no letter or digit", "take it out"),
        ("a ﾟ", 3, "no letter or digit", "take it out"),
        ("a\x00b", 2, "cannot be written, U+0000", "take it out"),
        ("a \ud800", 3, "cannot be written, U+D800", "take it out"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_reason_and_hint(query: str, position: int, reason: str, hint: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)

    assert refused.value.position == position
    assert reason in refused.value.reason
    assert hint in refused.value.hint
    assert refused.value.hint in str(refused.value)


@pytest.mark.parametrize(
    ("query", "position"),
    [("NOT killed", 1), ("killed OR NOT dead", 11), ("x*", 1), ("lang:en", 1), ("lang:en AND NOT dead", 1), ("title:x*", 7)],
)
def test_a_query_that_any_article_could_match_is_refused(query: str, position: int) -> None:
    with pytest.raises(QueryError, match="must contain") as refused:
        parse_query(query)

    assert refused.value.position == position


def test_a_weak_part_is_fine_beside_a_word_that_must_be_there() -> None:
    assert parse_query("killed AND x* AND NOT dead")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("(" * 60 + "a" + ")" * 60, "more than 40 groups"),
        ("a NEAR/3 " * 9 + "a", "more than 8 NEARs"),
        ("(a NEAR/3 " * 9 + "a" + ")" * 9, "more than 8 NEARs"),
        ("a " * 11_000, "22,000 characters, more than the limit of 20,000"),
        ("a OR " * 2_500 + "a", "2,501 (2,501 terms: 2,501 look-ups, 0 pairs of places for NEAR), more than the limit of 2,000"),
        (" OR ".join(f"{letter}{letter}*" for letter in "abcdefghijklmnopqrstu"), "2,100 (21 terms: 2,100 look-ups"),
        ("(a OR b OR c OR d OR e) NEAR/9 " * 4 + "(a OR b OR c OR d OR e)", "3,925 (25 terms: 25 look-ups, 3,900 pairs"),
        ("(aaa* OR bbb* OR ccc* OR ddd*) NEAR/9 " * 8 + "aaa*", "1,000,000,000"),
    ],
    ids=["deep", "near chain", "near in near", "long", "terms", "short prefixes", "groups beside NEAR", "beyond counting"],
)
def test_what_would_cost_too_much_is_refused_with_the_estimate_and_the_limit(query: str, reason: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)

    assert reason in refused.value.reason


def test_a_dear_query_below_the_limit_is_taken() -> None:
    assert estimate(parse_query("(aa* OR bb* OR cc*) NEAR/50 (aa* OR bb* OR cc*)")).total == 1_500


def test_the_costliest_part_is_where_the_error_points() -> None:
    near = "(a OR b OR c OR d OR e OR f OR g) NEAR/9 " * 4 + "(a OR b)"

    with pytest.raises(QueryError) as refused:
        parse_query(f"quake AND {near} AND flood")

    assert refused.value.position == len("quake AND (a")


def test_keywords_are_limited_as_queries_are() -> None:
    claim = {"claim_id": "c", "statement": "It happened", "subject": {"name": "it"}}

    assert WatchedClaim.model_validate({**claim, "keywords": ["a b"] * 1_000})
    with pytest.raises(ValidationError, match="2,001 words in all keywords, more than the limit of 2,000"):
        WatchedClaim.model_validate({**claim, "keywords": ["a b"] * 1_000 + ["a"]})


def test_an_ordinary_query_costs_a_hundredth_of_the_limit_or_less() -> None:
    query = '(Deke OR "Luzara chief") NEAR/15 (killed OR dead OR shot) AND (police OR terror*) AND NOT drill lang:en'

    assert estimate(parse_query(query)).total <= MAX_COST / 100


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("killed", (("killed",),)),
        ("a AND b* NOT c", (("a",),)),
        ("a AND bc* NOT d", (("a",), ("bc*",))),
        ('a NEAR/3 (b OR "c d") lang:en', (("a",), ("b", '"c d"'))),
        ("(a AND b) OR (c AND d)", (("a", "c"),)),
        ("title:(a OR b) a", (("a", "b"), ("a",))),
    ],
)
def test_what_an_article_must_contain_is_told(query: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert required_literals(parse_query(query)) == rows


_words = st.from_regex(r"[a-zäéА-я0-9]{1,8}(-[a-z]{1,4})?", fullmatch=True).filter(lambda word: word not in {"and", "or", "not", "near"})
_literals = st.one_of(
    _words.map(Word),
    st.lists(_words, min_size=1, max_size=3).map(lambda words: Phrase(" ".join(words))),
    st.from_regex(r"[a-z]{3,6}", fullmatch=True).map(Prefix),
)
_pairs = st.lists(_literals, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
_near = st.builds(Near, st.one_of(_literals, _pairs), st.one_of(_literals, _pairs), st.integers(1, 100))
_leaves = st.one_of(_literals, _near, st.builds(Title, st.one_of(_literals, _pairs, _near)))
_trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.builds(
            lambda kept, out: And((kept, Not(out), Lang("en"))), inner, inner.flatmap(lambda node: st.sampled_from([node, Not(node)]))
        ),
    ),
    max_leaves=8,
)


@given(_trees)
def test_a_tree_writes_itself_as_a_query_that_parses_to_the_same(tree: Node) -> None:
    assert parse_query(str(tree)) == tree


_pieces = st.sampled_from(["AND", "OR", "NOT", "NEAR/3", "(", ")", "a", "b*", '"c d"', "title:", "lang:en"])
_rubble = st.text(alphabet='ab*()"“ -:/5é\n', max_size=40) | st.text(max_size=60) | st.lists(_pieces, max_size=12).map(" ".join)


@given(_rubble)
def test_any_text_is_either_read_or_refused_with_a_position_in_it(text: str) -> None:
    refusal, tree = None, None
    try:
        tree = parse_query(text)
    except QueryError as error:
        refusal = error

    if refusal:
        assert 1 <= refusal.position <= len(text) + 1
    else:
        assert parse_query(str(tree)) == tree
