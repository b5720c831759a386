"""Behaviour 19: an endpoint at a closed place is refused when it is registered, and again at each connection."""

from datetime import UTC, datetime

import pytest

from services.alerter.adapters.endpoint_address import BadAddress, check_form, check_resolved
from services.alerter.adapters.webhook_sender import WebhookRequest, WebhookSender
from services.alerter.domain.deliveries import Reason
from services.chassis.addresses import AllowList
from services.chassis.http import new_client
from tests.harness.closed_places import CLOSED_ADDRESSES, CLOSED_URLS
from tests.unit.alerter.builders import SECRET
from tests.unit.chassis.test_guard import Names


@pytest.mark.parametrize("url", CLOSED_URLS.values(), ids=CLOSED_URLS.keys())
def test_an_endpoint_at_a_closed_place_is_refused_at_registration(url: str) -> None:
    with pytest.raises(BadAddress):
        check_form(url.replace("http://", "https://"), AllowList())


async def test_an_endpoint_whose_name_leads_to_loopback_is_refused_at_registration() -> None:
    with pytest.raises(BadAddress, match="not public"):
        await check_resolved("https://localhost/in", AllowList())


@pytest.mark.parametrize("address", CLOSED_ADDRESSES.values(), ids=CLOSED_ADDRESSES.keys())
async def test_a_webhook_to_a_name_that_has_turned_to_a_closed_address_is_not_sent(address: str) -> None:
    async with new_client(timeout_s=5, resolver=Names("8.8.8.8", address)) as client:
        sender = WebhookSender(client, timeout_s=5, now=lambda: datetime.now(UTC))
        answer = await sender.attempt(WebhookRequest("id-1", "https://hooks.example/in", b"{}", (SECRET,)))

    assert answer.reason is Reason.REFUSED_ADDRESS
