"""Stories told step by step: after each step, has every watched claim the status, reason, origins, caveats and episode it must have?

Each folder of scenarios is a figure of its own, since they differ in what has been seen of them: the public book (``DATA/scenarios``) and
the folders under ``tests/scenarios/own`` were read while the reader was built. What lies in a folder named ``untouched`` is measured only
where ``STORIES_UNTOUCHED=1`` asks for it, and is never to be looked at. A step is right when nothing of it differs; a step is wrongly
confirmed (refuted) when a claim has that status and must not.

Naive beside it: an alarm that takes each mention by keyword for an assertion in the outlet's own voice.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas import ids
from schemas.claims_evidence import Certainty, Evidence, Quote
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Mention
from schemas.words import ArticleKind, Limit, Stance
from services.classifier.domain.outlets import Outlets
from tests.eval.figures import Figure, Measured, interval
from tests.scenarios.book import load_book
from tests.scenarios.inprocess import run_in_process
from tests.scenarios.observation import ScenarioResult, StepResult
from tests.scenarios.readers import product_reader

OWN = Path(__file__).parent.parent / "scenarios" / "own"
RIGHT, BOOK_RIGHT, CONFIRMED = 0.80, 0.95, 0.03
"""Goals: steps right on stories never looked at, on the public book, and wrongly confirmed at most."""

Step = tuple[str, StepResult]


class KeywordAlarm:
    """Takes each mention for an assertion of the outlet."""

    name = "keyword-alarm"

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return one assertion in the outlet's own voice, whatever the text says."""
        origin = article.outlet.family or article.outlet.name
        field = "title" if article.title else "body"
        text = getattr(article, field)[:80]
        evidence_id = ids.evidence_id(article.article_id, article.version, claim.claim_id, origin)
        return (
            Evidence(
                evidence_id=evidence_id,
                stance=Stance.ASSERTS,
                certainty=Certainty(term="certain", low=1.0, high=1.0),
                speaker=article.outlet.name,
                origin=origin,
                own_voice=True,
                accountable=True,
                quote=Quote(text=text, field=field, start=0, end=len(text)),
            ),
        )

    def limits(self, article: Article) -> frozenset[Limit]:
        """Return none: nothing is read."""
        return frozenset()


def folders(data: Path) -> Iterator[tuple[str, Path]]:
    """Yield what is measured, by name: the public book, then our own folders, then what is untouched if that is asked for."""
    yield "public book", data / "scenarios"
    for folder in (OWN, *sorted(path for path in OWN.rglob("*") if path.is_dir() and path.name != "untouched")):
        yield f"own{'' if folder == OWN else f'/{folder.relative_to(OWN)}'}", folder
    if os.environ.get("STORIES_UNTOUCHED") == "1":
        yield "untouched", data / "scenarios" / "untouched"


def share(steps: Sequence[Step], what: str) -> float:
    """Return the share of steps that are ``right``, ``wrongly_confirmed`` or ``wrongly_refuted``."""
    holds = [not step.differences if what == "right" else getattr(step, what) for _, step in steps]
    return sum(holds) / len(holds) if holds else 0.0


def kinds_of_error(steps: Sequence[Step]) -> Counter[str]:
    """Return how often a status was taken for another, and how often only something beside the status was wrong."""
    found: Counter[str] = Counter()
    for _, step in steps:
        statuses = [match for text in step.differences if (match := re.search(r"status expected (\S+), got (\S+)", text))]
        found.update(f"{match[1]} -> {match[2]}" for match in statuses)
        if step.differences and not statuses:
            found["status right; origins, reason, caveats or episode are not"] += 1
    return found


def _steps(results: Sequence[ScenarioResult]) -> list[Step]:
    return [(result.id, step) for result in results for step in result.steps]


def _figures(name: str, read: list[Step], naive: list[Step]) -> Iterator[Figure]:
    unseen = name == "untouched"
    goals = {"right": RIGHT if unseen else BOOK_RIGHT if name == "public book" else None, "wrongly_confirmed": CONFIRMED}
    for what in ("right", "wrongly_confirmed", "wrongly_refuted"):
        low, high = interval(read, lambda step: step[0], lambda steps, what=what: share(steps, what))  # type: ignore[misc]
        value, baseline = share(read, what), share(naive, what)
        note = "never looked at" if unseen else ""
        label = f"{name}: steps {what.replace('_', ' ')}"
        yield Figure("stories", label, value, len(read), low, high, baseline, goals.get(what), what != "right", note)


def measure(data: Path) -> Measured:
    """Return the figures of each folder, and the errors of those that may be looked at."""
    reader, figures, errors = product_reader(), list[Figure](), Counter[str]()
    for name, folder in folders(data):
        book = list(load_book(folder))
        if not book:
            continue
        read = _steps([run_in_process(story, reader) for story in book])
        figures += _figures(name, read, _steps([run_in_process(story, KeywordAlarm()) for story in book]))
        if name != "untouched":
            errors += kinds_of_error(read)
    return Measured(figures, dict(errors.most_common(15)))
