"""The status rule, version 1: a pure function from standing words to a status. It is never told the previous status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.claims_evidence import STRONG_HEDGE_FLOOR
from schemas.claims_watch import Policy
from schemas.words import Caveat, Reason, Stance, Status
from services.classifier.domain.judging.hearing import Testimony
from services.classifier.domain.judging.words import Word

RULE_VERSION = 1

BELIEF = {
    Status.REFUTED: 0,
    Status.UNREPORTED: 1,
    Status.UNVERIFIED: 1,
    Status.DISPUTED: 1,
    Status.LIKELY: 2,
    Status.CONFIRMED: 3,
}
"""How far a status goes in believing the claim. Support never lowers it, denial never raises it."""


@dataclass(frozen=True)
class Judgement:
    """What the rule makes of the words.

    Attributes:
        origins: Independent origins that assert or hedge and stand.
    """

    status: Status
    reason: Reason
    caveats: tuple[Caveat, ...] = ()
    origins: int = 0


def _is_plain(word: Word) -> bool:
    return word.stance is Stance.ASSERTS and word.accountable


def _is_strong_hedge(word: Word) -> bool:
    certainty = word.evidence.certainty
    return word.stance is Stance.HEDGES and word.accountable and certainty is not None and certainty.low >= STRONG_HEDGE_FLOOR


def _last(words: Iterable[Word]) -> datetime | None:
    return max((word.said_at for word in words), default=None)


def _after(words: Iterable[Word], moment: datetime | None) -> list[Word]:
    return [word for word in words if moment is None or word.said_at > moment]


def _disinterested(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if not word.interested]


class _Bench:
    """The standing words, sorted as the rows of the rule ask for them."""

    def __init__(self, words: Sequence[Word], policy: Policy) -> None:
        self.n = policy.min_origins
        self.words = words
        self.plain = [word for word in words if _is_plain(word)]
        self.denying = [word for word in words if word.denies]
        self.supporting = [word for word in words if word.supports and word.accountable]
        self.authorities_plain = [word for word in self.plain if word.authority]
        self.authorities_denying = [word for word in self.denying if word.authority]
        doubtful = (Stance.CANNOT_CONFIRM, Stance.DOUBTS)
        self.bar = self.n + any(word.authority and word.stance in doubtful for word in words)

    def authorities_are_contradicted(self) -> bool:
        """An authority against an authority, or against many who spoke after its last word."""
        if self.authorities_plain and self.authorities_denying:
            return True
        if self.authorities_denying:
            return len(_after(_disinterested(self.plain), _last(self.authorities_denying))) >= 2 * self.n
        return bool(self.authorities_plain) and len(_after(_disinterested(self.denying), _last(self.authorities_plain))) >= self.n

    def is_independently_refuted(self) -> bool:
        return len(_disinterested(self.denying)) >= self.n and len(self.plain) < self.n

    def denial_is_overtaken(self) -> bool:
        """More than n, not all interested, have plainly said it after the last denial."""
        later = _after(self.plain, _last(self.denying))
        return len(later) > self.n and bool(_disinterested(later))

    def is_independently_confirmed(self) -> bool:
        return len(self.plain) >= self.bar and bool(_disinterested(self.plain))


def _row(bench: _Bench) -> tuple[Status, Reason] | None:
    """Return the first row of the rule that holds, down to ``disputed`` and ``confirmed``."""
    if bench.authorities_are_contradicted():
        return Status.DISPUTED, Reason.CONTRADICTED
    if bench.authorities_denying:
        return Status.REFUTED, Reason.AUTHORITY_DENIED
    if bench.authorities_plain:
        return Status.CONFIRMED, Reason.AUTHORITY_CONFIRMED
    if bench.is_independently_refuted():
        return Status.REFUTED, Reason.INDEPENDENTLY_REFUTED
    if bench.denying and bench.supporting and not bench.denial_is_overtaken():
        return Status.DISPUTED, Reason.CONTRADICTED
    if bench.is_independently_confirmed():
        return Status.CONFIRMED, Reason.INDEPENDENTLY_CONFIRMED
    return None


def _weaker_row(bench: _Bench) -> tuple[Status, Reason]:
    """Return the row that holds where nothing is disputed, refuted or confirmed and somebody has spoken."""
    if bench.plain:
        return Status.LIKELY, Reason.SINGLE_ORIGIN
    if any(_is_strong_hedge(word) for word in bench.supporting):
        return Status.LIKELY, Reason.STRONG_HEDGE
    if len(bench.supporting) >= 2:
        return Status.LIKELY, Reason.SEVERAL_HEDGES
    if any(word.supports and not word.accountable for word in bench.words):
        return Status.UNVERIFIED, Reason.RUMOUR
    if bench.supporting:
        return Status.UNVERIFIED, Reason.WEAK_HEDGE
    if any(word.stance in (Stance.DENIES, Stance.REFUTES) for word in bench.words):
        return Status.UNVERIFIED, Reason.DENIED_ONLY
    return Status.UNVERIFIED, Reason.CAVEATS_ONLY


def _caveats(bench: _Bench, status: Status) -> tuple[Caveat, ...]:
    stances = {word.stance for word in bench.words}
    outranked = status is Status.CONFIRMED and bool(bench.denying)
    held = {
        Caveat.CANNOT_CONFIRM: Stance.CANNOT_CONFIRM in stances,
        Caveat.DOUBTS: Stance.DOUBTS in stances,
        Caveat.DENIED: outranked,
    }
    return tuple(caveat for caveat, holds in held.items() if holds)


def judge_words(words: Sequence[Word], policy: Policy) -> Judgement:
    """Return the status that the latest words of the origins make, whatever time it is.

    Args:
        words: At most one per origin.
        policy: Of the claim; ``min_origins`` is n of the rule.
    """
    if not words:
        return Judgement(Status.UNREPORTED, Reason.NONE)
    bench = _Bench(words, policy)
    status, reason = _row(bench) or _weaker_row(bench)
    return Judgement(status, reason, _caveats(bench, status), sum(word.supports for word in words))


def stale_after(policy: Policy) -> timedelta:
    """Return the silence after which ``likely`` is stale: longer than this, not as long."""
    return timedelta(days=policy.stale_after_days)


def judge(known: Testimony, policy: Policy, now: datetime) -> Judgement:
    """Return the status of an episode at a moment.

    Args:
        known: What stands and since when it has been quiet.
        now: The moment; only staleness depends on it.
    """
    judgement = judge_words(known.standing, policy)
    if judgement.status is Status.UNREPORTED:
        return Judgement(Status.UNREPORTED, Reason.WITHDRAWN if known.ever_said else Reason.NONE)
    is_quiet = known.quiet_since is not None and now - known.quiet_since > stale_after(policy)
    if judgement.status is Status.LIKELY and is_quiet:
        return Judgement(Status.UNVERIFIED, Reason.STALE, judgement.caveats, judgement.origins)
    return judgement
