"""What an operator can set: variables ``FETCHER_…``, and the shared ones of every service."""

import os
from typing import Literal, Self

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from services.chassis.addresses import AllowList
from services.chassis.http import DEFAULT_USER_AGENT
from services.chassis.settings import ServiceSettings
from services.fetcher.domain.polling.polls import DISTRUST_EVERY
from services.fetcher.domain.polling.redirects import SAVE_AFTER

MIN_SECRET_CHARS = 16


class FetcherSettings(ServiceSettings):
    """Settings of one fetcher process."""

    model_config = SettingsConfigDict(env_prefix="FETCHER_", frozen=True, extra="forbid", use_attribute_docstrings=True)

    http_port: int = Field(8081, ge=0, le=65535)
    """Port of health and metrics; 0 takes a free one."""
    group: str = Field("claimwatch-fetcher", min_length=1)
    """Consumer group: the fetchers of one group share the feeds."""
    concurrency: int = Field(50, ge=1, le=1000)
    """Requests for feeds at once that do not hang; with those that do, and polls that read pages or wait for Kafka, four times as many.
    Bounds memory: each may hold a body."""
    timeout_s: float = Field(15, gt=0)
    """Seconds to connect, and of silence while reading, before a server is given up for this poll."""
    poll_timeout_s: float = Field(60, gt=0)
    """Seconds for a whole request with its redirects; a server that drips bytes is cut off here."""
    max_body_bytes: int = Field(16_000_000, gt=0)
    """Longest document, decompressed. The largest real feeds are below 10 MB."""
    distrust_every: int = Field(DISTRUST_EVERY, ge=1)
    """Every so many polls of a feed nothing is taken for granted: no validators are sent, and the address of the source is asked, not the
    one it has moved to. Costs one whole document in so many; 1 makes every poll whole."""
    redirect_polls: int = Field(SAVE_AFTER, ge=1)
    """Polls in a row that a permanent redirect must lead to the same feed before that address is asked directly."""
    host_concurrency: int = Field(2, ge=1)
    """Requests to one server (host and port) at once, pages included; as few as an old browser. Raise it for a server of your own."""
    retry_after_scope: Literal["host", "feed"] = "host"
    """What a Retry-After holds beside the feed's group: all feeds of that host and port, or the feed alone (a bridge of your own that
    passes on what many other servers say)."""
    host_gap_s: float = Field(0.05, ge=0)
    """Least seconds between the starts of two requests to one server: 5,000 feeds of one platform still fit into four minutes."""
    page_timeout_s: float = Field(20, gt=0)
    """Seconds for one article's page with its redirects; what is slower leaves the text of the feed, and is tried again later."""
    pages_timeout_s: float = Field(45, gt=0)
    """Seconds for all pages of one poll together: the articles of a feed wait no longer for their pages than this."""
    page_max_age_h: float = Field(72, ge=0)
    """Hours. Pages of older articles are not visited: the first poll of a feed would read its whole past."""
    max_page_bytes: int = Field(8_000_000, gt=0)
    """Longest page, decompressed. Pages of news are below 3 MB."""
    page_connections: int = Field(20, ge=1)
    """Pages in flight at once, apart from polls: slow pages take no place from feeds."""
    page_workers: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1), ge=1, le=64)
    """Processes that read pages, each on a core of its own at up to 90 pages a second or more; one core is left for the polls. They
    start with the first page."""
    user_agent: str = DEFAULT_USER_AGENT
    """How the fetcher names itself; put an address in it where publishers can reach you."""
    allow: str = ""
    """Hosts, addresses and networks, separated by commas, that may be polled although they are not public, e.g. ``127.0.0.0/8``."""

    public_url: AnyHttpUrl | None = None
    """Where WebSub hubs reach this process, e.g. ``https://watch.example.org/websub``; None: hubs are not used."""
    websub_secret: SecretStr | None = None
    """What callback addresses and secrets of subscriptions derive from, 16 characters at least; the same for all fetchers of a group."""
    websub_host: str = "127.0.0.1"
    """Address on which hubs are listened for. Loopback: a reverse proxy with TLS belongs before it."""
    websub_port: int = Field(8083, ge=0, le=65535)
    """Port on which hubs are listened for, if ``public_url`` is set; 0 takes a free one."""

    @field_validator("allow")
    @classmethod
    def _entries_are_hosts_or_networks(cls, value: str) -> str:
        AllowList(value.split(","))
        return value

    @field_validator("public_url", "websub_secret", mode="before")
    @classmethod
    def _empty_is_not_set(cls, value: object) -> object:
        return value or None

    @model_validator(mode="after")
    def _hubs_need_an_address_and_a_secret(self) -> Self:
        if self.public_url and (self.public_url.query or self.public_url.fragment):
            raise ValueError("FETCHER_PUBLIC_URL takes a path, but no query and no fragment")
        if self.public_url and not self.websub_secret:
            raise ValueError("FETCHER_PUBLIC_URL needs FETCHER_WEBSUB_SECRET beside it")
        if self.websub_secret and len(self.websub_secret.get_secret_value()) < MIN_SECRET_CHARS:
            raise ValueError(f"FETCHER_WEBSUB_SECRET is shorter than {MIN_SECRET_CHARS} characters")
        return self

    @property
    def allowed(self) -> tuple[str, ...]:
        """The entries of ``allow``."""
        return tuple(entry.strip() for entry in self.allow.split(",") if entry.strip())
