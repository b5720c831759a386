"""Standard Webhooks 1.0.0 signatures (scheme ``v1``): HMAC-SHA256 over id, timestamp and the exact bytes of the body."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix that the standard gives to secrets, none itself
MIN_KEY_BYTES, MAX_KEY_BYTES = 24, 64


class BadSecret(ValueError):
    """The text is no signing secret. Says why, never what it was."""


def secret_from(key: bytes) -> str:
    """Return the key as receivers are given it: ``whsec_`` and base64."""
    return SECRET_PREFIX + base64.b64encode(key).decode()


def key_of(secret: str) -> bytes:
    """Return the key in a secret.

    Raises:
        BadSecret: If it does not begin with ``whsec_``, is no base64, or holds fewer than 24 or more than 64 bytes.
    """
    if not secret.startswith(SECRET_PREFIX):
        raise BadSecret(f"a secret begins with {SECRET_PREFIX}")
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadSecret(f"what follows {SECRET_PREFIX} is not base64") from None
    if not MIN_KEY_BYTES <= len(key) <= MAX_KEY_BYTES:
        raise BadSecret(f"a secret holds {MIN_KEY_BYTES} to {MAX_KEY_BYTES} bytes, this one {len(key)}")
    return key


def signature(key: bytes, *, webhook_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,`` and the base64 signature.

    Args:
        webhook_id: May hold no full stop, as that separates the signed parts.
        timestamp: Seconds since the epoch; the receiver refuses one that is far from its own clock.
    """
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def signed_headers(secrets: Sequence[str], *, webhook_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers of the standard; one signature per secret, separated by a space, so that secrets can overlap."""
    signatures = (signature(key_of(secret), webhook_id=webhook_id, timestamp=timestamp, body=body) for secret in secrets)
    return {"webhook-id": webhook_id, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(signatures)}
