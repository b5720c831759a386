"""The demo as one thing: site, receiver and story clock over one folder. For ``make run``, and alone in a container."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from aiohttp import web

from deploy.demo.receiver import Delivery, Receiver
from deploy.demo.site import site_app
from deploy.demo.story import feed_sources, load_story
from deploy.demo.teller import LASTS, Teller
from services.chassis.clock import FileClock

CLAIMS = Path(__file__).with_name("claims.yaml")


class Stand:
    """Keeps everything in its folder: ``clock``, ``feeds.yaml``, ``subscriptions.yaml``, ``webhook-secret``, ``deliveries.jsonl``."""

    def __init__(
        self, folder: Path, *, site: tuple[str, int], receiver: tuple[str, int], name: str = "127.0.0.1", lasts: timedelta = LASTS
    ) -> None:
        """Say where it is; nothing is started.

        Args:
            site: Address and port that the news site listens on.
            receiver: The same of the webhook receiver.
            name: Host by which the services reach both.
        """
        self._folder, self._site, self._receiver = folder, site, receiver
        self.site_url = f"http://{name}:{site[1]}"
        self.hook_url = f"http://{name}:{receiver[1]}/hook"
        self._story = load_story()
        self._teller = Teller(self._story, folder / "clock", lasts=lasts)
        self._runners: list[web.AppRunner] = []

    @property
    def over(self) -> asyncio.Event:
        """Set once the story is told."""
        return self._teller.over

    def prepare(self) -> datetime:
        """Write the files that services read at their start; return where the story stands."""
        feeds = {"feeds": [source.model_dump(mode="json") for source in feed_sources(self._story, self.site_url)]}
        (self._folder / "feeds.yaml").write_text(yaml.safe_dump(feeds, sort_keys=False))
        write_subscriptions(self._folder, name="demo", url=self.hook_url)
        return self._teller.prepare()

    async def start(self, tell: Callable[[Delivery], None]) -> None:
        """Open site and receiver; ``tell`` hears of every webhook. The clock stands until ``tell_story``."""
        receiver = Receiver(webhook_secret(self._folder), self._folder / "deliveries.jsonl", tell=tell)
        await self._listen(site_app(self._story, FileClock(self._folder / "clock"), address=self.site_url), *self._site)
        await self._listen(receiver.app(), *self._receiver)

    async def tell_story(self) -> None:
        """Move the clock, for ever."""
        await self._teller.tell()

    async def stop(self) -> None:
        """Close site and receiver."""
        for runner in self._runners:
            await runner.cleanup()

    async def _listen(self, app: web.Application, host: str, port: int) -> None:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()


def webhook_secret(folder: Path) -> str:
    """Return the secret that webhooks are signed with; made once, kept in the folder."""
    path = folder / "webhook-secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"whsec_{b64encode(secrets.token_bytes(32)).decode()}\n")
    return path.read_text().strip()


def write_subscriptions(folder: Path, *, name: str, url: str) -> Path:
    """Write the alerter's file: every claim to this address; to nobody if it is empty."""
    endpoints = [{"endpoint_id": name, "url": url, "secret": webhook_secret(folder)}] if url else []
    subscriptions = [{"subscription_id": "all", "endpoint_id": name, "claims": []}] if url else []
    path = folder / "subscriptions.yaml"
    path.touch(mode=0o600)
    path.write_text(yaml.safe_dump({"endpoints": endpoints, "subscriptions": subscriptions}, sort_keys=False))
    return path
