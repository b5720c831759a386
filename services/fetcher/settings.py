"""What an operator can set: variables ``FETCHER_…``, and the shared ones of every service."""

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from services.chassis.addresses import AllowList
from services.chassis.http import DEFAULT_USER_AGENT
from services.chassis.settings import ServiceSettings


class FetcherSettings(ServiceSettings):
    """Settings of one fetcher process."""

    model_config = SettingsConfigDict(env_prefix="FETCHER_", frozen=True, extra="forbid", use_attribute_docstrings=True)

    http_port: int = Field(8081, ge=0, le=65535)
    """Port of health and metrics; 0 takes a free one."""
    group: str = Field("claimwatch-fetcher", min_length=1)
    """Consumer group: the fetchers of one group share the feeds."""
    concurrency: int = Field(50, ge=1, le=1000)
    """Polls in flight at once. Bounds memory: each may hold a body."""
    timeout_s: float = Field(15, gt=0)
    """Seconds to connect, and of silence while reading, before a server is given up for this poll."""
    poll_timeout_s: float = Field(60, gt=0)
    """Seconds for a whole request with its redirects; a server that drips bytes is cut off here."""
    max_body_bytes: int = Field(16_000_000, gt=0)
    """Longest document, decompressed. The largest real feeds are below 10 MB."""
    user_agent: str = DEFAULT_USER_AGENT
    """How the fetcher names itself; put an address in it where publishers can reach you."""
    allow: str = ""
    """Hosts, addresses and networks, separated by commas, that may be polled although they are not public, e.g. ``127.0.0.0/8``."""

    @field_validator("allow")
    @classmethod
    def _entries_are_hosts_or_networks(cls, value: str) -> str:
        AllowList(value.split(","))
        return value

    @property
    def allowed(self) -> tuple[str, ...]:
        """The entries of ``allow``."""
        return tuple(entry.strip() for entry in self.allow.split(",") if entry.strip())
