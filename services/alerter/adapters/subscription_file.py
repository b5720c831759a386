"""The YAML file of endpoints and subscriptions, and taking it over into the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator
from sqlalchemy import Connection, update

from schemas.record import Slug
from schemas.words import Status
from services.alerter.adapters import endpoint_secrets, subscription_store, yaml_file
from services.alerter.adapters.database import endpoints
from services.alerter.adapters.endpoint_address import BadAddress, check_form
from services.alerter.adapters.subscription_store import EndpointState, NewEndpoint, Source
from services.alerter.domain.signing import key_of
from services.alerter.domain.subscriptions import Subscription
from services.chassis.addresses import AllowList


class EndpointEntry(BaseModel):
    """An endpoint in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint_id: Slug
    url: str
    secret: SecretStr | None = None
    secret_file: Path | None = None
    """Instead of the secret; a relative path starts at the file's folder."""

    @field_validator("secret")
    @classmethod
    def _secret_is_sound(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            key_of(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def _one_secret(self) -> "EndpointEntry":
        if (self.secret is None) == (self.secret_file is None):
            raise ValueError("give either secret or secret_file: one of them, not both")
        return self


class SubscriptionEntry(BaseModel):
    """A subscription in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subscription_id: Slug
    endpoint_id: Slug
    claims: tuple[Slug, ...] = ()
    """Empty: every claim."""
    statuses: tuple[Status, ...] = ()
    """Statuses that a claim moves to; empty: all."""


class SubscriptionFile(BaseModel):
    """Endpoints, and which of them wants what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoints: tuple[EndpointEntry, ...] = ()
    subscriptions: tuple[SubscriptionEntry, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """What a sound file says."""

    endpoints: tuple[NewEndpoint, ...]
    subscriptions: tuple[Subscription, ...]


def read_subscriptions(path: Path, allow: AllowList) -> ReadFile:
    """Return what the file says.

    Raises:
        yaml_file.BadFile: With a line per mistake.
    """
    file = yaml_file.read(path)
    content = yaml_file.validated(file, SubscriptionFile)
    mistakes = _repeated(file, "endpoints", "endpoint_id", [one.endpoint_id for one in content.endpoints])
    mistakes += _repeated(file, "subscriptions", "subscription_id", [one.subscription_id for one in content.subscriptions])
    mistakes += _bad_addresses(file, content, allow) + _unknown_endpoints(file, content)
    secrets = _secrets(file, content, mistakes)
    if mistakes:
        raise yaml_file.BadFile(mistakes)
    new = tuple(NewEndpoint(one.endpoint_id, one.url, secret) for one, secret in zip(content.endpoints, secrets, strict=True))
    return ReadFile(endpoints=new, subscriptions=tuple(_subscription(one) for one in content.subscriptions))


def _bad_addresses(file: yaml_file.YamlFile, content: SubscriptionFile, allow: AllowList) -> list[str]:
    found = []
    for index, entry in enumerate(content.endpoints):
        try:
            check_form(entry.url, allow)
        except BadAddress as error:
            found.append(file.mistake(("endpoints", index, "url"), str(error)))
    return found


def _unknown_endpoints(file: yaml_file.YamlFile, content: SubscriptionFile) -> list[str]:
    known = {entry.endpoint_id for entry in content.endpoints}
    return [
        file.mistake(("subscriptions", index, "endpoint_id"), f"the file has no endpoint {entry.endpoint_id}")
        for index, entry in enumerate(content.subscriptions)
        if entry.endpoint_id not in known
    ]


def _secrets(file: yaml_file.YamlFile, content: SubscriptionFile, mistakes: list[str]) -> list[str]:
    found = []
    for index, entry in enumerate(content.endpoints):
        try:
            found.append(_secret_of(entry, file.path.parent))
        except (OSError, ValueError) as error:
            reason = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
            mistakes.append(file.mistake(("endpoints", index, "secret_file"), reason))
    return found


def _repeated(file: yaml_file.YamlFile, part: str, field: str, ids: Iterable[str]) -> list[str]:
    first: dict[str, int] = {}
    found = []
    for index, one in enumerate(ids):
        if one in first:
            found.append(file.mistake((part, index, field), f"is {part}[{first[one]}] already"))
        first.setdefault(one, index)
    return found


def _secret_of(entry: EndpointEntry, folder: Path) -> str:
    if entry.secret is not None:
        return entry.secret.get_secret_value()
    assert entry.secret_file is not None, "the model sees to one of the two"
    secret = (folder / entry.secret_file).read_text().strip()
    key_of(secret)
    return secret


def _subscription(entry: SubscriptionEntry) -> Subscription:
    return Subscription(
        subscription_id=entry.subscription_id,
        endpoint_id=entry.endpoint_id,
        claims=frozenset(entry.claims),
        statuses=frozenset(entry.statuses),
    )


def take_over(connection: Connection, content: ReadFile, *, now: datetime) -> None:
    """Make the database hold what the file says. What the file made before and lists no longer is deleted.

    An id that the API had made becomes the file's. A disabled endpoint stays so, unless its address has changed.
    """
    for stored in subscription_store.list_subscriptions(connection):
        if stored.source is Source.FILE or stored.wanted.subscription_id in {one.subscription_id for one in content.subscriptions}:
            subscription_store.delete_subscription(connection, stored.wanted.subscription_id)
    listed = {one.endpoint_id for one in content.endpoints}
    for endpoint in subscription_store.list_endpoints(connection):
        if endpoint.source is Source.FILE and endpoint.endpoint_id not in listed:
            subscription_store.delete_endpoint(connection, endpoint.endpoint_id, now=now)
    for new in content.endpoints:
        _take_over_endpoint(connection, new, now=now)
    for wanted in content.subscriptions:
        subscription_store.add_subscription(connection, wanted, source=Source.FILE, now=now)


def _take_over_endpoint(connection: Connection, new: NewEndpoint, *, now: datetime) -> None:
    known = subscription_store.find_endpoint(connection, new.endpoint_id)
    if known is None:
        subscription_store.add_endpoint(connection, new, source=Source.FILE, now=now)
        return
    values = {"url": new.url, "secret": endpoint_secrets.seal(new.secret), "source": Source.FILE}
    connection.execute(update(endpoints).where(endpoints.c.endpoint_id == new.endpoint_id).values(values))
    if known.url != new.url:
        subscription_store.set_state(connection, new.endpoint_id, EndpointState.ENABLED, now=now)
