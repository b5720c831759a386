"""Metrics of the classifier. Nothing else in the service creates one; the README lists them."""

from prometheus_client import Counter, Gauge, Histogram

from schemas.words import Limit

ARTICLES = Counter("classifier_articles_total", "Article versions classified.", ["kind"])
CAPPED = Counter("classifier_capped_total", "Article versions that were too much to be taken whole, by what of them was.", ["what"])
MENTIONS = Counter("classifier_mentions_total", "Watched claims mentioned by articles.")
READINGS = Counter("classifier_readings_total", "Readings judged, by what became of them.", ["outcome"])
TRANSITIONS = Counter("classifier_transitions_total", "Changes of status sent, again after a crash included.", ["to_status"])
DUES = Counter("classifier_dues_total", "Claims judged again because time has passed or the claim was changed.")
OVERRIDES = Counter("classifier_overrides_total", "Decisions of operators taken in.")
WATCHED_CLAIMS = Gauge("classifier_watched_claims", "Claims watched now.")
CLASSIFY_SECONDS = Histogram(
    "classifier_classify_seconds", "Time to classify one article version.", buckets=(0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1)
)
JUDGE_SECONDS = Histogram("classifier_judge_seconds", "Time to judge one reading.", buckets=(0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1))
PUBLISHED_TO_JUDGED_SECONDS = Histogram(
    "classifier_seen_to_judged_seconds",
    "Age of a reading when it was judged, since its version was first seen.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300),
)

for _outcome in ("judged", "repeated", "not_watched"):
    READINGS.labels(outcome=_outcome)
for _limit in Limit:
    CAPPED.labels(what=_limit)
