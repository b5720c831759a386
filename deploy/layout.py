"""Where a run keeps its things, on which ports it listens, and what it was asked to run. Read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.trouble import Trouble

ROOT = Path(__file__).parents[1]
PORTS = {
    "KAFKA_PORT": 9092,
    "ALERTER_HTTP_PORT": 8080,
    "FETCHER_HTTP_PORT": 8081,
    "CLASSIFIER_HTTP_PORT": 8082,
    "DEMO_SITE_PORT": 8090,
    "DEMO_RECEIVER_PORT": 8091,
}
DEMO_PORTS = ("DEMO_SITE_PORT", "DEMO_RECEIVER_PORT")


@dataclass(frozen=True)
class OwnFeeds:
    """The user's own feeds, claims and receiver, in place of the demo's."""

    feeds: Path
    claims: Path
    webhook: str
    """Empty: changes are shown in the terminal only."""


@dataclass(frozen=True)
class Layout:
    """One run of the stack."""

    folder: Path
    ports: dict[str, int]
    bootstrap: str
    """Kafka of the user's; empty: one of our own is started."""
    own: OwnFeeds | None
    """None: the demo."""

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.folder / "logs"

    @property
    def clock_file(self) -> Path | None:
        """The story's time; None where the system clock rules."""
        return None if self.own else self.folder / "clock"

    @property
    def deliveries(self) -> Path:
        """What the demo's receiver got, a JSON line each."""
        return self.folder / "deliveries.jsonl"

    def port(self, name: str) -> int:
        """Return a port by the name of its variable."""
        return self.ports[name]

    def url(self, name: str) -> str:
        """Return the address of what listens on a port, without a slash at the end."""
        return f"http://127.0.0.1:{self.ports[name]}"


def layout_from(environment: Mapping[str, str] = os.environ) -> Layout:
    """Return the layout that the environment asks for.

    Raises:
        Trouble: If it asks for something that cannot be.
    """
    own = _own_feeds(environment)
    folder = environment.get("CLAIMWATCH_RUN_DIR") or str(ROOT / ".claimwatch" / ("run-own" if own else "run"))
    bootstrap = environment.get("KAFKA_BOOTSTRAP", "")
    wanted = [name for name in PORTS if not (own and name in DEMO_PORTS) and not (bootstrap and name == "KAFKA_PORT")]
    return Layout(Path(folder).absolute(), {name: _port(environment, name) for name in wanted}, bootstrap, own)


def _own_feeds(environment: Mapping[str, str]) -> OwnFeeds | None:
    feeds, claims, webhook = (environment.get(name, "") for name in ("FEEDS", "CLAIMS", "WEBHOOK"))
    if not (feeds or claims or webhook):
        return None
    for name, value in (("FEEDS", feeds), ("CLAIMS", claims)):
        if not value:
            raise Trouble(f"{name} is not given", "say make run FEEDS=feeds.opml CLAIMS=claims.yaml [WEBHOOK=https://...]")
        if not Path(value).is_file():
            raise Trouble(f"{name}={value}: there is no such file", "check the path")
    if webhook and not webhook.startswith(("http://", "https://")):
        raise Trouble(f"WEBHOOK={webhook} is no web address", "begin it with https://")
    return OwnFeeds(Path(feeds).absolute(), Path(claims).absolute(), webhook)


def _port(environment: Mapping[str, str], name: str) -> int:
    value = environment.get(name) or str(PORTS[name])
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise Trouble(f"{name}={value} is no port", "give a number from 1 to 65535")
    return int(value)
