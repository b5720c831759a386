"""Base of every service's settings: read once in ``__main__`` from the environment, frozen, passed down."""

import os
from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError


class ServiceSettings(BaseSettings):
    """What every service needs. A service's own variables bear its prefix; shared ones (``KAFKA_BOOTSTRAP``) bear none."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    kafka_bootstrap: str = Field("127.0.0.1:9092", validation_alias=AliasChoices("KAFKA_BOOTSTRAP", "kafka_bootstrap"))
    """Brokers, ``host:port`` separated by commas."""
    http_host: str = "127.0.0.1"
    """Address of health and metrics. Loopback, as neither asks for a key."""
    log_level: str = Field(
        "INFO", pattern="(?i)^(debug|info|warning|error|critical)$", validation_alias=AliasChoices("LOG_LEVEL", "log_level")
    )
    log_format: str = Field("json", pattern="^(json|text)$", validation_alias=AliasChoices("LOG_FORMAT", "log_format"))
    """``json`` for machines, ``text`` for a terminal."""
    clock_file: Path | None = Field(None, validation_alias=AliasChoices("CLOCK_FILE", "clock_file"))
    """File that holds the current time (ISO 8601) for replays; None: the system clock."""

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; exit with one clear line per mistake if they are wrong or a prefixed variable is unknown."""
        prefix = str(cls.model_config.get("env_prefix", "")).upper()
        own = (name for name, field in cls.model_fields.items() if field.validation_alias is None)  # the shared ones bear no prefix
        known = {f"{prefix}{name}".upper() for name in own}
        unknown = sorted(name for name in os.environ if prefix and name.upper().startswith(prefix) and name.upper() not in known)
        if unknown:
            raise SystemExit(f"settings: unknown variable {', '.join(unknown)}; known are {', '.join(sorted(known))}")
        try:
            return cls()
        except ValidationError as error:
            raise SystemExit("\n".join(_line(e["loc"], e["msg"]) for e in error.errors(include_input=False))) from None
        except SettingsError as error:  # a list that is no JSON
            raise SystemExit(f"settings: {error}") from None


def _line(place: tuple[int | str, ...], message: str) -> str:
    """Return one line for a mistake; one that concerns several settings has no place."""
    return ": ".join(filter(None, ("settings", ".".join(map(str, place)), message.removeprefix("Value error, "))))
