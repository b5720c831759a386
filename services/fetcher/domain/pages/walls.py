"""Pages that stand in the place of an article: challenges, consent forms, paywalls, lists. Told by what they show."""

import re

from schemas.words import PageReason

WALL_CHARS = 4000
"""A page that shows more than this is no challenge."""
SHORT = 500
"""Weight of a text below which a wall's words count; see ``weight``."""
LEAST = 100
"""Weight of the shortest text that is one: a news flash of two sentences."""
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_BOT = re.compile(
    r"just a moment\.\.\.|attention required!|checking (?:if the site connection is secure|your browser before)|verif(?:y|"
    r"ying) (?:that )?you are (?:a )?human|"
    r"are you a (?:human|robot)|i am not a robot|i'm not a robot|pardon our interruption|unusual (?:traffic|activity) from your|"
    r"enable javascript and cookies to continue|ddos protection by|access (?:to this page has been|was) denied|you have been blocked|"
    r"^access denied|please complete the security check|performance & security by cloudflare|press & hold to confirm|"
    r"(?:solve|complete|enter) the captcha|human verification|bot (?:detection|protection)|incapsula incident|request unsuccessful",
    re.IGNORECASE,
)  # fmt: skip
_BOT_MARKUP = re.compile(
    rb"cf-chl|challenge-platform|px-captcha|_incapsula_resource|captcha-delivery\.com|g-recaptcha|h-captcha|hcaptcha\.com|aws-waf-token|ak_bmsc",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we value your privacy|we (?:and|&) our (?:\d+ )?(?:\w+ )?partners|cookie (?:consent|settings|preferences|"
    r"policy)|accept (?:all|cookies)|"
    r"manage (?:options|preferences|settings)|use of cookies|your (?:privacy|consent)|reject all|"
    r"wir (?:und|&) unsere (?:\d+ )?partner|zustimm(?:en|ung)|cookies? akzeptieren|nous (?:et nos|respectons votre)|vie privée|"
    r"tout accepter|consentement|"
    r"valoramos tu privacidad|aceptar (?:todo|cookies)|nuestros socios|la tua privacy|accett(?:a|o) (?:tutti|tutto|i cookie)|"
    r"i nostri partner|"
    r"wij waarderen|akkoord|cookies? accepteren|zgadzam|prywatnoś",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(r"\b(?:before you continue|consent|privacy|cookies?|zustimmung|consentement)\b", re.IGNORECASE)
_PAYWALL = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber)) (?:now )?(?:to|and|"
    r"for full access to) (?:\w+ ){0,3}?(?:continue|read|access|view|unlock|keep)|"
    r"to (?:continue|keep) reading|(?:for|to) subscribers only|subscriber[- ](?:only|exclusive)|exclusive (?:to|"
    r"for) (?:our )?(?:subscribers|members)|"
    r"already a (?:subscriber|member)|unlock (?:this|the full) (?:article|story)|(?:want|like) to read (?:more|the rest)|"
    r"you(?:'|’)ve (?:reached|read|used) your (?:\w+ ){0,3}(?:free|limit)|free articles? (?:left|remaining)|start your (?:free )?(?:trial|"
    r"subscription)|"
    r"nur für abonnenten|weiterlesen mit|jetzt abonnieren|réservé aux abonnés|abonnez-vous|(?:solo|exclusivo) para suscriptores|"
    r"suscríbete para|contenuto riservato|abbonati per|voor abonnees|artikel is exclusief",
    re.IGNORECASE,
)


def weight(text: str) -> int:
    """Return how long a text is in letters of an alphabet; a character of a script that needs fewer counts three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def is_bot_wall(title: str, shown: str, body: bytes) -> bool:
    """Tell whether a page with little to show is a challenge; markup alone counts where nothing at all is shown."""
    if _BOT.search(title) or _BOT.search(shown[:WALL_CHARS]):
        return True
    return weight(shown) < LEAST and bool(_BOT_MARKUP.search(body[:200_000]))


def is_consent(title: str, shown: str) -> bool:
    """Tell whether a page is about consent and nothing else."""
    words = len({match.lower() for match in _CONSENT.findall(shown)})
    return words >= 3 or (words >= 1 and bool(_CONSENT_TITLE.search(title)))


def says_paywall(shown: str) -> bool:
    """Tell whether the page asks the reader to pay or to register before it shows the rest."""
    return bool(_PAYWALL.search(shown))


def why_no_text(*, title: str, shown: str, text: str, body: bytes, is_locked: bool) -> PageReason | None:
    """Return what stands in the article's place, of a page whose text is short; None if nothing does."""
    if weight(shown) < WALL_CHARS and is_bot_wall(title, shown, body):
        return PageReason.BOT_WALL
    if is_locked or says_paywall(shown):
        return PageReason.PAYWALL if weight(text) < SHORT else None
    return PageReason.CONSENT if is_consent(title, shown) else None
