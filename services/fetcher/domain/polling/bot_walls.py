"""Challenge and block pages that stand in the place of a feed, by the marks of those who serve them."""

import re
from collections.abc import Mapping

HEAD_BYTES = 64 * 1024
"""How much of a page is looked at."""
_BY_HEADER = (
    ("cf-mitigated", re.compile(r"challenge|block")),
    ("x-amzn-waf-action", re.compile(r"challenge|captcha")),
    ("x-datadome", re.compile(r"protected|captcha|block")),
    ("x-sucuri-block", re.compile(".")),
)
_MARKS = re.compile(
    rb"_cf_chl_opt|cf-chl-|/cdn-cgi/challenge-platform/|cf-error-details|<title>\s*Just a moment"
    rb"|<title>\s*Attention Required! \| Cloudflare"
    rb"|captcha-delivery\.com|px-captcha|perimeterx|_Incapsula_Resource|Incapsula incident ID"
    rb"|AwsWafIntegration|awsWafCookieDomainList|errors\.edgesuite\.net|sucuri\.net/privacy|ddos-guard\.net"
    rb"|<title>[^<]{0,80}(?:captcha|are you (?:a )?(?:human|robot)|robot check|security check|bot verification)"
    rb"|checking (?:if the site connection is secure|your browser before)|verify(?:ing)? (?:that )?you are (?:a )?human"
    rb"|enable javascript and cookies to continue|unusual traffic from your",
    re.IGNORECASE,
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)


def is_html(body: bytes) -> bool:
    """Tell whether a body begins as a web page does, whatever it is called."""
    return _HTML.match(body[:4096]) is not None


def is_bot_wall(headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether an answer is a challenge or a block page.

    Args:
        headers: By lower-case name.
        body: The answer's beginning; a page that only embeds a captcha in a form of its own is none.
    """
    if any(pattern.search(headers.get(name, "").lower()) for name, pattern in _BY_HEADER):
        return True
    return is_html(body) and _MARKS.search(body[:HEAD_BYTES]) is not None
