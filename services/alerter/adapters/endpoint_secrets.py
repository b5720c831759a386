"""Signing secrets at rest: the one place that knows how the database keeps them. For now it keeps them as they are."""

import secrets

from services.alerter.domain.signing import secret_from

NEW_KEY_BYTES = 32


def new_secret() -> str:
    """Return a new random signing secret."""
    return secret_from(secrets.token_bytes(NEW_KEY_BYTES))


def seal(secret: str) -> str:
    """Return what the database stores."""
    return secret


def unseal(stored: str) -> str:
    """Return the secret in what the database stores."""
    return stored
