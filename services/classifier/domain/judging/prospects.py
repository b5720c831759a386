"""What would have to happen for a claim's status to move: the rule asked again with one thing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.claims_evidence import Certainty, Evidence, Quote, Reading
from schemas.claims_watch import Policy, WatchedClaim
from schemas.feeds_source import Outlet
from schemas.words import ArticleKind, Stance, Status
from services.classifier.domain.judging.hearing import Testimony
from services.classifier.domain.judging.rule import Judgement, judge_words, stale_after
from services.classifier.domain.judging.words import Word

PLAIN = Certainty(term="certain", low=1, high=1)
SAYS = {Stance.ASSERTS: ("plainly asserts it", "plainly assert it"), Stance.DENIES: ("denies it", "deny it")}


@dataclass(frozen=True)
class Prospect:
    """One thing that would move the status, and where to."""

    what: str
    status: Status


def prospects(known: Testimony, claim: WatchedClaim, judgement: Judgement, now: datetime) -> tuple[Prospect, ...]:
    """Return what would move the status from where it stands; nothing that would leave it.

    Args:
        judgement: As the rule has it now, staleness included.
        now: The words imagined come after it, and after all that stand.
    """
    after = max([now, *(word.said_at for word in known.standing)]) + timedelta(seconds=1)
    found = [
        *_by_authority(known.standing, claim, after),
        *_by_others(known.standing, claim.policy, after),
        *_by_withdrawal(known.standing, claim.policy),
    ]
    if judgement.status is Status.LIKELY and known.quiet_since:
        until = (known.quiet_since + stale_after(claim.policy)).strftime("%Y-%m-%d %H:%M UTC")
        found.append(Prospect(f"no new evidence until {until}", Status.UNVERIFIED))
    return tuple(prospect for prospect in found if prospect.status is not judgement.status)


def _by_authority(words: Sequence[Word], claim: WatchedClaim, at: datetime) -> Iterator[Prospect]:
    for party in claim.authorities:
        others = [word for word in words if word.origin != party.name]
        for stance, (verb, _) in SAYS.items():
            said = _word(party.name, stance, at, authority=True)
            yield Prospect(f"{party.name} (authority) {verb}", judge_words([*others, said], claim.policy).status)


def _by_others(words: Sequence[Word], policy: Policy, at: datetime) -> Iterator[Prospect]:
    """Yield how many more voices on one side move it, and how many move it on from there."""
    for stance, (one_says, they_say) in SAYS.items():
        reached = judge_words(words, policy).status
        for count in range(1, 2 * policy.min_origins + 2):
            said = [_word(f"voice {number}", stance, at) for number in range(count)]
            status = judge_words([*words, *said], policy).status
            if status is not reached:
                who = f"one more independent origin {one_says}" if count == 1 else f"{count} more independent origins {they_say}"
                yield Prospect(who, status)
            reached = status


def _by_withdrawal(words: Sequence[Word], policy: Policy) -> Iterator[Prospect]:
    for word in words:
        rest = [other for other in words if other is not word]
        yield Prospect(f"the word of {word.origin} is taken back", judge_words(rest, policy).status)


def _word(origin: str, stance: Stance, at: datetime, *, authority: bool = False) -> Word:
    evidence = Evidence(evidence_id=origin, stance=stance, certainty=PLAIN, speaker=origin, origin=origin, quote=Quote(text=""))
    reading = Reading(
        reading_id="", claim_id="", article_id="", version="", url="", outlet=Outlet(name=origin), kind=ArticleKind.NEWS,
        published_at=at, first_seen_at=at, version_seen_at=at, classified_at=at, reader="",
    )  # fmt: skip
    return Word(evidence, reading, origin, at, 0, authority=authority)
