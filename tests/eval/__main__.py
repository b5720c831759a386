"""``make eval``: how well the classifier reads, part by part, on labelled data.

    python -m tests.eval [PART ...] --data FOLDER [--out results.json]

A part is a module of this package with ``measure(data: Path) -> Measured``. Each says in its docstring what is compared, and which
naive way stands beside it. Nothing that is scored here was trained on; what is fitted, is fitted on other folds.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from time import perf_counter

from tests.eval.figures import Figure, Measured

PARTS = ("stance_headlines", "stance_bodies", "factuality", "certainty", "attribution", "negation", "subjects", "stories")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of: {', '.join(PARTS)}; all by default")
    parser.add_argument("--data", type=Path, help="folder with stance/, factuality/, attribution/, topics/, scenarios/ ...")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if options.data is None or not options.data.is_dir():
        parser.error(f"--data: {options.data or 'not given'} is no folder; say where the labelled data are (make eval DATA=folder)")
    results = {part: _measured(part, options.data) for part in options.parts or PARTS}
    if options.out:
        options.out.write_text(json.dumps({part: result.as_json() for part, result in results.items()}, indent=1) + "\n")
    return 0


def _measured(part: str, data: Path) -> Measured:
    started = perf_counter()
    result: Measured = importlib.import_module(f"tests.eval.{part}").measure(data)
    print(f"{part} ({perf_counter() - started:.0f} s)")
    for figure in result.figures:
        print(f"  {_line(figure)}")
    for error, count in result.errors.items():
        print(f"    {count:5} x {error}")
    sys.stdout.flush()
    return result


def _line(figure: Figure) -> str:
    spread = f" [{figure.low:.3f}, {figure.high:.3f}]" if figure.low is not None and figure.high is not None else ""
    goal = (
        ""
        if figure.goal is None
        else f", goal {'<=' if figure.at_most else '>='} {figure.goal:g}: {'reached' if figure.is_reached else 'NOT reached'}"
    )
    baseline = "" if figure.baseline is None else f", naive {figure.baseline:.3f}"
    note = f" ({figure.note})" if figure.note else ""
    return f"{figure.name} {figure.value:.3f}{spread} on {figure.rows}{baseline}{goal}{note}"


if __name__ == "__main__":
    sys.exit(main())
