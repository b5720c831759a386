"""Who wants to hear of a transition."""

import pytest

from schemas.words import Status
from services.alerter.domain.subscriptions import Subscription, receivers, wants
from tests.unit.alerter.builders import make_transition


@pytest.mark.parametrize(
    ("claims", "statuses", "expected"),
    [
        pytest.param((), (), True, id="no filter takes all"),
        pytest.param(("a",), (), True, id="the claim"),
        pytest.param(("b",), (), False, id="another claim"),
        pytest.param(("a", "b"), (Status.CONFIRMED,), False, id="another status"),
        pytest.param((), (Status.LIKELY, Status.CONFIRMED), True, id="one of the statuses"),
        pytest.param(("b",), (Status.LIKELY,), False, id="both must hold"),
    ],
)
def test_claims_and_statuses_filter(claims: tuple[str, ...], statuses: tuple[Status, ...], expected: bool) -> None:
    subscription = Subscription("s", "e", frozenset(claims), frozenset(statuses))

    assert wants(subscription, make_transition("a", to=Status.LIKELY)) is expected


def test_two_subscriptions_of_one_endpoint_make_one_delivery() -> None:
    wanted = [Subscription("s2", "e1"), Subscription("s1", "e1"), Subscription("s3", "e2")]

    assert receivers(make_transition(), wanted) == {"e1": "s1", "e2": "s3"}


def test_history_being_rebuilt_is_told_to_nobody() -> None:
    assert receivers(make_transition(notify=False), [Subscription("s", "e")]) == {}
