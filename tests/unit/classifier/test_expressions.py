"""Every regular expression of the classifier takes time in proportion to the text, or is only ever given a short one.

Told by the ratio of two sizes, so that it holds on any machine: where four times the text takes sixteen times as long, a long text stops
a partition. What is given a sentence (1,200 characters at most) may do that, but no worse.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

import services.classifier
from services.classifier.domain.reading.sentences import SENTENCE_CHARS

NOTICED_S = 0.003
"""Below this a time says nothing."""

WHOLE_TEXTS = ("factcheck", "entry_times", "verdicts")
"""Modules of the reader whose expressions are given whole articles. Those of its others see a sentence, a part of one, a headline or a name,
or look at one place of a paragraph."""

SHORT_TEXTS = {"outlets": "the first and last 300 characters of an article, and names"}
"""Modules beside the reader whose expressions see short texts only, and which."""

UNITS = ["a", "A", "1", " ", "\n", '"', "'", "(", "-", ".", "a ", "Aa ", "1,", "A. ", "a, ", "a\n", '"a ', "Aa Aa, ", "'a ", "the "]
"""What is said over and over."""


def expressions_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset | dict):
        inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        for item in inner:
            yield from expressions_in(item, depth + 1)


def written_inside_functions(source: str) -> Iterator[re.Pattern[str]]:
    """Yield the expressions that are given to a function of ``re`` as they are."""
    for node in ast.walk(ast.parse(source)):
        is_of_re = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
        if is_of_re and node.func.attr != "escape" and node.args and isinstance(node.args[0], ast.Constant):
            yield re.compile(node.args[0].value)


def is_given_sentences(module: str) -> bool:
    last = module.rpartition(".")[2]
    return last in SHORT_TEXTS or last.endswith("cli") or (".reading." in module and last not in WHOLE_TEXTS)


def all_expressions() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """Return those that are given whole articles, and those that are given sentences at most."""
    whole: dict[str, re.Pattern[str]] = {}
    short: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(services.classifier.__path__, "services.classifier."):
        if info.name.endswith("__main__") or ".training" in info.name or ".pairs" in info.name or ".opinion" in info.name:
            continue  # what reads pairs of a claim and a text is run by hand
        module = importlib.import_module(info.name)
        named = [one for value in vars(module).values() for one in expressions_in(value)]
        into = short if is_given_sentences(info.name) else whole
        into.update({one.pattern: one for one in (*named, *written_inside_functions(Path(str(module.__file__)).read_text()))})
    return whole, short


WHOLE, SHORT = all_expressions()


def seconds(expression: re.Pattern[str], text: str, *, times_tried: int = 3) -> float:
    times = []
    for _ in range(times_tried):
        began = process_time()
        for _found in expression.finditer(text):
            pass
        times.append(process_time() - began)
    return min(times)


def own_words(expression: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[A-Za-z]{2,}(?![?:=!<])", re.sub(r"\\[a-zA-Z]", "", expression.pattern))))[:2]


def slow_text(expression: re.Pattern[str], *, small: int, large: int, ratio: float) -> str:
    """Return what is said over and over in a text that takes more than this multiple of the time for the smaller one; empty if nothing does."""
    words = own_words(expression)
    for unit in (*UNITS, *(f"{word} " for word in words)):
        for head in ("", *(f"{word} " for word in words[:1])):
            long, short = ((head + unit * (size // len(unit) + 1))[:size] for size in (large, small))
            if seconds(expression, long, times_tried=1) > NOTICED_S and (took := seconds(expression, long)) > ratio * seconds(
                expression, short
            ):
                return f"{head!r} and {unit!r}: {took:.3f} s"
    return ""


@pytest.mark.parametrize("expression", WHOLE.values(), ids=lambda one: one.pattern[:40])
def test_an_expression_that_is_given_articles_takes_time_in_proportion(expression: re.Pattern[str]) -> None:
    assert not slow_text(expression, small=1_500, large=6_000, ratio=9)


@pytest.mark.parametrize("expression", SHORT.values(), ids=lambda one: one.pattern[:40])
def test_an_expression_that_is_given_sentences_takes_no_more_than_their_square(expression: re.Pattern[str]) -> None:
    assert not slow_text(expression, small=300, large=SENTENCE_CHARS, ratio=32)


def test_the_expressions_of_the_reader_are_among_them() -> None:
    assert len(WHOLE) > 20
    assert len(SHORT) > 40
