"""The reader by rules, each of its plain assertions checked by the trained second opinion. It only ever softens."""

import re

from schemas.claims_evidence import Evidence
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.news_classified import Mention
from schemas.words import ArticleKind, Limit, Stance
from services.classifier.domain.opinion.second_opinion import AGAINST, FOR, SecondOpinion
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.rules_reader import RulesReader

HEDGED_BELOW = 0.04
"""Probability of "for" below which a plain assertion is taken as a hedge: far below what plain sentences get."""

DROPPED_FROM = 0.95
"""Probability of "against" from which it is left out altogether."""

_DENIAL = re.compile(r"\b(?:not|no|never|without|fake|hoax|false)\b|n't\b", re.IGNORECASE)


class CheckedReader:
    """Reads by rules and asks the second opinion about every plain assertion. One instance per thread."""

    name = "rules+model-2"

    def __init__(self, rules: RulesReader, asked: SecondOpinion) -> None:
        self._rules, self._asked = rules, asked

    def read(self, article: Article, claim: WatchedClaim, mention: Mention, *, kind: ArticleKind, outlets: Outlets) -> tuple[Evidence, ...]:
        """Return what the rules find, softened where the second opinion takes an assertion for none."""
        pieces = self._rules.read(article, claim, mention, kind=kind, outlets=outlets)
        checked = (self._checked(piece, claim) for piece in pieces)
        return tuple(piece.model_copy(update={"reader": self.name}) for piece in checked if piece is not None)

    def limits(self, article: Article) -> frozenset[Limit]:
        """Return which limits the rules have hit in this article."""
        return self._rules.limits(article)

    def _checked(self, piece: Evidence, claim: WatchedClaim) -> Evidence | None:
        if piece.stance is not Stance.ASSERTS or _DENIAL.search(claim.statement):
            return piece  # of a claim that is itself a denial, who denies asserts: the weights know few of these
        opinion = self._asked.stance(claim.statement, piece.quote.text)
        if opinion[AGAINST] >= DROPPED_FROM:
            return None
        if opinion[FOR] < HEDGED_BELOW:
            return piece.model_copy(update={"stance": Stance.HEDGES, "certainty": None})
        return piece
