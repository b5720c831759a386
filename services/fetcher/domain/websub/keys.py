"""Callback addresses, secrets and signatures of WebSub subscriptions.

All of them derive from one secret of the operator's, so that none needs to be stored, and any fetcher of the group knows them.
"""

import hmac
import re

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Ways to sign (section 7.1). SHA-1 is what most hubs use; as an HMAC it still holds."""
_TOKEN_CHARS = 32
_NAME_CHARS = 16
_SIGNATURE = re.compile(r"\s*(?P<method>[a-z0-9]+)=(?P<digest>[0-9a-f]+)\s*", re.IGNORECASE | re.ASCII)


class Keys:
    """What derives from the operator's secret and the public address of the callbacks."""

    def __init__(self, *, secret: bytes, public_url: str) -> None:
        self._secret, self._public_url = secret, public_url.rstrip("/")

    def _derive(self, *parts: str) -> str:
        return hmac.digest(self._secret, "\n".join(parts).encode(), "sha256").hex()

    @property
    def callback_name(self) -> str:
        """Names the callbacks as they are now, without giving them away: another secret or another address is another name."""
        return self._derive("name", self._public_url)[:_NAME_CHARS]

    def token(self, feed_id: str) -> str:
        """Return the part of a feed's callback address that cannot be guessed."""
        return self._derive("token", feed_id)[:_TOKEN_CHARS]

    def is_token(self, token: str, *, feed_id: str) -> bool:
        """Tell, in constant time, whether it is the feed's."""
        return hmac.compare_digest(token.encode(), self.token(feed_id).encode())

    def callback(self, feed_id: str) -> str:
        """Return the address that a hub is given: whoever knows it may speak to us of this feed."""
        return f"{self._public_url}/{feed_id}/{self.token(feed_id)}"

    def secret(self, feed_id: str, *, hub: str, topic: str) -> str:
        """Return what the hub is to sign its pushes with; another hub or another topic is another secret."""
        return self._derive("secret", feed_id, hub, topic)


def may_have_secret(hub: str) -> bool:
    """Tell whether a secret may be sent to the hub: over plain HTTP it would be none (section 5.1)."""
    return hub.lower().startswith("https://")


def is_signed(body: bytes, *, header: str | None, secret: str) -> bool:
    """Tell, in constant time, whether ``X-Hub-Signature`` ("sha256=…") is the body's, byte for byte (section 7.1)."""
    found = _SIGNATURE.fullmatch(header or "")
    if found is None or found["method"].lower() not in METHODS:
        return False
    return hmac.compare_digest(found["digest"].lower(), hmac.digest(secret.encode(), body, found["method"].lower()).hex())
