"""``python -m tests.scenarios``: runs a book of scenarios and prints per step what was expected and what was got, then totals."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from services.classifier.settings import ReaderName
from tests.scenarios.book import Scenario, load_book
from tests.scenarios.observation import ScenarioResult, StepResult, totals

BOOK = Path(__file__).parent / "book"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make scenarios", description=__doc__)
    parser.add_argument("--dir", type=Path, default=BOOK, help="folder of scenario files (default: the public book)")
    parser.add_argument("--live", action="store_true", help="through real Kafka and the three services, ending at a webhook receiver")
    parser.add_argument("--reader", choices=("product", "gold"), default="product", help="gold: judge the book's own readings")
    parser.add_argument("--product-reader", choices=get_args(ReaderName), default="rules", help="which reader of the product (not --live)")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    parser.add_argument("--quiet", action="store_true", help="only steps that differ, and totals")
    return parser.parse_args()


def _print_step(result: StepResult, *, quiet: bool) -> None:
    if quiet and not result.differences:
        return
    got = "; ".join(f"{claim_id} {seen.status} ({seen.reason})" for claim_id, seen in result.seen.items())
    print(f"  step {result.number}: {'WRONG' if result.differences else 'right'}  {got}")
    for difference in result.differences:
        print(f"      {difference}")


def _print_result(result: ScenarioResult, *, quiet: bool) -> None:
    right = sum(not step.differences for step in result.steps)
    print(f"{result.id}: {right} of {len(result.steps)} steps right")
    for step in result.steps:
        _print_step(step, quiet=quiet)
    for claim_id, is_right in result.sequences.items():
        if not is_right:
            print(f"  announced sequence of {claim_id}: WRONG")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"


def _print_totals(results: Sequence[ScenarioResult]) -> None:
    figures = totals(results)
    print(f"\nsteps right: {_share(figures['right'], figures['steps'])}")
    print(f"wrongly confirmed: {_share(figures['wrongly_confirmed'], figures['steps'])}")
    print(f"wrongly refuted: {_share(figures['wrongly_refuted'], figures['steps'])}")
    print(f"announced sequences right: {_share(figures['sequences_right'], figures['sequences'])}")


def _run(book: list[Scenario], arguments: argparse.Namespace) -> list[ScenarioResult]:
    if arguments.live:
        from tests.scenarios.live import run_live

        return asyncio.run(run_live(book, gold=arguments.reader == "gold", progress=print))
    from tests.scenarios.inprocess import run_in_process

    reader = None
    if arguments.reader != "gold":
        from tests.scenarios.readers import product_reader

        reader = product_reader(arguments.product_reader)
    return [run_in_process(scenario, reader) for scenario in book]


def main() -> None:
    """Run the book that the arguments name."""
    arguments = _arguments()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says while a new broker finds its feet is no figure
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    results = _run(list(load_book(arguments.dir)), arguments)
    for result in results:
        _print_result(result, quiet=arguments.quiet)
    _print_totals(results)
    if arguments.out:
        arguments.out.write_text(json.dumps(totals(results), indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
