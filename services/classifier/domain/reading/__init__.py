"""From an article and a watched claim to evidence: who says what of it, how surely."""

from services.classifier.domain.reading.rules_reader import RulesReader

__all__ = ["RulesReader"]
