"""Compares what the reader takes from a book of scenarios with the reading that the book gives: python -m tests.scenarios.readings DIR [--show] [--only ID,ID]."""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas import ids
from schemas.claims_evidence import STRONG_HEDGE_FLOOR, Evidence
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from schemas.news_article import Article
from schemas.news_classified import Match, Mention
from schemas.words import Stance
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.kinds import kind_of
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading import RulesReader

Piece = tuple[str, str, str, bool]
"""Stance, strength, party or "-", accountable."""


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def article_of(step: dict[str, Any], outlets: dict[str, Outlet]) -> Article:
    """Return the article of a step."""
    at = _time(step["at"])
    published = _time(step.get("published_at", step["at"]))
    texts = (step["title"], step.get("summary", ""), step["body"], step.get("credit", ""))
    return Article(
        article_id=ids.article_id(step["url"]),
        version=ids.content_version(*texts),
        url=step["url"],
        feed_id="book",
        outlet=outlets[step["outlet"]],
        title=texts[0],
        summary=texts[1],
        body=texts[2],
        credit=texts[3],
        published_at=published,
        first_seen_at=at,
        version_seen_at=at,
    )


def gold_piece(piece: dict[str, Any], claim: WatchedClaim) -> Piece:
    """Return the book's piece in comparable form; denies and refutes count as one."""
    parties = {party.name for party in (*claim.authorities, *claim.interested)}
    stance = "denies" if piece["stance"] == "refutes" else piece["stance"]
    strength = piece.get("strength", "plain") if stance == "hedges" else ""
    return stance, strength, piece["origin"] if piece["origin"] in parties else "-", piece.get("accountable", True)


def read_piece(evidence: Evidence, claim: WatchedClaim) -> Piece:
    """Return a piece of our reading in the same form."""
    parties = {party.name for party in (*claim.authorities, *claim.interested)}
    stance = "denies" if evidence.stance is Stance.REFUTES else evidence.stance.value
    strong = evidence.certainty is not None and evidence.certainty.low >= STRONG_HEDGE_FLOOR
    strength = ("strong" if strong else "weak") if stance == "hedges" else ""
    return stance, strength, evidence.origin if evidence.origin in parties else "-", evidence.accountable


def cases(folder: Path, only: set[str]) -> Iterator[tuple[str, int, dict[str, Any], Article, list[WatchedClaim], Outlets]]:
    """Yield each step with an article."""
    for path in sorted(folder.glob("*.json")):
        if path.name.startswith("scenario.schema") or (only and path.stem not in only):
            continue
        book = json.loads(path.read_text())
        claims = [WatchedClaim.model_validate(claim) for claim in book["claims"]]
        registry = {
            item["outlet"]: Outlet(
                name=item["outlet"], domain=item["domain"], family=item["family"], kind=item["kind"], country=item["country"]
            )
            for item in book["outlets"]
        }
        outlets = Outlets.of(registry.values())
        for number, step in enumerate(book["steps"]):
            if "body" in step:
                yield path.stem, number, step, article_of(step, registry), claims, outlets


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--text", action="store_true")
    arguments = parser.parse_args()
    reader, totals = RulesReader(load_parser()), Counter[str]()
    origins: dict[str, dict[str, set[str]]] = {}
    for name, number, step, article, claims, outlets in cases(arguments.folder, set(filter(None, arguments.only.split(",")))):
        exact, lines = True, []
        kind = kind_of(article)
        for claim in claims:
            gold = [piece for piece in step["reading"] if piece["claim_id"] == claim.claim_id]
            mention = Mention(claim_id=claim.claim_id, matches=(Match(words="-", field="body", start=0, end=0),))
            ours = reader.read(article, claim, mention, kind=kind, outlets=outlets)
            wanted, got = sorted(gold_piece(piece, claim) for piece in gold), sorted(read_piece(piece, claim) for piece in ours)
            false = Counter(piece for piece in got if piece[0] == "asserts" and piece[3]) - Counter(
                piece for piece in wanted if piece[0] == "asserts" and piece[3]
            )
            totals["false assertions"] += sum(false.values())
            totals["pieces in the book"] += len(wanted)
            totals["pieces read"] += len(got)
            totals["pieces right"] += sum((Counter(wanted) & Counter(got)).values())
            exact = exact and wanted == got
            if len(gold) == 1 == len(ours):
                origins.setdefault(f"{name} {gold[0]['origin']}", {}).setdefault(ours[0].origin, set()).add(str(number))
            if wanted != got:
                lines += [f"    book {piece['origin']}: {piece['stance']} {piece.get('strength', '')}" for piece in gold]
                lines += [
                    f"    read {piece.origin}: {piece.stance} {piece.certainty.term if piece.certainty else ''} acc={piece.accountable} own={piece.own_voice} | {piece.quote.text[:150]}"
                    for piece in ours
                ]
        totals["steps"] += 1
        totals["steps right"] += exact
        if arguments.show and not exact:
            print(f"{name} {number} [{kind}] {article.title}")
            print(re.sub(r"\n+", "\n", article.body[:600]) if arguments.text else "", end="")
            print("\n".join(lines))
    for key, found in origins.items():
        if len(found) > 1 and arguments.show:
            print(f"one origin under several names: {key}: {sorted(found)}")
    print(", ".join(f"{key}: {count}" for key, count in totals.items()))


if __name__ == "__main__":
    main()
