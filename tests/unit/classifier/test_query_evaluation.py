"""The matcher finds for any query what its grammar says, by comparison with an evaluation that is slow and hard to get wrong."""

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.claim_query import And, Lang, Near, Node, Not, Or, Phrase, Prefix, QueryError, Title, Word, parse_query
from services.classifier.domain.matcher import Matcher
from services.classifier.domain.words import words_of
from tests.unit.classifier.articles import article, claim

FIELDS = ("title", "summary", "body")
WORDS = ("ab", "abc", "bd", "bde", "cc", "dé", "北")

Span = tuple[str, int, int]
"""Field, and the first and last word in it."""


def only_itself(word: str) -> frozenset[str]:
    return frozenset({word})


def spans(node: Node, text: dict[str, list[str]]) -> set[Span]:
    """Where a word, phrase, prefix, or a group or nearness of these stands."""
    if isinstance(node, Word | Phrase):
        row = words_of(node.text)
        starts = ((name, start) for name, words in text.items() for start in range(len(words)))
        return {(name, start, start + len(row) - 1) for name, start in starts if text[name][start : start + len(row)] == row}
    if isinstance(node, Prefix):
        (prefix,) = words_of(node.text)
        return {(name, at, at) for name, words in text.items() for at, word in enumerate(words) if word.startswith(prefix)}
    if isinstance(node, Or):
        return set().union(*(spans(part, text) for part in node.parts))
    assert isinstance(node, Near)
    pairs = product(spans(node.left, text), spans(node.right, text))
    return {
        (one[0], min(one[1], two[1]), max(one[2], two[2])) for one, two in pairs if one[0] == two[0] and are_near(one, two, node.distance)
    }


def are_near(one: Span, two: Span, distance: int) -> bool:
    first, second = sorted((one, two), key=lambda span: span[1])
    return first[2] < second[1] <= first[2] + distance


def holds(node: Node, text: dict[str, list[str]], language: str) -> bool:
    if isinstance(node, And):
        return all(holds(part, text, language) for part in node.parts)
    if isinstance(node, Or):
        return any(holds(part, text, language) for part in node.parts)
    if isinstance(node, Not):
        return not_holds(node.part, text, language)
    if isinstance(node, Title):
        return holds(node.part, {"title": text["title"]}, language)
    if isinstance(node, Lang):
        return not language or f"{language}-".startswith(f"{node.tag}-")
    return bool(spans(node, text))


def not_holds(part: Node, text: dict[str, list[str]], language: str) -> bool:
    """An unknown language passes ``NOT lang:`` too."""
    return not holds(part, text, language) or (isinstance(part, Lang) and not language)


_terms = (
    st.sampled_from(WORDS).map(Word)
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda words: Phrase(" ".join(words)))
    | st.sampled_from(["ab", "bd"]).map(Prefix)
)
_groups = st.lists(_terms, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
_spanning = st.recursive(_terms | _groups, lambda inner: st.builds(Near, inner, inner, st.integers(1, 4)), max_leaves=3)
_queries = st.recursive(
    _spanning | _spanning.map(Title) | st.sampled_from(["en", "de"]).map(Lang),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)
_texts = st.lists(st.sampled_from((*WORDS, ".", "x")), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(_queries, min_size=1, max_size=4), _texts, _texts, _texts, st.sampled_from(["", "en", "en-gb", "de"]))
def test_any_query_finds_what_plain_evaluation_finds(trees: list[Node], title: str, summary: str, body: str, language: str) -> None:
    sound: dict[str, Node] = {}
    for number, tree in enumerate(trees):
        try:
            sound[f"c{number}"] = parse_query(str(tree))
        except QueryError:
            continue
    assume(sound and f"{title}{summary}{body}".strip())
    text = {name: words_of(content) for name, content in zip(FIELDS, (title, summary, body), strict=True)}

    matcher = Matcher.compile([claim(query=str(tree), claim_id=key) for key, tree in sound.items()], inflect=only_itself)
    found = matcher.claim_ids(article(f"{body} ", title=f"{title} ", summary=summary, language=language))

    assert found == {key for key, tree in sound.items() if holds(tree, text, language)}
