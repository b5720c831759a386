"""Words of a press release are its issuer's own, whoever prints it; where it cannot be told who that is, nobody answers for them."""

from collections.abc import Sequence
from dataclasses import replace

from schemas.news_article import Article
from services.classifier.domain.press_releases import is_printed_by_its_issuer, issuer_of
from services.classifier.domain.reading.origin import Origin
from services.classifier.domain.reading.parties import Parties
from services.classifier.domain.reading.words_spoken import Words


def in_the_issuers_voice(words: Sequence[Words], article: Article, parties: Parties) -> list[Words]:
    """Return the words with the issuer as speaker where the outlet seems to speak."""
    issuer = issuer_of(article)
    if issuer:
        origin = Origin(parties.of(issuer) or issuer, issuer)
        return [replace(word, origin=origin) if word.origin.own_voice else word for word in words]
    if is_printed_by_its_issuer(article):
        return list(words)
    return [replace(word, accountable=False) if word.origin.own_voice else word for word in words]
