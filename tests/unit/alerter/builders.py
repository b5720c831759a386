"""Transitions and databases for the alerter's tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.claims_evidence import Quote
from schemas.claims_transition import StandingEvidence, Transition
from schemas.ids import transition_id
from schemas.words import Reason, Stance, Status
from services.alerter.adapters import subscription_store
from services.alerter.adapters.database import Database
from services.alerter.adapters.subscription_store import NewEndpoint, Source
from services.alerter.domain.subscriptions import Subscription

SECRET = "whsec_" + "dGVzdC1zZWNyZXQtdGVzdC1zZWNyZXQtMDE="
T0 = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def make_transition(
    claim: str = "leader-killed",
    sequence: int = 1,
    *,
    to: Status = Status.LIKELY,
    notify: bool = True,
    at: datetime = T0,
    said: str = "It is so — “so”.",
) -> Transition:
    """Return a transition with one piece of evidence."""
    evidence = StandingEvidence(
        evidence_id=f"e-{claim}-{sequence}", speaker="Deputy minister", outlet="Albion Times", origin="Freedonia", stance=Stance.ASSERTS,
        quote=Quote(text=said, start=0, end=len(said)), url="https://albion.example/1", said_at=at, published_at=at, first_seen_at=at,
        classified_at=at,
    )  # fmt: skip
    return Transition(
        transition_id=transition_id(claim, 1, sequence), claim_id=claim, statement="The leader was killed", episode=1, sequence=sequence,
        from_status=Status.UNREPORTED, to_status=to, reason=Reason.SINGLE_ORIGIN, rule_version=1, origins=1, evidence=(evidence,),
        occurred_at=at + timedelta(minutes=sequence), judged_at=at + timedelta(minutes=sequence), notify=notify,
    )  # fmt: skip


def open_database(folder: Path) -> Database:
    """Return a database of its own."""
    return Database(f"sqlite:///{folder / 'alerter.db'}")


async def add_endpoint(database: Database, endpoint_id: str, url: str = "https://hooks.example/in", **wanted: object) -> None:
    """Store an endpoint and a subscription for it, ``wanted`` being the subscription's filters."""

    def work(connection) -> None:
        subscription_store.add_endpoint(connection, NewEndpoint(endpoint_id, url, SECRET), source=Source.API, now=T0)
        subscription = Subscription(subscription_id=f"sub-{endpoint_id}", endpoint_id=endpoint_id, **wanted)
        subscription_store.add_subscription(connection, subscription, source=Source.API, now=T0)

    await database.write(work)
