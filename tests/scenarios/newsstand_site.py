"""The outlets of a scenario as a web site: one Atom feed each (RFC 4287, withdrawals by RFC 6721), and one for history."""

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from tests.scenarios.book import Step

MASTHEAD = "<entry><id>urn:masthead:{feed}</id><title>Imprint</title><link href='https://masthead.example/{feed}'/><updated>2000-01-01T00:00:00Z</updated><published>2000-01-01T00:00:00Z</published><summary>Printed daily except on holidays.</summary></entry>"
"""A feed without entries is a broken feed; this one is always there and says nothing."""


def _html(body: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in body.split("\n\n"))


def _entry(step: Step, at: datetime) -> str:
    if step.withdraw:
        comment = f"<at:comment>{escape(step.notice)}</at:comment>"
        return f"<at:deleted-entry ref={quoteattr(step.url)} when={quoteattr(at.isoformat())}>{comment}</at:deleted-entry>"
    dated = (step.published_at or at).isoformat()
    parts = [
        f"<id>{escape(step.url)}</id><title>{escape(step.title)}</title><link href={quoteattr(step.url)}/>",
        f"<published>{dated}</published><updated>{dated}</updated>",
        f"<summary>{escape(step.summary)}</summary>" if step.summary else "",
        f'<content type="html">{escape(_html(step.body))}</content>' if step.body else "",
        f"<source><title>{escape(step.credit)}</title></source>" if step.credit else "",
    ]
    return f"<entry>{''.join(parts)}</entry>"


class NewsstandSite:
    """Serves the feeds; a step changes one of them."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, str]] = {}
        self._runner: web.AppRunner | None = None
        self.base = ""

    async def start(self) -> None:
        """Listen on the loopback; ``base`` says where."""
        app = web.Application()
        app.router.add_get("/feeds/{feed}", self._feed)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    def open_feed(self, feed: str) -> str:
        """Open an empty feed and return its address."""
        self._entries[feed] = {}
        return f"{self.base}/feeds/{feed}"

    def publish(self, feed: str, step: Step) -> None:
        """Put the step's entry into a feed, in place of an earlier one of the same address."""
        self._entries[feed][step.url] = _entry(step, step.at)

    async def _feed(self, request: web.Request) -> web.Response:
        feed = request.match_info["feed"]
        entries = [*self._entries.get(feed, {}).values(), MASTHEAD.format(feed=feed)]
        head = f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>urn:{feed}</id><title>{feed}</title><updated>2000-01-01T00:00:00Z</updated>'
        return web.Response(text=head + "".join(entries) + "</feed>", content_type="application/atom+xml")
