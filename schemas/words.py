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
    PRESS_RELEASE = "press_release"
    """An organisation's own announcement: its words, whoever prints it."""


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
    OPERATOR = "operator"
    """No row: a person decided."""
    WITHDRAWN = "withdrawn"
    NONE = "none"


class PollReason(StrEnum):
    """How a poll of a feed ended. Everything but ``ok``, ``not_modified`` and ``unchanged_bytes`` is a failure."""

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
    GONE = "gone"
    """HTTP 410: the publisher says that it is gone for good. It is still asked, rarely."""
    BOT_WALL = "bot_wall"
    """A challenge or a block page in place of the feed."""
    ROBOTS = "robots"
    """The site's robots.txt does not let us."""
    UNCHANGED_BYTES = "unchanged_bytes"
    """The feed answers, with the very same content for much longer than its rhythm: frozen, or nothing to say."""


class FeedWarning(StrEnum):
    """What an operator should know of a feed that is read all the same."""

    MOVED = "moved"
    """A permanent redirect has been followed often enough to be kept: the address in the source is out of date."""
    DOWNGRADED = "downgraded"
    """A redirect leads from https to http."""
    HOME_PAGE = "home_page"
    """A redirect leads to the front page of a site: the feed is probably gone."""
    MERGED = "merged"
    """Another feed leads to the same address: both give the same articles."""
    HUB_UNRELIABLE = "hub_unreliable"
    """Polling found what the feed's hub did not push."""


class HealthChange(StrEnum):
    """What happened to our sight of a feed."""

    STALE = "source.stale"
    RECOVERED = "source.recovered"


class PageUse(StrEnum):
    """When the pages that a feed's entries link to are read."""

    NEVER = "never"
    WHEN_NEEDED = "when_needed"
    """Where the feed does not carry the whole text."""
    ALWAYS = "always"


class PageReason(StrEnum):
    """How a visit to an article's page ended. Everything but ``ok`` and ``not_modified`` leaves the text of the feed."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    GONE = "gone"
    """HTTP 404 or 410, or a redirect to the front page, where the article stood before: taken off."""
    PAYWALL = "paywall"
    CONSENT = "consent"
    BOT_WALL = "bot_wall"
    ROBOTS = "robots"
    NO_TEXT = "no_text"
    NOT_HTML = "not_html"
    UNREACHABLE = "unreachable"
    REFUSED_ADDRESS = "refused_address"
    TOO_LARGE = "too_large"
    FAILED = "failed"


class TextFrom(StrEnum):
    """Where an article's body was read."""

    FEED = "feed"
    PAGE = "page"
    ARCHIVE = "archive"


class Limit(StrEnum):
    """What of an article was too much to be taken whole."""

    TITLE = "title"
    """The headline was read to the first 1,000 characters."""
    SUMMARY = "summary"
    """The summary was read to the first 20,000 characters."""
    BODY = "body"
    """The body was read to the first 200,000 characters."""
    MENTIONS = "mentions"
    """More claims are mentioned than are listed."""
    MATCHES = "matches"
    """The words of a claim stand in more places than are listed."""
    CLAIMS = "claims"
    """Some mentioned claims were not read for: they have a mention and no reading, and what earlier versions said of them stands."""
    SENTENCES = "sentences"
    """More sentences near a claim's words than are read."""
    LONG_SENTENCES = "long_sentences"
    """A sentence or paragraph is too long to be prose, and was not read, or not to its end."""
    ENTRIES = "entries"
    """Only the newest entries of a live page were read."""
    EVIDENCE = "evidence"
    """More speak of a claim than one reading holds."""
