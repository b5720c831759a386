"""Who says what the second opinion judges: the reader's own way of telling who speaks, where the rules found nothing to judge."""

from collections.abc import Callable

from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import Outlet
from services.classifier.domain.opinion.content import content_of
from services.classifier.domain.outlets import Outlets
from services.classifier.domain.reading.claim_compiler import compile_claim
from services.classifier.domain.reading.origin import Context, Origin
from services.classifier.domain.reading.origins import OriginFinder
from services.classifier.domain.reading.parties import Parties
from services.classifier.domain.reading.sentences import plain
from services.classifier.domain.reading.speakers import describe
from services.classifier.domain.reading.speech import Segment, cut
from services.classifier.domain.reading.statements import Parse

FinderOf = Callable[[Outlet], OriginFinder]


def finders_of(claim: WatchedClaim, parse: Parse) -> FinderOf:
    """Return what tells, for this claim and any outlet, whose word a speaker's word is."""
    frame, parties, outlets = compile_claim(claim, parse), Parties(claim), Outlets.of(())
    return lambda outlet: OriginFinder(frame, parties, outlet, outlets)


def speaker_in(sentence: str, claim: str, finder: OriginFinder, parse: Parse) -> Origin:
    """Return whose words the part of a sentence is that is nearest to the claim; the outlet's where nobody is said to speak."""
    wanted = frozenset(content_of(claim))
    segments = cut(parse(plain(sentence)))
    spoken = max(segments, key=lambda segment: _nearness(segment, wanted), default=None)
    if spoken is not None and spoken.speaker is None:  # "The bridge is open": the one speaker of the sentence may say so
        spoken = next((segment for segment in segments if segment.speaker is not None), None)
    if spoken is None or spoken.speaker is None:
        return finder.outlet()
    described = describe(spoken.speaker)
    if described.pronoun:  # "Nexapay said it could not confirm": the last who was named
        named = [describe(segment.speaker) for segment in segments if segment.speaker is not None]
        described = next((one for one in named if not one.pronoun), described)
    return finder.of(described, Context()) or (finder.outlet() if described.pronoun else Origin(described.text, described.text))


def _nearness(segment: Segment, wanted: frozenset[str]) -> tuple[int, bool]:
    return len(wanted.intersection(content_of(segment.text))), segment.speaker is not None
