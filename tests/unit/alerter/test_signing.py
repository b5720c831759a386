"""Signatures, against the standard's published sample and an independent verifier (behaviour 15)."""

import base64
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.alerter.domain.signing import BadSecret, key_of, secret_from, signature, signed_headers
from tests.unit.alerter.builders import SECRET


def test_the_published_sample_of_the_standard_gives_its_published_signature() -> None:
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    got = signature(key, webhook_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}')

    assert got == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(body=st.text(), key=st.binary(min_size=24, max_size=64))
def test_an_independent_verifier_accepts_what_was_signed(body: str, key: bytes) -> None:
    secret, now = secret_from(key), int(datetime.now(UTC).timestamp())
    content = ('{"a":' + repr(body).replace("'", '"') + "}").encode(errors="surrogatepass")

    headers = signed_headers([secret], webhook_id="e1", timestamp=now, body=content)

    expected = Webhook(secret).sign("e1", datetime.fromtimestamp(now, UTC), content.decode(errors="surrogatepass"))
    assert headers["webhook-signature"] == expected


def test_a_changed_byte_is_found_out() -> None:
    now = int(datetime.now(UTC).timestamp())
    headers = signed_headers([SECRET], webhook_id="e1", timestamp=now, body=b'{"a":1}')

    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(b'{"a":2}', headers)


def test_two_secrets_give_two_signatures_and_either_verifies() -> None:
    other = secret_from(b"another-secret-of-32-bytes-long!")
    now = int(datetime.now(UTC).timestamp())

    headers = signed_headers([SECRET, other], webhook_id="e1", timestamp=now, body=b"{}")

    assert re.fullmatch(r"v1,\S+ v1,\S+", headers["webhook-signature"])
    for secret in (SECRET, other):
        Webhook(secret).verify(b"{}", headers)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        pytest.param("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsec_", id="no prefix"),
        pytest.param("whsec_nicht!base64", "not base64", id="no base64"),
        pytest.param("whsec_" + base64.b64encode(b"x" * 23).decode(), "24 to 64 bytes, this one 23", id="short"),
        pytest.param("whsec_" + base64.b64encode(b"x" * 65).decode(), "24 to 64 bytes, this one 65", id="long"),
        pytest.param("whsec_", "this one 0", id="empty"),
    ],
)
def test_a_bad_secret_is_refused_with_the_reason_and_without_the_secret(secret: str, why: str) -> None:
    with pytest.raises(BadSecret, match=why) as refusal:
        key_of(secret)

    assert secret.removeprefix("whsec_") == "" or secret.removeprefix("whsec_") not in str(refusal.value)
