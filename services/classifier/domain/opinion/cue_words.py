"""Words by which a short text takes a claim for true, doubts it, denies it or only tells of it. Data only; lower case, every form."""

import re

FAMILIES = {
    "fake": """
        fake faked fakes faking hoax hoaxes hoaxed hoaxer hoaxers prank pranked pranks bogus false falsely untrue fabricated
        fabrication staged satire satirical satirist parody spoof phony phoney myth myths lie lies lied lying liar fooled fools
        duped dupes trick tricked joke jokes joking jokingly fiction fictional fictitious photoshop photoshopped photoshopping
        doctored scam nope wrong wrongly misleading misinformation disinformation inaccurate misidentified misinterpreted
        misinterpretation misunderstanding misunderstood mistaken mistake mistakenly error erroneous baseless unfounded
        mistranslation mistranslated misreported misquoted stunt nonsense rubbish made-up deception deceptive invented bunk
        fraudulent
    """,
    "debunk": """
        debunk debunks debunked debunking snopes fact-check fact-checked factcheck exposed exposes retract retracts retracted
        retraction correction corrected clarifies clarified clarification clarify backtrack backtracks backtracked apologizes
        apologises apologized apologised apologize apologise apology admits admitted confesses confessed disproves disproved
        disproven disprove refutes refuted refute discredited discredits disputed disputes dispute disputing quash quashes quashed
        dispels busted truth reality actually really turns revealed
    """,
    "deny": """
        deny denies denied denying denial denials rejects rejected reject dismisses dismissed dismiss rebuts rebuffs rebuffed
        ridicules slams contradicts contradict contradicted refuses refused downplays
    """,
    "neg": """
        no not never n't nothing without none neither nor nobody cannot isn't wasn't doesn't didn't don't won't can't couldn't
        aren't weren't hasn't haven't ain't wouldn't shouldn't hadn't
    """,
    "doubt": """
        doubt doubts doubtful doubted sceptical skeptical skeptics sceptics skepticism scepticism suspicious questions questioned
        questionable unlikely dubious unclear wary suspect suspected improbable implausible mystery mysterious unproven
        unsubstantiated caution cautious probably unexplained confusion conflicting contradictory uncertain
    """,
    "unverified": """
        unconfirmed unverified uncorroborated confirm confirmation verify verified verifying authenticity authentic investigate
        investigates investigating investigation probe probes probing examining examines looking checking whether if authenticate
    """,
    "report": """
        report reports reported reportedly reporting allegedly alleged alleges allegations allegation allege apparently apparent
        purported purportedly purports supposedly supposed rumor rumors rumour rumours rumored rumoured rumor-mill speculation
        speculated leak leaked leaks sources source tipster tipped tip insiders insider hearsay gossip
    """,
    "say": """
        claim claims claimed claiming insists insist insisted accuses accused accuse maintains asserts alleging says say said
        saying tells told tell according believes believe believed believing thinks thought suggests suggest suggested suggesting
        suggestion hints hint hinted hinting analyst analysts expert experts witnesses witness eyewitness study officials
        spokesman spokesperson spokeswoman
    """,
    "hedge": """
        may might could would possibly possible perhaps maybe likely potentially potential seemingly seems seem appears appear
        appearing appeared looks probable presumably feared fears fear
    """,
    "plan": """
        expected expect expects forecast forecasts predict predicts predicted prediction estimate estimates estimated plans plan
        planning planned considering considers mulling mulls talks eyeing wants want interested set preparing prepares aims aiming
        hopes
    """,
    "sure": """
        confirms confirmed confirming official officially proves proof indeed yes finally announces announced announcement unveils
        unveiled evidence definitely certainly
    """,
    "sight": "video videos photo photos watch footage picture pictures pics image images",
}
"""Families of words. That a word is in one says nothing by itself: what each family speaks for is learnt."""

QUESTION_WORDS = frozenset(
    """
        is are was were does do did has have had can will would could should what why who whom whose how when where which ever
        really
    """.split()
)

CUES = {name: frozenset(words.split()) for name, words in FAMILIES.items()}

FAMILIES_OF = {word: tuple(name for name, words in CUES.items() if word in words) for family in CUES.values() for word in family}
"""The families of each word."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": "-", "–": "-", "\u00a0": " "})
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*'?|[?!:\"',;…-]")


def plain_quotes(text: str) -> str:
    """Return the text with quotes, dashes and apostrophes made plain."""
    return text.translate(_QUOTES)


def tokens_of(text: str) -> list[str]:
    """Return the words and marks of a text in lower case, quotes made plain."""
    return [token if len(token) == 1 else token.rstrip("'") for token in _TOKEN.findall(text.translate(_QUOTES).lower())]
