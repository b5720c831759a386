"""The alerter's settings: read once at start, from variables that begin with ``ALERTER_``."""

import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url

from services.alerter.domain.deliveries import RETRY_SCHEDULE_S
from services.chassis.settings import ServiceSettings


class AlerterSettings(ServiceSettings):
    """What the alerter needs besides Kafka and logs."""

    model_config = SettingsConfigDict(env_prefix="ALERTER_", frozen=True, extra="forbid", use_attribute_docstrings=True)

    http_port: int = Field(8080, ge=0, le=65535)
    """Port of the API, health and metrics; 0 takes any that is free."""
    database_url: str = "sqlite:///claimwatch-alerter.db"
    """SQLAlchemy URL of the outbox. A SQLite file in the working folder needs no set-up."""
    subscriptions_file: Path | None = None
    """YAML file of endpoints and subscriptions, taken over at every start; None: only what the API made."""
    allow: Annotated[tuple[str, ...], NoDecode] = ()
    """Hosts, addresses and networks, separated by commas, that webhooks may go to although they are not public or without TLS."""
    api_key: SecretStr | None = None
    """Key that every request but health and metrics must bear; needed as soon as the API listens beyond loopback."""
    api_key_file: Path | None = None
    """File that holds the key, instead of the variable."""
    open_without_key: bool = False
    """Listen beyond loopback without a key all the same, e.g. behind a proxy that asks for one."""
    request_timeout_s: float = Field(15, gt=0, le=120)
    """Longest wait for a receiver's answer, seconds. Standard Webhooks asks receivers to answer within 15 to 30."""
    endpoint_concurrency: int = Field(8, ge=1, le=256)
    """Requests under way to one endpoint, each for another claim. Keeps a slow one from taking the machine."""
    retry_schedule_s: tuple[float, ...] = Field(RETRY_SCHEDULE_S, min_length=1)
    """Waits between tries, seconds, as a JSON list. The default spans 28.8 hours."""

    @field_validator("allow", mode="before")
    @classmethod
    def _allow_is_a_list(cls, value: object) -> object:
        return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value

    @property
    def is_on_loopback(self) -> bool:
        """True if only this machine can reach the API."""
        try:
            return self.http_host == "localhost" or ipaddress.ip_address(self.http_host).is_loopback
        except ValueError:
            return False

    def shown(self) -> dict[str, object]:
        """Return the settings as a log may show them: without secrets."""
        url = make_url(self.database_url).render_as_string(hide_password=True)
        return self.model_dump(mode="json", exclude={"api_key", "database_url"}) | {
            "database_url": url,
            "has_api_key": self.api_key is not None,
        }

    def required_key(self) -> SecretStr | None:
        """Return the key that requests must bear; None if the API is open.

        Raises:
            SystemExit: If the key cannot be read, or if there has to be one and there is none.
        """
        key = self.api_key or self._key_from_file()
        if key is None and not self.is_on_loopback and not self.open_without_key:
            raise SystemExit(
                f"settings: the API would be open to the network at {self.http_host}; set ALERTER_API_KEY_FILE or ALERTER_API_KEY, "
                "or ALERTER_OPEN_WITHOUT_KEY=true if something in front of it asks for a key"
            )
        return key

    def _key_from_file(self) -> SecretStr | None:
        if self.api_key_file is None:
            return None
        try:
            text = self.api_key_file.read_text().strip()
        except OSError as error:
            raise SystemExit(f"settings: api_key_file: {self.api_key_file} cannot be read: {error.strerror}") from None
        if not text:
            raise SystemExit(f"settings: api_key_file: {self.api_key_file} is empty")
        return SecretStr(text)
