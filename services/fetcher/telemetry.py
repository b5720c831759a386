"""The fetcher's metrics; the README lists them, and a test compares."""

from prometheus_client import Counter, Gauge, Histogram

from schemas.words import HealthChange, PageReason, PollReason

DROP_REASONS = ("no_text", "duplicate", "unreadable", "too_many", "too_large", "unknown_withdrawal")
ARTICLE_KINDS = ("new", "version", "withdrawal")
HUB_RESULTS = ("accepted", "failed")
PUSH_RESULTS = ("taken", "ping", "unreadable", "forged", "unknown", "not_ours", "refused")

POLLS = Counter("claimwatch_fetcher_polls_total", "Polls, by how they ended.", ["reason"])
POLL_SECONDS = Histogram(
    "claimwatch_fetcher_poll_seconds", "From the request to the stored state of a poll.", buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60)
)
POLL_LATENESS_SECONDS = Histogram(
    "claimwatch_fetcher_poll_lateness_seconds",
    "From the time a feed was due to the start of its poll.",
    buckets=(0.1, 0.3, 1, 3, 10, 30, 100, 300),
)
ARTICLES = Counter("claimwatch_fetcher_articles_total", "Articles published, by kind.", ["kind"])
DROPPED = Counter("claimwatch_fetcher_entries_dropped_total", "Entries that became no article, by reason.", ["reason"])
PAGES = Counter("claimwatch_fetcher_pages_total", "Visits to articles' pages, by how they ended.", ["reason"])
FEEDS = Gauge("claimwatch_fetcher_feeds", "Feeds that this process polls.")
FEEDS_FAILING = Gauge("claimwatch_fetcher_feeds_failing", "Of these, feeds whose last poll failed.")
FEEDS_STALE = Gauge(
    "claimwatch_fetcher_feeds_stale", "Of these, feeds that are out of sight: not read for too long, or silent for too long."
)
SIGHT_CHANGES = Counter("claimwatch_fetcher_sight_changes_total", "Feeds that went out of sight or came back.", ["change"])
POLLS_IN_FLIGHT = Gauge("claimwatch_fetcher_polls_in_flight", "Polls under way.")
POLLS_WAITING = Gauge("claimwatch_fetcher_polls_waiting", "Feeds that are due and wait for room, here or at their server.")

HUBS_PUSHING = Gauge("claimwatch_fetcher_hubs_pushing", "Feeds whose hub pushes reliably, so that they are polled slowly.")
HUB_REQUESTS = Counter("claimwatch_fetcher_hub_requests_total", "Requests for a subscription, by what the hub answered.", ["result"])
PUSHES = Counter("claimwatch_fetcher_pushes_total", "Documents that hubs sent, by what became of them.", ["result"])

for _change in HealthChange:
    SIGHT_CHANGES.labels(change=_change.value)
for _result in HUB_RESULTS:
    HUB_REQUESTS.labels(result=_result)
for _push in PUSH_RESULTS:
    PUSHES.labels(result=_push)
for _reason in PollReason:
    POLLS.labels(reason=_reason.value)
for _page in PageReason:
    PAGES.labels(reason=_page.value)
for _kind in ARTICLE_KINDS:
    ARTICLES.labels(kind=_kind)
for _dropped in DROP_REASONS:
    DROPPED.labels(reason=_dropped)
