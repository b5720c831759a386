"""``python -m services.classifier.training --data FOLDER``: fits all shipped weights and writes them beside their cards."""

import argparse
import json
import sys
from pathlib import Path

import services.classifier.models as models
from services.classifier.adapters.english_parser import load_sides
from services.classifier.adapters.model_files import SECOND_OPINION
from services.classifier.training import subjects
from services.classifier.training.card import card
from services.classifier.training.fit import Material, fit
from services.classifier.training.folds import figures_of


def main() -> int:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="make models", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with stance/, scenarios/ and iptc/")
    parser.add_argument("--out", type=Path, default=Path(models.__path__[0]), help="folder to write to (default: the shipped models)")
    arguments = parser.parse_args()
    if not (arguments.data / "stance" / "emergent.csv").is_file():
        parser.error(f"--data: no stance/emergent.csv in {arguments.data}")
    material, sides = Material.of(arguments.data), load_sides()
    weights, rows = fit(material, sides), [row for row in material.rows if not row.is_own]
    sizes = {
        "headlines": len(rows),
        "claims": len({row.claim_id for row in rows}),
        "own": len(material.rows) - len(rows),
        "articles": len(material.articles),
        "stories": len({article.story for article in material.articles}),
    }
    text = json.dumps(weights.as_json(), indent=None, separators=(",", ":"), sort_keys=True, ensure_ascii=False) + "\n"
    (arguments.out / f"{SECOND_OPINION}.json").write_text(text, encoding="utf-8")
    (arguments.out / f"{SECOND_OPINION}.md").write_text(card(sizes, figures_of(material, sides)), encoding="utf-8")
    subjects.write(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
