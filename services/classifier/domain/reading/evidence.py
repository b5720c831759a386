"""From words that count to the records of the contract: quotes with offsets, bands, ids."""

from collections.abc import Sequence

from schemas import ids
from schemas.claims_evidence import Certainty, EventReference, Evidence, Quote
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.words import Stance
from services.classifier.domain.reading.cues import BANDS
from services.classifier.domain.reading.words_spoken import Words

QUOTE_CHARS = 300


def _quote(word: Words, article: Article) -> Quote:
    """Return the sentence, or as much of it around the event word as fits."""
    sentence = word.sentence
    start, end = sentence.start, sentence.end
    if end - start > QUOTE_CHARS:
        middle = sentence.start + (word.start + word.end) // 2
        start = max(sentence.start, min(middle - QUOTE_CHARS // 2, sentence.end - QUOTE_CHARS))
        end = start + QUOTE_CHARS
    return Quote(text=getattr(article, sentence.field)[start:end], field=sentence.field, start=start, end=end)


def _certainty(word: Words) -> Certainty | None:
    if word.stance not in (Stance.ASSERTS, Stance.HEDGES, Stance.DENIES, Stance.REFUTES) or word.term not in BANDS:
        return None
    low, high = BANDS[word.term]
    return Certainty(term=word.term, low=low, high=high)


def evidence_of(words: Sequence[Words], article: Article, claim: WatchedClaim, *, reader: str) -> tuple[Evidence, ...]:
    """Return the evidence records."""
    return tuple(_evidence(word, article, claim, reader) for word in words)


def _evidence(word: Words, article: Article, claim: WatchedClaim, reader: str) -> Evidence:
    sentence = word.sentence
    told_apart = f"{sentence.field}:{sentence.start}:{word.origin.name}"
    return Evidence(
        evidence_id=ids.evidence_id(article.article_id, article.version, claim.claim_id, told_apart),
        stance=word.stance,
        certainty=_certainty(word),
        speaker=word.origin.speaker,
        origin=word.origin.name,
        own_voice=word.origin.own_voice,
        accountable=word.accountable,
        quote=_quote(word, article),
        entry=word.entry,
        cites=word.origin.cites,
        event=EventReference(at=word.at, place=word.place, actor=word.actor),
        reader=reader,
    )
