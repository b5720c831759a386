"""The closed sets of words that records use. Adding a member is a compatible change; removing one is not."""

from enum import StrEnum


class OutletKind(StrEnum):
    """What sort of publisher an outlet is."""

    NEWSPAPER = "newspaper"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    GOVERNMENT = "government"
    BLOG = "blog"
    SATIRE = "satire"
    SOCIAL = "social"
    FACT_CHECK = "fact_check"
    UNKNOWN = "unknown"


class ArticleKind(StrEnum):
    """What sort of text an article is. Satire, opinion, question and retrospective never count as evidence."""

    NEWS = "news"
    OPINION = "opinion"
    SATIRE = "satire"
    QUESTION = "question"
    RETROSPECTIVE = "retrospective"
    FACT_CHECK = "fact_check"
    LIVE = "live"


class Stance(StrEnum):
    """What a speaker does with a claim."""

    ASSERTS = "asserts"
    HEDGES = "hedges"
    CANNOT_CONFIRM = "cannot_confirm"
    DOUBTS = "doubts"
    DENIES = "denies"
    REFUTES = "refutes"
    DISCUSSES = "discusses"


class Status(StrEnum):
    """Where a claim stands."""

    UNREPORTED = "unreported"
    UNVERIFIED = "unverified"
    LIKELY = "likely"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class Caveat(StrEnum):
    """A word that stands beside a status without moving it."""

    CANNOT_CONFIRM = "cannot_confirm"
    DOUBTS = "doubts"
    DENIED = "denied"


class Reason(StrEnum):
    """Why a claim has its status: the row of the status rule that held."""

    AUTHORITY_DENIED = "authority_denied"
    INDEPENDENTLY_REFUTED = "independently_refuted"
    CONTRADICTED = "contradicted"
    AUTHORITY_CONFIRMED = "authority_confirmed"
    INDEPENDENTLY_CONFIRMED = "independently_confirmed"
    SINGLE_ORIGIN = "single_origin"
    STRONG_HEDGE = "strong_hedge"
    SEVERAL_HEDGES = "several_hedges"
    RUMOUR = "rumour"
    WEAK_HEDGE = "weak_hedge"
    DENIED_ONLY = "denied_only"
    CAVEATS_ONLY = "caveats_only"
    STALE = "stale"
    WITHDRAWN = "withdrawn"
    NONE = "none"


class PollReason(StrEnum):
    """How a poll of a feed ended. Everything but ``ok`` and ``not_modified`` is a failure."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    REFUSED_ADDRESS = "refused_address"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    RATE_LIMITED = "rate_limited"
    REDIRECT = "redirect"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    NOT_A_FEED = "not_a_feed"
    EMPTY = "empty"
    PARSE_ERROR = "parse_error"
