"""The book run through the domain functions, and through feeds, Kafka, three processes and signed webhooks: the same result."""

import pytest

from tests.scenarios.__main__ import BOOK
from tests.scenarios.book import load_book
from tests.scenarios.inprocess import run_in_process
from tests.scenarios.live import run_live
from tests.scenarios.readers import product_reader

pytestmark = pytest.mark.system


async def test_every_scenario_gives_the_same_result_live_as_in_this_process(kafka):
    book = list(load_book(BOOK))
    reader = product_reader()

    live = await run_live(book, bootstrap=kafka)

    assert {result.id: result for result in live} == {scenario.id: run_in_process(scenario, reader) for scenario in book}


def test_the_rule_is_right_on_every_step_of_the_book_by_its_own_readings():
    results = [run_in_process(scenario, None) for scenario in load_book(BOOK)]

    assert [(r.id, step.number, step.differences) for r in results for step in r.steps if step.differences] == []
    assert [r.id for r in results if not all(r.sequences.values())] == []
