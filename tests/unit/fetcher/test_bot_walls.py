"""Behaviour 26: a challenge or block page is told apart from a feed that is gone and from a page that is none."""

import pytest

from services.fetcher.domain.polling.bot_walls import is_bot_wall, is_html

WALLS = {
    "header of a challenge": ({"cf-mitigated": "challenge"}, b""),
    "header of a web application firewall": ({"x-amzn-waf-action": "captcha"}, b""),
    "script of a challenge": ({}, b"<html><script>window._cf_chl_opt={}</script></html>"),
    "its title": ({}, b"<!DOCTYPE html><title>Just a moment...</title>"),
    "block page": ({}, b"<html><title>Attention Required! | Cloudflare</title>"),
    "captcha service": ({}, b"<html><script src='https://geo.captcha-delivery.com/captcha.js'></script>"),
    "another": ({}, b"<html><iframe src='/_Incapsula_Resource?x=1'></iframe>"),
    "yet another": ({}, b"<html><body><div id='px-captcha'></div></body></html>"),
    "edge block": ({}, b"<html>Access Denied https://errors.edgesuite.net/18.1"),
    "in words": ({}, b"<html><p>Please verify you are a human</p>"),
    "in its title": ({}, b"<html><title>Security Check required</title>"),
}
OTHERS = {
    "feed": ({}, b"<?xml version='1.0'?><rss><channel><item><title>Captchas and their makers</title></item></channel></rss>"),
    "plain page": ({"server": "cloudflare"}, b"<html><title>News</title><body>Not found</body></html>"),
    "page with a form": ({}, b"<html><title>Contact</title><div class='g-recaptcha'></div></html>"),
    "consent": ({}, b"<html><body>Please enable cookies</body></html>"),
    "nothing": ({}, b""),
}


@pytest.mark.parametrize(("headers", "body"), WALLS.values(), ids=WALLS.keys())
def test_walls_are_known_by_the_marks_of_who_builds_them(headers: dict[str, str], body: bytes) -> None:
    assert is_bot_wall(headers, body)


@pytest.mark.parametrize(("headers", "body"), OTHERS.values(), ids=OTHERS.keys())
def test_other_answers_are_no_walls(headers: dict[str, str], body: bytes) -> None:
    assert not is_bot_wall(headers, body)


@pytest.mark.parametrize("body", [b"<!DOCTYPE html>", b"\xef\xbb\xbf\n<html lang='en'>", b"<!-- x --><HTML>", b" <head>"])
def test_a_page_is_known_by_how_it_begins(body: bytes) -> None:
    assert is_html(body)


@pytest.mark.parametrize("body", [b"", b"<?xml version='1.0'?><rss/>", b"<rss><html/></rss>", b"{}", b"<headline/>"])
def test_a_feed_is_not_taken_for_a_page(body: bytes) -> None:
    assert not is_html(body)
