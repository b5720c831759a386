"""The demo's news site: feeds and pages that show what is published by now, where now is the story's time."""

import hashlib
from email.utils import format_datetime

from aiohttp import web

from deploy.demo.feeds import CONTENT_TYPES, render_feed, render_page
from deploy.demo.story import Story
from services.chassis.clock import Clock


def site_app(story: Story, clock: Clock, *, address: str) -> web.Application:
    """Return the site as an application.

    Args:
        address: Its own address as others reach it, without a slash at the end.
    """
    outlets = {each.outlet_id: each for each in story.outlets}

    async def feed(request: web.Request) -> web.Response:
        outlet = outlets.get(request.match_info["outlet"])
        if not outlet or request.match_info["format"] != outlet.feed_format:
            raise web.HTTPNotFound
        entries = story.published(outlet.outlet_id, clock.now())
        body = render_feed(outlet, entries, site=address).encode()
        headers = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
            "Content-Type": f"{CONTENT_TYPES[outlet.feed_format]}; charset=utf-8",
        }
        if entries:
            headers["Last-Modified"] = format_datetime(entries[0].at, usegmt=True)
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers=headers)

    async def page(request: web.Request) -> web.Response:
        outlet = outlets.get(request.match_info["outlet"])
        entries = story.published(outlet.outlet_id, clock.now()) if outlet else ()
        entry = next((each for each in entries if each.entry_id == request.match_info["entry"]), None)
        if not outlet or not entry:
            raise web.HTTPNotFound
        return web.Response(text=render_page(outlet, entry), content_type="text/html")

    async def index(_: web.Request) -> web.Response:
        links = "".join(f'<li><a href="/{o.outlet_id}/feed.{o.feed_format}">{o.outlet.name}</a></li>' for o in outlets.values())
        return web.Response(text=f"<!doctype html><title>Demo</title><ul>{links}</ul>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", index)
    app.router.add_get("/{outlet}/feed.{format}", feed)
    app.router.add_get("/{outlet}/{entry}", page)
    return app
