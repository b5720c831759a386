"""What a seemingly plain word on the claim is no word on it after all: averted events, forecasts, announcements to come."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from schemas.words import Stance
from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Hit
from services.classifier.domain.reading.modality import Judgement
from services.classifier.domain.reading.roles import is_passive

_AVERTED = frozenset("avert avoid prevent foil thwart forestall postpone delay cancel scrap".split())
"""Verbs that say of the event in their object that it did not come, or not yet."""

_FORECAST = frozenset("favour favor tip poise slate project predict expect set schedule bind head".split())
"""Verbs of what is yet to come: "is favoured to win", "tipped to replace"."""

_TO_COME = frozenset("announce impose levy issue declare publish hand unveil order propose consider discuss weigh demand threaten".split())
"""Verbs that bring the event in their object about; in the future tense or as a wish it has not come."""

_WRONGLY = frozenset("prematurely wrongly falsely mistakenly erroneously incorrectly inadvertently".split())

_NO_CERTAINTY = frozenset("certainty guarantee assurance".split())

_TALKS = frozenset("talk talks discussion discussions negotiation negotiations".split())

_TWO_SIDED = frozenset(
    "alive survive open afloat standing stand force power place control uphold valid hold remain stay operate operation service run keep "
    "live breathe free intact coach minister president office post charge authentic genuine guilty innocent".split()
)
"""Opposites that are so, or the event is: who is not alive is dead, but what is not for sale has not been sold."""


def cautious(hit: Hit, judgement: Judgement, frame: ClaimFrame) -> Judgement:
    """Return the judgement with what the words around the event take back."""
    if (
        judgement.stance is Stance.HEDGES
        and hit.holds
        and not frame.is_future
        and any(_is_forecast(child, node) for child, node in _way_up(hit.token))
    ):
        return replace(judgement, stance=Stance.DISCUSSES)
    if judgement.stance is Stance.DISCUSSES and frame.is_future and hit.noun and _is_being_talked_of(hit.token):
        return replace(judgement, stance=Stance.HEDGES, term="", presupposed=False)
    if judgement.stance is not Stance.ASSERTS:
        return judgement
    if frame.is_future and _is_talked_of(hit.token):
        return replace(judgement, stance=Stance.HEDGES, term="", presupposed=False)
    if hit.holds and not frame.is_future and _is_put_off(hit, frame):
        return replace(judgement, stance=Stance.DENIES, presupposed=False)
    if hit.holds and any(_takes_back(node, child, frame, hit) for child, node in _way_up(hit.token)):
        return replace(judgement, stance=Stance.DISCUSSES)
    if not hit.holds and not _has_only_two_sides(hit):
        return replace(judgement, stance=Stance.DISCUSSES)  # "not for sale" is no sale
    return judgement


def _way_up(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield each word on the way to the head of the sentence with what governs it."""
    for _ in range(12):
        if token.head.i == token.i:
            return
        yield token, token.head
        token = token.head


def _takes_back(node: Token, child: Token, frame: ClaimFrame, hit: Hit) -> bool:
    lemma, children = node.lemma_.lower(), {other.lower_ for other in node.children}
    if lemma in _NO_CERTAINTY and children & {"no", "little", "any"}:
        return True
    if _WRONGLY & children and child.dep_ in ("nsubjpass", "dobj", "ccomp", "nsubj"):
        return True
    if _is_forecast(child, node) and not frame.is_future:
        return True
    if not hit.noun or child.i != hit.token.i:
        return False
    is_object = child.dep_ in ("dobj", "nsubjpass")
    if is_object and (lemma in _AVERTED and lemma not in frame.own_words):
        return True
    return is_object and lemma in _TO_COME and bool(children & {"will", "would", "may", "might", "could", "should", "to", "shall"})


_PUTS_OFF = frozenset("postpone delay defer cancel scrap shelve abandon adjourn".split())


def _is_put_off(hit: Hit, frame: ClaimFrame) -> bool:
    """ "Postponed the signing", "the signing was put off": it has not been."""
    verb, is_object = hit.token.head, hit.token.dep_ in ("dobj", "nsubjpass", "pcomp")
    puts_off = verb.lemma_ in _PUTS_OFF or (
        verb.lemma_ in ("put", "call") and any(child.lower_ == "off" for child in verb.children if child.dep_ == "prt")
    )
    to_come = any(child.dep_ == "aux" and child.tag_ in ("MD", "TO") for child in verb.children)
    denied = any(child.dep_ == "neg" for child in verb.children)
    return hit.noun and is_object and puts_off and not to_come and not denied and verb.lemma_ not in frame.own_words


def _is_forecast(child: Token, node: Token) -> bool:
    """ "Is favoured to win", "we expect it to open"; but not "is expected to have won"."""
    children = {other.lower_ for other in child.children}
    if node.lemma_.lower() not in _FORECAST or child.dep_ not in ("xcomp", "ccomp") or "to" not in children:
        return False
    return "have" not in children and (is_passive(node) or node.lemma_.lower() in ("expect", "predict"))


def _is_talked_of(token: Token) -> bool:
    """ "In advanced talks about a merger", "discussions on a possible sale"."""
    return any(child.dep_ in ("pobj", "pcomp", "prep", "acl") and node.lemma_.lower() in _TALKS for child, node in _way_up(token)) or any(
        child.lower_ in ("possible", "potential") for child in token.children
    )


def _is_being_talked_of(token: Token) -> bool:
    """ "Are in talks about a merger": the talks are told of as held, not as denied, wished or over."""
    way = list(_way_up(token))
    talks = next((index for index, (_, node) in enumerate(way) if node.lemma_.lower() in _TALKS), None)
    if talks is None:
        return False
    above = [node for _, node in way[talks + 1 :]]
    held = any(node.lemma_ in ("be", "hold", "have", "confirm", "enter") for node in above)
    denied = any(child.dep_ == "neg" or child.lower_ == "no" for node in (way[talks][1], *above) for child in node.children)
    return held and not denied


def _has_only_two_sides(hit: Hit) -> bool:
    words = {token.lower_ for token in hit.token.doc[hit.token.i : hit.token.i + 3]} | {hit.token.lemma_.lower()}
    return not _TWO_SIDED.isdisjoint(words) or hit.noun or hit.token.dep_ in ("attr", "oprd")
