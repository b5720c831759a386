"""The query language: what parses to what, what is refused where, and that a tree writes itself as a query again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim_query import And, Lang, Near, Node, Not, Or, Phrase, Prefix, QueryError, Title, Word, parse_query


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
    ],
)
def test_a_query_parses_to_its_tree(query: str, tree: Node) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "position", "reason"),
    [
        ("", 1, "missing"),
        ("a AND", 6, "missing"),
        ("(a OR b", 1, "never closed"),
        ("a)", 2, "nothing opened"),
        ('a "b', 3, "partner"),
        ("OR a", 1, "stands where a word should"),
        ("NEAR/5 a", 1, "stands where a word should"),
        ("a NEAR/0 b", 3, "out of range"),
        ("a NEAR/101 b", 3, "out of range"),
        ("a NEAR/3 (b AND c)", 11, "AND beside NEAR"),
        ("a NEAR/3 (NOT b)", 11, "NOT beside NEAR"),
        ("body:a", 1, "no field 'body'"),
        ("a title:(b lang:en)", 12, "field inside title:"),
        ("lang:en b c*d", 12, "not at the end"),
        ("a lang:(b)", 3, "without a language tag"),
        ("a and b", 3, "small letters"),
        ("a*b", 2, "not at the end"),
        ("al-B*", 1, "more than one word"),
        ('a ""', 3, "without a word"),
        ("a --", 3, "no letter or digit"),
        (": a", 1, "belongs to nothing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_reason(query: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)

    assert refused.value.position == position
    assert reason in refused.value.reason
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


def test_groups_too_deep_and_queries_too_long_are_refused() -> None:
    with pytest.raises(QueryError, match="inside each other"):
        parse_query("(" * 60 + "a" + ")" * 60)
    with pytest.raises(QueryError, match="longer than"):
        parse_query("a " * 3000)


_words = st.from_regex(r"[a-zäéА-я0-9]{1,8}(-[a-z]{1,4})?", fullmatch=True).filter(lambda word: word not in {"and", "or", "not", "near"})
_literals = st.one_of(
    _words.map(Word),
    st.lists(_words, min_size=1, max_size=3).map(lambda words: Phrase(" ".join(words))),
    st.from_regex(r"[a-z]{2,6}", fullmatch=True).map(Prefix),
)
_pairs = st.lists(_literals, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
_near = st.builds(Near, st.one_of(_literals, _pairs), st.one_of(_literals, _pairs), st.integers(1, 100))
_leaves = st.one_of(_literals, _near, st.builds(Title, st.one_of(_literals, _pairs, _near)))
_trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.builds(lambda kept, out: And((kept, Not(out), Lang("en"))), inner, inner.filter(lambda node: not isinstance(node, Not))),
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
