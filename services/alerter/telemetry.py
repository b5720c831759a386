"""The alerter's metrics. The README lists them; a test compares the two."""

from prometheus_client import Counter, Gauge, Histogram

from services.alerter.domain.deliveries import DeliveryState, Reason

DELAY_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)

TRANSITIONS = Counter("claimwatch_alerter_transitions_total", "Transitions read, by what they were: new, history, repeated.", ["kind"])
DELIVERIES = Counter("claimwatch_alerter_deliveries_total", "Deliveries settled, by outcome.", ["outcome"])
ATTEMPTS = Counter("claimwatch_alerter_attempts_total", "Requests tried, by how they ended.", ["reason"])
ATTEMPT_S = Histogram("claimwatch_alerter_attempt_seconds", "Time of one request.", buckets=DELAY_BUCKETS_S)
DELAY_S = Histogram("claimwatch_alerter_delay_seconds", "From the change of status to its delivery.", buckets=DELAY_BUCKETS_S)
DWELL_S = Histogram("claimwatch_alerter_dwell_seconds", "From the transition being read to its delivery.", buckets=DELAY_BUCKETS_S)
OPEN = Gauge("claimwatch_alerter_open_deliveries", "Deliveries that are not settled, by state.", ["state"])
OLDEST_OPEN_S = Gauge("claimwatch_alerter_oldest_open_seconds", "Age of the oldest delivery that is not settled; 0 if there is none.")
SKIPPED = Counter("claimwatch_alerter_table_records_skipped_total", "Records of compacted topics that could not be read.", ["topic"])

for _kind in ("new", "history", "repeated"):
    TRANSITIONS.labels(kind=_kind)
for _state in (DeliveryState.DELIVERED, DeliveryState.GIVEN_UP, DeliveryState.DEAD):
    DELIVERIES.labels(outcome=_state)
for _reason in Reason:
    if _reason not in (Reason.ENDPOINT_DISABLED, Reason.ENDPOINT_DELETED):
        ATTEMPTS.labels(reason=_reason)
for _state in (DeliveryState.QUEUED, DeliveryState.PENDING):
    OPEN.labels(state=_state)
